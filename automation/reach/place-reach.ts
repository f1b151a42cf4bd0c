/** Who can reach whom in one place, pair by pair of segments, and how that compares with the intent. */
import { everyAddressOf } from "../../model/base/address.ts";
import type { Cloud } from "../../model/base/cloud.ts";
import { intersect, subtract, union } from "../../model/base/interval-set.ts";
import { segmentAt, segmentsIn } from "../../model/network/ends.ts";
import type { NetworkIntent, PlaceIntent } from "../../model/network/intent.ts";
import { intentTopology } from "../../model/network/intent-topology.ts";
import type { Endpoint, Topology } from "../../model/network/topology.ts";
import { internetName } from "../../model/reach/compare.ts";
import type { Gap, PlaceProof } from "../../policy-packs/lift/network-record.ts";
import { sideName } from "../../policy-packs/lift/network-record.ts";
import { selectorsText } from "../report/reach/ports.ts";
import type { Flows, Passing } from "./flows.ts";
import { bySegment, flowsOf } from "./flows.ts";

/**
 * `violation`: passes and was not declared, or the reverse; `unknown`: hangs on what is not known
 * yet; `platform`: the cloud's own machinery, such as health probes; `open`: a segment that is not
 * fully enforced yet; `closed`: nothing passes any more.
 */
export type CellLook = "declared" | "platform" | "open" | "unknown" | "violation" | "closed";

/** One pair of names between which something passes, passed, or should. */
export interface ReachCell {
  readonly from: string;
  readonly to: string;
  readonly look: CellLook;
  /** Ports that may pass: `tcp/443`, `nothing`. */
  readonly ports: string;
  /** Ports that surely pass, where these are not all. */
  readonly surely?: string;
  /** Ports that were declared and are stopped. */
  readonly missing?: string;
  /** Ports that passed before the operation, where they were others. */
  readonly before?: string;
}

/** One side of the picture. */
export interface ReachSide {
  readonly name: string;
  /** Whether it is beyond what is planned. */
  readonly outside: boolean;
}

/** One place as planned. */
export interface PlaceReach extends Omit<PlaceProof, "gaps"> {
  readonly cloud: Cloud;
  readonly region: string;
  readonly sides: readonly ReachSide[];
  readonly cells: readonly ReachCell[];
}

/** One place in two states, and what was proved of the later one. */
export interface PlaceStates {
  readonly intent: NetworkIntent;
  readonly place: PlaceIntent;
  readonly proof: PlaceProof;
  readonly before: Topology;
  readonly after: Topology;
}

export function placeReach({ intent, place, proof, before, after }: PlaceStates): PlaceReach {
  const origin = { urn: "", path: "" };
  const declared = intentTopology(intent, place, after.endpoints, "least", origin);
  const flows = {
    before: flowsOf(bySegment(before)),
    after: flowsOf(bySegment(after)),
    declared: flowsOf(bySegment(declared)),
  };
  const endpoints = [...after.endpoints, ...before.endpoints];
  const segments = segmentsIn(intent, place).map(({ name }) => segmentAt(name, place.name));
  const inside = namesOf(endpoints.filter(({ outside }) => outside !== true));
  const own = new Set([...segments, ...inside]);
  const outsiders = outsidersOf(endpoints.filter((one) => !own.has(sideName(one))));
  const watched = new Set(
    intent.segments.flatMap(({ name, rollout }) =>
      rollout === undefined ? [] : [segmentAt(name, place.name)],
    ),
  );
  const all = pairsOf(flows, proof.gaps).map(([from, to]) =>
    cellOf(from, to, flows, proof.gaps, watched.has(from) || watched.has(to)),
  );
  const cells = all.filter((cell) => !isFolded(cell, all, outsiders));
  const used = new Set([...segments, ...cells.flatMap(({ from, to }) => [from, to])]);
  const { gaps: _, ...proved } = proof;
  return {
    ...proved,
    cloud: place.cloud,
    region: place.region,
    sides: [
      ...[...own].map((name) => ({ name, outside: false })),
      ...[...outsiders.keys()].map((name) => ({ name, outside: true })),
    ].filter(({ name }) => used.has(name)),
    cells,
  };
}

