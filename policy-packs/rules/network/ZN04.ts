/** UDP open to every address in Azure. */
import { portSet } from "../../../model/base/layer4.ts";
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { azureRulesOf, azureRuleTypes } from "../../lift/azure-rules.ts";
import { alone } from "../shared/alone.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import { isDeclaredInAzure } from "../shared/declared-rules.ts";
import { allowAll, azureGroupOfRules } from "../shared/open-azure-examples.ts";
import { judgeOpenToAll, unlessDeclared } from "../shared/open-to-all.ts";

const udp = portSet({ protocol: "udp", from: 0, to: 65535 });
const dns = { protocol: "Udp", destinationPortRange: "53" };

export const ZN04: Rule = {
  id: "ZN04",
  sentence: "No UDP port is open to everybody.",
  why: "Senders of UDP lie about their address: a service that answers everybody is used to flood others.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4", "SC-5"],
  frameworks: [
    cis("cis-azure-2.1.0", "6.3"),
    iso("azure", "A.8.20", "network_udp_internet_access_restricted"),
  ],
  fix: "Name the prefixes that call, or the protocol Tcp where a rule for every protocol means that.",
  subjects: [azureRuleTypes.group, azureRuleTypes.rule],
  needs: "plan",
  check: (subject, judge, plan) =>
    judgeOpenToAll(judge, azureRulesOf(subject), udp, () =>
      unlessDeclared(judge, subject, plan, isDeclaredInAzure),
    ),
  examples: [
    {
      kind: "violating",
      says: "one port",
      expect: "fail",
      resources: alone(azureRuleTypes.rule, allowAll(dns)),
      path: "sourceAddressPrefix",
      witness: "udp/53",
    },
    {
      kind: "violating",
      says: "every protocol, from the tag Internet",
      expect: "fail",
      resources: [azureGroupOfRules(allowAll({ protocol: "*", sourceAddressPrefix: "Internet" }))],
      path: "securityRules[0].sourceAddressPrefix",
    },
    {
      kind: "clean",
      says: "TCP, and UDP from a network of one's own",
      expect: "pass",
      resources: [
        azureGroupOfRules(
          allowAll({}),
          allowAll({ ...dns, priority: 101, sourceAddressPrefix: "10.0.0.0/8" }),
        ),
      ],
    },
    {
      kind: "unknown",
      says: "the protocol is not known",
      expect: "unknown",
      resources: alone(azureRuleTypes.rule, allowAll({ ...dns, protocol: unknownHere })),
      path: "protocol",
    },
    {
      kind: "absent",
      says: "no rules",
      expect: "pass",
      resources: alone(azureRuleTypes.group, {}),
    },
  ],
};
