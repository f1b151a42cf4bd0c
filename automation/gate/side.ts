/** One side of a gate: what a stack's preview at one commit would make, and what the packs say. */
import { readFileSync } from "node:fs";
import { ProblemError } from "../../model/base/problem.ts";
import type { NetworkRecord } from "../../policy-packs/lift/network-record.ts";
import { readRecord, recordText } from "../../policy-packs/lift/network-record.ts";
import { readEvent } from "../engine/event.ts";
import { writeOwnFile } from "../engine/folders.ts";
import { Progress } from "../engine/progress.ts";
import type { Finding, OpenQuestion } from "../engine/verdicts.ts";
import { readVerdictFile } from "../engine/verdicts.ts";

/** A resource as planned. */
export interface SideResource {
  readonly urn: string;
  readonly type: string;
  /** Secrets are masked. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What one side came to. */
export interface Side {
  /** Form of this record. */
  readonly version: typeof sideVersion;
  readonly commit: string;
  readonly stack: string;
  /** Whether the preview went through, whatever the packs say to it. */
  readonly previewed: boolean;
  readonly errors: readonly string[];
  readonly rules: readonly string[];
  readonly findings: readonly Finding[];
  readonly open: readonly OpenQuestion[];
  readonly resources: readonly SideResource[];
  readonly network?: NetworkRecord;
}

/** Changes with the form of what is kept. */
export const sideVersion = 1;

/** What a preview told. */
export interface Previewed {
  readonly commit: string;
  readonly stack: string;
  readonly status: string;
  readonly errors: readonly string[];
  /** Files of its run. */
  readonly events: string;
  readonly verdicts: string;
}

/** What the engine says to every refusal, whose findings say it better. */
const wordOfRefusal = "preview failed";

/** The side that a preview's files hold. */
export function readSide({ commit, stack, status, errors, events, verdicts }: Previewed): Side {
  const progress = new Progress();
  for (const line of readFileSync(events, "utf8").split("\n")) {
    const event = readEvent(line);
    if (event !== undefined) progress.take(event);
  }
  const judged = readVerdictFile(verdicts, progress.summaries.length);
  const refused = status === "refused";
  const failures = errors.filter((error) => !(refused && error === wordOfRefusal));
  const previewed =
    (status === "done" || refused) && failures.length === 0 && judged.faults.length === 0;
  return {
    version: sideVersion,
    commit,
    stack,
    previewed,
    errors: [...new Set([...failures, ...judged.faults])],
    rules: judged.rules,
    findings: judged.verdicts.flatMap((verdict) => verdict.findings),
    open: judged.verdicts.flatMap((verdict) => verdict.open),
    resources: [...progress.resources.values()]
      .filter(({ op }) => op !== "delete")
      .map(({ urn, type, inputs }) => ({ urn, type, inputs })),
    ...(judged.network === undefined ? {} : { network: judged.network }),
  };
}

/** A side on which the stack holds nothing, or of which nothing is known but why. */
export function emptySide(commit: string, stack: string, errors: readonly string[]): Side {
  return {
    ...{ version: sideVersion, commit, stack, previewed: errors.length === 0, errors },
    ...{ rules: [], findings: [], open: [], resources: [] },
  };
}

/** Keeps sides in a file. */
export function saveSides(file: string, sides: readonly Side[]): void {
  const texts = sides.map(({ network, ...side }) => {
    const plain = JSON.stringify(side);
    return network === undefined
      ? plain
      : `${plain.slice(0, -1)},"network":${recordText(network)}}`;
  });
  writeOwnFile(file, `[${texts.join(",\n")}]\n`);
}

/** Sides out of a file. Throws a {@link ProblemError} where it holds something else. */
export function loadSides(file: string): readonly Side[] {
  const value = parse(file);
  if (!Array.isArray(value) || !value.every(isSide)) throw new ProblemError([noSides(file)]);
  return value.map(({ network, ...side }) => {
    if (network === undefined) return side;
    const record = readRecord(network);
    if (record === undefined)
      throw new ProblemError([noSides(file, `no network of ${side.stack}`)]);
    return { ...side, network: record };
  });
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new ProblemError([noSides(file, error instanceof Error ? error.message : "")]);
  }
}

function isSide(value: unknown): value is Side {
  return (
    typeof value === "object" &&
    value !== null &&
    "version" in value &&
    value.version === sideVersion
  );
}

function noSides(file: string, got = "another form") {
  return {
    code: "input-type",
    place: file,
    got,
    allowed: "what ./bulkhead gate --save FILE wrote, by this version",
    next: "Make it again on the base branch, or leave --base-from out: the base is previewed then.",
  } as const;
}
