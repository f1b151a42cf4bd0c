/** The end of an operation as data: what machines read, and what the text is made from. */
import type { Operation } from "../engine/arguments.ts";
import { inventoryOf, isBookkeeping, packageOf } from "../engine/inventory.ts";
import type { OperationResult, OperationStatus } from "../engine/operation.ts";
import type { SeenResource } from "../engine/progress.ts";
import type { StackPlace } from "../engine/stack-place.ts";
import {
  countOutcomes,
  type Finding,
  type OpenQuestion,
  type Outcome,
} from "../engine/verdicts.ts";
import type { OperationReach } from "../reach/operation.ts";
import { type ExitCode, exitCodes } from "./exit.ts";

/** One change that was made, or would be. */
export interface Change {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  /** Paths of the properties that differ. */
  readonly paths: readonly string[];
}

/** What an operation came to. */
export interface OperationOutcome {
  readonly operation: Operation;
  readonly stack: string;
  readonly project: string;
  readonly status: OperationStatus;
  readonly elapsedMs: number;
  /** Resources by package, as they are now; for a preview as they would be. */
  readonly resources: Readonly<Record<string, number>>;
  readonly changes: readonly Change[];
  readonly rules: readonly string[];
  readonly verdicts: Readonly<Record<Outcome, number>>;
  readonly findings: readonly Finding[];
  readonly open: readonly OpenQuestion[];
  /** Who can reach whom as planned, and what changes; absent where no network was judged. */
  readonly reach?: OperationReach;
  readonly errors: readonly string[];
  readonly run: string;
  readonly report: string;
}

/** The outcome of an operation's result. */
export function outcomeOf(result: OperationResult): OperationOutcome {
  const { progress, verdicts } = result;
  const judged = verdicts?.verdicts ?? [];
  return {
    operation: result.operation,
    stack: result.stack.name,
    project: result.stack.project,
    status: result.status,
    elapsedMs: result.elapsedMs,
    resources: Object.fromEntries(
      inventoryOf(progress.resources.values()).map((one) => [one.name, one.resources.length]),
    ),
    changes: progress.changes.filter((one) => !isBookkeeping(one.type)).map(changeOf),
    rules: verdicts?.rules ?? [],
    verdicts: countOutcomes(judged),
    findings: findingsOf(result),
    open: judged.flatMap((verdict) => verdict.open),
    errors: errorsOf(result),
    run: result.folder.path,
    report: result.folder.report,
  };
}

/** The outcome of an operation that had nothing to work on. */
export function nothingThere(stack: StackPlace, operation: Operation): OperationOutcome {
  return {
    operation,
    stack: stack.name,
    project: stack.project,
    status: "done",
    elapsedMs: 0,
    resources: {},
    changes: [],
    rules: [],
    verdicts: countOutcomes([]),
    findings: [],
    open: [],
    errors: [],
    run: "",
    report: "",
  };
}

function changeOf(seen: SeenResource): Change {
  return { op: seen.op, urn: seen.urn, type: seen.type, paths: seen.changes };
}

/** What the packs wrote; where they wrote nothing about a refusal, what the engine was told. */
function findingsOf(result: OperationResult): Finding[] {
  const written = (result.verdicts?.verdicts ?? []).flatMap((verdict) => verdict.findings);
  if (written.length > 0) return written;
  const told = result.progress.policies.filter((policy) => policy.level === "mandatory");
  return told.map((policy) => ({
    rule: policy.rule,
    level: policy.level,
    severity: "",
    sentence: policy.message,
    urn: policy.urn,
    path: "",
    witness: "",
    fix: "",
  }));
}

/** What the engine adds to every failure. */
const emptyWords = new Set(["update failed", "preview failed", "refresh failed", "destroy failed"]);
/** What the engine says to having been interrupted, which the status says already. */
const canceled = "context canceled";

function errorsOf(result: OperationResult): string[] {
  const said = result.progress.diagnostics
    .filter((one) => one.severity === "error" && one.message !== canceled)
    .map((one) => (one.urn === "" ? one.message : `${shortUrn(one.urn)}: ${one.message}`));
  // Where the engine itself failed, packs that could not finish are no news.
  const faults = result.ending.code === 0 ? (result.verdicts?.faults ?? []) : [];
  const telling = said.filter((text) => !emptyWords.has(text));
  return [...new Set([...(telling.length > 0 ? telling : said), ...faults])];
}

/** `type name` of a URN. */
export function shortUrn(urn: string): string {
  const [, , types = "", name = ""] = urn.split("::");
  const type = types.split("$").at(-1) ?? types;
  return `${packageOf(type)} ${type.slice(type.lastIndexOf(":") + 1)} ${name}`;
}

/** The exit code for an outcome. */
export function exitCodeFor(status: OperationStatus): ExitCode {
  return status === "done" ? exitCodes.done : exitCodes.findings;
}
