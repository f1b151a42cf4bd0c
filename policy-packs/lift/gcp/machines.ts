/** What stands in subnetworks: instances, templates of instance groups, and nodes of clusters. */
import type { Family } from "../../../model/base/address.ts";
import { familyOf } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { intersect, union } from "../../../model/base/interval-set.ts";
import type { Origin } from "../../../model/network/topology.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { addressesOf, every4, every6 } from "../address-set.ts";
import type { Draft } from "../draft.ts";
import { entriesOf } from "../entries.ts";
import { beginReading, settle } from "../uncertain.ts";
import type { Identity } from "./firewall.ts";
import { readNames, secureTagViews } from "./names.ts";
import type { GcpNetwork, GcpNetworks, GcpSubnet } from "./networks.ts";
import { gcpTypes } from "./types.ts";

/** Something with an address in a network. */
export interface GcpInterface {
  readonly id: string;
  readonly name: string;
  /** `carrier`: whoever has a tag or runs as an account; `subnet`: whoever stands there. */
  readonly kind: "machine" | "carrier" | "subnet";
  readonly identity: Identity;
  readonly subnets: readonly GcpSubnet[];
  readonly addresses: IntervalSet;
  readonly unknownAddresses: readonly Family[];
  /** Families in which the internet reaches it at an address of its own. */
  readonly external: readonly Family[];
  /** The machine or template that it belongs to. */
  readonly resource: PlannedResource | undefined;
  readonly segment: string | undefined;
  readonly origin: Origin;
}

/** Interfaces of everything that is planned. */
export function readMachines(plan: Plan, found: GcpNetworks, draft: Draft): GcpInterface[] {
  const all: GcpInterface[] = [];
  const { instance, instanceFromTemplate, template, regionTemplate, cluster, nodePool } = gcpTypes;
  for (const resource of plan.ofType(instance, template, regionTemplate)) {
    draft.attempt(() => all.push(...interfacesOf(plan, found, resource, resource.inputs)));
  }
  for (const resource of plan.ofType(instanceFromTemplate)) {
    draft.attempt(() => all.push(...fromTemplate(plan, found, resource)));
  }
  for (const resource of plan.ofType(cluster, nodePool)) {
    draft.attempt(() => all.push(...nodesOf(plan, found, resource)));
  }
  return all;
}

/** What the instance itself says about its interfaces, or what its template says. */
function fromTemplate(plan: Plan, found: GcpNetworks, resource: PlannedResource): GcpInterface[] {
  const { inputs } = resource;
  if (inputs.at("networkInterfaces").state !== "absent") {
    return interfacesOf(plan, found, resource, inputs);
  }
  const reference = inputs.at("sourceInstanceTemplate");
  const template = plan.follow(reference, gcpTypes.template, gcpTypes.regionTemplate);
  if (template.state !== "resource") {
    throw new Undecided(reference.urn, reference.path, "unreadable");
  }
  return interfacesOf(plan, found, resource, template.resource.inputs);
}

function interfacesOf(
  plan: Plan,
  found: GcpNetworks,
  resource: PlannedResource,
  inputs: View,
): GcpInterface[] {
  const names = readNames(plan, {
    tags: inputs.at("tags"),
    account: inputs.at("serviceAccount", "email"),
    secureTags: secureTagViews(
      plan,
      resource,
      inputs.at("params", "resourceManagerTags"),
      inputs.at("resourceManagerTags"),
    ),
  });
  const list = entriesOf(inputs.at("networkInterfaces"));
  return list.map((at, index) => {
    const place = placeOf(found, at.at("subnetwork"), at.at("network"));
    const label = list.length === 1 ? "" : ` networkInterfaces[${index}]`;
    return {
      id: `${resource.urn}${label}`,
      name: `${resource.name}${label}`,
      kind: "machine",
      identity: { ...names, network: place.network, region: place.subnet?.region ?? "" },
      subnets: place.subnet === undefined ? [] : [place.subnet],
      ...addressesIn(place.subnet, at),
      external: externalFamilies(place.subnet, at),
      resource,
      segment: undefined,
      origin: { urn: resource.urn, path: at.path },
    };
  });
}

interface Place {
  readonly network: GcpNetwork;
  readonly subnet: GcpSubnet | undefined;
}

