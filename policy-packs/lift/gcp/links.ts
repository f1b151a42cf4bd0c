/**
 * Which networks a VPC network is linked to: by peerings, which lead no further, by VPN tunnels and
 * by interconnects ("VPC Network Peering", "Cloud VPN").
 */
import type { Family } from "../../../model/base/address.ts";
import type { Condition, Origin } from "../../../model/network/topology.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import type { Draft } from "../draft.ts";
import { entriesOf } from "../entries.ts";
import { idsOfEach } from "../follow-each.ts";
import { beginReading, settle } from "../uncertain.ts";
import type { GcpNetwork, GcpNetworks } from "./networks.ts";
import { gcpTypes } from "./types.ts";

/** A peering of which both sides exist, or whose other side is outside the plan. */
export interface GcpPeering {
  readonly from: GcpNetwork;
  readonly to: GcpNetwork;
  readonly families: readonly Family[];
  /** Whether static and dynamic routes of `to` are taken over. */
  readonly customRoutes: boolean;
  readonly conditions: readonly Condition[];
  readonly origin: Origin;
}

/** Another site behind a tunnel or an interconnect. */
export interface GcpSite {
  readonly id: string;
  readonly name: string;
  /** The network that the tunnel ends in. */
  readonly network: GcpNetwork;
  /** Whether a Cloud Router learns its ranges, which nobody knows in advance. */
  readonly dynamic: boolean;
  readonly resource: PlannedResource;
}

interface Side extends GcpPeering {
  readonly exports: boolean;
  readonly imports: boolean;
}

/** The peerings of a plan, each in the direction in which packets leave. */
export function readPeerings(plan: Plan, found: GcpNetworks, draft: Draft): GcpPeering[] {
  const sides: Side[] = [];
  for (const { urn, inputs } of plan.ofType(gcpTypes.peering)) {
    draft.attempt(() => {
      const from = found.networkOf(inputs.at("network"));
      const to = found.networkOf(inputs.at("peerNetwork"));
      if (from === undefined || to === undefined) throw new Undecided(urn, "network", "unreadable");
      sides.push(readSide(from, to, urn, inputs));
    });
  }
  return sides.flatMap((side) => {
    if (side.to.resource === undefined) return [{ ...side, customRoutes: side.imports }];
    const back = sides.find(({ from, to }) => from.id === side.to.id && to.id === side.from.id);
    if (back === undefined) return [];
    const families = side.families.filter((family) => back.families.includes(family));
    return [{ ...side, families, customRoutes: side.imports && back.exports }];
  });
}

function readSide(from: GcpNetwork, to: GcpNetwork, urn: string, inputs: View): Side {
  const { read, conditions } = beginReading();
  const stack = read(() => inputs.at("stackType").text() ?? "IPV4_ONLY", "IPV4_IPV6");
  const flag = (name: string) => read(() => inputs.at(name).flag(), true) ?? false;
  return {
    from,
    to,
    families: stack === "IPV4_IPV6" ? [4, 6] : [4],
    customRoutes: false,
    exports: flag("exportCustomRoutes"),
    imports: flag("importCustomRoutes"),
    conditions,
    origin: { urn, path: "" },
  };
}

/** The sites of a plan. */
export function readSites(plan: Plan, found: GcpNetworks, draft: Draft): GcpSite[] {
  const sites: GcpSite[] = [];
  for (const resource of plan.ofType(gcpTypes.tunnel, gcpTypes.interconnect)) {
    draft.attempt(() => {
      const network = networkOfTunnel(plan, found, resource);
      if (network === undefined) return;
      const dynamic = resource.inputs.at("router").state !== "absent";
      const { urn: id, name } = resource;
      sites.push({ id, name: `beyond ${name}`, network, dynamic, resource });
    });
  }
  return sites;
}

function networkOfTunnel(
  plan: Plan,
  found: GcpNetworks,
  { inputs }: PlannedResource,
): GcpNetwork | undefined {
  const { router, vpnGateway, haVpnGateway } = gcpTypes;
  const references = [inputs.at("router"), inputs.at("vpnGateway"), inputs.at("targetVpnGateway")];
  for (const reference of references) {
    const end = settle(() => plan.follow(reference, router, vpnGateway, haVpnGateway));
    if (end instanceof Undecided || end.state !== "resource") continue;
    return found.networkOf(end.resource.inputs.at("network"));
  }
  throw new Undecided(inputs.urn, "router", "unreadable");
}

/** The subnetworks whose interfaces without external addresses are translated ("Cloud NAT"). */
export function readTranslated(plan: Plan, found: GcpNetworks, draft: Draft) {
  const subnets = new Set<string>();
  const regions = new Set<string>();
  for (const { inputs } of plan.ofType(gcpTypes.nat)) {
    draft.attempt(() => {
      const all = inputs.at("sourceSubnetworkIpRangesToNat").text() ?? "";
      if (all === "LIST_OF_SUBNETWORKS") {
        const names = entriesOf(inputs.at("subnetworks")).map((entry) => entry.at("name"));
        for (const id of idsOfEach(plan, names, gcpTypes.subnet)) subnets.add(id);
        return;
      }
      const router = plan.follow(inputs.at("router"), gcpTypes.router);
      if (router.state !== "resource") return;
      const network = found.networkOf(router.resource.inputs.at("network"));
      const region = inputs.at("region").text() ?? router.resource.inputs.at("region").text() ?? "";
      regions.add(`${network?.id} ${region}`);
    });
  }
  return { subnets, regions };
}
