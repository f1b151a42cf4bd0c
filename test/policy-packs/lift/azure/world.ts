/** A small Azure network as plain planned resources: what rows of tables change. */
import type { RawResource } from "../../../../policy-packs/kit/plan.ts";

type Props = Readonly<Record<string, unknown>>;

const group = "/subscriptions/s/resourceGroups/g/providers/";

/** Id of a resource of the network provider. */
export function id(kind: string, name: string): string {
  return `${group}Microsoft.Network/${kind}/${name}`;
}

/** A planned resource whose id is known. */
export function resource(type: string, name: string, inputs: Props, known = ""): RawResource {
  const token = `azure-native:${type.includes(":") ? type : `network:${type}`}`;
  const outputs = known === "" ? {} : { id: known };
  return { urn: `urn:pulumi:dev::test::${token}::${name}`, type: token, name, inputs, outputs };
}

export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function vnet(
  name: string,
  addressPrefixes: readonly string[],
  more: Props = {},
): RawResource {
  const location = "westeurope";
  const inputs = { virtualNetworkName: name, location, addressSpace: { addressPrefixes }, ...more };
  return resource("VirtualNetwork", name, inputs, id("virtualNetworks", name));
}

export function subnet(name: string, network: string, more: Props): RawResource {
  const inputs = { virtualNetworkName: network, subnetName: name, ...more };
  return resource("Subnet", name, inputs, `${id("virtualNetworks", network)}/subnets/${name}`);
}

export function nsg(name: string, more: Props = {}): RawResource {
  const inputs = { networkSecurityGroupName: name, ...more };
  return resource("NetworkSecurityGroup", name, inputs, id("networkSecurityGroups", name));
}

/** `Allow 100 Inbound Tcp 443`, everybody to everybody unless told otherwise. */
export function ruleProps(text: string, more: Props = {}): Props {
  const [access, priority, direction, protocol = "*", port = "*"] = text.split(" ");
  const side = (name: string) =>
    Object.keys(more).some((key) => key.startsWith(`${name}A`))
      ? {}
      : { [`${name}AddressPrefix`]: "*" };
  return {
    access,
    priority: Number(priority),
    direction,
    protocol,
    sourcePortRange: "*",
    destinationPortRange: port,
    ...side("source"),
    ...side("destination"),
    ...more,
  };
}

/** A standalone rule of a group. */
export function rule(nsgName: string, text: string, more: Props = {}): RawResource {
  const inputs = { networkSecurityGroupName: nsgName, ...ruleProps(text, more) };
  return resource("SecurityRule", `${nsgName} ${text}`, inputs);
}

export function nic(
  name: string,
  subnetId: string,
  address: string,
  more: Props = {},
): RawResource {
  const { ip = {}, ...rest } = more as { ip?: Props };
  const configuration = {
    name: "first",
    subnet: { id: subnetId },
    privateIPAllocationMethod: address === "" ? "Dynamic" : "Static",
    ...(address === "" ? {} : { privateIPAddress: address }),
    ...(address.includes(":") ? { privateIPAddressVersion: "IPv6" } : {}),
    ...ip,
  };
  const inputs = { networkInterfaceName: name, ipConfigurations: [configuration], ...rest };
  return resource("NetworkInterface", name, inputs, id("networkInterfaces", name));
}

export const subnetId = (name: string, network = "net") =>
  `${id("virtualNetworks", network)}/subnets/${name}`;

const web6 = "fd00:db8:1:1::/64";

/** Two subnets, each with a group without rules of its own, and a machine in each. */
export const base: readonly RawResource[] = [
  vnet("net", ["10.1.0.0/16", "fd00:db8:1::/48"]),
  nsg("web-nsg"),
  nsg("app-nsg"),
  subnet("web-net", "net", {
    addressPrefixes: ["10.1.1.0/24", web6],
    networkSecurityGroup: { id: id("networkSecurityGroups", "web-nsg") },
  }),
  subnet("app-net", "net", {
    addressPrefix: "10.1.2.0/24",
    networkSecurityGroup: { id: id("networkSecurityGroups", "app-nsg") },
  }),
  nic("web", subnetId("web-net"), "10.1.1.4"),
  nic("app", subnetId("app-net"), "10.1.2.4"),
];

/** The base with more, where a resource of the same type and name takes the other's place. */
export function withMore(...more: readonly RawResource[]): readonly RawResource[] {
  const replaced = new Set(more.map(({ urn }) => urn));
  return [...base.filter(({ urn }) => !replaced.has(urn)), ...more];
}

export const publicAddress = resource(
  "PublicIPAddress",
  "address",
  { publicIPAllocationMethod: "Static" },
  id("publicIPAddresses", "address"),
);

/** `web` with a public address. */
export const publicWeb: readonly RawResource[] = [
  publicAddress,
  nic("web", subnetId("web-net"), "10.1.1.4", {
    ip: { publicIPAddress: { id: id("publicIPAddresses", "address") } },
  }),
];

export function peering(from: string, to: string, more: Props = {}): RawResource {
  const inputs = {
    virtualNetworkName: from,
    remoteVirtualNetwork: { id: to.startsWith("/") ? to : id("virtualNetworks", to) },
    allowVirtualNetworkAccess: true,
    ...more,
  };
  return resource("VirtualNetworkPeering", `${from}-${to}`, inputs);
}

/** A second network with a machine in it. */
export const other: readonly RawResource[] = [
  vnet("other", ["10.2.0.0/16"]),
  subnet("far-net", "other", { addressPrefix: "10.2.1.0/24" }),
  nic("far", subnetId("far-net", "other"), "10.2.1.4"),
];

/** The app subnet under a route table. */
export function routed(routes: readonly Props[], more: Props = {}): readonly RawResource[] {
  return [
    resource(
      "RouteTable",
      "table",
      { routeTableName: "table", routes, ...more },
      id("routeTables", "table"),
    ),
    subnet("app-net", "net", {
      addressPrefix: "10.1.2.0/24",
      networkSecurityGroup: { id: id("networkSecurityGroups", "app-nsg") },
      routeTable: { id: id("routeTables", "table") },
    }),
  ];
}
