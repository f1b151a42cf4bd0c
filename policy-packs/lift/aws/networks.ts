/** The VPCs: those of the plan, and those that planned resources name. */
import type { Cidr, Family } from "../../../model/base/address.ts";
import { cidrSet, tryParseCidr } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import type { UnknownInput } from "../../../model/network/topology.ts";
import type { PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { networkGroup } from "../network-groups.ts";
import { readOr } from "../uncertain.ts";
import type { AwsLift } from "./lift.ts";
import { outsider, resourceAt } from "./lift.ts";
import { settledView, trace } from "./trace.ts";
import { awsTypes, vpcTypes } from "./types.ts";

/** One VPC. */
export interface AwsNetwork {
  /** URN or, of a VPC beyond the plan, its id. */
  readonly id: string;
  readonly name: string;
  readonly resource: PlannedResource | undefined;
  /** Its blocks, as far as they are known; the first is the primary one. */
  readonly cidrs: readonly Cidr[];
  /** Families of which it has a block that nobody knows yet. */
  readonly open: readonly Family[];
  /** Whether Amazon chooses its IPv6 blocks out of its own, which are public and nobody else's. */
  readonly provided: boolean;
  /** What says its blocks, or which VPC it is, where that is not known. */
  readonly input: UnknownInput;
  /** AWS's own VPC, whose main table leads to the internet. */
  readonly isDefault: boolean;
}

/** All VPCs of a lift. */
export interface AwsNetworks {
  readonly byId: Map<string, AwsNetwork>;
}

/** Id of the network of everything of which nobody knows where it is. */
const unknownId = "?";
const defaultId = "the default VPC";
/** Amazon VPC User Guide, "Default VPCs": a /16 of 172.31.0.0. */
const defaultBlock = "172.31.0.0/16";

/** The planned VPCs. */
export function readNetworks(lift: AwsLift): AwsNetworks {
  const blocks = readBlocks(lift);
  const byId = new Map<string, AwsNetwork>();
  for (const resource of lift.plan.ofType(...vpcTypes)) {
    byId.set(resource.urn, plannedNetwork(lift, resource, blocks.get(resource.urn) ?? []));
  }
  if (![...byId.values()].some(({ isDefault }) => isDefault))
    byId.set(defaultId, unplannedDefault());
  return { byId };
}

/** Further blocks of each VPC. */
function readBlocks(lift: AwsLift): Map<string, View[]> {
  const blocks = new Map<string, View[]>();
  for (const [type, key] of [
    [awsTypes.vpcBlock4, "cidrBlock"],
    [awsTypes.vpcBlock6, "ipv6CidrBlock"],
  ] as const) {
    for (const resource of lift.plan.ofType(type)) {
      const vpc = resourceAt(lift, resource.inputs.at("vpcId"), ...vpcTypes);
      if (vpc === undefined) continue;
      blocks.set(vpc.urn, [...(blocks.get(vpc.urn) ?? []), settledView(resource, key)]);
    }
  }
  return blocks;
}

function plannedNetwork(
  lift: AwsLift,
  resource: PlannedResource,
  more: readonly View[],
): AwsNetwork {
  const isDefault = resource.type === awsTypes.defaultVpc;
  const cidrs: Cidr[] = [];
  const open = new Set<Family>();
  const add = (view: View, family: Family) => {
    const text = view.state === "known" ? view.text() : undefined;
    const cidr = text === undefined ? undefined : tryParseCidr(text);
    if (cidr === undefined) open.add(family);
    else cidrs.push(cidr);
  };
  lift.attempt(() => {
    const main = settledView(resource, "cidrBlock");
    const own = isDefault && main.state !== "known" ? tryParseCidr(defaultBlock) : undefined;
    if (own === undefined) add(main, 4);
    else cidrs.push(own);
  });
  lift.attempt(() => {
    if (hasIpv6(resource)) add(settledView(resource, "ipv6CidrBlock"), 6);
  });
  for (const view of more) {
    lift.attempt(() => add(view, view.path.startsWith("ipv6") ? 6 : 4));
  }
  const input = { urn: resource.urn, path: open.has(4) ? "cidrBlock" : "ipv6CidrBlock" };
  const { urn, name } = resource;
  const provided = isProvided(resource.inputs) && !more.some(({ path }) => path.startsWith("ipv6"));
  return { id: urn, name, resource, cidrs, open: [...open], provided, input, isDefault };
}

/**
 * Blocks of IPAM's pools and of one's own may be private ones (Amazon VPC User Guide, "IP addressing
 * for your VPCs and subnets", Private IPv6 addresses).
 */
function isProvided(inputs: View): boolean {
  const pools = ["ipv6IpamPoolId", "ipv6Pool", "ipv6CidrBlock"];
  const asked = readOr(() => inputs.at("assignGeneratedIpv6CidrBlock").flag() ?? false, false);
  return asked.value && pools.every((key) => inputs.at(key).state === "absent");
}

function hasIpv6(resource: PlannedResource): boolean {
  const asked = resource.inputs.at("assignGeneratedIpv6CidrBlock");
  if (asked.state === "unknown" || asked.flag() === true) return true;
  return ["ipv6CidrBlock", "ipv6IpamPoolId"].some((key) => {
    const view = settledView(resource, key);
    return view.state === "unknown" || (view.state === "known" && view.text() !== "");
  });
}

/** The network that a property names; AWS takes its default VPC where it names none. */
export function networkAt(lift: AwsLift, networks: AwsNetworks, view: View): AwsNetwork {
  const target = trace(lift.tracer, view, ...vpcTypes);
  switch (target.kind) {
    case "resource":
      return networks.byId.get(target.resource.urn) ?? outsideNetwork(lift, networks, "");
    case "outside":
      return outsideNetwork(lift, networks, target.value);
    case "absent":
      return defaultNetwork(networks);
    case "unknown":
      lift.open(target.input);
      return unknownNetwork(networks, target.input);
  }
}

/** A VPC, or another network, beyond the plan: its ends are an outsider. */
export function outsideNetwork(lift: AwsLift, networks: AwsNetworks, id: string): AwsNetwork {
  const found = networks.byId.get(id);
  if (found !== undefined) return found;
  const network: AwsNetwork = {
    id,
    name: id,
    resource: undefined,
    cidrs: [],
    open: [4, 6],
    provided: false,
    input: { urn: "", path: id },
    isDefault: false,
  };
  networks.byId.set(id, network);
  outsider(lift, id, [networkGroup(id)]);
  return network;
}

/** The network of something of which nobody knows where it is. */
export function unknownNetwork(networks: AwsNetworks, input: UnknownInput): AwsNetwork {
  const found = networks.byId.get(unknownId);
  if (found !== undefined) return found;
  const network: AwsNetwork = {
    id: unknownId,
    name: "a network not known yet",
    resource: undefined,
    cidrs: [],
    open: [4, 6],
    provided: false,
    input,
    isDefault: false,
  };
  networks.byId.set(unknownId, network);
  return network;
}

/** The unknown network, where something is in it. */
export function lostNetwork(networks: AwsNetworks): AwsNetwork | undefined {
  return networks.byId.get(unknownId);
}

/** The account's default VPC as AWS makes it. */
function unplannedDefault(): AwsNetwork {
  const block = tryParseCidr(defaultBlock);
  return {
    id: defaultId,
    name: defaultId,
    resource: undefined,
    cidrs: block === undefined ? [] : [block],
    open: [],
    provided: false,
    input: { urn: "", path: defaultId },
    isDefault: true,
  };
}

/** The account's default VPC, planned or not. */
export function defaultNetwork(networks: AwsNetworks): AwsNetwork {
  const found = [...networks.byId.values()].find(({ isDefault }) => isDefault);
  return found ?? unplannedDefault();
}

/** The known addresses of a network. */
export function networkAddresses({ cidrs }: AwsNetwork): IntervalSet {
  return cidrSet(cidrs);
}

/** A prefix as text of a planned resource. Throws `Undecided` where it is none, or not known. */
export function cidrAt(view: View): Cidr {
  const cidr = tryParseCidr(view.text() ?? "");
  if (cidr === undefined) throw new Undecided(view.urn, view.path, "unreadable");
  return cidr;
}
