/**
 * What the packs say about a run: JSON lines in the file that `BULKHEAD_VERDICTS` names. Each time
 * a pack judges it opens with `start` and closes with `end`; without both it did not judge the
 * stack, whatever the engine's exit code says.
 */
import { existsSync, readFileSync } from "node:fs";
import { type Exemption, parseExemptions } from "../../model/policy/exemption.ts";
import type { NetworkRecord } from "../../policy-packs/lift/network-record.ts";
import { readRecord } from "../../policy-packs/lift/network-record.ts";

const outcomes = ["pass", "fail", "unknown", "not-applicable"] as const;
export type Outcome = (typeof outcomes)[number];

/** One thing that breaks a rule, with its evidence. */
export interface Finding {
  readonly rule: string;
  /** `mandatory` refuses the operation, `advisory` tells. */
  readonly level: string;
  readonly severity: string;
  readonly sentence: string;
  /** URN; empty where the stack as a whole breaks the rule. */
  readonly urn: string;
  /** Property path. */
  readonly path: string;
  /** What anyone can replay: a packet, a token, a request. */
  readonly witness: string;
  readonly fix: string;
  /** The reviewed exemption by which it is accepted. */
  readonly exemption?: Exemption;
}

/** Something that cannot be decided before another resource exists. */
export interface OpenQuestion {
  readonly rule: string;
  readonly level: string;
  readonly urn: string;
  readonly path: string;
  readonly waitsFor: readonly string[];
}

/** One rule's word on one resource, or on the stack. */
export interface Verdict {
  readonly pack: string;
  readonly rule: string;
  readonly urn: string;
  readonly outcome: Outcome;
  readonly level: string;
  readonly findings: readonly Finding[];
  readonly open: readonly OpenQuestion[];
}

/** The verdicts of a run's last phase, and what speaks against trusting them. */
export interface VerdictFile {
  readonly verdicts: readonly Verdict[];
  /** Ids of the rules that the packs applied. */
  readonly rules: readonly string[];
  /** Why the packs did not judge; empty where they did. */
  readonly faults: readonly string[];
  /** The planned network, where a pack kept it. */
  readonly network?: NetworkRecord;
}

type Line = Readonly<Record<string, unknown>>;

/** Reads the file packs wrote; `phases` is how often packs had to judge. */
export function readVerdictFile(path: string, phases: number): VerdictFile {
  if (!existsSync(path)) {
    return {
      verdicts: [],
      rules: [],
      faults: ["the policy pack wrote no verdict: it did not run"],
    };
  }
  return readVerdicts(readFileSync(path, "utf8"), phases);
}

/** The same, from the file's text. */
export function readVerdicts(text: string, phases: number): VerdictFile {
  const faults: string[] = [];
  const runs = readRuns(text, faults);
  const ended = runs.filter((run) => run.ended).length;
  if (ended < runs.length) faults.push("the policy pack stopped before its last verdict");
  if (ended < phases) faults.push(`the policy pack judged ${ended} of ${phases} phases`);
  const last = lastOfEachPack(runs);
  const network = last.find((run) => run.network !== undefined)?.network;
  return {
    verdicts: last.flatMap((run) => run.verdicts),
    rules: [...new Set(last.flatMap((run) => run.rules))].sort(),
    faults: [...new Set(faults)],
    ...(network === undefined ? {} : { network }),
  };
}

/** One time that one pack judged. */
interface PackRun {
  readonly pack: string;
  readonly rules: readonly string[];
  readonly verdicts: Verdict[];
  network?: NetworkRecord;
  ended: boolean;
}

function readRuns(text: string, faults: string[]): PackRun[] {
  const runs = new Map<string, PackRun>();
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  for (const [index, raw] of lines.entries()) {
    const line = parse(raw);
    if (line === undefined) faults.push(`line ${index + 1} of the verdicts is damaged`);
    else takeLine(line, runs, faults);
  }
  return [...runs.values()];
}

function takeLine(line: Line, runs: Map<string, PackRun>, faults: string[]): void {
  const id = string(line["run"]);
  if (line["kind"] === "start") {
    const pack = string(line["pack"]);
    runs.set(id, { pack, rules: strings(line["rules"]), verdicts: [], ended: false });
    return;
  }
  const run = runs.get(id);
  if (run === undefined) faults.push("a verdict outside of a pack's run");
  else if (line["kind"] === "verdict") run.verdicts.push(readVerdict(line, run.pack));
  else if (line["kind"] === "network") takeNetwork(run, line, faults);
  else if (line["kind"] === "end") endRun(run, line, faults);
}

function takeNetwork(run: PackRun, line: Line, faults: string[]): void {
  const network = readRecord(line["network"]);
  if (network === undefined) faults.push("the pack's network cannot be read");
  else run.network = network;
}

function endRun(run: PackRun, line: Line, faults: string[]): void {
  run.ended = true;
  const counted = line["verdicts"];
  if (counted === run.verdicts.length) return;
  faults.push(`the pack counted ${String(counted)} verdicts, its file has ${run.verdicts.length}`);
}

function readVerdict(line: Line, pack: string): Verdict {
  const outcome = outcomes.find((known) => known === line["verdict"]);
  const rule = string(line["rule"]);
  const level = string(line["level"]);
  return {
    pack,
    rule,
    level,
    urn: string(line["resource"]),
    outcome: outcome ?? "unknown", // What cannot be read is not taken for a pass.
    findings: records(line["findings"]).map((finding) => readFinding(finding, rule, level, line)),
    open: records(line["open"]).map((open) => ({
      rule,
      level,
      urn: string(open["resource"]),
      path: string(open["path"]),
      waitsFor: strings(open["waitsFor"]),
    })),
  };
}

function readFinding(line: Line, rule: string, level: string, verdict: Line): Finding {
  return {
    rule,
    level,
    severity: string(verdict["severity"]),
    sentence: sentenceOf(string(line["message"]), rule),
    urn: string(line["resource"]),
    path: string(line["path"]),
    witness: string(line["witness"]),
    fix: string(line["fix"]),
    ...readExemption(line["exemption"]),
  };
}

/** What a pack wrote about an exemption; it was checked when the pack read it. */
function readExemption(value: unknown): Pick<Finding, "exemption"> {
  const { exemptions } = parseExemptions(value === undefined ? [] : [value], "exemption");
  const [exemption] = exemptions;
  return exemption === undefined ? {} : { exemption };
}

/** A message reads `[RULE] sentence · resource · path · witness · fix`; the rest has fields. */
function sentenceOf(message: string, rule: string): string {
  const [first = ""] = message.split(" · ");
  return first.replace(`[${rule}] `, "");
}

/** The update's word replaces the preview's: it knows more. */
function lastOfEachPack(runs: readonly PackRun[]): PackRun[] {
  return [...new Map(runs.map((run) => [run.pack, run])).values()];
}

/** How many verdicts of each outcome. */
export function countOutcomes(verdicts: readonly Verdict[]): Record<Outcome, number> {
  const counts = { pass: 0, fail: 0, unknown: 0, "not-applicable": 0 };
  for (const verdict of verdicts) counts[verdict.outcome] += 1;
  return counts;
}

function parse(line: string): Line | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function records(value: unknown): Line[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(string) : [];
}

function string(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
