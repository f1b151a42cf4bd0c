/** Ports of databases open to every address in Azure. */
import type { Rule } from "../../../model/policy/rule.ts";
import { azureRulesOf, azureRuleTypes } from "../../lift/azure-rules.ts";
import { judgeOpenPorts } from "../shared/open-port.ts";
import { azurePortExamples } from "../shared/open-port-examples.ts";
import { databasePorts } from "../shared/service-ports.ts";

export const ZN06: Rule = {
  id: "ZN06",
  sentence: "No port of a database, cache or search engine is open to everybody.",
  why: "Anybody on the internet may try passwords and flaws of the store; many have been emptied within hours.",
  severity: "critical",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Name the application security group or the subnet of those that read and write the data.",
  subjects: [azureRuleTypes.group, azureRuleTypes.rule],
  needs: "resource",
  check: (subject, judge) => judgeOpenPorts(judge, azureRulesOf(subject), databasePorts),
  examples: azurePortExamples(5432),
};
