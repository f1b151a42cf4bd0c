/** Ports of databases open to every address in AWS. */
import type { Rule } from "../../../model/policy/rule.ts";
import { awsRulesOf, awsRuleTypes } from "../../lift/aws-rules.ts";
import { judgeOpenPorts } from "../shared/open-port.ts";
import { awsPortExamples } from "../shared/open-port-examples.ts";
import { databasePorts } from "../shared/service-ports.ts";

export const AN04: Rule = {
  id: "AN04",
  sentence: "No port of a database, cache or search engine is open to everybody.",
  why: "Anybody on the internet may try passwords and flaws of the store; many have been emptied within hours.",
  severity: "critical",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Name the group of the segment that reads and writes the data.",
  subjects: [
    awsRuleTypes.group,
    awsRuleTypes.defaultGroup,
    awsRuleTypes.rule,
    awsRuleTypes.ingress,
    awsRuleTypes.egress,
  ],
  needs: "resource",
  check: (subject, judge) => judgeOpenPorts(judge, awsRulesOf(subject), databasePorts),
  examples: awsPortExamples(5432).map((example) =>
    // A range of all ports opens the first of the list too.
    example.says.startsWith("the older") ? { ...example, witness: "tcp/1433" } : example,
  ),
};
