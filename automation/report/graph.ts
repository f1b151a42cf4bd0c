/** Draws a laid-out graph of boxes and arrows as SVG, with classes for the page's style to colour. */
import { type LayoutGaps, layOut, type PlacedEdge, type PlacedNode, type Point } from "./layout.ts";
import { type Markup, markup } from "./markup.ts";

/** A box of text. */
export interface GraphNode {
  readonly id: string;
  readonly title: string;
  /** Smaller lines below the title. */
  readonly lines: readonly string[];
  /** Class of the box: `segment`, `outside`, `service`, `identity`, `aws`, `azure`, `gcp`. */
  readonly look: string;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** Written beside the arrow. */
  readonly label: string;
  /** Shown when the pointer rests on the arrow. */
  readonly because: string;
}

/** What a graph shows, in one sentence for those who cannot see it. */
export interface GraphText {
  readonly title: string;
}

/** Widths of the page's sans-serif letters in pixels, measured on the widest common system font. */
const titleLetter = 9;
const lineLetter = 7;
const padding = 12;
const titleHeight = 18;
const lineHeight = 15;
const margin = 14;
/** Lines longer than this are shortened in the picture; the tables have them in full. */
const lineLettersMax = 34;
/** Room below a box for an arrow to itself. */
const loopRoom = 26;

/** A graph as one SVG element. */
export function drawGraph(
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  text: GraphText,
  gaps: LayoutGaps = { column: 84, row: 18 },
): Markup {
  const looped = new Set(edges.filter((edge) => edge.from === edge.to).map((edge) => edge.from));
  const sized = nodes.map((node) => ({ ...node, ...sizeOf(node, looped.has(node.id)) }));
  const byId = new Map(sized.map((node) => [node.id, node]));
  const known = edges.filter((edge) => byId.has(edge.from) && byId.has(edge.to));
  const loops = known.filter((edge) => edge.from === edge.to);
  const between = known.filter((edge) => edge.from !== edge.to);
  const layout = layOut(sized, between, gaps);
  const width = layout.width + 2 * margin;
  const height = layout.height + 2 * margin;
  return markup`<svg class="graph" viewBox="${-margin} ${-margin} ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}" role="img" aria-label="${text.title}"><title>${text.title}</title>${[
    ...layout.edges.map((edge, index) => drawEdge(edge, between[index])),
    ...loops.map((edge) => drawLoop(edge, layout.nodes.get(edge.from))),
    ...[...layout.nodes.values()].map((placed) =>
      drawNode(placed, byId.get(placed.id), looped.has(placed.id)),
    ),
    ...layout.edges.map((edge, index) => drawLabel(middleOf(edge), between[index]?.label ?? "")),
  ]}</svg>`;
}

function sizeOf(node: GraphNode, looped: boolean): { width: number; height: number } {
  const letters = [
    node.title.length * titleLetter,
    ...node.lines.map((line) => Math.min(line.length, lineLettersMax) * lineLetter),
  ];
  return {
    width: Math.max(70, ...letters) + 2 * padding,
    height: titleHeight + node.lines.length * lineHeight + padding + (looped ? loopRoom : 0),
  };
}

function drawNode(placed: PlacedNode, node: GraphNode | undefined, looped: boolean): Markup {
  if (node === undefined) return markup``;
  const { x, y, width } = placed;
  const height = placed.height - (looped ? loopRoom : 0);
  const lines = node.lines.map(
    (line, index) =>
      markup`<text class="line" x="${round(x + padding)}" y="${round(y + 19 + (index + 1) * lineHeight)}">${shorten(line)}</text>`,
  );
  return markup`<g class="node ${node.look}"><title>${[node.title, ...node.lines].join("\n")}</title><rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="7"/><rect class="edge" x="${round(x)}" y="${round(y)}" width="4" height="${round(height)}" rx="2"/><text class="title" x="${round(x + padding)}" y="${round(y + 19)}">${node.title}</text>${lines}</g>`;
}

function shorten(line: string): string {
  return line.length > lineLettersMax ? `${line.slice(0, lineLettersMax - 1)}…` : line;
}

function drawEdge(edge: PlacedEdge, source: GraphEdge | undefined): Markup {
  const because = `${edge.from} → ${edge.to}${source?.label ? ` ${source.label}` : ""}${source?.because ? `: ${source.because}` : ""}`;
  return markup`<g class="arrow"><title>${because}</title><path d="${curve(edge.points)}"/>${head(edge.points)}</g>`;
}

/** A smooth line that leaves and enters horizontally. */
function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  let path = `M${round(first.x)} ${round(first.y)}`;
  let before = first;
  for (const point of rest) {
    const middle = (before.x + point.x) / 2;
    path += ` C${round(middle)} ${round(before.y)} ${round(middle)} ${round(point.y)} ${round(point.x)} ${round(point.y)}`;
    before = point;
  }
  return path;
}

/** The arrow's tip: drawn by itself, because a marker would need a document-wide id. */
function head(points: readonly Point[]): Markup {
  const tip = points.at(-1);
  const before = points.at(-2);
  if (tip === undefined || before === undefined) return markup``;
  const back = tip.x >= before.x ? -8 : 8;
  return markup`<path class="head" d="M${round(tip.x)} ${round(tip.y)} l${back} -4 v8 z"/>`;
}

function drawLoop(edge: GraphEdge, node: PlacedNode | undefined): Markup {
  if (node === undefined) return markup``;
  const x = node.x + node.width / 2;
  const y = node.y + node.height - loopRoom;
  const path = `M${round(x - 18)} ${round(y)} C${round(x - 26)} ${round(y + 26)} ${round(x + 26)} ${round(y + 26)} ${round(x + 18)} ${round(y)}`;
  const because = `${edge.from} → itself ${edge.label}: ${edge.because}`;
  return markup`<g class="arrow"><title>${because}</title><path d="${path}"/><path class="head" d="M${round(x + 18)} ${round(y)} l-3 9 l8 -2 z"/></g>${drawLabel({ x: x + 44, y: y + 23 }, edge.label)}`;
}

function drawLabel(at: Point, label: string): Markup {
  if (label === "") return markup``;
  return markup`<text class="label" x="${round(at.x)}" y="${round(at.y - 5)}">${label}</text>`;
}

/** Near the start, where arrows from one box to several have not met others yet. */
function middleOf(edge: PlacedEdge): Point {
  const [a, b] = edge.points;
  if (a === undefined || b === undefined) return { x: 0, y: 0 };
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
