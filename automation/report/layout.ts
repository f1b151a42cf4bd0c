/**
 * Places boxes in columns from left to right, so that most arrows point to the right: columns by
 * longest path, order within a column by the mean place of the neighbours, heights by pulling
 * boxes towards them. An arrow over several columns bends around what lies between.
 */

import { type Slot, stack } from "./stacking.ts";

/** A box to place; sizes in pixels. */
export interface LayoutNode {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface LayoutEdge {
  readonly from: string;
  readonly to: string;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A box with its upper left corner, as wide as the widest of its column. */
export interface PlacedNode extends LayoutNode, Point {}

/** An arrow through its bends; the first and the last point lie on the boxes' sides. */
export interface PlacedEdge extends LayoutEdge {
  readonly points: readonly Point[];
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: ReadonlyMap<string, PlacedNode>;
  readonly edges: readonly PlacedEdge[];
}

/** Free space in pixels. */
export interface LayoutGaps {
  readonly column: number;
  readonly row: number;
}

const orderRounds = 8;
const pullRounds = 12;
/** Height that a passing arrow takes. */
const bendHeight = 10;

/** Lays out a graph. Arrows to unknown boxes are left out; an arrow to itself is the caller's to draw. */
export function layOut(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  gaps: LayoutGaps,
): Layout {
  const known = new Set(nodes.map((node) => node.id));
  const drawn = edges.filter(
    (edge) => edge.from !== edge.to && known.has(edge.from) && known.has(edge.to),
  );
  const column = columnsOf(nodes, drawn);
  const chains = drawn.map((edge, index) => chainOf(edge, index, column));
  const slots = slotsOf(nodes, chains, column);
  const links = chains.flatMap((chain) =>
    chain.slice(1).map((to, i) => [chain[i] ?? "", to] as const),
  );
  const columns = orderColumns(groupByColumn(slots), links);
  placeRows(columns, links, gaps.row);
  const lefts = columnLefts(columns, gaps.column);
  return finish(nodes, drawn, chains, columns, lefts);
}

/** Longest path from a source; an arrow that closes a circle does not count. */
function columnsOf(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
): ReadonlyMap<string, number> {
  const into = new Map<string, string[]>();
  for (const { from, to } of edges) into.set(to, [...(into.get(to) ?? []), from]);
  const column = new Map<string, number>();
  const visiting = new Set<string>();
  const visit = (id: string): number => {
    const known = column.get(id);
    if (known !== undefined) return known;
    if (visiting.has(id)) return -1;
    visiting.add(id);
    const place = Math.max(-1, ...(into.get(id) ?? []).map(visit)) + 1;
    visiting.delete(id);
    column.set(id, place);
    return place;
  };
  for (const node of nodes) visit(node.id);
  return column;
}

/** The boxes and bends that an arrow goes through, from left to right. */
function chainOf(edge: LayoutEdge, index: number, column: ReadonlyMap<string, number>): string[] {
  const a = column.get(edge.from) ?? 0;
  const b = column.get(edge.to) ?? 0;
  const [left, right] = a <= b ? [edge.from, edge.to] : [edge.to, edge.from];
  const between = Math.abs(a - b) - 1;
  const bends = Array.from({ length: Math.max(0, between) }, (_, step) =>
    bendId(index, Math.min(a, b) + step + 1),
  );
  return [left, ...bends, right];
}

/** A name that no box can have: it holds the column too. */
function bendId(edge: number, column: number): string {
  return `\u0000${edge}:${column}`;
}

function slotsOf(
  nodes: readonly LayoutNode[],
  chains: readonly (readonly string[])[],
  column: ReadonlyMap<string, number>,
): Slot[] {
  const boxes = nodes.map((node) => ({ ...node, column: column.get(node.id) ?? 0, y: 0 }));
  const bends = chains.flatMap((chain) =>
    chain.slice(1, -1).map((id) => ({
      id,
      width: 0,
      height: bendHeight,
      column: Number(id.slice(id.indexOf(":") + 1)),
      y: 0,
    })),
  );
  return [...boxes, ...bends];
}

function groupByColumn(slots: readonly Slot[]): Slot[][] {
  const count = Math.max(0, ...slots.map((slot) => slot.column + 1));
  return Array.from({ length: count }, (_, at) => slots.filter((slot) => slot.column === at));
}

type Links = readonly (readonly [string, string])[];

function neighboursOf(links: Links): ReadonlyMap<string, readonly string[]> {
  const result = new Map<string, string[]>();
  for (const [a, b] of links) {
    result.set(a, [...(result.get(a) ?? []), b]);
    result.set(b, [...(result.get(b) ?? []), a]);
  }
  return result;
}

function orderColumns(columns: Slot[][], links: Links): Slot[][] {
  const neighbours = neighboursOf(links);
  let ordered = columns;
  for (let round = 0; round < orderRounds; round++) {
    const rank = new Map(
      ordered.flatMap((column) =>
        column.map((slot, at) => [slot.id, at + (1 - column.length) / 2]),
      ),
    );
    ordered = ordered.map((column) =>
      [...column].sort((a, b) => wish(a, neighbours, rank) - wish(b, neighbours, rank)),
    );
  }
  return ordered;
}

function wish(
  slot: Slot,
  neighbours: ReadonlyMap<string, readonly string[]>,
  rank: ReadonlyMap<string, number>,
): number {
  const ranks = (neighbours.get(slot.id) ?? []).map((id) => rank.get(id) ?? 0);
  return ranks.length === 0 ? (rank.get(slot.id) ?? 0) : mean(ranks);
}

function placeRows(columns: readonly Slot[][], links: Links, gap: number): void {
  const neighbours = neighboursOf(links);
  const slots = new Map(columns.flat().map((slot) => [slot.id, slot]));
  for (const column of columns) stack(column, gap, () => 0);
  for (let round = 0; round < pullRounds; round++) {
    for (const column of round % 2 === 0 ? columns : [...columns].reverse()) {
      stack(column, gap, (slot) => {
        const centres = (neighbours.get(slot.id) ?? []).map((id) => centreOf(slots.get(id)));
        return (centres.length === 0 ? centreOf(slot) : mean(centres)) - slot.height / 2;
      });
    }
  }
  const top = Math.min(0, ...columns.flat().map((slot) => slot.y));
  for (const slot of columns.flat()) slot.y -= top;
}

function columnLefts(columns: readonly Slot[][], gap: number): { left: number; width: number }[] {
  let left = 0;
  return columns.map((column) => {
    const width = Math.max(0, ...column.map((slot) => slot.width));
    const own = { left, width };
    left += width + gap;
    return own;
  });
}

function finish(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  chains: readonly (readonly string[])[],
  columns: readonly Slot[][],
  lefts: readonly { left: number; width: number }[],
): Layout {
  const slots = new Map(columns.flat().map((slot) => [slot.id, slot]));
  const sideOf = (slot: Slot) => lefts[slot.column] ?? { left: 0, width: 0 };
  const placed = new Map(
    nodes.map((node) => {
      const slot = slots.get(node.id) as Slot;
      const { left, width } = sideOf(slot);
      return [node.id, { ...node, width, x: left, y: slot.y }];
    }),
  );
  const last = lefts.at(-1) ?? { left: 0, width: 0 };
  return {
    width: last.left + last.width,
    height: Math.max(0, ...columns.flat().map((slot) => slot.y + slot.height)),
    nodes: placed,
    edges: edges.map((edge, index) => ({
      ...edge,
      points: pointsOf(edge, chains[index] ?? [], slots, sideOf),
    })),
  };
}

function pointsOf(
  edge: LayoutEdge,
  chain: readonly string[],
  slots: ReadonlyMap<string, Slot>,
  sideOf: (slot: Slot) => { left: number; width: number },
): Point[] {
  const points = chain.flatMap((id, index) => {
    const slot = slots.get(id) as Slot;
    const { left, width } = sideOf(slot);
    const y = centreOf(slot);
    const sides = [
      { x: left, y },
      { x: left + width, y },
    ];
    if (index === 0) return sides.slice(1);
    return index === chain.length - 1 ? sides.slice(0, 1) : sides;
  });
  return chain[0] === edge.from ? points : points.reverse();
}

function centreOf(slot: Slot | undefined): number {
  return slot === undefined ? 0 : slot.y + slot.height / 2;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
