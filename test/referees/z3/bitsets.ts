/** What `model/reach` found, as a formula over the same packet, so that Z3 can look for a difference. */
import type { Interval } from "../../../model/base/interval-set.ts";
import { intervalSet } from "../../../model/base/interval-set.ts";
import type { Reading } from "../../../model/network/walk.ts";
import { pieceInterval } from "../../../model/reach/address-classes.ts";
import { bitsOf } from "../../../model/reach/atoms.ts";
import type { End } from "../../../model/reach/ends.ts";
import type { Asked, Reach } from "../../../model/reach/reach.ts";
import { passing } from "../../../model/reach/reach.ts";
import { and, from, isEndpoint, isKind, or, to, within } from "./formula.ts";

/** Functions, the last of which is `reached`: the packet is in the row of its pair of ends. */
export function reached(reach: Reach, reading: Reading, asked: Asked): string[] {
  const { ends, atoms } = reach.universe;
  const row = new Int32Array(atoms.words);
  const [source, destination] = asked === "request" ? [from, to] : [to, from];
  const rows = new Map<string, string[]>();
  for (const [a, one] of ends.all.entries()) {
    for (const [b, other] of ends.all.entries()) {
      if (one.family !== other.family || !passing(reach, a, b, reading, row, asked)) continue;
      const key = selectorsIn(reach, row, asked);
      rows.set(key, [...(rows.get(key) ?? []), and(`source-${a}`, `destination-${b}`)]);
    }
  }
  const cells = [...rows].map(([layer4, pairs]) => and(layer4, or(...pairs)));
  return [
    ...ends.all.flatMap((end, index) => [
      `(define-fun source-${index} () Bool ${isAt(reach, source, end)})`,
      `(define-fun destination-${index} () Bool ${isAt(reach, destination, end)})`,
    ]),
    `(define-fun reached () Bool ${or(...cells)})`,
  ];
}

/** The selectors of a row, for each range of source ports. */
function selectorsIn({ universe: { atoms } }: Reach, row: Int32Array, asked: Asked): string {
  const [selector, port] =
    asked === "request" ? ["selector", "sourcePort"] : ["replySelector", "replyPort"];
  const selectors = new Map<string, Interval[]>();
  for (const atom of bitsOf(row)) {
    const ports = between(port, atoms.sourceFrom[atom], atoms.sourceTo[atom]);
    const [first = 0, last = 0] = [atoms.from[atom], atoms.to[atom]];
    const interval = { from: BigInt(first), to: BigInt(last) };
    selectors.set(ports, [...(selectors.get(ports) ?? []), interval]);
  }
  return or(
    ...[...selectors].map(([ports, all]) => and(ports, within(selector, intervalSet(all), 24))),
  );
}

function isAt({ universe }: Reach, names: typeof from, end: End): string {
  const owners = end.subjects.length === 0 ? [15] : end.subjects;
  const addresses = end.pieces.map((piece) => pieceInterval(universe.cut, piece));
  return and(
    or(...owners.map((index) => isEndpoint(names.endpoint, index))),
    end.addressClass < 0
      ? isKind(names.kind, end.family === 4 ? 1 : 2)
      : and(isKind(names.kind, 0), within(names.address, intervalSet(addresses), 129)),
  );
}

function between(name: string, first = 0, last = 0): string {
  return within(name, [{ from: BigInt(first), to: BigInt(last) }], 16);
}
