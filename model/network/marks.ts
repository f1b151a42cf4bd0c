/**
 * The marks by which resources say which place and segment they enforce: written by components,
 * read by whoever lifts planned resources back into the model. AWS and Azure carry them as tags;
 * GCP's firewall resources have neither tags nor labels, so there they stand in the description.
 */
import { segmentAt } from "./ends.ts";

export const markKeys = {
  environment: "bulkhead:environment",
  place: "bulkhead:place",
  segment: "bulkhead:segment",
} as const;

/** What a marked resource says about itself. */
export interface Marks {
  readonly place: string;
  /** Absent on resources that serve a place as a whole. */
  readonly segment?: string;
}

/** The segment that the marks name, in its place: `web@aws`. */
export function segmentOfMarks(marks: Marks | undefined): string | undefined {
  return marks?.segment === undefined ? undefined : segmentAt(marks.segment, marks.place);
}

/** Marks as tags of AWS or Azure. */
export function markTags(marks: Marks): Record<string, string> {
  const place = { [markKeys.place]: marks.place };
  return marks.segment === undefined ? place : { ...place, [markKeys.segment]: marks.segment };
}

/** Marks read back from tags; undefined where the resource carries none. */
export function marksOfTags(tags: Readonly<Record<string, unknown>>): Marks | undefined {
  const place = tags[markKeys.place];
  const segment = tags[markKeys.segment];
  if (typeof place !== "string") return undefined;
  return typeof segment === "string" ? { place, segment } : { place };
}

/** Marks as a description: `bulkhead:place=gcp bulkhead:segment=web`. */
export function markDescription(marks: Marks): string {
  return Object.entries(markTags(marks))
    .map(([key, value]) => `${key}=${value}`)
    .join(" ");
}

/** Marks read back from a description; undefined where it holds none. */
export function marksOfDescription(description: string): Marks | undefined {
  const words = description.split(" ").map((word) => word.split("=", 2));
  return marksOfTags(Object.fromEntries(words));
}
