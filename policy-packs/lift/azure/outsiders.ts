/** Ends that nothing is planned for: networks outside the plan, and addresses without a subnet. */
import { subtract, union } from "../../../model/base/interval-set.ts";
import type { Endpoint } from "../../../model/network/topology.ts";
import { anyNetwork, networkGroup } from "../network-groups.ts";
import type { AzureLift } from "./lift.ts";
import type { AzureLink } from "./links.ts";
import type { AzureNetwork, AzureNetworks } from "./networks.ts";

/** Addresses of a network that no subnet has: nothing can stand there. */
export function addUnassigned({ draft, found }: AzureLift, network: AzureNetwork): void {
  const subnets = found.subnets.filter((subnet) => subnet.network.id === network.id);
  const assigned = subnets.map(({ addresses }) => addresses).reduce(union, []);
  const addresses = subtract(network.space, assigned);
  if (!network.planned || addresses.length === 0) return;
  const stages = (["in", "out"] as const).map((direction) =>
    draft.stage(`unassigned ${direction}`, (id) => ({
      id,
      plane: "route",
      direction,
      stateful: true,
      tiers: [{ rules: [], otherwise: "deny", otherwiseOrigin: "no subnet has the address" }],
    })),
  );
  draft.endpoints.push({
    id: `${network.id} unassigned`,
    name: `${network.name} unassigned`,
    addresses,
    unknownAddresses: [],
    groups: [networkGroup(network.id), anyNetwork],
    stages,
    outside: true,
  });
}

/** Networks that are not planned and that planned ones are linked to. */
export function outsiders(found: AzureNetworks, links: readonly AzureLink[]): AzureNetwork[] {
  const known = new Set(found.subnets.map(({ network }) => network.id));
  const all = [...found.networks, ...links.map(({ to }) => to)];
  return [...new Map(all.map((network) => [network.id, network])).values()].filter(
    ({ id, planned }) => !planned && !known.has(id),
  );
}

/** A network outside the plan as an end. */
export function outsider({ id, name, space, open }: AzureNetwork): Endpoint {
  return {
    id,
    name,
    addresses: space,
    unknownAddresses: open.length > 0 ? [4, 6] : [],
    groups: [networkGroup(id), anyNetwork],
    stages: [],
    outside: true,
  };
}
