/** All connections as people read them: by name, outside addresses together. */
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { union } from "../../../model/base/interval-set.ts";
import type { Reach } from "../../../model/reach/reach.ts";
import { forEachConnection } from "./connections.ts";
import { PartyPairs } from "./party-pairs.ts";
import { selectorsText } from "./ports.ts";

/** What may pass from one name to another, and what of it is not settled. */
export interface MergedConnection {
  readonly from: string;
  readonly to: string;
  /** Where one side is `outside`: its addresses. */
  readonly addresses: readonly string[];
  readonly ports: string;
  /** Ports that surely pass, where these are not all. */
  readonly surely: string | undefined;
}

/** May and must, as sets of selectors. */
interface Passing {
  readonly may: IntervalSet;
  readonly must: IntervalSet;
}

/** All connections, sorted by their names. */
export function mergedConnections(reach: Reach): MergedConnection[] {
  const pairs = new PartyPairs<Passing>(reach.universe, joinPassing);
  forEachConnection(reach, ({ from, to, may, must }) => pairs.add(from, to, { may, must }));
  return pairs.merged(passingText).map(({ from, to, addresses, value }) => {
    const [ports, surely] = [value.may, value.must].map(selectorsText);
    const settled = ports === surely;
    return { from, to, addresses, ports: ports ?? "", surely: settled ? undefined : surely };
  });
}

/** What passes in either. */
function joinPassing(a: Passing, b: Passing): Passing {
  // Sets are made once for each row, so the same set is the same object.
  if (a.may === b.may && a.must === b.must) return a;
  return { may: union(a.may, b.may), must: union(a.must, b.must) };
}

/** Ports that may pass, and where they differ those that surely do. */
function passingText({ may, must }: Passing): string {
  const [ports, surely] = [selectorsText(may), selectorsText(must)];
  return ports === surely ? ports : `${ports} ? surely ${surely}`;
}
