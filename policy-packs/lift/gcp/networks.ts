/** The planned VPC networks and their subnetworks (VPC documentation, "VPC networks", "Subnets"). */
import type { Cidr, Family } from "../../../model/base/address.ts";
import { cidrSet, tryParseCidr } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import type { Origin, UnknownInput } from "../../../model/network/topology.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import type { Draft } from "../draft.ts";
import { entriesOf } from "../entries.ts";
import { settle } from "../uncertain.ts";
import { gcpTypes } from "./types.ts";

/** A VPC network. */
export interface GcpNetwork {
  /** URN, or the name of one that exists outside the plan. */
  readonly id: string;
  readonly name: string;
  /** Undefined where it exists outside the plan. */
  readonly resource: PlannedResource | undefined;
}

/** Prefixes with what of them is not known. */
export interface GcpRanges {
  readonly cidrs: readonly Cidr[];
  readonly addresses: IntervalSet;
  readonly open: readonly UnknownInput[];
}

/** A subnetwork, or all those of an auto mode network. */
export interface GcpSubnet {
  readonly id: string;
  readonly name: string;
  readonly network: GcpNetwork;
  /** Empty where it is not known. */
  readonly region: string;
  /** Addresses of interfaces: the primary range and the IPv6 range. */
  readonly own: GcpRanges;
  /** Alias ranges by name. */
  readonly aliases: ReadonlyMap<string, GcpRanges>;
  readonly families: readonly Family[];
  /** Whether its IPv6 addresses are reachable from the internet. */
  readonly external6: boolean;
  readonly googleAccess: boolean;
  readonly origin: Origin;
  readonly resource: PlannedResource | undefined;
}

/** All networks and subnetworks of a plan. */
export interface GcpNetworks {
  readonly networks: readonly GcpNetwork[];
  readonly subnets: readonly GcpSubnet[];
  /** The network to which a property refers. Throws `Undecided`. */
  networkOf(reference: View): GcpNetwork | undefined;
  /** The subnetwork to which a property refers. Throws `Undecided`. */
  subnetOf(reference: View): GcpSubnet | undefined;
}

/** Every project is born with this auto mode network ("Default network"). */
export const defaultNetwork = "default";

/** Where auto mode networks have their subnets ("Auto mode IPv4 ranges"). */
const autoRange = "10.128.0.0/9";

/** Reads every network and subnetwork of the plan. */
export function readGcpNetworks(plan: Plan, draft: Draft): GcpNetworks {
  const networks = new Map<string, GcpNetwork>();
  for (const resource of plan.ofType(gcpTypes.network)) {
    networks.set(resource.urn, { id: resource.urn, name: resource.name, resource });
  }
  const networkOf = (reference: View): GcpNetwork | undefined => {
    const found = plan.follow(reference, gcpTypes.network);
    if (found.state === "absent") return undefined;
    const outside =
      found.state === "outside" ? found.value.slice(found.value.lastIndexOf("/") + 1) : "";
    const id = found.state === "resource" ? found.resource.urn : outside;
    const known = networks.get(id);
    if (known !== undefined) return known;
    const existing = { id, name: outside, resource: undefined };
    networks.set(id, existing);
    if (id === defaultNetwork) subnets.push(autoSubnet(existing));
    return existing;
  };
  const subnets = [...networks.values()].flatMap((network) => {
    const auto = settle(() => network.resource?.inputs.at("autoCreateSubnetworks").flag() ?? true);
    return auto === false ? [] : [autoSubnet(network)];
  });
  for (const resource of plan.ofType(gcpTypes.subnet)) {
    draft.attempt(() => {
      const network = networkOf(resource.inputs.at("network"));
      if (network === undefined) throw new Undecided(resource.urn, "network", "unreadable");
      subnets.push(readSubnet(resource, network));
    });
  }
  const subnetOf = (reference: View): GcpSubnet | undefined => {
    const found = plan.follow(reference, gcpTypes.subnet);
    if (found.state === "resource") {
      return subnets.find(({ id }) => id === found.resource.urn);
    }
    return undefined;
  };
  return {
    get networks() {
      return [...networks.values()];
    },
    subnets,
    networkOf,
    subnetOf,
  };
}

function autoSubnet(network: GcpNetwork): GcpSubnet {
  const cidrs = [tryParseCidr(autoRange)].filter((cidr) => cidr !== undefined);
  return {
    id: `${network.id} auto subnets`,
    name: `subnets of ${network.name}`,
    network,
    region: "",
    own: { cidrs, addresses: cidrSet(cidrs), open: [] },
    aliases: new Map(),
    families: [4],
    external6: false,
    googleAccess: false,
    origin: { urn: network.id, path: "autoCreateSubnetworks" },
    resource: undefined,
  };
}

function readSubnet(resource: PlannedResource, network: GcpNetwork): GcpSubnet {
  const { urn, name, inputs } = resource;
  const stack = settle(() => inputs.at("stackType").text() ?? "IPV4_ONLY");
  const isDual = stack !== "IPV4_ONLY";
  const external6 = settle(() => inputs.at("ipv6AccessType").text()) === "EXTERNAL";
  const region = settle(() => inputs.at("region").text());
  const prefix6 = inputs.at(external6 ? "externalIpv6Prefix" : "internalIpv6Prefix");
  // A range that is not given is the service's to choose.
  const own = [
    ...(stack === "IPV6_ONLY" ? [] : [inputs.at("ipCidrRange")]),
    ...(isDual ? [prefix6] : []),
  ];
  const googleAccess = settle(() => inputs.at("privateIpGoogleAccess").flag());
  return {
    id: urn,
    name,
    network,
    region: typeof region === "string" ? region : "",
    own: rangesOf(own),
    aliases: aliasesOf(inputs.at("secondaryIpRanges")),
    families: stack === "IPV6_ONLY" ? [6] : isDual ? [4, 6] : [4],
    external6,
    googleAccess: googleAccess !== false && googleAccess !== undefined,
    origin: { urn, path: "ipCidrRange" },
    resource,
  };
}

function aliasesOf(list: View): ReadonlyMap<string, GcpRanges> {
  const entries = settle(() => entriesOf(list));
  const all = entries instanceof Undecided ? [] : entries;
  return new Map(
    all.map((entry) => {
      const name = settle(() => entry.at("rangeName").text());
      const key = typeof name === "string" ? name : entry.path;
      return [key, rangesOf([entry.at("ipCidrRange")])];
    }),
  );
}

/** The prefixes of several properties; one that is absent is not known yet. */
export function rangesOf(views: readonly View[]): GcpRanges {
  const cidrs: Cidr[] = [];
  const open: UnknownInput[] = [];
  for (const view of views) {
    const read = settle(() => cidrOf(view));
    if (read instanceof Undecided) open.push({ urn: read.urn, path: read.path });
    else cidrs.push(read);
  }
  return { cidrs, addresses: cidrSet(cidrs), open };
}

function cidrOf(view: View): Cidr {
  const text = view.text() ?? "";
  const cidr = tryParseCidr(text) ?? tryParseCidr(`${text}/${text.includes(":") ? 128 : 32}`);
  if (cidr === undefined) throw new Undecided(view.urn, view.path, "unknown");
  return cidr;
}

/** Every range of a subnetwork, alias ranges included. */
export function allRanges({ own, aliases }: GcpSubnet): GcpRanges {
  const all = [own, ...aliases.values()];
  const cidrs = all.flatMap((ranges) => ranges.cidrs);
  return { cidrs, addresses: cidrSet(cidrs), open: all.flatMap(({ open }) => open) };
}
