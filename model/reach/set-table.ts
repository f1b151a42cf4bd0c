/** Numbers for interval sets: equal sets get the same number, however often they are written. */
import type { IntervalSet } from "../base/interval-set.ts";

interface Node {
  next: Map<bigint, Node> | undefined;
  id: number;
}

/** Distinct sets, numbered in the order in which they were first seen. */
export class SetTable {
  readonly sets: IntervalSet[] = [];
  readonly #root: Node = { next: undefined, id: -1 };

  /** The number of a set; a new one where no equal set was seen before. */
  idOf(set: IntervalSet): number {
    let node = this.#root;
    for (const { from, to } of set) node = following(following(node, from), to);
    if (node.id < 0) node.id = this.sets.push(set) - 1;
    return node.id;
  }
}

/** Sets are met by millions: a path of maps finds them without making a text of each. */
function following(node: Node, border: bigint): Node {
  node.next ??= new Map();
  const known = node.next.get(border);
  if (known !== undefined) return known;
  const next: Node = { next: undefined, id: -1 };
  node.next.set(border, next);
  return next;
}
