/** The planned virtual networks and their subnets, inline and standalone. */
import type { Cidr } from "../../../model/base/address.ts";
import { cidrSet, tryParseCidr } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { union } from "../../../model/base/interval-set.ts";
import type { UnknownInput } from "../../../model/network/topology.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import type { Draft } from "../draft.ts";
import { settle } from "../uncertain.ts";
import { azureTypes } from "./types.ts";

/** A virtual network; one that is not planned is known by its id and its planned subnets only. */
export interface AzureNetwork {
  /** URN, or the id of one that exists outside the plan. */
  readonly id: string;
  readonly name: string;
  readonly planned: boolean;
  /** Its region, as `westeurope`; absent where it is not known. */
  readonly region?: string;
  /** Its address space, as far as it is known: as written, and as a set. */
  readonly cidrs: readonly Cidr[];
  readonly space: IntervalSet;
  /** What of the space is not known. */
  readonly open: readonly UnknownInput[];
}

/** A subnet of a virtual network. */
export interface AzureSubnet {
  /** URN, with the property path where it is written inside its network. */
  readonly id: string;
  readonly name: string;
  readonly network: AzureNetwork;
  /** Its properties: `networkSecurityGroup`, `routeTable`, `natGateway` … */
  readonly at: View;
  readonly addresses: IntervalSet;
  readonly open: readonly UnknownInput[];
}

/** All networks and subnets of a plan. */
export interface AzureNetworks {
  readonly networks: readonly AzureNetwork[];
  readonly subnets: readonly AzureSubnet[];
  /** The network to which a property refers, by id or name. Throws `Undecided`. */
  networkOf(reference: View): AzureNetwork | undefined;
  /** The subnet to which a property refers by id. Throws `Undecided`. */
  subnetOf(reference: View): AzureSubnet | undefined;
}

/** Reads every network and subnet of the plan. */
export function readAzureNetworks(plan: Plan, draft: Draft): AzureNetworks {
  const networks = new Map<string, AzureNetwork>();
  for (const resource of plan.ofType(azureTypes.network)) {
    networks.set(resource.urn, plannedNetwork(resource));
  }
  const networkOf = (reference: View): AzureNetwork | undefined => {
    const found = plan.follow(reference, azureTypes.network);
    if (found.state === "absent") return undefined;
    const id = found.state === "resource" ? found.resource.urn : found.value.toLowerCase();
    const known = networks.get(id) ?? existingNetwork(id);
    networks.set(id, known);
    return known;
  };
  const subnets = plan.ofType(azureTypes.network).flatMap((resource) => inlineSubnets(resource));
  for (const resource of plan.ofType(azureTypes.subnet)) {
    draft.attempt(() => {
      const network = networkOf(resource.inputs.at("virtualNetworkName"));
      if (network === undefined)
        throw new Undecided(resource.urn, "virtualNetworkName", "unreadable");
      subnets.push(readSubnet(resource.urn, resource.name, network, resource.inputs));
    });
  }
  const subnetOf = (reference: View) => findSubnet(plan, subnets, reference);
  return {
    get networks() {
      return [...networks.values()];
    },
    subnets,
    networkOf,
    subnetOf,
  };

  function inlineSubnets(resource: PlannedResource): AzureSubnet[] {
    const network = networks.get(resource.urn) ?? existingNetwork(resource.urn);
    const list = resource.inputs.at("subnets");
    if (list.state === "unknown") {
      draft.open(list);
      return [];
    }
    return list.items().map((at) => {
      const name = settle(() => at.at("name").text());
      const label = typeof name === "string" ? name : at.path;
      return readSubnet(`${resource.urn} ${at.path}`, label, network, at);
    });
  }
}

function plannedNetwork(resource: PlannedResource): AzureNetwork {
  const region = regionAt(resource.inputs.at("location"));
  const { cidrs, addresses, open } = prefixes([
    resource.inputs.at("addressSpace", "addressPrefixes"),
    ...(resource.inputs.at("addressSpace", "ipamPoolPrefixAllocations").state === "absent"
      ? []
      : [resource.inputs.at("addressSpace", "ipamPoolPrefixAllocations")]),
  ]);
  return {
    id: resource.urn,
    name: resource.name,
    planned: true,
    ...(region === undefined ? {} : { region }),
    cidrs,
    space: addresses,
    open,
  };
}

