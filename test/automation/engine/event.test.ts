import assert from "node:assert/strict";
import { readEvent } from "../../../automation/engine/event.ts";
import { Progress } from "../../../automation/engine/progress.ts";

const urn = (type: string, name: string) => `urn:pulumi:local::bulkhead::${type}::${name}`;

/** A line as the engine writes it. */
function step(
  kind: "resourcePreEvent" | "resOutputsEvent" | "resOpFailedEvent",
  op: string,
  name: string,
  more: Record<string, unknown> = {},
): string {
  const type = "aws:ec2/vpc:Vpc";
  const state = { type, urn: urn(type, name), custom: true, id: "vpc-1", inputs: { a: 1 } };
  const metadata = { op, urn: urn(type, name), type, old: state, new: state, ...more };
  return JSON.stringify({ sequence: 1, timestamp: 2, [kind]: { metadata, planning: false } });
}

function take(progress: Progress, ...lines: string[]): void {
  for (const line of lines) {
    const event = readEvent(line);
    assert.ok(event !== undefined);
    progress.take(event);
  }
}

const prelude = '{"sequence":0,"preludeEvent":{"config":{}}}';
const summary = (isPreview: boolean, resourceChanges: Record<string, number>) =>
  JSON.stringify({
    summaryEvent: { isPreview, durationSeconds: 3, resourceChanges, result: "succeeded" },
  });

describe("engine events", () => {
  it("reads a step with its state, and paths from the detailed difference", () => {
    const event = readEvent(
      step("resOutputsEvent", "update", "v", { detailedDiff: { "tags.a": { diffKind: "add" } } }),
    );
    assert.ok(event?.kind === "step");
    assert.equal(event.state, "done");
    assert.equal(event.custom, true);
    assert.deepEqual(event.inputs, { a: 1 });
    assert.deepEqual(event.changes, ["tags.a"]);
  });

  it("falls back to the plain list of differences", () => {
    const event = readEvent(step("resOutputsEvent", "update", "v", { diffs: ["tags"] }));
    assert.ok(event?.kind === "step");
    assert.deepEqual(event.changes, ["tags"]);
  });

  it("reads what a deletion leaves from its old state", () => {
    const event = readEvent(step("resOutputsEvent", "delete", "v", { new: null }));
    assert.ok(event?.kind === "step");
    assert.equal(event.id, "vpc-1");
  });

  it("keeps kinds it does not know, and refuses what is no event", () => {
    assert.deepEqual(readEvent('{"futureEvent":{"x":1}}'), { kind: "other", name: "futureEvent" });
    assert.equal(readEvent("{cut off"), undefined);
    assert.equal(readEvent("[]"), undefined);
  });

  it("survives fields of the wrong type", () => {
    const event = readEvent('{"resOutputsEvent":{"metadata":{"op":7,"new":"x","detailedDiff":3}}}');
    assert.ok(event?.kind === "step");
    assert.equal(event.op, "");
    assert.deepEqual(event.inputs, {});
  });
});

describe("progress", () => {
  it("counts a preview and starts anew for the update that follows", () => {
    const progress = new Progress();
    const planned = JSON.stringify({
      ...JSON.parse(step("resOutputsEvent", "create", "a")),
      resOutputsEvent: {
        ...JSON.parse(step("resOutputsEvent", "create", "a")).resOutputsEvent,
        planning: true,
      },
    });
    take(progress, prelude, planned, summary(true, { create: 1 }));
    assert.equal(progress.phase, "preview");
    assert.equal(progress.planned, 1);
    take(progress, prelude, step("resourcePreEvent", "create", "a"));
    assert.equal(progress.phase, "working");
    assert.deepEqual([...progress.running.keys()], [urn("aws:ec2/vpc:Vpc", "a")]);
    assert.equal(progress.resources.size, 0);
    take(progress, step("resOutputsEvent", "create", "a"), summary(false, { create: 1 }));
    assert.equal(progress.running.size, 0);
    assert.equal(progress.changes.length, 1);
    assert.equal(progress.outcome?.preview, false);
  });

  it("counts a component once though it ends twice", () => {
    const progress = new Progress();
    take(
      progress,
      prelude,
      step("resOutputsEvent", "create", "a"),
      step("resOutputsEvent", "create", "a"),
    );
    assert.equal(progress.changes.length, 1);
  });

  it("forgets what is deleted and keeps what was replaced", () => {
    const progress = new Progress();
    take(
      progress,
      prelude,
      step("resOutputsEvent", "create-replacement", "kept"),
      step("resOutputsEvent", "delete-replaced", "kept"),
      step("resOutputsEvent", "same", "gone"),
      step("resOutputsEvent", "delete", "gone"),
    );
    assert.deepEqual([...progress.resources.keys()], [urn("aws:ec2/vpc:Vpc", "kept")]);
  });

  it("holds failures apart", () => {
    const progress = new Progress();
    take(progress, prelude, step("resOpFailedEvent", "create", "a"));
    assert.equal(progress.failed.length, 1);
    assert.equal(progress.changes.length, 0);
  });

  it("a refresh that finds nothing is no change", () => {
    const progress = new Progress();
    take(progress, prelude, step("resOutputsEvent", "refresh", "a"));
    assert.equal(progress.changes.length, 0);
    take(progress, step("resOutputsEvent", "refresh", "b", { diffs: ["tags"] }));
    assert.equal(progress.changes.length, 1);
  });
});
