/** All that passes in a network, for each pair of endpoints: what a person wants to see first. */
import type { Family } from "../base/address.ts";
import type { IntervalSet } from "../base/interval-set.ts";
import type { Reading } from "../network/walk.ts";
import { Gathering } from "./differences.ts";
import type { Reach } from "./reach.ts";
import { forEachPair } from "./reach.ts";
import type { Side } from "./side.ts";
import { sideOf } from "./side.ts";

/** What passes from one endpoint to another, or from or to addresses that none has. */
export interface Flow {
  readonly family: Family;
  readonly from: Side;
  readonly to: Side;
  readonly selectors: IntervalSet;
}

/** The flows of a network in one reading. Those of an endpoint with many addresses are one. */
export function flowsOf(reach: Reach, reading: Reading): Flow[] {
  const { universe } = reach;
  const gathering = new Gathering<"flow">(universe);
  forEachPair(reach, reading, ({ from, to, row }) =>
    gathering.add({ kind: "flow", settled: true, from, to, row }),
  );
  return [...gathering.all()].map(
    ({ family, from, to, selectors, fromAddresses, toAddresses }) => ({
      family,
      from: sideOf(universe, from, fromAddresses),
      to: sideOf(universe, to, toAddresses),
      selectors,
    }),
  );
}
