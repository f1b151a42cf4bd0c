/** Subnets: where endpoints stand, and what their addresses may be. */
import type { Cidr, Family } from "../../../model/base/address.ts";
import { cidrSet, tryParseCidr } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { emptySet } from "../../../model/base/interval-set.ts";
import type { Marks } from "../../../model/network/marks.ts";
import type { Condition, UnknownInput } from "../../../model/network/topology.ts";
import type { PlannedResource, View } from "../../../model/policy/view.ts";
import { marksOf } from "../marks.ts";
import { readOr } from "../uncertain.ts";
import type { AwsLift } from "./lift.ts";
import type { AwsNetwork, AwsNetworks } from "./networks.ts";
import { defaultNetwork, networkAddresses, networkAt } from "./networks.ts";
import { settledView } from "./trace.ts";
import { awsTypes, subnetTypes } from "./types.ts";

/** One subnet. */
export interface AwsSubnet {
  /** URN or, of a subnet beyond the plan, its id. */
  readonly id: string;
  readonly network: AwsNetwork;
  /** Whether its table and ACL are those that the plan says. */
  readonly planned: boolean;
  readonly addresses: IntervalSet;
  /** Families of which its block is not known yet. */
  readonly open: readonly Family[];
  /** What says its block, where that is not known. */
  readonly input: UnknownInput;
  /** Whether instances get a public IPv4 address where they do not say. */
  readonly mapsPublic: boolean | Condition;
  readonly zone: string | undefined;
  readonly marks: Marks | undefined;
}

/** The planned subnets, by URN. */
export function readSubnets(lift: AwsLift, networks: AwsNetworks): Map<string, AwsSubnet> {
  const subnets = lift.plan
    .ofType(...subnetTypes)
    .map((resource) => readSubnet(lift, networks, resource));
  return new Map(subnets.map((subnet) => [subnet.id, subnet]));
}

function readSubnet(lift: AwsLift, networks: AwsNetworks, resource: PlannedResource): AwsSubnet {
  const isDefault = resource.type === awsTypes.defaultSubnet;
  const network = isDefault
    ? defaultNetwork(networks)
    : networkAt(lift, networks, resource.inputs.at("vpcId"));
  const { addresses, open } = readBlocks(lift, resource, isDefault ? network : undefined);
  const zone = settledView(resource, "availabilityZone");
  return {
    id: resource.urn,
    network,
    planned: true,
    addresses,
    open,
    input: { urn: resource.urn, path: open.includes(4) ? "cidrBlock" : "ipv6CidrBlock" },
    mapsPublic: mapsPublic(resource, isDefault),
    zone: zone.state === "known" ? zone.text() : undefined,
    marks: lift.attempt(() => marksOf(resource)),
  };
}

function mapsPublic(resource: PlannedResource, isDefault: boolean): AwsSubnet["mapsPublic"] {
  const { value, conditions } = readOr(
    () => resource.inputs.at("mapPublicIpOnLaunch").flag() ?? isDefault,
    true,
  );
  return conditions[0] ?? value;
}

/** A default subnet has a part of its VPC's block: which one, only AWS knows. */
function readBlocks(lift: AwsLift, resource: PlannedResource, defaultOf: AwsNetwork | undefined) {
  const cidrs: Cidr[] = [];
  const open: Family[] = [];
  let addresses = emptySet;
  for (const [key, family] of [
    ["cidrBlock", 4],
    ["ipv6CidrBlock", 6],
  ] as const) {
    const view = settledView(resource, key);
    if (isNone(view) && (family === 6 ? !asksIpv6(resource) : isIpv6Only(resource))) continue;
    lift.attempt(() => {
      const cidr = view.state === "known" ? tryParseCidr(view.text() ?? "") : undefined;
      if (cidr !== undefined) cidrs.push(cidr);
      else if (defaultOf === undefined) open.push(family);
      else addresses = networkAddresses(defaultOf);
    });
  }
  return { addresses: cidrs.length > 0 ? cidrSet(cidrs) : addresses, open };
}

/** The provider reads a block that a subnet has not as an empty text. */
function isNone(view: View): boolean {
  return view.state === "absent" || (view.state === "known" && view.text() === "");
}

function asksIpv6({ inputs }: PlannedResource): boolean {
  return ["ipv6IpamPoolId", "ipv6NetmaskLength"].some((key) => inputs.at(key).state !== "absent");
}

function isIpv6Only({ inputs }: PlannedResource): boolean {
  return readOr(() => inputs.at("ipv6Native").flag() ?? false, false).value;
}

/** A subnet of which the plan holds nothing. */
export function outsideSubnet(network: AwsNetwork, id: string, input: UnknownInput): AwsSubnet {
  return {
    id,
    network,
    planned: false,
    addresses: networkAddresses(network),
    open: network.cidrs.length > 0 ? [] : network.open,
    input,
    mapsPublic: { kind: "unknown", input },
    zone: undefined,
    marks: undefined,
  };
}

/** Whatever subnet a network without planned ones may get: it has the main table. */
export function anySubnet(network: AwsNetwork): AwsSubnet {
  return {
    ...outsideSubnet(network, `${network.id}#any`, network.input),
    planned: network.resource !== undefined || network.isDefault,
    open: network.open,
    mapsPublic: network.isDefault,
  };
}
