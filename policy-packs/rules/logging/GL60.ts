/** Dialogflow documentation, "Interaction logging" and "Logging": nothing goes to Cloud Logging unless asked for. */
import { alone } from "../shared/alone.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const cx = "gcp:diagflow/cxAgent:CxAgent";

const mustBeOn = (path: Demand["path"]): Demand => ({
  path,
  holds: (value) => value === "true",
  witness: "a request, and the call of a webhook that follows, without a record",
  good: true,
  bad: false,
});

export const GL60 = demandRule({
  id: "GL60",
  sentence: "An agent of Dialogflow logs what it is asked and what it calls.",
  why: "Nobody can tell afterwards who had the agent fetch or change what, and by which words.",
  severity: "low",
  tenets: ["T7"],
  controls: ["AU-2", "AU-12"],
  fix: "Set enableLogging, or advancedSettings.loggingSettings.enableStackdriverLogging, to true.",
  demands: {
    "gcp:diagflow/agent:Agent": [mustBeOn(["enableLogging"])],
    [cx]: [
      {
        ...mustBeOn(["advancedSettings", "loggingSettings", "enableStackdriverLogging"]),
        // The older switch means the same.
        when: (inputs) => inputs.at("enableStackdriverLogging").flag() !== true,
      },
    ],
  },
  base: {
    "gcp:diagflow/agent:Agent": { displayName: "shop" },
    [cx]: { displayName: "shop" },
  },
  more: [
    {
      kind: "clean",
      says: "the older switch",
      expect: "not-applicable",
      resources: alone(cx, { enableStackdriverLogging: true }),
    },
  ],
  // Cloud Logging costs by the gigabyte.
  remedy: "opt-in",
});
