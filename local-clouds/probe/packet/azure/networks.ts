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
import { type Deployed, type Live, objectOf, objectsOf, textOf, textsOf } from "../deployed.ts";
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
  return deployed.all(...tokens).find((one) => sameId(one.id, id));
}

/** The id inside a property such as `networkSecurityGroup: { id }`. */
export function idIn(properties: JsonObject, key: string): string | undefined {
  return textOf(objectOf(properties, key), "id");
}

/** Every subnet, on its own or written inside its network. */
export function subnetsOf(deployed: Deployed): readonly Live[] {
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
  return [...own, ...inline.filter(({ id }) => !own.some((one) => sameId(one.id, id)))];
}

/** The subnet of an id. */
export function subnetOf(deployed: Deployed, id: string | undefined): Live | undefined {
  return subnetsOf(deployed).find((one) => sameId(one.id, id));
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
    addresses: written.length > 0 ? written : freeIn(subnet, []),
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
  const taken = deployed
    .all(azure.interface)
    .flatMap(({ properties }) => objectsOf(properties, "ipConfigurations"))
    .flatMap((one) => addressOf(textOf(one, "privateIPAddress") ?? "") ?? []);
  return {
    cloud: "azure",
    id: `a new interface in ${subnet.id}`,
    imagined: true,
    subnet,
    network: networkOf(subnet.id),
    addresses: address === undefined ? freeIn(subnet, taken) : [address],
    publicAddresses: members.includes(publicMember) ? freePublic : [],
    group: members.find((id) => byId(deployed, id, azure.group) !== undefined),
    applicationGroups: members.filter(
      (id) => byId(deployed, id, azure.applicationGroup) !== undefined,
    ),
    privateEndpoint: false,
  };
}

const freePublic = [addressOf(imaginedPublicAddress) ?? []].flat();

function freeIn(subnet: Live, taken: readonly Address[]): readonly Address[] {
  return prefixesOf(subnet).flatMap(
    (prefix) =>
      freeAddress(prefix, reservedAddresses, (one) =>
        taken.some(({ onLine }) => onLine === one.onLine),
      ) ?? [],
  );
}

/** Who has an address in a network: an interface, or a new one in the subnet that holds the address. */
export function ownerIn(
  deployed: Deployed,
  network: string,
  address: Address,
): AzureInterface | undefined {
  const owner = interfacesOf(deployed).find(
    (one) =>
      sameId(one.network, network) && one.addresses.some(({ onLine }) => onLine === address.onLine),
  );
  if (owner !== undefined) return owner;
  const subnet = subnetsOf(deployed).find(
    (one) =>
      sameId(networkOf(one.id), network) &&
      prefixesOf(one).some((prefix) => holds(prefix, address)),
  );
  return subnet === undefined ? undefined : imaginedIn(deployed, subnet, [], address);
}
