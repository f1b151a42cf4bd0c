/** Differences from recordings of older providers that are meant to be there. */

import { covers, parsePath } from "../protocol/path.ts";
import type { Json } from "../protocol/value.ts";
import list from "./accepted.json" with { type: "json" };

/** One accepted difference: where it may show, and why. */
export interface Accepted {
  /** Token; `*` in it stands for any text. */
  readonly type: string;
  /** Method as reported, e.g. `Create` or `Create (preview)`; `*` in it stands for any text. */
  readonly method: string;
  /** Property paths; each covers everything below it. */
  readonly paths: readonly string[];
  /** The one way in which the answers differ, e.g. `extra` for what only today's provider tells. */
  readonly verdict?: string;
  /** The one answer of ours, e.g. `null` for what is only told to be unset. */
  readonly ours?: null;
  /** Why ours is right, or not worse. One reason for all paths. */
  readonly reason: string;
}

/** Differences of one reason, as the file lists them: paths by type. */
interface Listed extends Omit<Accepted, "type" | "paths"> {
  readonly places: Readonly<Record<string, readonly string[]>>;
}

/** The list that the command judges by. */
export const acceptedList: readonly Accepted[] = (list as readonly Listed[]).flatMap(
  ({ places, ...same }) =>
    Object.entries(places).map(([type, paths]) => ({ ...same, type, paths })),
);

/** Where a difference is. */
export interface Spot {
  readonly type: string;
  readonly method: string;
  readonly path: string;
  /** How the answers differ there. */
  readonly verdict: string;
  readonly ours: Json | undefined;
}

/** The first entry that covers a difference. */
export function accepting(entries: readonly Accepted[], spot: Spot): Accepted | undefined {
  return entries.find(
    (entry) =>
      fits(entry.type, spot.type) &&
      fits(entry.method, spot.method) &&
      spot.path !== "" &&
      (entry.verdict ?? spot.verdict) === spot.verdict &&
      (entry.ours === undefined || entry.ours === spot.ours) &&
      entry.paths.some((path) => covers(parsePath(path), noted(spot.path))),
  );
}

/** Entries whose type and method were exchanged and that no difference needed. */
export function stale(
  entries: readonly Accepted[],
  exchanged: readonly { readonly type: string; readonly method: string }[],
  used: ReadonlySet<Accepted>,
): readonly Accepted[] {
  return entries.filter(
    (entry) =>
      !used.has(entry) &&
      exchanged.some(({ type, method }) => fits(entry.type, type) && fits(entry.method, method)),
  );
}

/** A path; that a property is noted as filled in goes with the property. */
function noted(path: string): readonly (string | number)[] {
  const steps = parsePath(path) as readonly (string | number)[];
  return steps.at(-2) === "__defaults" ? [...steps.slice(0, -2), steps.at(-1) ?? ""] : steps;
}

function fits(pattern: string, text: string): boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(text);
}
