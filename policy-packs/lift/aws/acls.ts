/**
 * Network ACLs: rules by ascending number, the first that matches decides, replies are asked like
 * everything else (Amazon VPC User Guide, "Network ACL basics").
 */
import { everyLayer4 } from "../../../model/base/layer4.ts";
import type { Condition, Direction, Rule } from "../../../model/network/topology.ts";
import type { PlannedResource, View } from "../../../model/policy/view.ts";
import { addressesOf, every4, every6 } from "../address-set.ts";
import { entriesOf } from "../entries.ts";
import { readOr } from "../uncertain.ts";
import { aclActionOf, aclSelectorsOf } from "./acl-entry.ts";
import type { AwsLift } from "./lift.ts";
import { resourceAt } from "./lift.ts";
import type { AwsNetwork, AwsNetworks } from "./networks.ts";
import { networkAt } from "./networks.ts";
import { trace, traceAll } from "./trace.ts";
import { awsTypes, subnetTypes, vpcTypes } from "./types.ts";

/** One ACL. */
export interface AwsAcl {
  readonly id: string;
  readonly rules: Readonly<Record<Direction, readonly Rule[]>>;
}

/** All ACLs that filter anything, and which is whose. */
export interface AwsAcls {
  /** Of subnets with an ACL of their own; undefined where it is not known which. */
  readonly ofSubnet: ReadonlyMap<string, AwsAcl | undefined>;
  /** By network: an adopted default ACL. One that is not adopted lets everything pass. */
  readonly defaultOf: ReadonlyMap<string, AwsAcl>;
}

interface Numbered {
  readonly direction: Direction;
  readonly number: number;
  readonly rules: readonly Rule[];
}

/** Reads all ACLs. */
export function readAcls(lift: AwsLift, networks: AwsNetworks): AwsAcls {
  const standalone = readStandalone(lift);
  const acls = new Map<string, AwsAcl>();
  for (const resource of lift.plan.ofType(awsTypes.acl, awsTypes.defaultAcl)) {
    const numbered = [...inlineRules(lift, resource), ...(standalone.get(resource.urn) ?? [])];
    acls.set(resource.urn, { id: resource.urn, rules: sorted(numbered) });
  }
  return {
    ofSubnet: readSubnetAcls(lift, acls),
    defaultOf: readDefaults(lift, networks, acls),
  };
}

/** What of an untouched default ACL remains below standalone rules cannot be told: it stays open. */
function readDefaults(
  lift: AwsLift,
  networks: AwsNetworks,
  acls: ReadonlyMap<string, AwsAcl>,
): Map<string, AwsAcl> {
  const found = new Map<string, AwsAcl>();
  for (const resource of lift.plan.ofType(awsTypes.defaultAcl)) {
    const network = vpcOfDefault(lift, networks, resource);
    const acl = acls.get(resource.urn);
    if (network !== undefined && acl !== undefined) found.set(network.id, acl);
  }
  return found;
}

function vpcOfDefault(
  lift: AwsLift,
  networks: AwsNetworks,
  resource: PlannedResource,
): AwsNetwork | undefined {
  const target = trace(lift.tracer, resource.inputs.at("defaultNetworkAclId"), ...vpcTypes);
  if (target.kind === "unknown") lift.open(target.input);
  if (target.kind === "outside") {
    const vpc = resource.outputs.at("vpcId");
    return vpc.state === "known" ? networkAt(lift, networks, vpc) : undefined;
  }
  return target.kind === "resource" ? networks.byId.get(target.resource.urn) : undefined;
}

function sorted(numbered: readonly Numbered[]): AwsAcl["rules"] {
  const of = (direction: Direction) =>
    numbered
      .filter((one) => one.direction === direction)
      .sort((a, b) => a.number - b.number)
      .flatMap(({ rules }) => rules);
  return { in: of("in"), out: of("out") };
}

