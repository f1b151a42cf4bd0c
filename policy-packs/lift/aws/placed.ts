/** Where ends stand whose subnets are not all planned. */
import type { AwsNetwork } from "./networks.ts";
import type { AwsSubnet } from "./subnets.ts";
import { anySubnet, outsideSubnet } from "./subnets.ts";
import type { AwsWorld } from "./world.ts";

/** Subnets beyond the plan are in the network that something else about the end tells. */
export function placed(
  world: AwsWorld,
  standing: readonly AwsSubnet[],
  network: AwsNetwork,
): readonly AwsSubnet[] {
  const distinct = [...new Map(standing.map((subnet) => [subnet.id, subnet])).values()];
  if (distinct.length > 0) {
    return distinct.map((subnet) =>
      subnet.planned ? subnet : outsideSubnet(network, subnet.id, subnet.input),
    );
  }
  const all = [...world.subnets.values()].filter((subnet) => subnet.network.id === network.id);
  return all.length > 0 ? all : [anySubnet(network)];
}
