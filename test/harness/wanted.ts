/** A lifted place against its intent, as tests say it. */
import { cidrSet, parseCidr } from "../../model/base/address.ts";
import type { IntervalSet } from "../../model/base/interval-set.ts";
import { subtract, union } from "../../model/base/interval-set.ts";
import { everyLayer4, portsSet } from "../../model/base/layer4.ts";
import { unroutedAddresses } from "../../model/base/special-addresses.ts";
import { segmentAt, segmentsIn } from "../../model/network/ends.ts";
import type { NetworkIntent } from "../../model/network/intent.ts";
import type { IntentBound } from "../../model/network/intent-topology.ts";
import { intentTopology } from "../../model/network/intent-topology.ts";
import { internetUse } from "../../model/network/internet-use.ts";
import type { Direction, Endpoint, Rule, Stage, Topology } from "../../model/network/topology.ts";
import type { PlannedPlace, Proof } from "../../model/reach/prove.ts";
import { proveIntent } from "../../model/reach/prove.ts";
import { every4 } from "../../policy-packs/lift/address-set.ts";
import { portMax } from "../../policy-packs/lift/layer4.ts";

const origin = { urn: "intent", path: "flows" };

/** What the intent's only place wants of the topology's endpoints. */
export function wantedOf(
  intent: NetworkIntent,
  topology: Topology,
  bound: IntentBound = "most",
): Topology {
  return intentTopology(intent, onlyPlace(intent), topology.endpoints, bound, origin);
}

/**
 * The same of a place with its routes: the internet, to which the intent counts every address that
 * nobody has, carries none that are private, and translates what translation knows; and what is sent
 * to the network's own public `blocks` does not leave it.
 */
export function routedWantedOf(
  intent: NetworkIntent,
  topology: Topology,
  ...blocks: readonly string[]
): Topology {
  const wanted = wantedOf(intent, topology);
  const own = cidrSet(blocks.map((text) => parseCidr(text, "the network's own block")));
  const [into, out, translated] = [
    internetStage("into", "in", unroutedAddresses, everyLayer4),
    internetStage("out", "out", union(unroutedAddresses, own), everyLayer4),
    internetStage("translated", "out", every4, subtract(everyLayer4, translatable)),
  ];
  const behindNat = translatedIn(intent);
  const waysOf = ({ outside, segment = "" }: Endpoint) => {
    if (outside === true) return [];
    return behindNat.includes(segment) ? [into, out, translated] : [into, out];
  };
  return {
    ...wanted,
    endpoints: wanted.endpoints.map((endpoint) => ({
      ...endpoint,
      groups: [...endpoint.groups, planned],
      stages: [...endpoint.stages, ...waysOf(endpoint).map(({ id }) => id)],
    })),
    stages: [...wanted.stages, into, out, translated],
  };
}

/** Group of all that any topology plans. */
const planned = "planned";

/** What NAT gateways carry ("NAT gateway basics"). */
const translatable = portsSet(
  (["tcp", "udp", "icmp"] as const).map((protocol) => ({ protocol, from: 0, to: portMax })),
);

/** Segments that nobody on the internet calls, and that call it by translation. */
function translatedIn(intent: NetworkIntent): string[] {
  const place = onlyPlace(intent);
  return segmentsIn(intent, place)
    .filter((segment) => {
      const { reached, calls } = internetUse(intent, segment, place);
      return calls === "nat" && !reached;
    })
    .map(({ name }) => segmentAt(name, place.name));
}

/** What is planned passes; of the rest, these addresses do not on these selectors. */
function internetStage(
  name: string,
  direction: Direction,
  addresses: IntervalSet,
  selectors: IntervalSet,
): Stage {
  const rules: readonly Rule[] = [
    { action: "allow", peers: [{ group: planned }], selectors: everyLayer4, origin },
    { action: "deny", peers: [{ addresses }], selectors, origin },
  ];
  return {
    id: `internet ${name}`,
    plane: "route",
    direction,
    stateful: direction === "in",
    tiers: [{ rules, otherwise: "allow", otherwiseOrigin: "the internet" }],
  };
}

/** The proof of the intent's only place. */
export function proofOf(intent: NetworkIntent, planned: PlannedPlace): Proof {
  return proveIntent(planned, intent, onlyPlace(intent), origin);
}

function onlyPlace({ places }: NetworkIntent): NetworkIntent["places"][number] {
  const [place, ...more] = places;
  if (place === undefined || more.length > 0) throw new Error(`${places.length} places`);
  return place;
}
