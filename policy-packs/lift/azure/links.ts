/**
 * Which networks a virtual network is linked to: by peerings, which lead no further, and by gateways
 * (Microsoft Learn, "Virtual network peering", "Configure VPN gateway transit").
 */
import type { Condition, Origin, UnknownInput } from "../../../model/network/topology.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import type { Draft } from "../draft.ts";
import { entriesOf } from "../entries.ts";
import { beginReading } from "../uncertain.ts";
import type { AzureNetwork, AzureNetworks } from "./networks.ts";
import { prefixes } from "./networks.ts";
import { azureTypes } from "./types.ts";

/** A network that another one is linked to. */
export interface AzureLink {
  readonly from: AzureNetwork;
  readonly to: AzureNetwork;
  readonly kind: "peering" | "gateway";
  /** Whether the tag `VirtualNetwork` of `from` takes in `to`; packets flow either way. */
  readonly access: boolean;
  /** Whether what an appliance in `to` forwards may enter `from`. */
  readonly forwarded: boolean;
  readonly conditions: readonly Condition[];
  readonly origin: Origin;
}

interface Peering extends AzureLink {
  readonly disconnected: boolean;
  readonly transit: boolean;
  readonly remoteGateways: boolean;
}

/** All links of a plan, each in the direction in which packets leave. */
export function readAzureLinks(plan: Plan, found: AzureNetworks, draft: Draft): AzureLink[] {
  const peerings = connected(readPeerings(plan, found, draft));
  const gateways = readGateways(plan, found, draft);
  return [
    ...peerings,
    ...gateways,
    ...peerings.flatMap((peering) => throughRemoteGateway(peering, peerings, gateways)),
  ];
}

function readPeerings(plan: Plan, found: AzureNetworks, draft: Draft): Peering[] {
  const peerings: Peering[] = [];
  const add = (from: AzureNetwork | undefined, at: View) =>
    draft.attempt(() => {
      const to = found.networkOf(at.at("remoteVirtualNetwork", "id"));
      if (from !== undefined && to !== undefined) peerings.push(readPeering(from, to, at));
    });
  for (const { inputs } of plan.ofType(azureTypes.peering)) {
    draft.attempt(() => add(found.networkOf(inputs.at("virtualNetworkName")), inputs));
  }
  for (const { urn, inputs } of plan.ofType(azureTypes.network)) {
    const own = found.networks.find(({ id }) => id === urn);
    draft.attempt(() => {
      for (const at of entriesOf(inputs.at("virtualNetworkPeerings"))) add(own, at);
    });
  }
  return peerings;
}

function readPeering(from: AzureNetwork, to: AzureNetwork, at: View): Peering {
  const { read, conditions } = beginReading();
  const flag = (name: string, otherwise: boolean) =>
    read(() => at.at(name).flag(), true) ?? otherwise;
  const listed = prefixes([
    at.at("remoteAddressSpace", "addressPrefixes"),
    at.at("remoteVirtualNetworkAddressSpace", "addressPrefixes"),
  ]);
  const known = !to.planned && listed.addresses.length > 0;
  return {
    from,
    to: known ? { ...to, cidrs: listed.cidrs, space: listed.addresses, open: listed.open } : to,
    kind: "peering",
    access: flag("allowVirtualNetworkAccess", true),
    disconnected: read(() => at.at("peeringState").text(), undefined) === "Disconnected",
    forwarded: flag("allowForwardedTraffic", false),
    transit: flag("allowGatewayTransit", false),
    remoteGateways: flag("useRemoteGateways", false),
    conditions,
    origin: { urn: at.urn, path: at.path },
  };
}

/** A peering works once both sides have it; the side of a network outside the plan is not seen. */
function connected(peerings: readonly Peering[]): Peering[] {
  const live = peerings.filter(({ disconnected }) => !disconnected);
  return live.filter(
    ({ from, to }) =>
      !to.planned || live.some((back) => back.from.id === to.id && back.to.id === from.id),
  );
}

