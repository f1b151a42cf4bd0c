/** Values for pairs of parties, put together by the parties' names and for alike outside addresses. */
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { covers, intersect, intervalSet, subtract } from "../../../model/base/interval-set.ts";
import { privateAddresses, unroutedAddresses } from "../../../model/base/special-addresses.ts";
import { addressesOf } from "../../../model/reach/ends.ts";
import { internetName } from "../../../model/reach/side.ts";
import type { Universe } from "../../../model/reach/universe.ts";
import type { Party } from "./connections.ts";
import { rangeText } from "./ports.ts";

/** One pair of names; of the two at most one is outside. */
export interface NamedPair<T> {
  /** Endpoint's name, `internet` for everything outside, or `outside` for the addresses. */
  readonly from: string;
  readonly to: string;
  /** Ranges, and `public internet` for all public addresses that no endpoint has. */
  readonly addresses: readonly string[];
  readonly value: T;
}

/** Name of outside addresses that are not all there are. */
export const outsideName = "outside";

/** Ranges that a text tells; more are counted. */
const rangesShownMax = 2;

/** What a person reads for a side. */
export function sideText(side: string, addresses: readonly string[]): string {
  if (side !== outsideName) return side;
  const more = addresses.length - rangesShownMax;
  const shown = addresses.slice(0, rangesShownMax).join(", ");
  return more > 0 ? `${shown} and ${more} more ranges` : shown;
}

interface Entry<T> {
  readonly from: string;
  readonly to: string;
  value: T;
}

/** Marks a side that is a range of addresses; no name begins with it. */
const rangeMark = "\0";

export class PartyPairs<T> {
  private readonly universe: Universe;
  private readonly join: (a: T, b: T) => T;
  private readonly entries = new Map<string, Map<string, Entry<T>>>();
  private readonly ranges = new Map<string, IntervalSet[number]>();

  constructor(universe: Universe, join: (a: T, b: T) => T) {
    this.universe = universe;
    this.join = join;
  }

  add(source: Party, destination: Party, value: T): void {
    const [from, to] = [this.keyOf(source), this.keyOf(destination)];
    let row = this.entries.get(from);
    if (row === undefined) {
      row = new Map();
      this.entries.set(from, row);
    }
    const known = row.get(to);
    if (known === undefined) row.set(to, { from, to, value });
    else known.value = this.join(known.value, value);
  }

  /** Sorted by the names; outside addresses of which `same` says the same are one. */
  merged(same: (value: T) => string): NamedPair<T>[] {
    const everything = outsideOf(this.universe);
    const all = [...this.entries.values()].flatMap((row) => [...row.values()]);
    const nameOf = (side: string) => (side.startsWith(rangeMark) ? rangeMark : side);
    const groups = Map.groupBy(all, ({ from, to, value }) =>
      [nameOf(from), nameOf(to), same(value)].join("\n"),
    );
    return [...groups]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([, group]) => this.pairOf(group, everything) ?? []);
  }

  private pairOf(group: readonly Entry<T>[], everything: IntervalSet): NamedPair<T> | undefined {
    const [first] = group;
    if (first === undefined) return undefined;
    const outside = intervalSet(
      group.flatMap(({ from, to }) => this.ranges.get(from) ?? this.ranges.get(to) ?? []),
    );
    const whole = covers(outside, everything);
    const name = (side: string) =>
      side.startsWith(rangeMark) ? (whole ? internetName : outsideName) : side;
    return {
      from: name(first.from),
      to: name(first.to),
      addresses: whole ? [] : rangeTexts(outside, everything),
      value: first.value,
    };
  }

  private keyOf(party: Party): string {
    if ("endpoint" in party) return party.endpoint.name;
    const key = `${rangeMark}${party.range.from}`;
    this.ranges.set(key, party.range);
    return key;
  }
}

/** Name of the public addresses that no endpoint has, where they are meant all together. */
const publicName = "public internet";

function rangeTexts(outside: IntervalSet, everything: IntervalSet): string[] {
  const everyPublic = subtract(everything, unroutedAddresses);
  const isAll = everyPublic.length > 0 && covers(outside, everyPublic);
  if (!isAll) return outside.map(rangeText);
  // What nobody routes is worth a word only where it is somebody's own network.
  return [publicName, ...intersect(outside, privateAddresses).map(rangeText)];
}

/** Outside addresses of the families that endpoints have. */
function outsideOf({ ends, cut }: Universe): IntervalSet {
  const inhabited = ([4, 6] as const).filter((family) => {
    const { start, outside } = ends.blocks[family];
    return outside > start;
  });
  return intervalSet(
    ends.all
      .filter(({ subjects, family }) => subjects.length === 0 && inhabited.includes(family))
      .flatMap((end) => addressesOf(cut, end)),
  );
}
