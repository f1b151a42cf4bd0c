/** SSH open to every address in Azure. */
import { portSet } from "../../../model/base/layer4.ts";
import type { Rule } from "../../../model/policy/rule.ts";
import { azureRulesOf, azureRuleTypes } from "../../lift/azure-rules.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import { judgeOpenPort } from "../shared/open-port.ts";
import { azurePortExamples } from "../shared/open-port-examples.ts";

const port = 22;
const selector = portSet({ protocol: "tcp", from: port, to: port })[0]?.from ?? 0n;

export const ZN02: Rule = {
  id: "ZN02",
  sentence: "Nobody outside may open SSH (tcp/22).",
  why: "Anybody on the internet may try keys, passwords and flaws of the SSH server.",
  severity: "critical",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4", "AC-17"],
  frameworks: [
    cis("cis-azure-2.1.0", "6.2"),
    iso("azure", "A.8.20", "network_ssh_internet_access_restricted"),
  ],
  fix: "Delete the rule; reach machines through the cloud's own session service or from a segment that a flow names.",
  subjects: [azureRuleTypes.group, azureRuleTypes.rule],
  needs: "resource",
  check: (subject, judge) => judgeOpenPort(judge, azureRulesOf(subject), selector),
  examples: azurePortExamples(port),
};
