/** Static routes, with the default route that networks are born with (VPC documentation, "Routes"). */
import type { Cidr } from "../../../model/base/address.ts";
import { parseCidr, tryParseCidr } from "../../../model/base/address.ts";
import type { Condition, Origin } from "../../../model/network/topology.ts";
import type { Plan, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import type { Draft } from "../draft.ts";
import { entriesOf } from "../entries.ts";
import { beginReading, settle } from "../uncertain.ts";
import type { GcpSite } from "./links.ts";
import type { GcpNetwork, GcpNetworks } from "./networks.ts";
import { gcpTypes } from "./types.ts";

/** A static route. */
export interface StaticRoute {
  readonly network: GcpNetwork;
  /** Undefined where it is not known. */
  readonly range: Cidr | undefined;
  readonly priority: number;
  /** Network tags of those it is for; undefined where it is for everybody. */
  readonly tags: readonly string[] | undefined;
  readonly hop: "internet" | "appliance" | { readonly site: string };
  readonly conditions: readonly Condition[];
  readonly origin: Origin;
}

/** Priority of a route that names none. */
const priorityDefault = 1000;

/** Static routes, with the default route that every network gets unless it is told otherwise. */
export function readRoutes(
  plan: Plan,
  found: GcpNetworks,
  sites: readonly GcpSite[],
  draft: Draft,
): StaticRoute[] {
  const routes = found.networks.flatMap((network) => defaultRoutes(network, found));
  for (const { urn, inputs } of plan.ofType(gcpTypes.route)) {
    draft.attempt(() => {
      const network = found.networkOf(inputs.at("network"));
      if (network === undefined) throw new Undecided(urn, "network", "unreadable");
      routes.push(readRoute(plan, network, inputs, sites));
    });
  }
  return routes;
}

function defaultRoutes(network: GcpNetwork, found: GcpNetworks): StaticRoute[] {
  const { read, conditions } = beginReading();
  const deleted = read(
    () => network.resource?.inputs.at("deleteDefaultRoutesOnCreate").flag() ?? false,
    false,
  );
  if (deleted) return [];
  const external6 = found.subnets.some((one) => one.network.id === network.id && one.external6);
  const ranges = ["0.0.0.0/0", ...(external6 ? ["::/0"] : [])];
  const origin = { urn: network.id, path: "system-generated default route" };
  const common = { network, priority: priorityDefault, tags: undefined, conditions, origin };
  return ranges.map((text) => ({ ...common, range: parseCidr(text, text), hop: "internet" }));
}

function readRoute(
  plan: Plan,
  network: GcpNetwork,
  inputs: View,
  sites: readonly GcpSite[],
): StaticRoute {
  const { read, conditions } = beginReading();
  const range = read(() => {
    const view = inputs.at("destRange");
    const cidr = tryParseCidr(view.text() ?? "");
    if (cidr === undefined) throw new Undecided(view.urn, view.path, "unreadable");
    return cidr;
  }, undefined);
  const tags = read(() => entriesOf(inputs.at("tags")).map((tag) => tag.text() ?? ""), []);
  return {
    network,
    range,
    priority: read(() => inputs.at("priority").number(), 0) ?? priorityDefault,
    tags: tags.length === 0 ? undefined : tags,
    hop: hopOf(plan, inputs, sites),
    conditions,
    origin: { urn: inputs.urn, path: "destRange" },
  };
}

function hopOf(plan: Plan, inputs: View, sites: readonly GcpSite[]): StaticRoute["hop"] {
  const gateway = settle(() => inputs.at("nextHopGateway").text());
  if (typeof gateway === "string" && gateway.endsWith("default-internet-gateway"))
    return "internet";
  const tunnel = settle(() => plan.follow(inputs.at("nextHopVpnTunnel"), gcpTypes.tunnel));
  if (tunnel instanceof Undecided || tunnel.state !== "resource") return "appliance";
  const { urn } = tunnel.resource;
  return sites.some(({ id }) => id === urn) ? { site: urn } : "appliance";
}
