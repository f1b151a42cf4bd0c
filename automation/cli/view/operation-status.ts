/** What a running operation shows: on a terminal a few lines, in a pipeline a line for each change. */
import type { Operation } from "../../engine/arguments.ts";
import type { EngineEvent, Step } from "../../engine/event.ts";
import { isBookkeeping } from "../../engine/inventory.ts";
import { isUnchanged, nameOf, type Progress, type Summary } from "../../engine/progress.ts";
import { counted } from "../output.ts";
import type { Teller } from "./view.ts";

/** Resources under way that are named; the rest is a number. */
const namedMax = 4;
/** A terminal is not drawn for every event. */
const drawMs = 80;

/** Shows each event of an operation through `tell`. */
export function showOperation(
  tell: Teller,
  operation: Operation,
  now: () => number = Date.now,
): (event: EngineEvent, progress: Progress) => void {
  let drawn = 0;
  return (event, progress) => {
    const line = lineOf(event, operation);
    if (line !== undefined) tell.line(line);
    if (now() - drawn < drawMs && event.kind === "step") return;
    drawn = now();
    tell.status(statusText(progress));
  };
}

/** The few lines about what is under way. */
export function statusText(progress: Progress): string {
  const running = [...progress.running.values()].filter(
    (step) => step.op !== "same" && !isBookkeeping(step.type),
  );
  const named = running.slice(0, namedMax).map((step) => `${verbOf(step.op)} ${titleOf(step)}`);
  const rest = running.length > namedMax ? [`and ${running.length - namedMax} more`] : [];
  return [countsText(progress), ...named, ...rest].join("\n");
}

/** `preview 40 · 3 changes`, or `update 40 of 132 · 3 changes`. */
export function countsText(progress: Progress): string {
  if (progress.phase === "starting") {
    return progress.packsLoaded ? "loading policy packs" : "starting the engine";
  }
  const done = progress.finished.size;
  // What is only read is no step of the preview, so there may be more in the end.
  const planned = Math.max(progress.planned, done);
  const total = progress.phase === "working" && progress.planned > 0 ? ` of ${planned}` : "";
  const name = progress.phase === "preview" ? "preview" : "update";
  const changes = progress.changes.filter((one) => !isBookkeeping(one.type)).length;
  return `${name}: ${done}${total} resources, ${counted(changes, "change")}`;
}

/** A line for what has happened, where it is worth one. */
export function lineOf(event: EngineEvent, operation: Operation): string | undefined {
  if (event.kind === "step") return stepLine(event, operation);
  if (event.kind === "summary") return event.preview ? summaryLine(event) : undefined;
  if (event.kind === "policy") return `${event.level}: ${event.rule} ${nameOf(event.urn)}`;
  if (event.kind === "diagnostic" && event.severity === "error") return `error: ${event.message}`;
  return undefined;
}

function summaryLine(summary: Summary): string {
  const counts = Object.entries(summary.counts).map(([op, count]) => `${count} ${verbOf(op)}`);
  return `preview: ${counts.join(", ")}`;
}

/** Where a change follows its preview, each resource is named once, when it has happened. */
function stepLine(step: Step, operation: Operation): string | undefined {
  if (step.state === "started" || isBookkeeping(step.type) || isUnchanged(step)) return undefined;
  if (step.planning && operation !== "preview") return undefined;
  const verb = step.state === "failed" ? `could not ${step.op}` : wordFor(step.op, operation);
  return `${verb} ${titleOf(step)}`;
}

/** What an operation's change is called: a refresh changes nothing, it finds. */
export function wordFor(op: string, operation: Operation): string {
  if (operation === "preview") return `would ${verbOf(op)}`;
  if (operation === "refresh") return op === "delete" ? "gone:" : "differs:";
  return past[op] ?? verbOf(op);
}

function titleOf(step: Step): string {
  return `${step.type.slice(step.type.lastIndexOf(":") + 1)} ${nameOf(step.urn)}`;
}

function verbOf(op: string): string {
  return op.replace(/-/g, " ");
}

const past: Readonly<Record<string, string>> = {
  create: "created",
  update: "updated",
  delete: "deleted",
  replace: "replaced",
  import: "imported",
};
