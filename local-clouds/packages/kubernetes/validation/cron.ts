/** Schedules of cron jobs, as `robfig/cron` reads them (its `ParseStandard`). */

import type { Faults } from "../api/faults.ts";

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
/** Minute, hour, day of the month, month, day of the week. */
const fields: readonly Bounds[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: months },
  { min: 0, max: 6, names: days },
];
const descriptors = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/;
const everyForm = /^@every (\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/;

/** What is wrong with a schedule. */
export function checkSchedule(faults: Faults, field: string, schedule: string): void {
  const fault = scheduleFault(schedule);
  if (fault !== undefined) faults.invalid(field, schedule, fault);
  if (schedule.includes("TZ")) {
    faults.invalid(
      field,
      schedule,
      "cannot use TZ or CRON_TZ in schedule, use timeZone field instead",
    );
  }
}

function scheduleFault(schedule: string): string | undefined {
  const text = schedule.replace(/^(CRON_)?TZ=\S+\s*/, "");
  if (text.startsWith("@")) {
    if (descriptors.test(text) || everyForm.test(text)) return undefined;
    return text.startsWith("@every ")
      ? `failed to parse duration ${text}: time: invalid duration ${JSON.stringify(text.slice(7))}`
      : `unrecognized descriptor: ${text}`;
  }
  const parts = text.trim().split(/\s+/);
  if (parts.length !== fields.length) {
    return `expected exactly ${fields.length} fields, found ${parts.length}: [${parts.join(" ")}]`;
  }
  for (const [i, bounds] of fields.entries()) {
    for (const range of (parts[i] ?? "").split(",").filter((one) => one !== "")) {
      const fault = rangeFault(range, bounds);
      if (fault !== undefined) return fault;
    }
  }
  return undefined;
}

function rangeFault(text: string, bounds: Bounds): string | undefined {
  const [range = "", stepText, ...more] = text.split("/");
  const ends = range.split("-");
  const any = ends[0] === "*" || ends[0] === "?";
  if (!any && ends.length > 2) return `too many hyphens: ${text}`;
  const [from, to] = any ? [bounds.min, bounds.max] : ends.map((end) => numberOf(end, bounds));
  if (typeof from === "string") return from;
  if (typeof to === "string") return to;
  if (more.length > 0) return `too many slashes: ${text}`;
  const step = stepText === undefined ? 1 : numberOf(stepText, { min: 0, max: 0 });
  if (typeof step === "string") return step;
  const start = from ?? 0;
  const end = to ?? (stepText === undefined ? start : bounds.max);
  if (start < bounds.min)
    return `beginning of range (${start}) below minimum (${bounds.min}): ${text}`;
  if (end > bounds.max) return `end of range (${end}) above maximum (${bounds.max}): ${text}`;
  if (start > end) return `beginning of range (${start}) beyond end of range (${end}): ${text}`;
  return step === 0 ? `step of range should be a positive number: ${text}` : undefined;
}

/** The number, or how the parser refuses it. */
function numberOf(text: string, { names = [], min }: Bounds): number | string {
  const named = names.indexOf(text.toLowerCase());
  if (named >= 0) return named + min;
  if (/^-\d+$/.test(text)) return `negative number (${text}) not allowed: ${text}`;
  if (/^\+?\d+$/.test(text)) return Number(text);
  const quoted = JSON.stringify(text);
  return `failed to parse int from ${text}: strconv.Atoi: parsing ${quoted}: invalid syntax`;
}
