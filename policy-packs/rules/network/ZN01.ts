/** Any port open to every address in Azure, but for a gateway's. */
import { covers, intersect } from "../../../model/base/interval-set.ts";
import type { Rule } from "../../../model/policy/rule.ts";
import { azureRulesOf, azureRuleTypes } from "../../lift/azure-rules.ts";
import { guardsFronts } from "../shared/azure-fronts.ts";
import { cis } from "../shared/benchmarks.ts";
import { isDeclaredInAzure } from "../shared/declared-rules.ts";
import { allowAll, beforeGateway, declaredRule } from "../shared/open-azure-examples.ts";
import { azurePortExamples } from "../shared/open-port-examples.ts";
import { everyPort, judgeOpenToAll, unlessDeclared } from "../shared/open-to-all.ts";
import { webPorts } from "../shared/service-ports.ts";

export const ZN01: Rule = {
  id: "ZN01",
  sentence: "No port is open to everybody, except the web ports of a gateway's subnet.",
  why: "Whatever listens there is called by everybody on the internet, before anybody has said who he is.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  frameworks: [cis("cis-azure-2.1.0", "6.4")],
  fix: "Name the prefixes or application security groups that call; let everybody come by an application gateway.",
  subjects: [azureRuleTypes.group, azureRuleTypes.rule],
  needs: "plan",
  check: (subject, judge, plan) =>
    judgeOpenToAll(judge, azureRulesOf(subject), everyPort, ({ selectors }) => {
      if (unlessDeclared(judge, subject, plan, isDeclaredInAzure)) return true;
      return covers(webPorts, intersect(selectors, everyPort)) && guardsFronts(subject, plan);
    }),
  examples: [
    ...azurePortExamples(8443),
    {
      kind: "violating",
      says: "another port of a gateway's subnet",
      expect: "fail",
      resources: beforeGateway(allowAll({ destinationPortRange: "8080" })),
      path: "securityRules[0].sourceAddressPrefix",
    },
    {
      kind: "clean",
      says: "HTTPS of a gateway's subnet, and pings",
      expect: "pass",
      resources: beforeGateway(
        allowAll({ destinationPortRange: "443" }),
        allowAll({ protocol: "Icmp", priority: 101 }),
      ),
    },
    {
      kind: "clean",
      says: "a segment that everybody may call by a declared flow",
      expect: "not-applicable",
      resources: declaredRule("web-in"),
    },
  ],
};