function readStandalone(lift: AwsLift): Map<string, Numbered[]> {
  const byAcl = new Map<string, Numbered[]>();
  for (const { inputs, urn } of lift.plan.ofType(awsTypes.aclRule)) {
    const named = inputs.at("networkAclId");
    const acl = resourceAt(lift, named, awsTypes.acl, awsTypes.defaultAcl, ...vpcTypes);
    if (acl === undefined) continue;
    const isDefault = acl.type !== awsTypes.acl && acl.type !== awsTypes.defaultAcl;
    if (isDefault) {
      // A rule beside those of a default ACL that is not planned.
      lift.open({ urn, path: "networkAclId" });
      continue;
    }
    lift.attempt(() => {
      const direction = inputs.at("egress").flag() === true ? "out" : "in";
      const number = inputs.at("ruleNumber").number() ?? 0;
      const rules = aclRules(inputs, "ruleAction");
      byAcl.set(acl.urn, [...(byAcl.get(acl.urn) ?? []), { direction, number, rules }]);
    });
  }
  return byAcl;
}

function inlineRules(lift: AwsLift, { inputs }: PlannedResource): Numbered[] {
  const found: Numbered[] = [];
  for (const [direction, key] of [
    ["in", "ingress"],
    ["out", "egress"],
  ] as const) {
    lift.attempt(() => {
      for (const entry of entriesOf(inputs.at(key))) {
        lift.attempt(() => {
          const number = entry.at("ruleNo").number() ?? 0;
          found.push({ direction, number, rules: aclRules(entry, "action") });
        });
      }
    });
  }
  return found;
}

/** One rule for each family it names; what is not known of it becomes a condition. */
function aclRules(entry: View, actionKey: string): Rule[] {
  const action = readOr(() => aclActionOf(entry.at(actionKey)), "allow");
  const selectors = readOr(() => aclSelectorsOf(entry), everyLayer4);
  const origin = { urn: entry.urn, path: entry.path };
  const families = [
    { view: entry.at("cidrBlock"), every: every4 },
    { view: entry.at("ipv6CidrBlock"), every: every6 },
  ].filter(({ view }) => view.state === "unknown" || (view.text() ?? "") !== "");
  return families.flatMap(({ view, every }) => {
    const addresses = readOr(() => addressesOf(view), every);
    const conditions = [...action.conditions, ...selectors.conditions, ...addresses.conditions];
    const base = { peers: [{ addresses: addresses.value }], selectors: selectors.value, origin };
    if (action.conditions.length === 0) return [withConditions(action.value, base, conditions)];
    return (["allow", "deny"] as const).map((either) => withConditions(either, base, conditions));
  });
}

function withConditions(
  action: Rule["action"],
  base: Omit<Rule, "action" | "conditions">,
  conditions: readonly Condition[],
): Rule {
  return { action, ...base, ...(conditions.length === 0 ? {} : { conditions }) };
}

function readSubnetAcls(
  lift: AwsLift,
  acls: ReadonlyMap<string, AwsAcl>,
): Map<string, AwsAcl | undefined> {
  const ofSubnet = new Map<string, AwsAcl | undefined>();
  for (const { urn, inputs } of lift.plan.ofType(awsTypes.acl, awsTypes.defaultAcl)) {
    lift.attempt(() => {
      const views = entriesOf(inputs.at("subnetIds"));
      for (const target of traceAll(lift.tracer, views, ...subnetTypes)) {
        if (target.kind === "unknown") lift.open(target.input);
        if (target.kind === "resource") ofSubnet.set(target.resource.urn, acls.get(urn));
      }
    });
  }
  for (const { inputs } of lift.plan.ofType(awsTypes.aclOfSubnet)) {
    const subnet = resourceAt(lift, inputs.at("subnetId"), ...subnetTypes);
    if (subnet === undefined) continue;
    const acl = resourceAt(lift, inputs.at("networkAclId"), awsTypes.acl, awsTypes.defaultAcl);
    ofSubnet.set(subnet.urn, acl === undefined ? undefined : acls.get(acl.urn));
  }
  return ofSubnet;
}
