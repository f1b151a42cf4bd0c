/** The planned firewalls of all clouds, whoever wrote them, against the declared flows. */

import { gapsOf } from "../../../model/policy/gap.ts";
import type { Rule } from "../../../model/policy/rule.ts";
import { networkExamples } from "../shared/network-examples.ts";
import { segmentationType } from "../shared/network-plans.ts";
import { proveNetwork } from "../shared/network-proof.ts";

export const X25: Rule = {
  id: "X25",
  sentence: "The planned firewalls let through exactly the declared flows.",
  why: "A path that nobody declared is a path that nobody reviewed; a declared one that is closed breaks a service.",
  severity: "critical",
  tenets: ["T2", "T4"],
  controls: ["AC-4", "SC-7", "CA-7"],
  fix: "Delete the rule that decides, declare the flow with its reason in the intent, or make the route that is missing.",
  subjects: [segmentationType],
  needs: "plan",
  check: (subject, judge, plan) => {
    const at = { urn: subject.urn, path: "intent.flows" };
    for (const { place, proof } of proveNetwork(subject, plan).places) {
      for (const unknown of proof.unknowns) judge.open(unknown);
      for (const segment of proof.unseen) {
        judge.fail(at, `place ${place.name}: no planned firewall guards ${segment}`);
      }
      for (const gap of gapsOf(proof.differences, place.name)) {
        if (!gap.settled) continue;
        const { packet, fate, by, origin } = gap;
        const deciding = origin ?? { urn: subject.urn, path: "intent.flows" };
        judge.fail(deciding, `place ${place.name}: ${packet} ${fate}: ${by}`);
      }
    }
  },
  examples: networkExamples,
};
