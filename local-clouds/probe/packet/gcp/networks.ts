/** VPC networks, their subnets, and who has which address in them. */

import type { JsonObject } from "../../../protocol/value.ts";
import {
  type Address,
  addressOf,
  freeAddress,
  imaginedPublicAddress,
  publicMember,
} from "../address.ts";
import {
  type Deployed,
  groupedBy,
  type Live,
  objectOf,
  objectsOf,
  textOf,
  textsOf,
} from "../deployed.ts";
import type { GcpInterface } from "./interface.ts";
import { gcp } from "./tokens.ts";

/** Google keeps the first two and the last two addresses of a subnet ("Subnets", "Unusable addresses in IPv4 subnet ranges"). */
const reservedAddresses = 2n;

/** The path of a self link or path: `projects/P/global/networks/N`. */
export function pathOf(link: string): string {
  return link.replace(/^https:\/\/[a-z.]+\/compute\/(?:v1|beta)\//, "");
}

/** The last part of a path. */
export function lastOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Whether two links, paths or names of one collection mean the same; a bare name fits any project. */
export function sameLink(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  const [left, right] = [pathOf(a), pathOf(b)];
  return left.includes("/") && right.includes("/")
    ? left === right
    : lastOf(left) === lastOf(right);
}

/** The resource of a link, path or name, of some types. */
export function byLink(
  deployed: Deployed,
  link: string | undefined,
  ...tokens: readonly string[]
): Live | undefined {
  if (link === undefined) return undefined;
  return tokens
    .flatMap((token) => deployed.grouped(nameIn, token).get(lastOf(link)) ?? [])
    .find(({ id }) => sameLink(id, link));
}

/** The last part of an id. */
function nameIn({ id }: Live): string {
  return lastOf(id);
}

/** The network of a path. */
export function networkOf(deployed: Deployed, path: string): Live | undefined {
  return byLink(deployed, path, gcp.network);
}

/** All subnets, or those of a network. */
export function subnetsOf(deployed: Deployed, network?: string): readonly Live[] {
  if (network === undefined) return deployed.all(gcp.subnet);
  const named = deployed.once(subnetsByNetwork).get(lastOf(network)) ?? [];
  return named.filter(({ properties }) => sameLink(textOf(properties, "network"), network));
}

/** By the bare name of their network, which several networks may have. */
function subnetsByNetwork(deployed: Deployed): ReadonlyMap<string, readonly Live[]> {
  return groupedBy(deployed.all(gcp.subnet), ({ properties }) =>
    lastOf(textOf(properties, "network") ?? ""),
  );
}

/** All ranges of a subnet: primary, secondary, internal and external IPv6. */
export function rangesOf(subnet: Live): readonly string[] {
  const { properties } = subnet;
  const six = ["ipv6CidrRange", "internalIpv6Prefix", "externalIpv6Prefix"].flatMap(
    (key) => textOf(properties, key) ?? [],
  );
  return [
    textOf(properties, "ipCidrRange") ?? [],
    ...objectsOf(properties, "secondaryIpRanges").flatMap(
      (one) => textOf(one, "ipCidrRange") ?? [],
    ),
    ...new Set(six),
  ].flat();
}

/** Every interface that exists. */
export function interfacesOf(deployed: Deployed): readonly GcpInterface[] {
  return deployed.once(everyInterface);
}

function everyInterface(deployed: Deployed): readonly GcpInterface[] {
  return deployed.all(gcp.instance).flatMap((live) => attachmentsOf(deployed, live));
}

/** The interfaces of an instance whose subnets are in the world, in their order. */
export function attachmentsOf(deployed: Deployed, live: Live): readonly GcpInterface[] {
  return objectsOf(live.properties, "networkInterfaces").flatMap((nic) => {
    const subnet = byLink(deployed, textOf(nic, "subnetwork"), gcp.subnet);
    return subnet === undefined ? [] : [attachment(deployed, live, nic, subnet)];
  });
}

function attachment(deployed: Deployed, live: Live, nic: JsonObject, subnet: Live): GcpInterface {
  const texts = (key: string) => addressOf(textOf(nic, key) ?? "") ?? [];
  const aliases = objectsOf(nic, "aliasIpRanges").flatMap(
    (one) => addressOf(textOf(one, "ipCidrRange") ?? "") ?? [],
  );
  const external = [
    ...objectsOf(nic, "accessConfigs").flatMap(
      (one) => addressOf(textOf(one, "natIp") ?? "") ?? [],
    ),
    ...objectsOf(nic, "ipv6AccessConfigs").flatMap(
      (one) => addressOf(textOf(one, "externalIpv6") ?? "") ?? [],
    ),
  ];
  return {
    cloud: "gcp",
    id: live.id,
    imagined: false,
    subnet,
    network: pathOf(textOf(subnet.properties, "network") ?? ""),
    addresses: [
      texts("networkIp"),
      texts("ipv6Address"),
      aliases,
      external.filter(({ family }) => family === 6),
    ].flat(),
    externalAddresses: external,
    tags: textsOf(live.properties, "tags"),
    secureTags: secureTagsOf(deployed, live),
    serviceAccount: textOf(objectOf(live.properties, "serviceAccount"), "email"),
  };
}

/** Tag values bound at creation or by a binding of their own. */
function secureTagsOf(deployed: Deployed, live: Live): readonly string[] {
  const atCreation = objectOf(objectOf(live.properties, "params"), "resourceManagerTags");
  const bound = deployed
    .all(gcp.tagBinding)
    .filter(({ properties }) => bindsTo(textOf(properties, "parent") ?? "", live))
    .flatMap(({ properties }) => textOf(properties, "tagValue") ?? []);
  return [...Object.values(atCreation).filter((value) => typeof value === "string"), ...bound];
}

/** A binding names an instance by its number: `//compute.googleapis.com/projects/N/zones/Z/instances/ID`. */
function bindsTo(parent: string, live: Live): boolean {
  const named = lastOf(parent);
  const names = [textOf(live.properties, "instanceId"), textOf(live.properties, "name")];
  return parent.includes("/instances/") && names.includes(named);
}

/** Members of an interface that does not exist yet: tag values, service accounts, network tags. */
function membersOf(deployed: Deployed, members: readonly string[]) {
  const isValue = (id: string) => deployed.find(id, gcp.tagValue) !== undefined;
  const account = members
    .map((id) => textOf(deployed.find(id, gcp.serviceAccount)?.properties ?? {}, "email") ?? id)
    .find((text) => text.includes("@"));
  return {
    secureTags: members.filter(isValue),
    serviceAccount: account,
    tags: members.filter((member) => !isValue(member) && !member.includes("/")),
  };
}

function takenAddresses(deployed: Deployed): ReadonlySet<bigint> {
  const addresses = deployed
    .all(gcp.instance)
    .flatMap(({ properties }) => objectsOf(properties, "networkInterfaces"))
    .flatMap((nic) => addressOf(textOf(nic, "networkIp") ?? "") ?? []);
  return new Set(addresses.map(({ onLine }) => onLine));
}

/** An interface that somebody could put into a subnet. */
export function imaginedIn(
  deployed: Deployed,
  subnet: Live,
  members: readonly string[],
  address?: Address,
): GcpInterface {
  const [primary, ...others] = rangesOf(subnet);
  const six = others.filter((range) => range.includes(":"));
  const taken = deployed.once(takenAddresses);
  const free = [primary ?? [], six]
    .flat()
    .flatMap(
      (range) => freeAddress(range, reservedAddresses, ({ onLine }) => taken.has(onLine)) ?? [],
    );
  return {
    cloud: "gcp",
    id: `a new interface in ${subnet.id}`,
    imagined: true,
    subnet,
    network: pathOf(textOf(subnet.properties, "network") ?? ""),
    addresses: address === undefined ? free : [address],
    externalAddresses: members.includes(publicMember)
      ? [addressOf(imaginedPublicAddress) ?? []].flat()
      : [],
    ...membersOf(
      deployed,
      members.filter((member) => member !== publicMember),
    ),
  };
}
