/** What the flows make of the internet for one segment: which routes a place must provide. */
import type { NetworkIntent, SegmentIntent } from "./intent.ts";
import { internet } from "./intent.ts";

/** How a segment and the internet meet. */
export interface InternetUse {
  /** Some flow lets the internet call the segment. */
  readonly reached: boolean;
  /** By which route the segment calls the internet, where a flow lets it. */
  readonly calls: SegmentIntent["egress"];
}

/**
 * The internet use of a segment. A segment without a flow to the internet gets no route there,
 * whatever its `egress` says.
 */
export function internetUse(intent: NetworkIntent, segment: SegmentIntent): InternetUse {
  const calls = intent.flows.some((flow) => flow.from === segment.name && flow.to === internet);
  return {
    reached: intent.flows.some((flow) => flow.from === internet && flow.to === segment.name),
    calls: calls ? segment.egress : "none",
  };
}

/** Segments whose calls to the internet are translated. */
export function translatedSegments(intent: NetworkIntent): readonly SegmentIntent[] {
  return intent.segments.filter((segment) => internetUse(intent, segment).calls === "nat");
}

/** Whether any segment and the internet meet at all. */
export function meetsInternet(intent: NetworkIntent): boolean {
  return intent.segments.some((segment) => {
    const { reached, calls } = internetUse(intent, segment);
    return reached || calls !== "none";
  });
}
