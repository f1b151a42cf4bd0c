/** Microsoft Learn, "Network security groups", "Default security rules": before the deny stand allows. */
import { everyAddress } from "../../../model/base/address.ts";
import { covers, union } from "../../../model/base/interval-set.ts";
import { everyLayer4 } from "../../../model/base/layer4.ts";
import type { Direction } from "../../../model/network/topology.ts";
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { azureRuleTypes } from "../../lift/azure-rules.ts";
import type { EdgeRule } from "../../lift/edge-rule.ts";
import { guardsFronts } from "../shared/azure-fronts.ts";
import { rulesInGroup } from "../shared/azure-group-rules.ts";
import { azurePlan } from "../shared/network-plans.ts";
import { allowAll, azureGroupOfRules, declaredRule } from "../shared/open-azure-examples.ts";
import { someWritten } from "../shared/some-of.ts";

const witnesses = {
  in: "a packet from anywhere in the network and its peers to any port",
  out: "a packet to 203.0.113.7 on any port",
} as const;

const deny = (direction: string, props: Parameters<typeof allowAll>[0] = {}) =>
  allowAll({ direction, access: "Deny", priority: 4096, protocol: "*", ...props });

export const ZN12: Rule = {
  id: "ZN12",
  sentence: "Every security group ends with denying everything, in and out.",
  why: "Azure's own rules let in the whole virtual network and out to the internet before they deny.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Add a rule of priority 4096 for each direction that denies every protocol from * to *.",
  subjects: [azureRuleTypes.group],
  needs: "plan",
  check: (subject, judge, plan) => {
    const rules = rulesInGroup(subject, plan);
    for (const direction of ["in", "out"] as const) {
      judge.part(() => {
        const answer = someWritten(judge, rules, (rule) => deniesAll(rule, direction));
        // An application gateway must reach Azure's own control plane by the internet.
        if (answer !== "no" || (direction === "out" && guardsFronts(subject, plan))) return;
        judge.fail({ urn: subject.urn, path: "securityRules" }, witnesses[direction]);
      });
    }
  },
  examples: [
    {
      kind: "violating",
      says: "only what comes in",
      expect: "fail",
      resources: [azureGroupOfRules(deny("Inbound"))],
      path: "securityRules",
      witness: "203.0.113.7",
    },
    {
      kind: "violating",
      says: "a deny of one family",
      expect: "fail",
      resources: [
        azureGroupOfRules(deny("Inbound", { sourceAddressPrefix: "0.0.0.0/0" }), deny("Outbound")),
      ],
    },
    {
      kind: "clean",
      says: "standalone rules",
      expect: "pass",
      resources: declaredRule("app", azurePlan()),
    },
    {
      kind: "unknown",
      says: "what a rule denies is not known",
      expect: "unknown",
      resources: [azureGroupOfRules(deny("Inbound"), deny("Outbound", { protocol: unknownHere }))],
      path: "securityRules[1].protocol",
    },
    { kind: "absent", says: "no rules", expect: "fail", resources: [azureGroupOfRules()] },
  ],
};

function deniesAll(rule: EdgeRule, direction: Direction): boolean {
  if (rule.direction !== direction || rule.action !== "deny") return false;
  if (!covers(rule.selectors, everyLayer4)) return false;
  const peers = rule.peers.map((peer) => (peer.kind === "addresses" ? peer.addresses() : []));
  if (!covers(peers.reduce(union, []), everyAddress)) return false;
  return rule.own === undefined || covers(rule.own(), everyAddress);
}
