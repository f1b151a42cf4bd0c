/** Which groups a rule may name: a reference to any other matches nobody. */
import type { Direction } from "../../../model/network/topology.ts";
import type { AwsNetwork } from "./networks.ts";
import { otherSide } from "./peerings.ts";
import type { AwsWorld } from "./world.ts";

/**
 * Whether a rule of a group in `own` matches members of a group in `other`: in the same VPC, over
 * a peering within one Region and, for what comes in, over a transit gateway that supports it
 * (Amazon VPC User Guide, "Security group rules"; Transit Gateways guide, "Security group
 * referencing"). `perhaps` where one of the networks is not known.
 */
export function mayReference(
  world: AwsWorld,
  own: AwsNetwork,
  other: AwsNetwork,
  direction: Direction,
): "yes" | "no" | "perhaps" {
  if (own.id === other.id) return "yes";
  if (own.id === "?" || other.id === "?") return "perhaps";
  const peerings = [...world.peerings.values()].filter(
    (peering) => otherSide(peering, own)?.id === other.id,
  );
  if (peerings.some(({ sameRegion }) => sameRegion)) return "yes";
  return direction === "in" && sharesTransit(world, own, other) ? "yes" : "no";
}

function sharesTransit({ transit }: AwsWorld, own: AwsNetwork, other: AwsNetwork): boolean {
  const gatewaysOf = (network: AwsNetwork) =>
    [...transit.attachments.values()]
      .filter((one) => one.network.id === network.id && one.referencing)
      .map(({ gateway }) => gateway)
      .filter((gateway) => transit.referencing.has(gateway));
  const theirs = gatewaysOf(other);
  return gatewaysOf(own).some((gateway) => theirs.includes(gateway));
}