function namesOf(endpoints: readonly Endpoint[]): string[] {
  return endpoints.map(sideName);
}

/** Who lies outside. */
interface Outsider {
  readonly name: string;
  /** Whether the intent speaks of it. */
  readonly declared: boolean;
  /** How many addresses of IPv4 it has. */
  readonly size: bigint;
}

/** The internet first, then the others. */
function outsidersOf(endpoints: readonly Endpoint[]): Map<string, Outsider> {
  const others = endpoints.map((one): Outsider => {
    const known = intersect(one.addresses, everyAddressOf[4]);
    const size = known.reduce((sum, { from, to }) => sum + to - from + 1n, 0n);
    return { name: sideName(one), declared: one.segment !== undefined, size };
  });
  const nobody = { name: internetName, declared: true, size: 0n };
  return new Map([nobody, ...others].map((one) => [one.name, one]));
}

type States = Readonly<Record<"before" | "after" | "declared", Flows>>;

/** Every pair of which there is anything to tell, once. */
function pairsOf({ before, after }: States, gaps: readonly Gap[]) {
  const told = gaps.map(({ from, to }) => [from, to] as const);
  const pairs = [...after.pairs(), ...before.pairs(), ...told];
  return [...new Map(pairs.map((pair) => [pair.join("\n"), pair])).values()];
}

function cellOf(
  from: string,
  to: string,
  { before, after, declared }: States,
  gaps: readonly Gap[],
  watched: boolean,
): ReachCell {
  const own = gaps.filter((gap) => gap.from === from && gap.to === to);
  const passing = after.between(from, to);
  const [ports, surely] = [passing.may, passing.must].map(selectorsText) as [string, string];
  const was = selectorsText(before.between(from, to).may);
  const missing = own
    .filter(({ kind, settled }) => kind === "missing" && settled)
    .reduce<Gap["selectors"]>((sum, { selectors }) => union(sum, selectors), []);
  return {
    from,
    to,
    look: lookOf(passing, declared.between(from, to), own, watched),
    ports,
    ...(surely === ports ? {} : { surely }),
    ...(missing.length === 0 ? {} : { missing: selectorsText(missing) }),
    ...(was === ports ? {} : { before: was }),
  };
}

function lookOf(
  { may, must }: Passing,
  declared: Passing,
  gaps: readonly Gap[],
  watched: boolean,
): CellLook {
  if (gaps.some(({ settled }) => settled)) return "violation";
  if (gaps.length > 0 || subtract(may, must).length > 0) return "unknown";
  if (may.length === 0) return "closed";
  if (subtract(may, declared.may).length === 0) return "declared";
  return watched ? "open" : "platform";
}

/**
 * Who lies outside and does only what the whole internet does as well needs no line of its own, nor
 * does a service of the cloud's that does what a narrower one does.
 */
function isFolded(
  cell: ReachCell,
  cells: readonly ReachCell[],
  sides: ReadonlyMap<string, Outsider>,
): boolean {
  return (["from", "to"] as const).some((at) => {
    const own = sides.get(cell[at]);
    if (own === undefined) return false;
    return cells.some((other) => {
      const wider = sides.get(other[at]);
      const stands = wider !== undefined && standsFor(wider, own);
      return stands && isAlike(cell, other, at === "from" ? "to" : "from");
    });
  });
}

function standsFor(one: Outsider, other: Outsider): boolean {
  if (one.name === other.name || other.name === internetName) return false;
  if (one.name === internetName) return true;
  return !other.declared && one.size < other.size;
}

function isAlike(one: ReachCell, other: ReachCell, at: "from" | "to"): boolean {
  return (["look", "ports", "before", at] as const).every((field) => one[field] === other[field]);
}
