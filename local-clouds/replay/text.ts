/** A report as a person reads it. */

import type { Json } from "../protocol/value.ts";
import type { Difference, Report, Tally } from "./report.ts";

/** Longest value shown in a line, in characters. */
const valueMax = 120;

/** The report as lines (stale acceptances only if wanted): sums per method, per type and field, then every difference. */
export function reportText(report: Report, tellStale: boolean): string {
  const open = report.differences.filter(({ reason }) => reason === undefined);
  const accepted = report.differences.filter(({ reason }) => reason !== undefined);
  return [
    ...heading(report),
    "",
    "Agreement per method (places that agree, of those compared)",
    ...Object.entries(report.byMethod).map(([method, tally]) => `  ${ratio(tally)}  ${method}`),
    "",
    "Agreement per type and field",
    ...Object.entries(report.byType).flatMap(([type, fields]) => typeLines(type, fields)),
    ...section(`Differences: ${open.length}`, open.map(differenceLine)),
    ...section(`Accepted differences: ${accepted.length}`, accepted.map(acceptedLine)),
    ...section(
      "Accepted differences that no longer occur",
      (tellStale ? report.stale : []).map(
        ({ type, method, paths }) => `${method} ${type} ${paths.join(", ")}`,
      ),
    ),
    "",
    sumLine(report.sum),
  ].join("\n");
}

function heading(report: Report): string[] {
  return report.files.map(({ file, exchanges, supplied }) => {
    const taken = supplied === 0 ? "" : `; ${supplied} things it never created, taken as existing`;
    return `${file}: ${exchanges} exchanges${taken}`;
  });
}

function typeLines(type: string, fields: Readonly<Record<string, Tally>>): string[] {
  const all = Object.entries(fields);
  const whole = all.filter(([, tally]) => tally.agreed === total(tally)).map(([field]) => field);
  const rest = all.filter(([, tally]) => tally.agreed < total(tally));
  return [
    `  ${ratio(all.map(([, tally]) => tally).reduce(added))}  ${type}`,
    ...(whole.length > 0 ? [`    everywhere: ${whole.join(", ")}`] : []),
    ...rest.map(([field, tally]) => `    ${ratio(tally)}  ${field}`),
  ];
}

function differenceLine(difference: Difference): string {
  const { method, type, path, verdict, recorded, ours, file, line, count } = difference;
  const what = {
    missing: `missing here, recorded ${shown(recorded)}`,
    extra: `only here: ${shown(ours)}`,
    differs: `recorded ${shown(recorded)}, here ${shown(ours)}`,
  }[verdict];
  return `${method} ${type} ${path}: ${what} (${file}:${line}${count > 1 ? `, ${count} times` : ""})`;
}

function acceptedLine(difference: Difference): string {
  return `${differenceLine(difference)}: ${difference.reason ?? ""}`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];
}

function sumLine(sum: Tally): string {
  return `${sum.agreed} of ${total(sum)} places agree, ${sum.accepted} differ as accepted, ${sum.differing} differ.`;
}

function added(a: Tally, b: Tally): Tally {
  return {
    agreed: a.agreed + b.agreed,
    accepted: a.accepted + b.accepted,
    differing: a.differing + b.differing,
  };
}

function total(tally: Tally): number {
  return tally.agreed + tally.accepted + tally.differing;
}

function ratio(tally: Tally): string {
  return `${tally.agreed}/${total(tally)}`.padStart(9);
}

function shown(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > valueMax ? `${text.slice(0, valueMax)}…` : text;
}
