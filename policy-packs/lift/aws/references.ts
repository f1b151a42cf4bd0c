/** Which groups a rule may name: a reference to any other matches nobody. */
import type { Direction } from "../../../model/network/topology.ts";
import type { AwsNetwork } from "./networks.ts";
import { otherSide } from "./peerings.ts";
import type { Support } from "./transit.ts";
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
  const ways = [
    ...peerings.map(({ sameRegion }) => sameRegion),
    ...(direction === "in" ? sharedTransit(world, own, other) : []),
  ];
  return (["yes", "perhaps"] as const).find((answer) => ways.includes(answer)) ?? "no";
}

/** For each gateway that both are attached to, whether references go through it. */
function sharedTransit({ transit }: AwsWorld, own: AwsNetwork, other: AwsNetwork): Support[] {
  const attachmentsOf = (network: AwsNetwork) =>
    [...transit.attachments.values()].filter((one) => one.network.id === network.id);
  return attachmentsOf(own).flatMap((one) =>
    attachmentsOf(other)
      .filter(({ gateway }) => gateway === one.gateway)
      .map((two) =>
        least([one.referencing, two.referencing, transit.referencing.get(one.gateway) ?? "no"]),
      ),
  );
}

function least(all: readonly Support[]): Support {
  return (["no", "perhaps"] as const).find((answer) => all.includes(answer)) ?? "yes";
}
