import assert from "node:assert/strict";
import { ProcessInterrupts } from "../../automation/cli/interrupts.ts";
import { lineOf, showOperation, statusText } from "../../automation/cli/view/operation-status.ts";
import { plainView } from "../../automation/cli/view/view.ts";
import type { EngineEvent, Step } from "../../automation/engine/event.ts";
import { Progress } from "../../automation/engine/progress.ts";

const step = (state: Step["state"], op: string, name: string, planning = false): Step => ({
  kind: "step",
  state,
  planning,
  op,
  urn: `urn:pulumi:local::bulkhead::aws:ec2/vpc:Vpc::${name}`,
  type: "aws:ec2/vpc:Vpc",
  custom: true,
  id: "i",
  parent: "",
  inputs: {},
  outputs: {},
  changes: [],
});

describe("plain view", () => {
  it("says when a phase starts and how it ended, with its lines between", async () => {
    const notes: string[] = [];
    const view = plainView({
      result: () => assert.fail("progress is no result"),
      note: (text) => notes.push(text),
      live: false,
      colour: false,
    });
    const result = await view.phase("Update", async (tell) => {
      tell.status("only on a terminal");
      tell.line("created Vpc v");
      tell.title("Update: failed", false);
      return 7;
    });
    assert.equal(result, 7);
    assert.deepEqual(notes.slice(0, 2), ["▸ Update", "  created Vpc v"]);
    assert.match(notes[2] ?? "", /^✗ Update: failed \(/);
    assert.equal(notes.length, 3);
  });
});

describe("what an operation shows", () => {
  it("names a change once, when it has happened, and failures as such", () => {
    assert.equal(lineOf(step("done", "create", "v", true), "up"), undefined);
    assert.equal(lineOf(step("started", "create", "v"), "up"), undefined);
    assert.equal(lineOf(step("done", "create", "v"), "up"), "created Vpc v");
    assert.equal(lineOf(step("failed", "create", "v"), "up"), "could not create Vpc v");
    assert.equal(lineOf(step("done", "same", "v"), "up"), undefined);
  });

  it("a preview says what would be, a refresh what it found", () => {
    assert.equal(lineOf(step("done", "replace", "v", true), "preview"), "would replace Vpc v");
    assert.equal(lineOf(step("done", "update", "v"), "refresh"), "differs: Vpc v");
    assert.equal(lineOf(step("done", "delete", "v"), "refresh"), "gone: Vpc v");
  });

  it("shows counts and the resources under way, and how many more", () => {
    const progress = new Progress();
    const events: EngineEvent[] = [
      { kind: "prelude" },
      { kind: "summary", preview: true, result: "succeeded", seconds: 1, counts: { create: 9 } },
      { kind: "prelude" },
      step("done", "create", "done"),
      ...["a", "b", "c", "d", "e", "f"].map((name) => step("started", "create", name)),
    ];
    for (const event of events) progress.take(event);
    const lines = statusText(progress).split("\n");
    assert.equal(lines[0], "update: 1 of 9 resources, 1 change");
    assert.deepEqual(lines.slice(1), [
      "create Vpc a",
      "create Vpc b",
      "create Vpc c",
      "create Vpc d",
      "and 2 more",
    ]);
  });

  it("does not draw a terminal for every event", () => {
    let now = 1_000;
    const drawn: string[] = [];
    const tell = {
      status: (text: string) => drawn.push(text),
      line: () => undefined,
      title: () => undefined,
    };
    const show = showOperation(tell, "up", () => now);
    const progress = new Progress();
    for (let n = 0; n < 100; n++) {
      show(step("done", "create", `v${n}`), progress);
      now += 1;
    }
    assert.ok(drawn.length >= 1 && drawn.length <= 3, `${drawn.length}`);
  });
});

describe("interrupts", () => {
  it("reach those who listen, and are remembered for those who come later", () => {
    const interrupts = new ProcessInterrupts();
    const said: number[] = [];
    let heard = 0;
    interrupts.watch((count) => said.push(count));
    try {
      interrupts.check();
      const silence = interrupts.onInterrupt(() => {
        heard += 1;
      });
      process.emit("SIGHUP", "SIGHUP");
      silence();
      process.emit("SIGHUP", "SIGHUP");
    } finally {
      interrupts.letGo();
    }
    assert.deepEqual([said, heard, interrupts.requested], [[1, 2], 1, true]);
    assert.throws(() => interrupts.check(), /stopped/);
    assert.equal(process.listenerCount("SIGHUP"), 0);
  });
});
