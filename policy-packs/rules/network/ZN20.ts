/** Calls out to every address in Azure, by a rule of the group's own; Azure's default is ZN12's. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { azureRulesOf, azureRuleTypes } from "../../lift/azure-rules.ts";
import { alone } from "../shared/alone.ts";
import { isDeclaredInAzure } from "../shared/declared-rules.ts";
import { allowAll, azureGroupOfRules } from "../shared/open-azure-examples.ts";
import { judgeEgressToAll } from "../shared/open-to-all.ts";

const out = (props: Parameters<typeof allowAll>[0] = {}) =>
  allowAll({ direction: "Outbound", protocol: "*", ...props });

export const ZN20: Rule = {
  id: "ZN20",
  sentence: "No group lets calls out to every address on every port.",
  why: "Who has taken over one machine fetches his tools and sends the data out by any way he likes.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Name what is called: groups, prefixes, service tags, or the one port that must reach the internet.",
  subjects: [azureRuleTypes.group, azureRuleTypes.rule],
  needs: "plan",
  check: (subject, judge, plan) =>
    judgeEgressToAll(judge, azureRulesOf(subject), () => isDeclaredInAzure(subject, plan)),
  examples: [
    {
      kind: "violating",
      says: "everything to everywhere",
      expect: "fail",
      resources: alone(azureRuleTypes.rule, out()),
      path: "destinationAddressPrefix",
      witness: "203.0.113.7",
    },
    {
      kind: "violating",
      says: "all of TCP to the tag Internet, inline",
      expect: "fail",
      resources: [
        azureGroupOfRules(out({ protocol: "Tcp", destinationAddressPrefix: "Internet" })),
      ],
      path: "securityRules[0].destinationAddressPrefix",
    },
    {
      kind: "clean",
      says: "one port, a service tag, a network of one's own",
      expect: "pass",
      resources: [
        azureGroupOfRules(
          out({ protocol: "Tcp", destinationPortRange: "443" }),
          out({ destinationAddressPrefix: "Storage" }),
          out({ destinationAddressPrefix: "10.0.0.0/8" }),
        ),
      ],
    },
    {
      kind: "unknown",
      says: "where calls may go is not known",
      expect: "unknown",
      resources: alone(azureRuleTypes.rule, out({ destinationAddressPrefix: unknownHere })),
      path: "destinationAddressPrefix",
    },
    {
      kind: "absent",
      says: "no rules of its own",
      expect: "pass",
      resources: alone(azureRuleTypes.group, {}),
    },
  ],
};
