/** Cloud Logging, "Set destination permissions": a sink without a writer of its own writes as one account of everybody's. */
import type { View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { demandRule } from "../shared/flag-rule.ts";

const type = "gcp:logging/projectSink:ProjectSink";

export const GL07 = demandRule({
  id: "GL07",
  sentence: "A sink writes as an account of its own project.",
  why: "Whoever else has a sink with the shared account writes false entries into the same destination.",
  severity: "medium",
  tenets: ["T6", "T7"],
  controls: ["AU-9", "AC-6"],
  fix: "Leave uniqueWriterIdentity on, and grant the sink's writerIdentity what it needs.",
  demands: {
    [type]: [
      {
        path: ["uniqueWriterIdentity"],
        holds: (value) => value !== "false",
        when: (inputs: View) => inputs.at("customWriterIdentity").state === "absent",
        witness: "cloud-logs@system.gserviceaccount.com writes for a sink of somebody else",
        good: true,
        bad: false,
      },
    ],
  },
  more: [
    {
      kind: "clean",
      says: "an account that was named",
      expect: "not-applicable",
      resources: alone(type, {
        customWriterIdentity: "serviceAccount:sink@shop.iam.gserviceaccount.com",
      }),
    },
  ],
  // The new account has no rights at the destination yet.
  remedy: "opt-in",
});