/** The region at a property: `West Europe` is `westeurope`. */
export function regionAt(at: View): string | undefined {
  const text = settle(() => at.text());
  return typeof text === "string" ? text.replaceAll(" ", "").toLowerCase() : undefined;
}

/** Of an existing network nothing is known but that it has addresses. */
function existingNetwork(id: string): AzureNetwork {
  const name = id.slice(id.lastIndexOf("/") + 1);
  return {
    id,
    name,
    planned: false,
    cidrs: [],
    space: [],
    open: [{ urn: id, path: "addressSpace" }],
  };
}

function readSubnet(id: string, name: string, network: AzureNetwork, at: View): AzureSubnet {
  const single = at.at("addressPrefix");
  const { addresses, open } = prefixes([
    ...(single.state === "absent" ? [] : [single]),
    at.at("addressPrefixes"),
    ...(at.at("ipamPoolPrefixAllocations").state === "absent"
      ? []
      : [at.at("ipamPoolPrefixAllocations")]),
  ]);
  // Whatever its prefix will be, it lies in the network's space.
  const within = open.length > 0 ? union(addresses, network.space) : addresses;
  return { id, name, network, at, addresses: within, open: open.length > 0 ? network.open : [] };
}

/** Single prefixes and lists of them, with what of them is not known. */
export function prefixes(views: readonly View[]): {
  readonly cidrs: readonly Cidr[];
  readonly addresses: IntervalSet;
  readonly open: readonly UnknownInput[];
} {
  const cidrs: Cidr[] = [];
  const open: UnknownInput[] = [];
  for (const view of views.flatMap(listOrSelf)) {
    const read = settle(() => cidrOf(view));
    if (read instanceof Undecided) open.push({ urn: read.urn, path: read.path });
    else cidrs.push(read);
  }
  return { cidrs, addresses: cidrSet(cidrs), open };
}

function cidrOf(view: View): Cidr {
  const text = view.text() ?? "";
  const cidr = tryParseCidr(text) ?? tryParseCidr(`${text}/${text.includes(":") ? 128 : 32}`);
  if (cidr === undefined) throw new Undecided(view.urn, view.path, "unreadable");
  return cidr;
}

function listOrSelf(view: View): readonly View[] {
  if (view.state !== "known") return view.state === "absent" ? [] : [view];
  const items = settle(() => view.items());
  return items instanceof Undecided ? [view] : items;
}

function findSubnet(
  plan: Plan,
  subnets: readonly AzureSubnet[],
  reference: View,
): AzureSubnet | undefined {
  const found = plan.follow(reference, azureTypes.subnet, azureTypes.network);
  if (found.state === "absent") return undefined;
  if (found.state === "resource") {
    const inside = subnets.filter(({ at }) => at.urn === found.resource.urn);
    if (inside.length === 1) return inside[0];
    throw new Undecided(reference.urn, reference.path, "unknown");
  }
  return byId(plan, subnets, found.value, reference);
}

/** `…/virtualNetworks/NET/subnets/NAME`, of a network in the plan. */
function byId(
  plan: Plan,
  subnets: readonly AzureSubnet[],
  id: string,
  reference: View,
): AzureSubnet | undefined {
  const match = /^(.*\/virtualnetworks\/([^/]+))\/subnets\/([^/]+)$/i.exec(id);
  const [, networkId = "", networkName = "", subnetName = ""] = match ?? [];
  const named = [networkId, networkName].map((text) => plan.named(text, azureTypes.network));
  const urns = (named.find((some) => some.length > 0) ?? []).map(({ urn }) => urn);
  const candidates = subnets.filter((subnet) => {
    const { network } = subnet;
    if (nameInAzure(subnet).toLowerCase() !== subnetName.toLowerCase()) return false;
    return network.id === networkId.toLowerCase() || urns.includes(network.id);
  });
  if (candidates.length > 1) throw new Undecided(reference.urn, reference.path, "unreadable");
  return candidates[0];
}

/** Its name there; that of the resource where it is not known. */
export function nameInAzure({ name, at }: Pick<AzureSubnet, "name" | "at">): string {
  const own = settle(() => at.at(at.path === "" ? "subnetName" : "name").text());
  return typeof own === "string" ? own : name;
}
