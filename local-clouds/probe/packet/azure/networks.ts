/** Virtual networks, their subnets, and who has which address in them. */

import type { JsonObject } from "../../../protocol/value.ts";
import {
  type Address,
  addressOf,
  freeAddress,
  holds,
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
import type { AzureInterface } from "./interface.ts";
import { azure } from "./tokens.ts";

/** Azure keeps the first four addresses of a subnet (Virtual Network FAQ). */
const reservedAddresses = 4n;

/** ARM ids are compared without case. */
export function sameId(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a.toLowerCase() === b.toLowerCase();
}

/** The resource of an id, of some types. */
export function byId(
  deployed: Deployed,
  id: string | undefined,
  ...tokens: readonly string[]
): Live | undefined {
  if (id === undefined) return undefined;
  const key = id.toLowerCase();
  return tokens.flatMap((token) => deployed.grouped(foldedId, token).get(key)?.[0] ?? [])[0];
}

function foldedId({ id }: Live): string {
  return id.toLowerCase();
}

/** The resources of a type that lie in another, as rules do in their group. */
export function childrenOf(deployed: Deployed, parent: string, token: string): readonly Live[] {
  return deployed.grouped(foldedParent, token).get(parent.toLowerCase()) ?? [];
}

/** The id without its last type and name. */
export function parentOf(id: string): string {
  return id.replace(/\/[^/]+\/[^/]+$/, "");
}

function foldedParent({ id }: Live): string {
  return parentOf(id.toLowerCase());
}

/** The id inside a property such as `networkSecurityGroup: { id }`. */
export function idIn(properties: JsonObject, key: string): string | undefined {
  return textOf(objectOf(properties, key), "id");
}

/** Every subnet, on its own or written inside its network. */
export function subnetsOf(deployed: Deployed): readonly Live[] {
  return deployed.once(everySubnet);
}

function everySubnet(deployed: Deployed): readonly Live[] {
  const own = deployed.all(azure.subnet);
  const inline = deployed.all(azure.network).flatMap((network) =>
    objectsOf(network.properties, "subnets").map((properties) => ({
      ...network,
      token: azure.subnet,
      urn: "",
      id: `${network.id}/subnets/${String(properties["name"])}`,
      properties,
    })),
  );
  const known = new Set(own.map(({ id }) => id.toLowerCase()));
  return [...own, ...inline.filter(({ id }) => !known.has(id.toLowerCase()))];
}

/** The subnet of an id. */
export function subnetOf(deployed: Deployed, id: string | undefined): Live | undefined {
  return id === undefined ? undefined : deployed.once(subnetsById).get(id.toLowerCase());
}

function subnetsById(deployed: Deployed): ReadonlyMap<string, Live> {
  return new Map([...subnetsOf(deployed)].reverse().map((one) => [foldedId(one), one]));
}

/** The network a subnet's id lies in. */
export function networkOf(subnetId: string): string {
  return subnetId.replace(/\/subnets\/[^/]+$/i, "");
}

/** The prefixes of a network's address space. */
export function spaceOf(deployed: Deployed, network: string): readonly string[] {
  const live = byId(deployed, network, azure.network);
  return textsOf(objectOf(live?.properties ?? {}, "addressSpace"), "addressPrefixes");
}

/** The prefixes of a subnet. */
export function prefixesOf(subnet: Live): readonly string[] {
  const one = textOf(subnet.properties, "addressPrefix");
  return [...(one === undefined ? [] : [one]), ...textsOf(subnet.properties, "addressPrefixes")];
}

/** Every interface that exists, private endpoints included. */
export function interfacesOf(deployed: Deployed): readonly AzureInterface[] {
  return deployed.once(everyInterface);
}

function everyInterface(deployed: Deployed): readonly AzureInterface[] {
  return deployed
    .all(azure.interface, azure.privateEndpoint)
    .flatMap((live) => attachmentOf(deployed, live) ?? []);
}

/** The interface as it is attached; `undefined` where its subnet is not in the world. */
export function attachmentOf(deployed: Deployed, live: Live): AzureInterface | undefined {
  if (live.token === azure.privateEndpoint) return endpointOf(deployed, live);
  const configurations = objectsOf(live.properties, "ipConfigurations");
  const subnet = subnetOf(deployed, configurations.flatMap((one) => idIn(one, "subnet") ?? [])[0]);
  if (subnet === undefined) return undefined;
  const written = configurations.flatMap(
    (one) => addressOf(textOf(one, "privateIPAddress") ?? "") ?? [],
  );
  return {
    cloud: "azure",
    id: live.id,
    imagined: false,
    subnet,
    network: networkOf(subnet.id),
    addresses: written.length > 0 ? written : freeIn(subnet, new Set()),
    publicAddresses: configurations.flatMap((one) => publicOf(deployed, one) ?? []),
    group: idIn(live.properties, "networkSecurityGroup"),
    applicationGroups: configurations.flatMap((one) =>
      objectsOf(one, "applicationSecurityGroups").flatMap((group) => textOf(group, "id") ?? []),
    ),
    privateEndpoint: false,
  };
}

function publicOf(deployed: Deployed, configuration: JsonObject): Address | undefined {
  const live = byId(deployed, idIn(configuration, "publicIPAddress"), azure.publicAddress);
  return addressOf(textOf(live?.properties ?? {}, "ipAddress") ?? "");
}

function endpointOf(deployed: Deployed, live: Live): AzureInterface | undefined {
  const subnet = subnetOf(deployed, idIn(live.properties, "subnet"));
  if (subnet === undefined) return undefined;
  const written = objectsOf(live.properties, "ipConfigurations").flatMap(
    (one) => addressOf(textOf(one, "privateIPAddress") ?? "") ?? [],
  );
  return {
    ...imaginedIn(deployed, subnet, []),
    id: live.id,
    imagined: false,
    ...(written.length > 0 ? { addresses: written } : {}),
    applicationGroups: objectsOf(live.properties, "applicationSecurityGroups").flatMap(
      (group) => textOf(group, "id") ?? [],
    ),
    privateEndpoint: true,
  };
}

/** An interface that somebody could put into a subnet, in some application security groups. */
export function imaginedIn(
  deployed: Deployed,
  subnet: Live,
  members: readonly string[],
  address?: Address,
): AzureInterface {
  return {
    cloud: "azure",
    id: `a new interface in ${subnet.id}`,
    imagined: true,
    subnet,
    network: networkOf(subnet.id),
    addresses: address === undefined ? freeIn(subnet, deployed.once(takenAddresses)) : [address],
    publicAddresses: members.includes(publicMember) ? freePublic : [],
    group: members.find((id) => byId(deployed, id, azure.group) !== undefined),
    applicationGroups: members.filter(
      (id) => byId(deployed, id, azure.applicationGroup) !== undefined,
    ),
    privateEndpoint: false,
  };
}

const freePublic = [addressOf(imaginedPublicAddress) ?? []].flat();

function takenAddresses(deployed: Deployed): ReadonlySet<bigint> {
  const addresses = deployed
    .all(azure.interface)
    .flatMap(({ properties }) => objectsOf(properties, "ipConfigurations"))
    .flatMap((one) => addressOf(textOf(one, "privateIPAddress") ?? "") ?? []);
  return new Set(addresses.map(({ onLine }) => onLine));
}

function freeIn(subnet: Live, taken: ReadonlySet<bigint>): readonly Address[] {
  return prefixesOf(subnet).flatMap(
    (prefix) => freeAddress(prefix, reservedAddresses, ({ onLine }) => taken.has(onLine)) ?? [],
  );
}

/** Who has an address in a network: an interface, or a new one in the subnet that holds the address. */
export function ownerIn(
  deployed: Deployed,
  network: string,
  address: Address,
): AzureInterface | undefined {
  const owner = deployed.once(owners).get(ownerKey(network, address));
  if (owner !== undefined) return owner;
  const subnet = (deployed.once(subnetsByNetwork).get(network.toLowerCase()) ?? []).find((one) =>
    prefixesOf(one).some((prefix) => holds(prefix, address)),
  );
  return subnet === undefined ? undefined : imaginedIn(deployed, subnet, [], address);
}

function subnetsByNetwork(deployed: Deployed): ReadonlyMap<string, readonly Live[]> {
  return groupedBy(subnetsOf(deployed), ({ id }) => networkOf(id).toLowerCase());
}

/** Who has which address in which network. */
function owners(deployed: Deployed): ReadonlyMap<string, AzureInterface> {
  // The first of several that claim an address stays: the last entry of a `Map` wins.
  return new Map(
    [...interfacesOf(deployed)]
      .reverse()
      .flatMap((one) =>
        one.addresses.map((address) => [ownerKey(one.network, address), one] as const),
      ),
  );
}

function ownerKey(network: string, { onLine }: Address): string {
  return `${network.toLowerCase()} ${onLine}`;
}
