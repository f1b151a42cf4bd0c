/** Rules that are limited to some addresses of the side that they guard. */
import { has } from "../base/interval-set.ts";
import { unknownIn } from "./address-classes.ts";
import type { EncodedStage } from "./encode.ts";
import type { End } from "./ends.ts";
import type { Universe } from "./universe.ts";

/** How surely a guarded end lies in the own addresses of rules, by number of the set. */
export type OwnMatch = ReadonlyMap<number, "no" | "perhaps" | "yes">;

/** How the own addresses of the stage's rules hold for an end that it guards. */
export function ownMatchOf(universe: Universe, { ownSets }: EncodedStage, end: End): OwnMatch {
  const { cut, vocabulary } = universe;
  const first = end.pieces[0];
  return new Map(
    ownSets.map((number) => {
      const set = vocabulary.addresses.sets[number] ?? [];
      if (first === undefined) return [number, unknownIn(set, end.possible)];
      return [number, has(set, cut.starts[first] as bigint) ? "yes" : "no"];
    }),
  );
}
