/** Kubernetes, "Ports and Protocols": a cluster's own ports open to every address in AWS. */
import type { Rule } from "../../../model/policy/rule.ts";
import { awsRulesOf, awsRuleTypes } from "../../lift/aws-rules.ts";
import { judgeOpenPorts } from "../shared/open-port.ts";
import { awsPortExamples } from "../shared/open-port-examples.ts";
import { controlPlanePorts } from "../shared/service-ports.ts";

export const AN05: Rule = {
  id: "AN05",
  sentence: "No port of a cluster's control plane or kubelet is open to everybody.",
  why: "Who is let in by the kubelet or etcd runs what he likes on every node and reads every secret.",
  severity: "critical",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Let in the nodes' group and the administrators' segment only.",
  subjects: [
    awsRuleTypes.group,
    awsRuleTypes.defaultGroup,
    awsRuleTypes.rule,
    awsRuleTypes.ingress,
    awsRuleTypes.egress,
  ],
  needs: "resource",
  check: (subject, judge) => judgeOpenPorts(judge, awsRulesOf(subject), controlPlanePorts),
  examples: awsPortExamples(10250),
};
