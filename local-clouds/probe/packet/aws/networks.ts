/** VPCs and subnets: their ranges, and who has which address in them. */

import {
  type Address,
  addressOf,
  freeAddress,
  holds,
  imaginedPublicAddress,
  publicMember,
} from "../address.ts";
import { type Deployed, type Live, textOf, textsOf } from "../deployed.ts";
import type { AwsInterface } from "./interface.ts";
import { aws } from "./tokens.ts";

/**
 * First addresses of a subnet that AWS keeps: network, router, DNS, future use; 4 of IPv6 as well
 * (Amazon VPC User Guide, "Subnet CIDR blocks", "Subnet sizing").
 */
const reservedAddresses = 4n;

/** The VPC of an id. */
export function vpcOf(deployed: Deployed, vpcId: string): Live | undefined {
  return deployed.find(vpcId, aws.vpc, aws.defaultVpc);
}

/** All ranges of a VPC, IPv4 and IPv6. */
export function vpcRanges(deployed: Deployed, vpcId: string): readonly string[] {
  return deployed.once(readRanges, vpcId);
}

function readRanges(deployed: Deployed, vpcId: string): readonly string[] {
  const own = vpcOf(deployed, vpcId);
  const further = deployed.where("vpcId", vpcId, aws.ipv4Association, aws.ipv6Association);
  return [...(own === undefined ? [] : [own]), ...further].flatMap(({ properties }) =>
    rangesOf(properties),
  );
}

/** The ranges of a subnet. */
export function rangesOf(properties: Live["properties"]): readonly string[] {
  return ["cidrBlock", "ipv6CidrBlock"].flatMap((key) => textOf(properties, key) ?? []);
}

/** Whether a VPC has an address in its ranges. */
export function inVpc(deployed: Deployed, vpcId: string, address: Address): boolean {
  return vpcRanges(deployed, vpcId).some((range) => holds(range, address));
}

/** All subnets, or those of a VPC. */
export function subnetsOf(deployed: Deployed, vpcId?: string): readonly Live[] {
  return vpcId === undefined
    ? deployed.all(aws.subnet, aws.defaultSubnet)
    : deployed.where("vpcId", vpcId, aws.subnet, aws.defaultSubnet);
}

/** Every interface that exists: of instances, on their own, of endpoints and of NAT gateways. */
export function interfacesOf(deployed: Deployed): readonly AwsInterface[] {
  return deployed.once(everyInterface);
}

function everyInterface(deployed: Deployed): readonly AwsInterface[] {
  return deployed
    .all(aws.instance, aws.interface, aws.natGateway)
    .flatMap((live) => attachmentOf(deployed, live) ?? []);
}

/** The interface of something that has one; `undefined` for everything else. */
export function attachmentOf(deployed: Deployed, live: Live): AwsInterface | undefined {
  const { properties } = live;
  const subnet = deployed.find(textOf(properties, "subnetId"), aws.subnet, aws.defaultSubnet);
  const vpcId = subnet === undefined ? undefined : textOf(subnet.properties, "vpcId");
  if (subnet === undefined || vpcId === undefined) return undefined;
  const texts = [
    textOf(properties, "privateIp") ?? [],
    ...textsOf(properties, "privateIps"),
    ...textsOf(properties, "secondaryPrivateIps"),
    ...textsOf(properties, "ipv6Addresses"),
  ].flat();
  return {
    cloud: "aws",
    id: live.id,
    imagined: false,
    subnet,
    vpcId,
    addresses: texts.flatMap((text) => addressOf(text) ?? []),
    publicAddress: publicAddressOf(deployed, live),
    groups: live.token === aws.natGateway ? undefined : groupsOf(deployed, live, vpcId),
  };
}

