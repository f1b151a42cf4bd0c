/** What `model/reach` found, as a formula over the same packet, so that Z3 can look for a difference. */
import type { Reading } from "../../../model/network/walk.ts";
import { pieceInterval } from "../../../model/reach/address-classes.ts";
import { bitsOf } from "../../../model/reach/atoms.ts";
import type { End } from "../../../model/reach/ends.ts";
import type { Asked, Reach } from "../../../model/reach/reach.ts";
import { passing } from "../../../model/reach/reach.ts";
import { and, from, isEndpoint, isKind, or, to, within } from "./formula.ts";

/** `reached`: the packet is in the row of its pair of ends. */
export function reached(reach: Reach, reading: Reading, asked: Asked): string {
  const { ends, atoms } = reach.universe;
  const row = new Int32Array(atoms.words);
  const [source, destination] = asked === "request" ? [from, to] : [to, from];
  const [selector, port] =
    asked === "request" ? ["selector", "sourcePort"] : ["replySelector", "replyPort"];
  const cells = ends.all.flatMap((one, a) =>
    ends.all.flatMap((other, b) => {
      if (one.family !== other.family || !passing(reach, a, b, reading, row, asked)) return [];
      const layer4 = bitsOf(row).map((atom) =>
        and(
          between(selector, atoms.from[atom], atoms.to[atom], 24),
          between(port, atoms.sourceFrom[atom], atoms.sourceTo[atom], 16),
        ),
      );
      return [and(isAt(reach, source, one), isAt(reach, destination, other), or(...layer4))];
    }),
  );
  return `(define-fun reached () Bool ${or(...cells)})`;
}

function isAt({ universe }: Reach, names: typeof from, end: End): string {
  const owners = end.subjects.length === 0 ? [15] : end.subjects;
  const addresses = end.pieces.map((piece) => pieceInterval(universe.cut, piece));
  return and(
    or(...owners.map((index) => isEndpoint(names.endpoint, index))),
    end.addressClass < 0
      ? isKind(names.kind, end.family === 4 ? 1 : 2)
      : and(isKind(names.kind, 0), within(names.address, addresses, 129)),
  );
}

function between(name: string, first = 0, last = 0, size = 0): string {
  return within(name, [{ from: BigInt(first), to: BigInt(last) }], size);
}
