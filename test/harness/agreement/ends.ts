/** The ends of a lifted network as the local clouds' packet probe names them. */
import { intersect } from "../../../model/base/interval-set.ts";
import type { Endpoint, Topology } from "../../../model/network/topology.ts";
import type { Plan } from "../../../model/policy/view.ts";
import type { AwsSubnet } from "../../../policy-packs/lift/aws/subnets.ts";
import { readWorld } from "../../../policy-packs/lift/aws/world.ts";
import { networkGroup, networksOf } from "../../../policy-packs/lift/network-groups.ts";

/** An end of packets, under both of its names. */
export interface NamedEnd {
  /** As the probe is asked: an id, a URN with members, an address. */
  readonly name: string;
  /** Its name without a public address; undefined where it cannot be had without. */
  readonly hidden: string | undefined;
  /** Id of the endpoint; undefined for an address that none has. */
  readonly endpoint: string | undefined;
  /** What it is, for counting: `aws group`, `gcp tag`, `internet`. */
  readonly kind: string;
  /** Packets between the clouds go over the internet, as two packets. */
  readonly cloud: "aws" | "azure" | "gcp" | "kubernetes" | "outside";
  /** Whether a public address is one that its subnet may give later, of IPv4 only. */
  readonly imagined: boolean;
}

const clouds = { aws: "aws", "azure-native": "azure", gcp: "gcp" } as const;

/** Types with an interface of their own of which the probe knows where it is. */
const machines = /:(Instance|NetworkInterface|VirtualMachine)$/;

/** Every endpoint that the probe can name: what stands for many, once for each of its subnets. */
export function namedEnds(plan: Plan, topology: Topology): NamedEnd[] {
  const inside = topology.endpoints.filter(({ outside }) => outside !== true);
  const subnets = [...readWorld(plan).subnets.values()];
  return inside.flatMap((endpoint) => namesOf(endpoint, inside, subnets));
}

function namesOf(
  endpoint: Endpoint,
  all: readonly Endpoint[],
  subnets: readonly AwsSubnet[],
): NamedEnd[] {
  const { id } = endpoint;
  const type = typeOf(id);
  const cloud = clouds[(type.split(":")[0] ?? "") as keyof typeof clouds];
  if (cloud === undefined) return [];
  const standing = (subnet: string, member: string | undefined, kind: string): NamedEnd => ({
    name: `${subnet}@${[member ?? [], "public"].flat().join(",")}`,
    hidden: member === undefined ? subnet : `${subnet}@${member}`,
    endpoint: id,
    kind: `${cloud} ${kind}`,
    cloud,
    imagined: true,
  });
  if (isGroup(id)) {
    const member = id.endsWith("#default-group") ? undefined : id;
    return subnetsOfGroup(endpoint, subnets).map((subnet) => standing(subnet, member, "group"));
  }
  const [group = "", subnet] = id.split(" in ");
  if (subnet !== undefined) {
    return isPlain(subnet) ? [standing(subnet, group, "application group")] : [];
  }
  const member = memberOf(endpoint);
  if (member !== undefined) {
    return subnetsOfCarrier(endpoint, all).map((subnet) => standing(subnet, member, "tag"));
  }
  if (isPlain(id) && isSubnet(type)) return [standing(id, undefined, "subnet")];
  if (!isPlain(id) || !machines.test(type)) return [];
  const kind = `${cloud} ${type.slice(type.lastIndexOf(":") + 1)}`;
  return [{ name: id, hidden: undefined, endpoint: id, kind, cloud, imagined: false }];
}

function typeOf(id: string): string {
  const qualified = id.split("::")[2] ?? "";
  return qualified.slice(qualified.lastIndexOf("$") + 1);
}

function isPlain(id: string): boolean {
  return id.startsWith("urn:") && !/[ #]/.test(id);
}

function isGroup(id: string): boolean {
  return /ecurityGroup:(Default)?SecurityGroup$/.test(typeOf(id)) || id.endsWith("#default-group");
}

function isSubnet(type: string): boolean {
  return /:Subnet$|:Subnetwork$/.test(type);
}

/** A group's members may be in any of the subnets of which the lift says so by their addresses. */
function subnetsOfGroup({ groups, addresses }: Endpoint, subnets: readonly AwsSubnet[]): string[] {
  return subnets
    .filter(({ network }) => groups.includes(networkGroup(network.id)))
    .filter((subnet) => intersect(subnet.addresses, addresses).length > 0)
    .map(({ id }) => id);
}

/** The tag or account by which rules of Google Cloud name whoever carries it. */
function memberOf({ id, groups }: Endpoint): string | undefined {
  if (!/ (secure tag|network tag|account) /.test(id)) return undefined;
  const found = groups.flatMap(
    (group) => /^(?:secure-tag:|(?:network-tag|service-account):\S+:)(\S+)$/.exec(group)?.[1] ?? [],
  );
  const [group = ""] = groups.filter((one) => /^(network-tag|service-account):/.test(one));
  const network = id.slice(0, id.indexOf(" "));
  return group === "" ? found[0] : group.slice(group.indexOf(network) + network.length + 1);
}

function subnetsOfCarrier(carrier: Endpoint, all: readonly Endpoint[]): string[] {
  const [network] = networksOf(carrier);
  return all
    .filter(({ id }) => isPlain(id) && isSubnet(typeOf(id)))
    .filter((subnet) => networksOf(subnet)[0] === network)
    .filter(({ addresses }) => intersect(addresses, carrier.addresses).length > 0)
    .map(({ id }) => id);
}
