/** A lifted place against its intent, as tests say it. */
import type { NetworkIntent } from "../../model/network/intent.ts";
import type { IntentBound } from "../../model/network/intent-topology.ts";
import { intentTopology } from "../../model/network/intent-topology.ts";
import type { Topology } from "../../model/network/topology.ts";
import type { Proof } from "../../model/reach/prove.ts";
import { proveIntent } from "../../model/reach/prove.ts";

const origin = { urn: "intent", path: "flows" };

/** What the intent's only place wants of the topology's endpoints. */
export function wantedOf(
  intent: NetworkIntent,
  topology: Topology,
  bound: IntentBound = "most",
): Topology {
  return intentTopology(intent, onlyPlace(intent), topology.endpoints, bound, origin);
}

/** The proof of the intent's only place. */
export function proofOf(intent: NetworkIntent, topology: Topology): Proof {
  return proveIntent(topology, intent, onlyPlace(intent), origin);
}

function onlyPlace({ places }: NetworkIntent): NetworkIntent["places"][number] {
  const [place, ...more] = places;
  if (place === undefined || more.length > 0) throw new Error(`${places.length} places`);
  return place;
}
