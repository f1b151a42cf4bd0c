/** Who can reach whom in one place: callers down the side, whom they call along the top. */
import { parseEnd } from "../../../model/network/ends.ts";
import type { CellLook, PlaceReach, ReachCell, ReachSide } from "../../reach/place-reach.ts";
import { type Markup, markup } from "../markup.ts";

/** What the colours mean; the signs say the same to who does not see them. */
const looks: Readonly<Record<CellLook, { readonly sign: string; readonly says: string }>> = {
  declared: { sign: "", says: "declared" },
  platform: { sign: "♥", says: "the cloud's own, such as health probes" },
  open: { sign: "◌", says: "not enforced yet" },
  unknown: { sign: "?", says: "not decided yet" },
  violation: { sign: "✗", says: "not as declared" },
  closed: { sign: "", says: "closed by this operation" },
};

/** Ports that a square tells; pointing at it tells all. */
const portsShownMax = 3;

/** The table of a place, to be read row by row. */
export function placeMatrix({ place, sides, cells }: PlaceReach): Markup {
  const inside = sides.filter(({ outside }) => !outside);
  const outside = sides.filter((side) => side.outside);
  const called = [...inside, ...outside];
  const callers = [...outside, ...inside].filter(
    ({ name, outside }) => !outside || cells.some(({ from }) => from === name),
  );
  const columns = called.filter(
    ({ name, outside }) => !outside || cells.some(({ to }) => to === name),
  );
  const heads = columns.map(
    (side) => markup`<th scope="col" class="${sideClass(side)}">${shortName(side)}</th>`,
  );
  const rows = callers.map((from) => {
    const squares = columns.map((to) => square(from, to, cells));
    return markup`<tr><th scope="row" class="${sideClass(from)}">${shortName(from)}</th>${squares}</tr>
`;
  });
  return markup`<table class="reach"><caption>From the row's to the column's, in ${place}</caption><thead><tr><td class="corner">from \\ to</td>${heads}</tr></thead><tbody>${rows}</tbody></table>`;
}

function sideClass({ outside }: ReachSide): string {
  return outside ? "beyond" : "within";
}

/** In its own place a segment needs no place's name. */
function shortName({ name, outside }: ReachSide): string {
  return outside ? name : parseEnd(name).name;
}

function square(from: ReachSide, to: ReachSide, cells: readonly ReachCell[]): Markup {
  if (from.outside && to.outside) return markup`<td class="nobody"></td>`;
  const cell = cells.find((one) => one.from === from.name && one.to === to.name);
  if (cell === undefined) return markup`<td class="none" title="nothing passes">·</td>`;
  const { look, before } = cell;
  const change = before === undefined ? "" : " changed";
  return markup`<td class="cell ${look}${change}" title="${title(cell)}">${mark(cell)}<code>${portLines(cell)}</code></td>`;
}

function mark({ look, before, ports }: ReachCell): Markup {
  const kind = before === "nothing" ? "+" : ports === "nothing" ? "−" : "~";
  return markup`${[
    ...(looks[look].sign === "" ? [] : [markup`<i>${looks[look].sign}</i>`]),
    ...(before === undefined ? [] : [markup`<b>${kind}</b>`]),
  ]}`;
}

function portLines({ ports, before, missing }: ReachCell): Markup {
  const shown = ports === "nothing" ? (missing ?? before ?? "") : ports;
  const parts = shown.split(", ");
  const more = parts.length - portsShownMax;
  const lines = more > 0 ? [...parts.slice(0, portsShownMax), `and ${more} more`] : parts;
  return markup`${lines.map((line, index) => markup`${index === 0 ? "" : markup`<br>`}${line}`)}`;
}

function title({ from, to, look, ports, surely, missing, before }: ReachCell): string {
  return [
    `${from} to ${to}: ${ports}, ${looks[look].says}`,
    ...(surely === undefined ? [] : [`surely ${surely}`]),
    ...(missing === undefined ? [] : [`declared but stopped: ${missing}`]),
    ...(before === undefined ? [] : [`before: ${before}`]),
  ].join("; ");
}

/** The colours that any of the places uses. */
export function matrixLegend(places: readonly PlaceReach[]): Markup {
  const cells = places.flatMap((place) => place.cells);
  const used = (Object.keys(looks) as CellLook[]).filter((look) =>
    cells.some((cell) => cell.look === look),
  );
  const changed = cells.some(({ before }) => before !== undefined);
  return markup`<ul class="legend">${[
    ...used.map(
      (look) =>
        markup`<li><span class="cell ${look}">${looks[look].sign}</span>${looks[look].says}</li>`,
    ),
    ...(changed
      ? [markup`<li><span class="cell changed"><b>~</b></span>changed in this operation</li>`]
      : []),
  ]}</ul>`;
}
