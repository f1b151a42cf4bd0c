/** Plain HTTP open to every address in Azure, but for a gateway's, which redirects. */
import { portSet } from "../../../model/base/layer4.ts";
import type { Rule } from "../../../model/policy/rule.ts";
import { azureRulesOf, azureRuleTypes } from "../../lift/azure-rules.ts";
import { guardsFronts } from "../shared/azure-fronts.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import { allowAll, beforeGateway } from "../shared/open-azure-examples.ts";
import { azurePortExamples } from "../shared/open-port-examples.ts";
import { judgeOpenToAll } from "../shared/open-to-all.ts";

const port = 80;

export const ZN05: Rule = {
  id: "ZN05",
  sentence: "Nobody outside may open HTTP (tcp/80), except at a gateway.",
  why: "What is sent there is read and changed by everybody on the way, and the server is called by anybody.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4", "SC-8"],
  frameworks: [
    cis("cis-azure-2.1.0", "6.4"),
    iso("azure", "A.8.20", "network_http_internet_access_restricted"),
  ],
  fix: "Delete the rule; let an application gateway redirect to HTTPS and call the server from its subnet.",
  subjects: [azureRuleTypes.group, azureRuleTypes.rule],
  needs: "plan",
  check: (subject, judge, plan) =>
    judgeOpenToAll(
      judge,
      azureRulesOf(subject),
      portSet({ protocol: "tcp", from: port, to: port }),
      () => guardsFronts(subject, plan),
    ),
  examples: [
    ...azurePortExamples(port),
    {
      kind: "clean",
      says: "a gateway's subnet",
      expect: "pass",
      resources: beforeGateway(allowAll({ destinationPortRange: "80" })),
    },
  ],
};
