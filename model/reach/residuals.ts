/** Paths that the platform keeps open around every stage, in the bits of a universe. */

import { rowOf } from "./atoms.ts";
import { coverOfSet } from "./covers.ts";
import { joinedResiduals } from "./joined-residuals.ts";
import { eachOf } from "./partition.ts";
import type { Reach } from "./reach.ts";

/** What surely leads around the stages between two ends; undefined where nothing does. */
export type ResidualPaths = (from: number, to: number) => Int32Array | undefined;

export function residualPaths({ universe, topology }: Reach): ResidualPaths {
  const { ends, atoms, vocabulary, subjectNumbers, topologies } = universe;
  const bySource = new Map<number, { reaches: Uint8Array; row: Int32Array }[]>();
  for (const residual of joinedResiduals(topologies[topology]?.residuals ?? [])) {
    const reaches = new Uint8Array(ends.all.length);
    eachOf(coverOfSet(universe, vocabulary.addresses.idOf(residual.to)).sure, (end) => {
      reaches[end] = 1;
    });
    const path = { reaches, row: rowOf(atoms, residual.selectors, undefined) };
    const sources = [...residual.endpoints].flatMap((id) => {
      const subject = subjectNumbers.get(id);
      return subject === undefined ? [] : (ends.ofSubject[subject] ?? []);
    });
    for (const end of new Set(sources)) bySource.set(end, [...(bySource.get(end) ?? []), path]);
  }
  return (from, to) => {
    const paths = bySource.get(from)?.filter(({ reaches }) => reaches[to] === 1) ?? [];
    if (paths.length === 0) return undefined;
    return paths.reduce(
      (sum, { row }) => sum.map((word, index) => word | (row[index] as number)),
      new Int32Array(atoms.words),
    );
  };
}
