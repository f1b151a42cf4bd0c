/** The one resource that somebody names by hand. */

import { nearest } from "../../model/base/problem.ts";
import type { ResourceRow } from "../world/record.ts";
import { BadRequest } from "./bad-request.ts";
import type { Clouds } from "./session.ts";

/** Resources shown where several fit. */
const shownMax = 5;

/**
 * The resource of an id, a URN, the end of a URN (`Subnet::app`, `app`) or a row (`row:17`, as
 * `clouds state` lists them). Throws {@link BadRequest} if none or several fit.
 */
export function select(clouds: Clouds, selector: string): ResourceRow {
  const rows = clouds.world.all();
  const fits = rows.filter((row) => fitting(row, selector));
  const [first] = fits;
  if (first === undefined) throw new BadRequest(noneFits(rows, selector));
  if (fits.length === 1) return first;
  const list = fits.slice(0, shownMax).map((row) => `row:${row.row} (${row.token} ${row.id})`);
  const more = fits.length > shownMax ? ` and ${fits.length - shownMax} more` : "";
  throw new BadRequest(`${fits.length} resources fit ${selector}: ${list.join(", ")}${more}`);
}

function fitting(row: ResourceRow, selector: string): boolean {
  return (
    row.id === selector ||
    row.urn === selector ||
    row.urn.endsWith(`:${selector}`) ||
    selector === `row:${row.row}`
  );
}

function noneFits(rows: readonly ResourceRow[], selector: string): string {
  const names = rows.flatMap((row) => [
    row.id,
    ...(selector.includes(":") ? endsOf(row) : [nameOf(row)]),
  ]);
  const near = nearest(
    selector,
    [...new Set(names)].filter((name) => name !== ""),
  );
  const hint = near === undefined ? "" : `; did you mean ${near}?`;
  return `no resource has the id or URN ${selector}${hint}`;
}

function endsOf(row: ResourceRow): string[] {
  if (row.urn === "") return [];
  const token = row.urn.split("::")[2] ?? "";
  return [row.urn, `${token.slice(token.lastIndexOf(":") + 1)}::${nameOf(row)}`];
}

function nameOf(row: ResourceRow): string {
  return row.urn.slice(row.urn.lastIndexOf(":") + 1);
}
