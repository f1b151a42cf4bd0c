/** A network against its intent, place by place. */
import type { IntervalSet } from "../../model/base/interval-set.ts";
import { parseEnd } from "../../model/network/ends.ts";
import type { NetworkIntent, PlaceIntent } from "../../model/network/intent.ts";
import { internet } from "../../model/network/intent.ts";
import type { Topology, UnknownInput } from "../../model/network/topology.ts";
import type { Gap } from "../../model/policy/gap.ts";
import { gapsOf } from "../../model/policy/gap.ts";
import type { Plan } from "../../model/policy/view.ts";
import type { Proof } from "../../model/reach/prove.ts";
import { proveIntent } from "../../model/reach/prove.ts";
import { proveCluster } from "../../policy-packs/lift/kubernetes/prove.ts";
import { withMembers } from "../../policy-packs/lift/members.ts";
import { plannedPlace } from "../../policy-packs/lift/place.ts";
import type { ManifestCluster } from "./source.ts";

/** A way that stays open whatever is written, for the members of a place's segments. */
export interface OpenWay {
  /** Names of segments. */
  readonly from: readonly string[];
  readonly to: IntervalSet;
  readonly selectors: IntervalSet;
  readonly says: string;
  readonly document: string;
}

/** The verdict on one place. */
export interface PlaceProof {
  readonly place: string;
  readonly verdict: Proof["verdict"];
  readonly gaps: readonly Gap[];
  readonly residuals: readonly OpenWay[];
  /** Segments to which nothing planned belongs: of them nothing is proved. */
  readonly unseen: readonly string[];
  readonly unknowns: readonly UnknownInput[];
  readonly pairs: number;
}

/** Proves every place of the intent; `file` is where the intent stands. */
export function provePlaces(
  topology: Topology,
  plan: Plan,
  intent: NetworkIntent,
  file: string,
): PlaceProof[] {
  const lifted = withMembers(topology, intent, plan);
  return intent.places.map((place) => provePlace(lifted, intent, place, file));
}

function provePlace(
  lifted: Topology,
  intent: NetworkIntent,
  place: PlaceIntent,
  file: string,
): PlaceProof {
  const planned = plannedPlace(lifted, intent, place);
  const proof = proveIntent(planned, intent, place, { urn: file, path: "flows" });
  return told(intent, place, proof, waysOf(planned.filters));
}

/** Proves the cluster of one place; the intent must name workloads there. */
export function provePods(
  { cluster, plugin }: ManifestCluster,
  intent: NetworkIntent,
  place: PlaceIntent,
  file: string,
): PlaceProof {
  const proof = proveCluster(cluster, plugin, intent, place, { urn: file, path: "flows" });
  return told(intent, place, proof, []);
}

function told(
  intent: NetworkIntent,
  place: PlaceIntent,
  proof: Proof,
  residuals: readonly OpenWay[],
): PlaceProof {
  const known = new Set([...intent.segments.map(({ name }) => name), internet]);
  // What the intent speaks of comes first, then whatever else may stand there.
  const strangersIn = ({ from, to }: Gap) => [from, to].filter((side) => !known.has(side)).length;
  return {
    place: place.name,
    verdict: proof.verdict,
    gaps: gapsOf(proof.differences, place.name).toSorted((a, b) => strangersIn(a) - strangersIn(b)),
    residuals,
    unseen: proof.unseen,
    unknowns: proof.unknowns,
    pairs: proof.pairs,
  };
}

/** Each way once, with all who have it. */
function waysOf({ endpoints, residuals }: Topology): OpenWay[] {
  const names = new Map(
    endpoints.flatMap(({ id, segment, outside }) =>
      segment === undefined || outside === true ? [] : [[id, parseEnd(segment).name] as const],
    ),
  );
  const ways = new Map<string, OpenWay>();
  for (const { endpoints: ids, to, selectors, says, document } of residuals) {
    const from = ids.flatMap((id) => names.get(id) ?? []);
    if (from.length === 0) continue;
    const key = [says, ...[...to, ...selectors].flatMap((one) => [one.from, one.to])].join("\n");
    const known = ways.get(key)?.from ?? [];
    ways.set(key, { from: [...new Set([...known, ...from])], to, selectors, says, document });
  }
  return [...ways.values()];
}
