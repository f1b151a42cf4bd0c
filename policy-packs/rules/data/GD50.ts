/** Cloud Functions API v1, HttpsTrigger.SecurityLevel: SECURE_OPTIONAL where nothing is said. */
import { alone } from "../shared/alone.ts";
import { demandRule } from "../shared/flag-rule.ts";

const type = "gcp:cloudfunctions/function:Function";

export const GD50 = demandRule({
  id: "GD50",
  sentence: "A function is called by HTTPS only.",
  why: "Whoever listens on the way reads the token of a caller, and calls the function with it.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-8", "SC-8(1)"],
  fix: "Set httpsTriggerSecurityLevel to SECURE_ALWAYS.",
  demands: {
    [type]: [
      {
        path: ["httpsTriggerSecurityLevel"],
        holds: (value) => value === "SECURE_ALWAYS",
        when: (inputs) => inputs.at("triggerHttp").flag() === true,
        witness: "a call by http:// is answered",
        good: "SECURE_ALWAYS",
        bad: "SECURE_OPTIONAL",
      },
    ],
  },
  base: { [type]: { triggerHttp: true } },
  more: [
    {
      kind: "clean",
      says: "events alone",
      expect: "not-applicable",
      resources: alone(type, { eventTrigger: { eventType: "providers/cloud.pubsub" } }),
    },
  ],
  // Who calls by http:// is sent on to HTTPS.
  remedy: "safe",
});