/** Where the gateway of a peered network leads, if both sides of the peering say so. */
function throughRemoteGateway(
  peering: Peering,
  peerings: readonly Peering[],
  gateways: readonly AzureLink[],
): AzureLink[] {
  if (!peering.remoteGateways) return [];
  const { from, to, conditions, origin } = peering;
  const link = { from, kind: "gateway", access: true, forwarded: false, origin } as const;
  if (!to.planned) {
    const beyond = unseenNetwork(`${to.id} gateway`, `beyond the gateway of ${to.name}`, origin);
    return [{ ...link, to: beyond, conditions }];
  }
  const back = peerings.find((other) => other.from.id === to.id && other.to.id === from.id);
  if (back?.transit !== true) return [];
  return gateways
    .filter((gateway) => gateway.from.id === to.id)
    .map((gateway) => ({
      ...link,
      to: gateway.to,
      conditions: [...conditions, ...back.conditions, ...gateway.conditions],
    }));
}

function readGateways(plan: Plan, found: AzureNetworks, draft: Draft): AzureLink[] {
  const links: AzureLink[] = [];
  for (const gateway of plan.ofType(azureTypes.gateway)) {
    draft.attempt(() => {
      const from = networkOfGateway(found, gateway);
      if (from === undefined) return;
      const origin = { urn: gateway.urn, path: "" };
      const to = [...clientsOf(gateway), ...connectionsOf(plan, found, gateway, draft)];
      for (const one of to) {
        const how = { kind: "gateway", access: true, forwarded: false } as const;
        links.push({ from, to: one, ...how, conditions: [], origin });
      }
    });
  }
  return links;
}

function networkOfGateway(
  found: AzureNetworks,
  { inputs }: PlannedResource,
): AzureNetwork | undefined {
  const [first] = entriesOf(inputs.at("ipConfigurations"));
  return first === undefined ? undefined : found.subnetOf(first.at("subnet", "id"))?.network;
}

/** Addresses that the gateway gives to the devices of people (point-to-site). */
function clientsOf({ urn, name, inputs }: PlannedResource): AzureNetwork[] {
  const pool = inputs.at("vpnClientConfiguration", "vpnClientAddressPool", "addressPrefixes");
  if (pool.state === "absent") return [];
  const { cidrs, addresses: space, open } = prefixes([pool]);
  const id = `${urn} clients`;
  return [{ id, name: `clients of ${name}`, planned: false, cidrs, space, open }];
}

function connectionsOf(
  plan: Plan,
  found: AzureNetworks,
  gateway: PlannedResource,
  draft: Draft,
): AzureNetwork[] {
  const networks: AzureNetwork[] = [];
  for (const { urn, name, inputs } of plan.ofType(azureTypes.connection)) {
    draft.attempt(() => {
      const ends = ["virtualNetworkGateway1", "virtualNetworkGateway2"].map((end) =>
        plan.follow(inputs.at(end, "id"), azureTypes.gateway),
      );
      const isOwn = (end: (typeof ends)[number]) =>
        end.state === "resource" && end.resource.urn === gateway.urn;
      if (!ends.some(isOwn)) return;
      const site = plan.follow(inputs.at("localNetworkGateway2", "id"), azureTypes.localGateway);
      if (site.state === "resource") networks.push(siteOf(site.resource));
      const other = ends.find((end) => end.state === "resource" && !isOwn(end));
      if (other?.state === "resource") {
        const network = networkOfGateway(found, other.resource);
        if (network !== undefined) networks.push(network);
      } else if (site.state !== "resource") {
        networks.push(unseenNetwork(`${urn} site`, `beyond ${name}`, { urn, path: "peer" }));
      }
    });
  }
  return networks;
}

/** Of a site that speaks BGP only the announced prefixes are sure. */
function siteOf({ urn, name, inputs }: PlannedResource): AzureNetwork {
  const known = inputs.at("localNetworkAddressSpace", "addressPrefixes");
  const { cidrs, addresses: space, open } = prefixes([known]);
  const bgp = inputs.at("bgpSettings");
  const announced = bgp.state === "absent" ? [] : [{ urn, path: bgp.path }];
  return { id: urn, name, planned: false, cidrs, space, open: [...open, ...announced] };
}

function unseenNetwork(id: string, name: string, origin: UnknownInput): AzureNetwork {
  const open = [{ urn: origin.urn, path: origin.path }];
  return { id, name, planned: false, cidrs: [], space: [], open };
}
