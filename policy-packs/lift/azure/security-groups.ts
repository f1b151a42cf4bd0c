/** The planned network security groups, and the stages that they are for what they guard. */
import { everyLayer4 } from "../../../model/base/layer4.ts";
import type {
  Direction,
  Rule,
  Stage,
  Tier,
  UnknownInput,
} from "../../../model/network/topology.ts";
import type { Plan, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import type { Draft } from "../draft.ts";
import { entriesOf } from "../entries.ts";
import { settle, unknownCondition } from "../uncertain.ts";
import type { Ends } from "./scope.ts";
import { endsOf } from "./scope.ts";
import type { Guarded, SecurityRule } from "./security-rules.ts";
import { compileRule, readSecurityRule } from "./security-rules.ts";
import { azureTypes } from "./types.ts";

/** A group of the plan; without rules where it is not seen. */
export interface SecurityGroup {
  /** URN, or where it is referred to. */
  readonly id: string;
  readonly rules: readonly SecurityRule[];
  /** The reference that could not be followed: nobody sees what the group says. */
  readonly unseen: UnknownInput | undefined;
}

/** Reads the rules of every group, inline and standalone, lowest priority number first. */
export function readSecurityGroups(plan: Plan, draft: Draft): ReadonlyMap<string, SecurityGroup> {
  const rules = new Map<string, SecurityRule[]>();
  const unseen = new Map<string, UnknownInput>();
  for (const { urn, inputs } of plan.ofType(azureTypes.securityGroup)) {
    const entries = settle(() => entriesOf(inputs.at("securityRules")));
    if (entries instanceof Undecided) unseen.set(urn, entries);
    rules.set(
      urn,
      entries instanceof Undecided ? [] : entries.flatMap((at) => readSecurityRule(at)),
    );
  }
  for (const { inputs } of plan.ofType(azureTypes.securityRule)) {
    draft.attempt(() => {
      const name = inputs.at("networkSecurityGroupName");
      const group = plan.follow(name, azureTypes.securityGroup);
      // A rule of a group outside the plan: what else that group says is not seen here.
      if (group.state !== "resource") throw new Undecided(name.urn, name.path, "unreadable");
      rules.get(group.resource.urn)?.push(...readSecurityRule(inputs));
    });
  }
  return new Map(
    [...rules].map(([id, list]) => [
      id,
      { id, rules: list.toSorted((a, b) => a.priority - b.priority), unseen: unseen.get(id) },
    ]),
  );
}

/** The group to which a property refers; undefined where there is none. */
export function groupOf(
  plan: Plan,
  groups: ReadonlyMap<string, SecurityGroup>,
  reference: View | undefined,
): SecurityGroup | undefined {
  if (reference === undefined) return undefined;
  const found = settle(() => plan.follow(reference, azureTypes.securityGroup));
  if (!(found instanceof Undecided)) {
    if (found.state === "absent") return undefined;
    if (found.state === "resource") return groups.get(found.resource.urn);
  }
  return { id: `${reference.urn} ${reference.path}`, rules: [], unseen: reference };
}

const names = { in: "InBound", out: "OutBound" } as const;

/**
 * The stage of a group for what it guards, after the admin rules of its network. Where no group
 * stands, everything passes ("How network security groups filter network traffic").
 */
export function groupStage(
  plan: Plan,
  id: string,
  direction: Direction,
  group: SecurityGroup | undefined,
  guarded: Guarded,
  adminRules: readonly SecurityRule[],
): Stage {
  const compile = (rules: readonly SecurityRule[]) =>
    rules
      .filter((rule) => rule.direction === direction)
      .flatMap((rule) => compileRule(plan, rule, guarded));
  const admin = compile(adminRules);
  const tiers: Tier[] = [];
  if (admin.length > 0) {
    const otherwiseOrigin = "no admin rule matches";
    tiers.push({ rules: admin, otherwise: "pass", otherwiseOrigin });
  }
  tiers.push(groupTier(plan, direction, group, guarded, compile(group?.rules ?? [])));
  const plane = group === undefined ? "admin-rule" : "network-security-group";
  return { id, plane, direction, stateful: true, tiers };
}

function groupTier(
  plan: Plan,
  direction: Direction,
  group: SecurityGroup | undefined,
  guarded: Guarded,
  rules: readonly Rule[],
): Tier {
  if (group === undefined) {
    const otherwiseOrigin = "no network security group stands there";
    return { rules: [], otherwise: "allow", otherwiseOrigin };
  }
  const otherwiseOrigin = `DenyAll${names[direction]} (65500)`;
  if (group.unseen === undefined) {
    const all = [...rules, ...defaults(plan, group.id, direction, guarded)];
    return { rules: all, otherwise: "deny", otherwiseOrigin };
  }
  const { urn, path } = group.unseen;
  const anything: Rule = {
    action: "allow",
    peers: [{}],
    selectors: everyLayer4,
    conditions: [unknownCondition({ urn, path })],
    origin: { urn, path },
  };
  return { rules: [anything], otherwise: "deny", otherwiseOrigin };
}

/** Azure's own rules, which stand in every group ("Default security rules"). */
function defaults(plan: Plan, urn: string, direction: Direction, guarded: Guarded): Rule[] {
  const vnet = `AllowVnet${names[direction]} (65000)`;
  const inside = allowTag(plan, urn, vnet, "VirtualNetwork", guarded);
  if (direction === "in") {
    const path = "AllowAzureLoadBalancerInBound (65001)";
    return [...inside, ...allowTag(plan, urn, path, "AzureLoadBalancer", guarded)];
  }
  const path = "AllowInternetOutBound (65001)";
  const outside = allowTag(plan, urn, path, "Internet", guarded);
  // How far the network reaches may not be known: one of the two rules allows all the same.
  const either: Rule = {
    action: "allow",
    peers: [{}],
    selectors: everyLayer4,
    origin: { urn, path: `${vnet} or ${path}` },
  };
  return [...inside, ...outside, ...(guarded.scope.open.length > 0 ? [either] : [])];
}

function allowTag(plan: Plan, urn: string, path: string, tag: string, guarded: Guarded): Rule[] {
  const at = { urn, path } as View;
  const ends: Ends = endsOf(plan, guarded.scope, [{ kind: "tag", at, tag }]);
  const common = { action: "allow", selectors: everyLayer4, origin: { urn, path } } as const;
  const sure = { ...common, peers: ends.sure };
  const perhaps = { ...common, peers: ends.perhaps, conditions: ends.conditions };
  return [...(ends.sure.length > 0 ? [sure] : []), ...(ends.perhaps.length > 0 ? [perhaps] : [])];
}
