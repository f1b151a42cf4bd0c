/** All connections as a picture: who calls down the side, who is called along the top. */
import { Markup, markup } from "../markup.ts";
import type { MergedConnection } from "./merged.ts";

const cell = 14;
const letter = 6.2;
const gap = 8;

/** Names along a side; beyond it the picture is a smear of points. */
export const namesMax = 2000;

/** An SVG document of its own; every square tells its ports when pointed at. */
export function connectionMatrix(connections: readonly MergedConnection[]): string {
  const drawn = connections.filter(({ from, to }) => from !== to);
  const names = [...new Set(drawn.flatMap(({ from, to }) => [from, to]))].sort();
  const place = new Map(names.map((name, index) => [name, index]));
  const margin = Math.max(0, ...names.map(({ length }) => length)) * letter + gap;
  const size = Math.ceil(margin + names.length * cell + gap);
  const at = (name: string) => margin + (place.get(name) ?? 0) * cell;
  const squares = Map.groupBy(drawn, ({ from, to }) => `${from}\n${to}`);
  const body = [
    ...names.map((name) => label(name, margin, at(name))),
    ...[...squares.values()].map((all) => square(all, at)),
  ];
  return markup`<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${size} ${size}" font-family="sans-serif" font-size="11"><title>Who may call whom</title>
${body}
</svg>`.text;
}

function label(name: string, margin: number, at: number): Markup {
  const middle = at + cell / 2;
  const [row, column] = [middle + 4, margin - gap / 2];
  return markup`<text x="${column}" y="${row}" text-anchor="end">${name}</text><text transform="translate(${row} ${column}) rotate(-90)">${name}</text>
`;
}

function square(all: readonly MergedConnection[], at: (name: string) => number): Markup {
  const [first] = all;
  if (first === undefined) return new Markup("");
  const { from, to } = first;
  const fill = all.some(({ surely }) => surely !== undefined) ? "#e0a020" : colourOf(all);
  const said = all.map(({ addresses, ports, surely }) =>
    [addresses.join(", "), ports, surely === undefined ? "" : `surely ${surely}`]
      .filter((text) => text !== "")
      .join(" "),
  );
  return markup`<rect x="${at(to)}" y="${at(from)}" width="${cell - 1}" height="${cell - 1}" fill="${fill}"><title>${from} to ${to}: ${said.join("; ")}</title></rect>
`;
}

/** Everything open stands out from certain ports. */
function colourOf(all: readonly MergedConnection[]): string {
  return all.some(({ ports }) => ports === "any") ? "#c03030" : "#3070b0";
}
