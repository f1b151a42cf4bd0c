/** What is proved of a planned network, once for the rule that judges it and for its record. */
import type { NetworkIntent, PlaceIntent } from "../../../model/network/intent.ts";
import { readNetworkIntent } from "../../../model/network/read-intent.ts";
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import type { Proof } from "../../../model/reach/prove.ts";
import { proveIntent } from "../../../model/reach/prove.ts";
import { withMembers } from "../../lift/members.ts";
import { liftNetwork } from "../../lift/network.ts";
import type { NetworkRecord, SegmentationRecord } from "../../lift/network-record.ts";
import { placeProof } from "../../lift/network-record.ts";
import { plannedPlace } from "../../lift/place.ts";
import { carriedIntent } from "./carried-intent.ts";
import { segmentationType } from "./network-plans.ts";

/** The intent of one segmentation, and its places as planned. */
export interface NetworkProof {
  readonly intent: NetworkIntent;
  readonly places: readonly { readonly place: PlaceIntent; readonly proof: Proof }[];
}

/** A plan's resources are its own, so they know their plan. */
const proved = new WeakMap<PlannedResource, NetworkProof>();

/** Holds the plan against the intent that the segmentation carries; {@link Undecided} without one. */
export function proveNetwork(segmentation: PlannedResource, plan: Plan): NetworkProof {
  const known = proved.get(segmentation);
  if (known !== undefined) return known;
  const intent = networkIntentOf(segmentation);
  const topology = withMembers(liftNetwork(plan).topology, intent, plan);
  const at = { urn: segmentation.urn, path: "intent.flows" };
  const places = intent.places.map((place) => ({
    place,
    proof: proveIntent(plannedPlace(topology, intent, place), intent, place, at),
  }));
  const proof = { intent, places };
  proved.set(segmentation, proof);
  return proof;
}

/** The intent that a segmentation carries; {@link Undecided} where there is none to read. */
export function networkIntentOf(segmentation: PlannedResource): NetworkIntent {
  return carriedIntent(segmentation, readNetworkIntent);
}

/**
 * The planned network and what was proved of it; undefined where no network is planned. Of an intent
 * that cannot be read there is no proof: its rule says so.
 */
export function networkRecord(plan: Plan): NetworkRecord | undefined {
  return decided(() => {
    const { topology } = liftNetwork(plan);
    if (topology.endpoints.every(({ outside }) => outside === true)) return undefined;
    const segmentations = plan.ofType(segmentationType);
    return { topology, segmentations: segmentations.flatMap((one) => recordOf(one, plan) ?? []) };
  });
}

function recordOf(segmentation: PlannedResource, plan: Plan): SegmentationRecord | undefined {
  return decided(() => {
    const { intent, places } = proveNetwork(segmentation, plan);
    const proofs = places.map(({ place, proof }) => placeProof(place.name, proof));
    return { urn: segmentation.urn, intent, proofs };
  });
}

function decided<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof Undecided) return undefined;
    throw error;
  }
}
