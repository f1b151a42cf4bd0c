/**
 * The order in which Google Cloud asks its firewalls.
 *
 * Cloud NGFW, "Firewall policy rule evaluation order": policies of the organisation and then of the
 * folders; VPC firewall rules; the network's global and regional policies; then the implied rules,
 * which allow egress and deny ingress. `BEFORE_CLASSIC_FIREWALL` asks the network's policies before
 * the VPC firewall rules.
 */

import { type Live, textOf } from "../deployed.ts";
import { cannotTell, drops, passes, type Stage, type Walk } from "../walk.ts";
import { ancestorsOf } from "./hierarchy.ts";
import type { Sight } from "./matching.ts";
import { lastOf, networkOf, sameLink } from "./networks.ts";
import { policyRule } from "./policies.ts";
import { gcp } from "./tokens.ts";
import { vpcRule } from "./vpc-rules.ts";

/** Whether the firewalls at the sight's own interface let the packet pass. */
export function* firewalls(sight: Sight): Walk {
  const way = sight.direction.toLowerCase();
  if (yield* hierarchicalPolicies(sight)) return;
  const network = networkOf(sight.deployed, sight.own.network);
  const before =
    network?.properties["networkFirewallPolicyEnforcementOrder"] === "BEFORE_CLASSIC_FIREWALL";
  const levels = [vpcRules, globalPolicy, regionalPolicy];
  for (const level of before ? [globalPolicy, regionalPolicy, vpcRules] : levels) {
    if (yield* level(sight)) return;
  }
  const stage: Stage = {
    stage: `implied firewall rules, ${way}`,
    document: "Google Cloud VPC: VPC firewall rules, Implied rules",
  };
  yield sight.direction === "EGRESS"
    ? passes(stage, sight.own.network, "the implied rule allows egress")
    : drops(stage, sight.own.network, "the implied rule denies ingress");
}

/** Whether VPC firewall rules decided. */
function* vpcRules(sight: Sight): Walk<boolean> {
  const found = vpcRule(sight);
  if (found === undefined) return false;
  const stage: Stage = {
    stage: `VPC firewall rules, ${sight.direction.toLowerCase()}`,
    document: "Google Cloud VPC: VPC firewall rules, Priority",
  };
  yield found.allows ? passes(stage, found.at, found.rule) : drops(stage, found.at, found.rule);
  return true;
}

/** Whether a policy of an organisation or folder decided. */
function* hierarchicalPolicies(sight: Sight): Walk<boolean> {
  const { ancestors, complete } = ancestorsOf(sight.deployed, sight.own.subnet.account);
  const stage: Stage = {
    stage: `hierarchical firewall policy, ${sight.direction.toLowerCase()}`,
    document: "Cloud NGFW: Hierarchical firewall policies",
  };
  for (const association of sight.deployed.all(gcp.hierarchicalAssociation)) {
    const target = textOf(association.properties, "attachmentTarget") ?? "";
    if (complete || target.startsWith("organizations/")) continue;
    yield cannotTell(
      stage,
      association.id,
      `whether ${sight.own.subnet.account} lies in ${target}`,
    );
  }
  for (const ancestor of ancestors) {
    const rules = associated(sight, gcp.hierarchicalAssociation, gcp.hierarchicalRule, (target) =>
      ancestor === "organizations" ? target.startsWith("organizations/") : target === ancestor,
    );
    if (yield* decide(stage, rules, sight)) return true;
  }
  return false;
}

function* globalPolicy(sight: Sight): Walk<boolean> {
  const stage: Stage = {
    stage: `global network firewall policy, ${sight.direction.toLowerCase()}`,
    document: "Cloud NGFW: Global network firewall policies",
  };
  const rules = associated(sight, gcp.globalAssociation, gcp.globalRule, (target) =>
    sameLink(target, sight.own.network),
  );
  return yield* decide(stage, rules, sight);
}

function* regionalPolicy(sight: Sight): Walk<boolean> {
  const stage: Stage = {
    stage: `regional network firewall policy, ${sight.direction.toLowerCase()}`,
    document: "Cloud NGFW: Regional network firewall policies",
  };
  const region = textOf(sight.own.subnet.properties, "region");
  const rules = associated(
    sight,
    gcp.regionalAssociation,
    gcp.regionalRule,
    (target) => sameLink(target, sight.own.network),
    region,
  );
  return yield* decide(stage, rules, sight);
}

function* decide(stage: Stage, rules: readonly Live[], sight: Sight): Walk<boolean> {
  const found = policyRule(rules, sight);
  if (found === undefined) return false;
  const at = lastOf(textOf(rules[0]?.properties ?? {}, "firewallPolicy") ?? "");
  if (found.action === undefined) yield cannotTell(stage, at, found.rule);
  if (found.action === "deny") yield drops(stage, at, found.rule);
  yield passes(stage, at, found.rule);
  return found.action === "allow";
}

/** The rules of the policies associated with what `isTarget` says, in one region where it is given. */
function associated(
  { deployed }: Sight,
  associationToken: string,
  ruleToken: string,
  isTarget: (target: string) => boolean,
  region?: string,
): readonly Live[] {
  const here = ({ properties }: Live) =>
    region === undefined || textOf(properties, "region") === region;
  const policies = deployed
    .all(associationToken)
    .filter(here)
    .filter(({ properties }) => isTarget(textOf(properties, "attachmentTarget") ?? ""))
    .map(({ properties }) => textOf(properties, "firewallPolicy"));
  return deployed
    .all(ruleToken)
    .filter(here)
    .filter(({ properties }) =>
      policies.some((policy) => sameLink(policy, textOf(properties, "firewallPolicy"))),
    );
}