/** The address that the internet knows an interface by: its own, or an Elastic IP's. */
function publicAddressOf(deployed: Deployed, live: Live): Address | undefined {
  const names = [live.id, textOf(live.properties, "primaryNetworkInterfaceId")];
  const own = textOf(live.properties, "publicIp");
  const elastic = deployed.all(aws.elasticAddress).find(({ id, properties }) => {
    const association = deployed.where("allocationId", id, aws.elasticAssociation)[0];
    const holders = [properties, association?.properties ?? {}].flatMap((one) => [
      textOf(one, "instance"),
      textOf(one, "instanceId"),
      textOf(one, "networkInterface"),
      textOf(one, "networkInterfaceId"),
    ]);
    return holders.some((holder) => holder !== undefined && names.includes(holder));
  });
  return addressOf(textOf(elastic?.properties ?? {}, "publicIp") ?? own ?? "");
}

/** The groups of an interface; without any, the VPC's default group. */
function groupsOf(deployed: Deployed, live: Live, vpcId: string): readonly string[] {
  const names = [live.id, textOf(live.properties, "primaryNetworkInterfaceId")];
  const added = deployed
    .all(aws.interfaceGroup)
    .filter(({ properties }) => names.includes(textOf(properties, "networkInterfaceId")))
    .flatMap(({ properties }) => textOf(properties, "securityGroupId") ?? []);
  const given = [
    ...textsOf(live.properties, "vpcSecurityGroupIds"),
    ...(live.token === aws.interface ? textsOf(live.properties, "securityGroups") : []),
    ...added,
  ];
  return given.length > 0 ? given : defaultGroups(deployed, vpcId);
}

/** "If you do not specify a security group, the instance is associated with the default one" (VPC User Guide, Default security groups). */
export function defaultGroups(deployed: Deployed, vpcId: string): readonly string[] {
  return [textOf(vpcOf(deployed, vpcId)?.properties ?? {}, "defaultSecurityGroupId") ?? []].flat();
}

function freeIn(deployed: Deployed, subnet: Live): readonly Address[] {
  const taken = deployed.once(takenAddresses);
  return rangesOf(subnet.properties).flatMap(
    (range) => freeAddress(range, reservedAddresses, ({ onLine }) => taken.has(onLine)) ?? [],
  );
}

function takenAddresses(deployed: Deployed): ReadonlySet<bigint> {
  const addresses = interfacesOf(deployed).flatMap((one) => one.addresses);
  return new Set(addresses.map(({ onLine }) => onLine));
}

/** An interface that somebody could put into a subnet, with some groups or the default one. */
export function imaginedIn(
  deployed: Deployed,
  subnet: Live,
  members: readonly string[],
  address?: Address,
): AwsInterface {
  const groups = members.filter((member) => member !== publicMember);
  const vpcId = textOf(subnet.properties, "vpcId") ?? "";
  const addresses = address === undefined ? freeIn(deployed, subnet) : [address];
  return {
    cloud: "aws",
    id: `a new interface in ${subnet.id}`,
    imagined: true,
    subnet,
    vpcId,
    addresses,
    publicAddress: members.includes(publicMember) ? addressOf(imaginedPublicAddress) : undefined,
    groups: groups.length > 0 ? groups : defaultGroups(deployed, vpcId),
  };
}

/** Who has an address in a VPC: an interface, or a new one in the subnet that holds the address. */
export function ownerIn(
  deployed: Deployed,
  vpcId: string,
  address: Address,
): AwsInterface | undefined {
  const owner = deployed.once(owners).get(ownerKey(vpcId, address));
  if (owner !== undefined) return owner;
  const subnet = subnetsOf(deployed, vpcId).find(({ properties }) =>
    rangesOf(properties).some((range) => holds(range, address)),
  );
  return subnet === undefined ? undefined : imaginedIn(deployed, subnet, [], address);
}

/** Who has which address in which VPC. */
function owners(deployed: Deployed): ReadonlyMap<string, AwsInterface> {
  // The first of several that claim an address stays: the last entry of a `Map` wins.
  return new Map(
    [...interfacesOf(deployed)]
      .reverse()
      .flatMap((one) =>
        one.addresses.map((address) => [ownerKey(one.vpcId, address), one] as const),
      ),
  );
}

function ownerKey(network: string, { onLine }: Address): string {
  return `${network} ${onLine}`;
}
