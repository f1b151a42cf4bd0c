/** The ends of flows: segments, in a place or in any, and the internet. */
import type { NetworkIntent, PlaceIntent, SegmentIntent } from "./intent.ts";

/** An end as written: `web`, `web@aws`, `internet`. */
export interface FlowEnd {
  readonly name: string;
  readonly place?: string;
}

export function parseEnd(text: string): FlowEnd {
  const at = text.indexOf("@");
  return at < 0 ? { name: text } : { name: text.slice(0, at), place: text.slice(at + 1) };
}

/** The name of a segment's members in one place; the inverse of {@link parseEnd}. */
export function segmentAt(segment: string, place: string): string {
  return `${segment}@${place}`;
}

/** Whether the segment lies outside every place. */
export function isOutside({ cidrs }: SegmentIntent): boolean {
  return cidrs !== undefined;
}

/** Whether the segment has members, and rules, in the place. */
export function existsIn(segment: SegmentIntent, place: string): boolean {
  return !isOutside(segment) && (segment.places?.includes(place) ?? true);
}

/** Whether the segment has subnets wherever it exists. */
export function hasSubnets(segment: SegmentIntent): boolean {
  return !isOutside(segment) && segment.podsOnly !== true;
}

/** Segments that have subnets in the place, in the order declared. */
export function segmentsIn(intent: NetworkIntent, { name }: PlaceIntent): SegmentIntent[] {
  return intent.segments.filter((segment) => hasSubnets(segment) && existsIn(segment, name));
}

/** Whether rules know the segment's members by what they carry; pods carry nothing of a cloud's. */
export function isCarried({ membership, holdsPods }: SegmentIntent): boolean {
  return membership === undefined ? holdsPods !== true : membership === "carried";
}
