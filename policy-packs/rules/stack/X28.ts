/** The planned policies of a Kubernetes cluster, whoever wrote them, against the declared flows. */

import { gapsOf } from "../../../model/policy/gap.ts";
import type { Rule } from "../../../model/policy/rule.ts";
import { clusterExamples } from "../shared/cluster-examples.ts";
import { clusterSegmentationType, proveSegmentedCluster } from "../shared/cluster-proof.ts";

export const X28: Rule = {
  id: "X28",
  sentence: "The planned policies of a cluster let its workloads do exactly what flows declare.",
  why: "NetworkPolicies only add up: one more of them opens a path that nobody reviewed.",
  severity: "critical",
  tenets: ["T2", "T4"],
  controls: ["AC-4", "SC-7", "CA-7"],
  fix: "Delete the policy that decides, or declare the flow with its reason in the intent.",
  subjects: [clusterSegmentationType],
  needs: "plan",
  check: (subject, judge, plan) => {
    const at = { urn: subject.urn, path: "intent.flows" };
    const proof = proveSegmentedCluster(subject, plan);
    for (const unknown of proof.unknowns) judge.open(unknown);
    for (const { settled, packet, fate, by, origin = at } of gapsOf(
      proof.differences,
      subject.inputs.at("place").text() ?? "",
    )) {
      if (settled) judge.fail(origin, `${packet} ${fate}: ${by}`);
    }
  },
  examples: clusterExamples,
};
