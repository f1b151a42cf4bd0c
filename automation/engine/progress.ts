/** What an operation has done so far, from its events. Pure: events in, picture out. */
import type { EngineEvent, Step } from "./event.ts";

/** A resource as the last event about it showed it. */
export interface SeenResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly parent: string;
  readonly custom: boolean;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What the operation did or would do with it. */
  readonly op: string;
  readonly changes: readonly string[];
}

export type PolicyMessage = Extract<EngineEvent, { kind: "policy" }>;
export type Diagnostic = Extract<EngineEvent, { kind: "diagnostic" }>;
export type Summary = Extract<EngineEvent, { kind: "summary" }>;

/** The picture of one operation. A preview and the update after it are phases of one operation. */
export class Progress {
  phase: "starting" | "preview" | "working" = "starting";
  packsLoaded = false;
  /** Resources that the preview went through; the update will go through as many. */
  planned = 0;
  /** Resources under way, by URN. */
  readonly running = new Map<string, Step>();
  /** Resources that exist, or would, as far as this phase has come, by URN. */
  readonly resources = new Map<string, SeenResource>();
  /** Every change that this phase made or would make, in order; a URN may come twice. */
  readonly changes: SeenResource[] = [];
  readonly failed: SeenResource[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly policies: PolicyMessage[] = [];
  readonly summaries: Summary[] = [];
  /** URNs whose step has ended in this phase; a component's step ends twice. */
  readonly finished = new Set<string>();

  /** Takes the next event. */
  take(event: EngineEvent): void {
    if (event.kind === "prelude") this.#startPhase();
    else if (event.kind === "step") this.#takeStep(event);
    else if (event.kind === "policy") this.policies.push(event);
    else if (event.kind === "policy-load") this.packsLoaded = true;
    else if (event.kind === "diagnostic" && event.message !== "") this.diagnostics.push(event);
    else if (event.kind === "error") this.diagnostics.push(errorOf(event.message));
    else if (event.kind === "summary") this.#takeSummary(event);
  }

  /** The last phase's outcome as the engine itself tells it; undefined while none has ended. */
  get outcome(): Summary | undefined {
    return this.summaries.at(-1);
  }

  #startPhase(): void {
    this.phase = "preview";
    this.finished.clear();
    this.running.clear();
    this.resources.clear();
    this.changes.length = 0;
    this.policies.length = 0;
  }

  #takeStep(step: Step): void {
    if (!step.planning) this.phase = "working";
    if (step.state === "started") {
      this.running.set(step.urn, step);
      return;
    }
    this.running.delete(step.urn);
    this.finished.add(step.urn);
    const seen = seenResource(step);
    if (step.state === "failed") this.failed.push(seen);
    else this.#takeDone(seen);
  }

  #takeDone(seen: SeenResource): void {
    const before = this.resources.get(seen.urn);
    if (leavesNothing(seen)) this.resources.delete(seen.urn);
    else if (seen.op !== "delete-replaced") this.resources.set(seen.urn, seen);
    const again = before?.op === seen.op; // A component says a second time that it has its outputs.
    if (!isUnchanged(seen) && !again) this.changes.push(seen);
  }

  #takeSummary(event: Summary): void {
    this.summaries.push(event);
    if (event.preview) this.planned = sum(event.counts);
  }
}

/** A refreshed resource without outputs is one that the cloud no longer has. */
function leavesNothing(seen: SeenResource): boolean {
  const gone = seen.op === "refresh" && seen.custom && seen.id === "";
  return gone || seen.op === "delete" || seen.op === "discard";
}

/** Whether an operation on a resource leaves it as it was. */
export function isUnchanged(seen: Pick<SeenResource, "op" | "changes">): boolean {
  return (
    seen.op === "same" || seen.op === "read" || (seen.op === "refresh" && seen.changes.length === 0)
  );
}

/** The last part of a URN. */
export function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

function seenResource(step: Step): SeenResource {
  const { urn, type, id, parent, custom, inputs, outputs, op, changes } = step;
  return { urn, type, name: nameOf(urn), id, parent, custom, inputs, outputs, op, changes };
}

function errorOf(message: string): Diagnostic {
  return { kind: "diagnostic", severity: "error", message, urn: "" };
}
