/** What the flows make of the internet for one segment: which routes a place must provide. */
import { cidrSet, tryParseCidr } from "../base/address.ts";
import { covers } from "../base/interval-set.ts";
import { unroutedAddresses } from "../base/special-addresses.ts";
import { segmentsIn } from "./ends.ts";
import type { NetworkIntent, PlaceIntent, SegmentIntent } from "./intent.ts";
import type { LocalPeer } from "./local-flows.ts";
import { declaredFlows } from "./local-flows.ts";

/** How a segment and the internet meet. */
export interface InternetUse {
  /** Some flow lets the internet call the segment. */
  readonly reached: boolean;
  /** By which route the segment calls the internet, where a flow lets it. */
  readonly calls: SegmentIntent["egress"];
}

/**
 * The internet use of a segment in one place. A segment without a flow to the internet gets no
 * route there, whatever its `egress` says.
 */
export function internetUse(
  intent: NetworkIntent,
  segment: SegmentIntent,
  place: PlaceIntent,
): InternetUse {
  const own = declaredFlows(intent, place).filter(
    (flow) => flow.segment === segment.name && byInternet(flow.peer),
  );
  return {
    reached: own.some(({ direction }) => direction === "in"),
    calls: own.some(({ direction }) => direction === "out") ? segment.egress : "none",
  };
}

function byInternet(peer: LocalPeer): boolean {
  if (peer.kind !== "elsewhere") return peer.kind === "everybody";
  const addresses = cidrSet(peer.prefixes.flatMap((prefix) => tryParseCidr(prefix) ?? []));
  return !covers(unroutedAddresses, addresses);
}

/** Segments of the place whose calls to the internet are translated. */
export function translatedSegments(
  intent: NetworkIntent,
  place: PlaceIntent,
): readonly SegmentIntent[] {
  return segmentsIn(intent, place).filter(
    (segment) => internetUse(intent, segment, place).calls === "nat",
  );
}

/** Whether any segment of the place and the internet meet at all. */
export function meetsInternet(intent: NetworkIntent, place: PlaceIntent): boolean {
  return segmentsIn(intent, place).some((segment) => {
    const { reached, calls } = internetUse(intent, segment, place);
    return reached || calls !== "none";
  });
}
