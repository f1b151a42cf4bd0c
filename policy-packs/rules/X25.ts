/** The planned firewalls of all clouds, whoever wrote them, against the declared flows. */

import { checkNetworkIntent } from "../../model/network/check-intent.ts";
import type { NetworkIntent } from "../../model/network/intent.ts";
import { gapsOf } from "../../model/policy/gap.ts";
import type { Rule } from "../../model/policy/rule.ts";
import type { PlannedResource } from "../../model/policy/view.ts";
import { Undecided } from "../../model/policy/view.ts";
import { proveIntent } from "../../model/reach/prove.ts";
import { withMembers } from "../lift/members.ts";
import { liftNetwork } from "../lift/network.ts";
import { inPlace } from "../lift/place.ts";
import { networkExamples } from "./shared/network-examples.ts";
import { segmentationType } from "./shared/network-plans.ts";

export const X25: Rule = {
  id: "X25",
  sentence: "The planned firewalls let through exactly the declared flows.",
  why: "A path that nobody declared is a path that nobody reviewed; a declared one that is closed breaks a service.",
  severity: "critical",
  tenets: ["T2", "T4"],
  controls: ["AC-4", "SC-7", "CA-7"],
  fix: "Delete the rule that decides, or declare the flow with its reason in the intent.",
  subjects: [segmentationType],
  needs: "plan",
  check: (subject, judge, plan) => {
    const intent = intentOf(subject);
    const lifted = withMembers(liftNetwork(plan).topology, intent, plan);
    for (const place of intent.places) {
      const at = { urn: subject.urn, path: "intent.flows" };
      const proof = proveIntent(inPlace(lifted, intent, place), intent, place, at);
      for (const unknown of proof.unknowns) judge.open(unknown);
      for (const segment of proof.unseen) {
        judge.fail(at, `place ${place.name}: no planned firewall guards ${segment}`);
      }
      for (const gap of gapsOf(proof.differences)) {
        if (!gap.settled) continue;
        const { packet, fate, by, origin } = gap;
        const deciding = origin ?? { urn: subject.urn, path: "intent.flows" };
        judge.fail(deciding, `place ${place.name}: ${packet} ${fate}: ${by}`);
      }
    }
  },
  examples: networkExamples,
};

function intentOf(subject: PlannedResource): NetworkIntent {
  const view = subject.inputs.at("intent");
  if (view.state === "absent") throw new Undecided(view.urn, "intent", "unreadable");
  const intent = view.plain() as unknown as NetworkIntent;
  if (checkNetworkIntent(intent).length > 0) {
    throw new Undecided(view.urn, view.path, "unreadable");
  }
  return intent;
}
