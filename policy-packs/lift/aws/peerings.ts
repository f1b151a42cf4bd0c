/** VPC peerings: who is linked, and whether the other side has agreed. */
import type { Condition } from "../../../model/network/topology.ts";
import type { PlannedResource } from "../../../model/policy/view.ts";
import { readOr, unknownCondition } from "../uncertain.ts";
import type { AwsLift } from "./lift.ts";
import { resourceAt } from "./lift.ts";
import type { AwsNetwork, AwsNetworks } from "./networks.ts";
import { networkAt } from "./networks.ts";
import { awsTypes } from "./types.ts";

/** One peering. */
export interface AwsPeering {
  readonly resource: PlannedResource;
  readonly sides: readonly [AwsNetwork, AwsNetwork];
  /** Why it may not carry anything: nobody accepts it in this plan. */
  readonly conditions: readonly Condition[];
  /** Groups can be referenced within a Region only. */
  readonly sameRegion: "yes" | "no" | "perhaps";
}

/** The planned peerings, by URN. */
export function readPeerings(lift: AwsLift, networks: AwsNetworks): Map<string, AwsPeering> {
  const accepted = acceptedPeerings(lift);
  return new Map(
    lift.plan
      .ofType(awsTypes.peering)
      .map((resource) => [resource.urn, readPeering(lift, networks, accepted, resource)]),
  );
}

function acceptedPeerings(lift: AwsLift): ReadonlySet<string> {
  const accepters = lift.plan
    .ofType(awsTypes.accepter)
    .filter(({ inputs }) => readOr(() => inputs.at("autoAccept").flag() ?? false, false).value);
  return new Set(
    accepters.flatMap(({ inputs }) => {
      const peering = resourceAt(lift, inputs.at("vpcPeeringConnectionId"), awsTypes.peering);
      return peering === undefined ? [] : [peering.urn];
    }),
  );
}

function readPeering(
  lift: AwsLift,
  networks: AwsNetworks,
  accepted: ReadonlySet<string>,
  resource: PlannedResource,
): AwsPeering {
  const { inputs, urn } = resource;
  const requester = networkAt(lift, networks, inputs.at("vpcId"));
  const accepter = networkAt(lift, networks, inputs.at("peerVpcId"));
  const auto = readOr(() => inputs.at("autoAccept").flag() ?? false, true);
  // Who accepts on the side of a VPC beyond the plan is not ours to see.
  const active = auto.value || accepted.has(urn) || accepter.resource === undefined;
  if (!active) {
    lift.notes.push({
      code: "peering-not-accepted",
      urn,
      path: "autoAccept",
      says: `nobody accepts the peering of ${requester.name} with ${accepter.name}`,
    });
  }
  return {
    resource,
    sides: [requester, accepter],
    conditions: active ? auto.conditions : [unknownCondition({ urn, path: "autoAccept" })],
    sameRegion: sameRegion(resource),
  };
}

function sameRegion({ inputs }: PlannedResource): AwsPeering["sameRegion"] {
  const other = inputs.at("peerRegion");
  if (other.state === "absent") return "yes";
  const same = readOr(() => other.text() === inputs.at("region").text(), false);
  if (same.conditions.length > 0) return "perhaps";
  return same.value ? "yes" : "no";
}

/** The network on the other side; undefined where the peering does not end in this one. */
export function otherSide({ sides }: AwsPeering, network: AwsNetwork): AwsNetwork | undefined {
  const [requester, accepter] = sides;
  if (requester.id === network.id) return accepter;
  return accepter.id === network.id ? requester : undefined;
}
