/** SSH open to every address in AWS. */
import { portSet } from "../../../model/base/layer4.ts";
import type { Rule } from "../../../model/policy/rule.ts";
import { awsRulesOf, awsRuleTypes } from "../../lift/aws-rules.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import { judgeOpenPort } from "../shared/open-port.ts";
import { awsPortExamples } from "../shared/open-port-examples.ts";

const port = 22;
const selector = portSet({ protocol: "tcp", from: port, to: port })[0]?.from ?? 0n;

export const AN02: Rule = {
  id: "AN02",
  sentence: "Nobody outside may open SSH (tcp/22).",
  why: "Anybody on the internet may try keys, passwords and flaws of the SSH server.",
  severity: "critical",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4", "AC-17"],
  frameworks: [
    cis("cis-aws-3.0.0", "5.2"),
    cis("cis-aws-3.0.0", "5.3"),
    iso("aws", "A.8.20", "ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_22"),
    iso("aws", "A.8.22", "ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_22"),
  ],
  fix: "Delete the rule; reach machines through the cloud's own session service or from a segment that a flow names.",
  subjects: [
    awsRuleTypes.group,
    awsRuleTypes.defaultGroup,
    awsRuleTypes.rule,
    awsRuleTypes.ingress,
    awsRuleTypes.egress,
  ],
  needs: "resource",
  check: (subject, judge) => judgeOpenPort(judge, awsRulesOf(subject), selector),
  examples: awsPortExamples(port),
};
