/**
 * Reviewed exceptions: one rule at one resource, with a reason, an owner, a ticket and an end.
 * Nothing here reads a clock; the day is given.
 */
import type { Problem } from "../base/problem.ts";
import type { Finding } from "./finding.ts";

/** The type under which exemptions are judged, as if they were planned; `now` is put beside fields. */
export const exemptionType = "bulkhead:policy:Exemption";

/** Longest life of an exemption, counted from today. */
export const exemptionDaysMax = 90;

const dayMs = 24 * 60 * 60 * 1000;
const datePattern = /^\d{4}-\d{2}-\d{2}$/;

/** One exception. */
export interface Exemption {
  /** Rule id. */
  readonly rule: string;
  /** URN of the resource; a `*` in it stands for any text, but type and name say something. */
  readonly urn: string;
  readonly reason: string;
  /** Who answers for it. */
  readonly owner: string;
  readonly ticket: string;
  /** Last day on which it holds, `YYYY-MM-DD`, at most {@link exemptionDaysMax} days ahead. */
  readonly expires: string;
}

/** The exceptions of a checkout. */
export interface Exemptions {
  /** Those of the working tree; they count for every rule that is not critical. */
  readonly stated: readonly Exemption[];
  /** Those of the branch against which it is reviewed; for critical rules only these count. */
  readonly reviewed: readonly Exemption[];
}

/** A finding with the exception that covers it. */
export interface Exempted {
  readonly finding: Finding;
  readonly exemption: Exemption;
}

const fields = ["rule", "urn", "reason", "owner", "ticket", "expires"] as const;

/** Reads a list of exemptions; everything wrong with it comes back at once. */
export function parseExemptions(
  value: unknown,
  place: string,
): { readonly exemptions: readonly Exemption[]; readonly problems: readonly Problem[] } {
  if (value === undefined) return { exemptions: [], problems: [] };
  if (!Array.isArray(value)) return { exemptions: [], problems: [notAList(value, place)] };
  const problems = value.flatMap((entry, index) => entryProblems(entry, `${place}[${index}]`));
  return { exemptions: problems.length > 0 ? [] : (value as Exemption[]), problems };
}

function notAList(value: unknown, place: string): Problem {
  return {
    code: "input-type",
    place,
    got: typeof value,
    allowed: "a list of exemptions",
    next: `Write a list of objects with ${fields.join(", ")}.`,
  };
}

function entryProblems(entry: unknown, place: string): Problem[] {
  const record =
    typeof entry === "object" && entry !== null ? (entry as Record<string, unknown>) : {};
  const problems = fields
    .filter((field) => typeof record[field] !== "string" || String(record[field]).trim() === "")
    .map(
      (field): Problem => ({
        code: "input-missing",
        place: `${place}.${field}`,
        got: record[field] === undefined ? "nothing" : JSON.stringify(record[field]),
        allowed: "a text",
        next: "An exemption says rule, resource, reason, owner, ticket and end.",
      }),
    );
  const urn = record["urn"];
  if (typeof urn === "string" && urn.trim() !== "" && isTooWide(urn)) {
    problems.push({
      code: "input-type",
      place: `${place}.urn`,
      got: JSON.stringify(urn),
      allowed:
        "a URN whose type and name say something, such as urn:pulumi:dev::shop::aws:s3/bucket:Bucket::logs-*",
      next: "Name the resource, or as few as possible: an exemption of everything is none that anybody reviewed.",
    });
  }
  const expires = record["expires"];
  if (typeof expires === "string" && endOfDay(expires) === undefined) {
    problems.push({
      code: "input-type",
      place: `${place}.expires`,
      got: JSON.stringify(expires),
      allowed: "a day such as 2026-01-31",
      next: "Write the last day on which the exemption holds.",
    });
  }
  return problems;
}

/** Whether a pattern leaves type or name open altogether. */
function isTooWide(urn: string): boolean {
  if (!urn.includes("*")) return false;
  const [, , type = "", ...name] = urn.split("::");
  return [type, name.join("::")].some((part) => part.replaceAll("*", "").trim() === "");
}

/** Whether the exemption is about the resource. */
export function isAbout({ urn }: Exemption, resource: string): boolean {
  if (!urn.includes("*")) return urn === resource;
  const [first = "", ...rest] = urn.split("*");
  const last = rest.pop() ?? "";
  let from = first.length;
  for (const part of rest) {
    const at = resource.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return (
    resource.startsWith(first) && resource.endsWith(last) && resource.length - last.length >= from
  );
}

/** Milliseconds since 1970 at the end of the day (UTC); undefined where the text is no day. */
function endOfDay(day: string): number | undefined {
  if (!datePattern.test(day)) return undefined;
  const start = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(start) || !new Date(start).toISOString().startsWith(day)) return undefined;
  return start + dayMs - 1;
}

/** What a reader is told of an exemption: `until 2026-03-10 by ada (T-1): moving`. */
export function exemptionText({ expires, owner, ticket, reason }: Exemption): string {
  return `until ${expires} by ${owner} (${ticket}): ${reason}`;
}

/** How an exemption stands today. */
export type Standing = "valid" | "expired" | "too-long";

/** Whether the exemption holds at `nowMs` (milliseconds since 1970). */
export function standing(exemption: Exemption, nowMs: number): Standing {
  const end = endOfDay(exemption.expires) ?? Number.NEGATIVE_INFINITY;
  if (end < nowMs) return "expired";
  return end - nowMs > (exemptionDaysMax + 1) * dayMs ? "too-long" : "valid";
}

/** The exception that covers a finding, as a field; no field where none does. */
export function exemptionField(
  finding: Finding,
  exempted: readonly Exempted[],
): { readonly exemption?: Exemption } {
  const exemption = exempted.find((one) => one.finding === finding)?.exemption;
  return exemption === undefined ? {} : { exemption };
}

/** Splits findings into those that stand and those that a valid exemption covers. */
export function applyExemptions(
  findings: readonly Finding[],
  { stated, reviewed }: Exemptions,
  nowMs: number,
): { readonly standing: readonly Finding[]; readonly exempted: readonly Exempted[] } {
  const exempted: Exempted[] = [];
  const left = findings.filter((finding) => {
    const counting = finding.severity === "critical" ? reviewed : stated;
    const exemption = counting.find(
      (one) =>
        one.rule === finding.rule && isAbout(one, finding.urn) && standing(one, nowMs) === "valid",
    );
    if (exemption !== undefined) exempted.push({ finding, exemption });
    return exemption === undefined;
  });
  return { standing: left, exempted };
}
