/** The catalogue of rules, and what other scanners' checks are in it, as the tables say. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const packs = join(import.meta.dirname, "..");

export const scanners = ["checkov", "trivy", "cdk-nag"] as const;
export type Scanner = (typeof scanners)[number];

/** A line of `policy-packs/mappings/versions.tsv`: the package whose checks were read. */
export interface ScannerPackage {
  readonly scanner: string;
  readonly title: string;
  readonly packageName: string;
  readonly version: string;
}

/** A line of `policy-packs/catalogue-ids.tsv`. */
export interface CatalogueLine {
  readonly id: string;
  readonly section: string;
  readonly says: string;
  /** Why there can be no rule. */
  readonly impossible?: string;
}

/** A line of `policy-packs/mappings/SCANNER.tsv`. */
export interface MappingLine {
  /** An id, or the beginning of ids with `*` behind it. */
  readonly id: string;
  /** Our rules that fail wherever the check does, or nothing. */
  readonly ours: readonly string[];
  /** A line of `reasons.tsv`, where no rule is ours. */
  readonly reason?: string;
  /** What the check asserts and our rules do not. */
  readonly leftOut?: string;
}

/** A line of `policy-packs/mappings/ids/SCANNER.tsv`. */
export interface ScannerCheck {
  readonly id: string;
  readonly of: readonly string[];
}

export function scannerPackages(): readonly ScannerPackage[] {
  return rows("mappings/versions.tsv").map(
    ([scanner = "", title = "", packageName = "", version = ""]) => ({
      scanner,
      title,
      packageName,
      version,
    }),
  );
}

export function catalogue(): readonly CatalogueLine[] {
  return rows("catalogue-ids.tsv").map(([id = "", section = "", says = "", impossible]) => ({
    id,
    section,
    says,
    ...(impossible === undefined ? {} : { impossible }),
  }));
}

/** Sentences by reason. */
export function reasons(): ReadonlyMap<string, string> {
  return new Map(rows("mappings/reasons.tsv").map(([reason = "", says = ""]) => [reason, says]));
}

export function checksOf(scanner: Scanner): readonly ScannerCheck[] {
  return lines(`mappings/ids/${scanner}.tsv`).map(([id = "", of = ""]) => ({
    id,
    of: of.split(" "),
  }));
}

export function mappingOf(scanner: Scanner): readonly MappingLine[] {
  return rows(`mappings/${scanner}.tsv`).map(([id = "", verdict = "", leftOut]) => ({
    id,
    ...(verdict.includes(":") ? { ours: [], reason: verdict } : { ours: verdict.split(" ") }),
    ...(leftOut === undefined ? {} : { leftOut }),
  }));
}

/** The lines that speak of an id: its own, else those of families. */
export function linesFor(id: string, mapping: readonly MappingLine[]): readonly MappingLine[] {
  const own = mapping.filter((line) => line.id === id);
  if (own.length > 0) return own;
  return mapping.filter((line) => line.id.endsWith("*") && id.startsWith(line.id.slice(0, -1)));
}

/** Without the names of columns. */
function rows(path: string): readonly (readonly string[])[] {
  return lines(path).slice(1);
}

function lines(path: string): readonly (readonly string[])[] {
  const text = readFileSync(join(packs, path), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t"));
}