/** The subnetwork named, or the only one that the named network is known to have. */
function placeOf(found: GcpNetworks, subnetwork: View, network: View): Place {
  if (subnetwork.state !== "absent") {
    const subnet = found.subnetOf(subnetwork);
    // What stands in a subnetwork outside the plan is guarded by what nobody sees here.
    if (subnet === undefined) throw new Undecided(subnetwork.urn, subnetwork.path, "unreadable");
    return { network: subnet.network, subnet };
  }
  const named = found.networkOf(network);
  if (named === undefined) throw new Undecided(network.urn, network.path, "unreadable");
  const candidates = found.subnets.filter((subnet) => subnet.network.id === named.id);
  return { network: named, subnet: candidates.length === 1 ? candidates[0] : undefined };
}

/** Its fixed address or any of its subnetwork's, with its alias ranges. */
function addressesIn(subnet: GcpSubnet | undefined, at: View) {
  const { read } = beginReading();
  const isDual = read(() => at.at("stackType").text() ?? "IPV4_ONLY", "IPV4_IPV6") !== "IPV4_ONLY";
  const fixed = at.at("networkIp");
  const own4 =
    fixed.state === "absent" ? any(subnet, 4) : read(() => addressesOf(fixed), any(subnet, 4));
  const own6 = isDual ? any(subnet, 6) : [];
  const aliases = entriesOf(at.at("aliasIpRanges")).map((alias) => {
    const range = alias.at("ipCidrRange");
    const name = read(() => alias.at("subnetworkRangeName").text(), undefined);
    const whole = (name === undefined ? subnet?.own : subnet?.aliases.get(name))?.addresses ?? [];
    // `/24` asks for any range of that size.
    return read(() => (range.text()?.startsWith("/") === true ? whole : addressesOf(range)), whole);
  });
  const lacks4 = own4.length === 0;
  const lacks6 = isDual && own6.length === 0;
  const unknownAddresses: Family[] = [
    ...(lacks4 ? [4 as const] : []),
    ...(lacks6 ? [6 as const] : []),
  ];
  return { addresses: [own4, own6, ...aliases].reduce(union, []), unknownAddresses };
}

function any(subnet: GcpSubnet | undefined, family: Family): IntervalSet {
  return intersect(subnet?.own.addresses ?? [], family === 4 ? every4 : every6);
}

function externalFamilies(subnet: GcpSubnet | undefined, at: View): Family[] {
  const has = (list: View) =>
    list.state === "unknown" || (list.state === "known" && list.items().length > 0);
  const six =
    has(at.at("ipv6AccessConfigs")) ||
    (subnet?.external6 === true && at.at("stackType").state !== "absent");
  return [...(has(at.at("accessConfigs")) ? [4 as const] : []), ...(six ? [6 as const] : [])];
}

/** Nodes with the pods on them, which have alias addresses of the nodes. */
function nodesOf(plan: Plan, found: GcpNetworks, resource: PlannedResource): GcpInterface[] {
  const cluster = clusterOf(plan, resource);
  const { subnet, network } = placeOf(found, cluster.at("subnetwork"), cluster.at("network"));
  const config = resource.inputs.at("nodeConfig");
  const names = readNames(plan, {
    tags: config.at("tags"),
    account: config.at("serviceAccount"),
    secureTags: secureTagViews(plan, resource, config.at("resourceManagerTags")),
  });
  const range = settle(() => cluster.at("ipAllocationPolicy", "clusterSecondaryRangeName").text());
  const pods = typeof range === "string" ? subnet?.aliases.get(range)?.addresses : undefined;
  const addresses = union(any(subnet, 4), pods ?? []);
  const isPrivate = [
    cluster.at("privateClusterConfig", "enablePrivateNodes"),
    resource.inputs.at("networkConfig", "enablePrivateNodes"),
  ].some((view) => settle(() => view.flag()) === true);
  return [
    {
      id: resource.urn,
      name: `nodes of ${resource.name}`,
      kind: "machine",
      identity: { ...names, network, region: subnet?.region ?? "" },
      subnets: subnet === undefined ? [] : [subnet],
      addresses,
      unknownAddresses: addresses.some(({ from }) => familyOf(from) === 4) ? [] : [4],
      external: isPrivate ? [] : [4],
      resource,
      segment: undefined,
      origin: { urn: resource.urn, path: "nodeConfig" },
    },
  ];
}

function clusterOf(plan: Plan, resource: PlannedResource): View {
  if (resource.type === gcpTypes.cluster) return resource.inputs;
  const reference = resource.inputs.at("cluster");
  const cluster = plan.follow(reference, gcpTypes.cluster);
  if (cluster.state !== "resource")
    throw new Undecided(reference.urn, reference.path, "unreadable");
  return cluster.resource.inputs;
}
