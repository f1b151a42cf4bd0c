/** `clouds probe packet --batch` against a real control door. */

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { probePacketsCommand } from "../../automation/cli/commands/clouds/probe-packets.ts";
import { makeContext } from "../../automation/cli/context.ts";
import { ProcessInterrupts } from "../../automation/cli/interrupts.ts";
import { writeDescriptor } from "../../automation/clouds/descriptor.ts";
import { foldersOf } from "../../automation/engine/folders.ts";
import { type Control, openControl } from "../../local-clouds/control/server.ts";
import { AwsWorld } from "../local-clouds/probe/packet/aws/world.ts";

describe("clouds probe packet --batch", () => {
  let root: string;
  let world: AwsWorld;
  let control: Control;

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), "bulkhead-packets-"));
    world = new AwsWorld();
    world.open();
    control = await openControl({
      clouds: world.lab.clouds,
      token: "key",
      port: 0,
      about: () => ({ pid: process.pid }),
      onStop: () => {},
    });
    const folders = foldersOf(root);
    mkdirSync(folders.clouds, { recursive: true });
    writeDescriptor(folders, {
      pid: process.pid,
      world: "memory",
      control: { port: control.port, token: "key" },
      providers: {},
      debugProviders: "",
      kept: true,
    });
  });
  afterEach(async () => {
    await control.close();
    world.lab.close();
    rmSync(root, { recursive: true, force: true });
  });

  async function run(text: string, steps = false) {
    const results: string[] = [];
    const notes: string[] = [];
    const output = {
      result: (line: string) => void results.push(line),
      note: (line: string) => void notes.push(line),
      live: false,
      colour: false,
    };
    const file = join(root, "packets.jsonl");
    writeFileSync(file, text);
    const context = makeContext(root, {}, output, new ProcessInterrupts());
    const code = await probePacketsCommand(context, { file, steps });
    const lines = results.join("\n").split("\n");
    return { code, lines: lines.filter((line) => line !== ""), told: notes.join("\n") };
  }

  const packet = (from: string, to: string, more = {}) =>
    JSON.stringify({ from, to, protocol: "tcp", port: 443, ...more });

  it("answers one line for each packet, in their order", async () => {
    const answer = await run(
      [
        packet("Instance::web", "Instance::app"),
        "",
        packet("Instance::web", "internet"),
        packet("Instance::app", "Instance::web"),
      ].join("\n"),
    );
    const told = answer.lines.map((line) => JSON.parse(line));
    assert.deepEqual(
      told.map(({ from, verdict }) => [from, verdict]),
      [
        [world.web.id, "arrives"],
        [world.web.id, "dropped"],
        [world.app.id, "arrives"],
      ],
    );
    assert.equal(answer.code, 0);
    assert.ok(told.every((one) => !("steps" in one)));
  });

  it("tells every stage where it is asked to", async () => {
    const { lines } = await run(packet("Instance::web", "Instance::app"), true);
    assert.ok(JSON.parse(lines[0] ?? "").steps.length > 5);
  });

  it("answers what means nothing in its place, and the rest all the same", async () => {
    const answer = await run(
      [packet("Instance::nobody", "internet"), packet("Instance::web", "Instance::app")].join("\n"),
    );
    const [first, second] = answer.lines.map((line) => JSON.parse(line));
    assert.match(first.error, /nothing is named Instance::nobody/);
    assert.equal(second.verdict, "arrives");
    assert.equal(answer.code, 2);
  });

  it("refuses a line that is no JSON object, and asks nothing", async () => {
    const answer = await run(`${packet("Instance::web", "Instance::app")}\n[1]`);
    assert.equal(answer.code, 2);
    assert.match(answer.told, /packets\.jsonl line 2 is no JSON object/);
    assert.deepEqual(answer.lines, []);
  });

  it("answers an empty file with nothing", async () => {
    assert.deepEqual((await run("")).lines, []);
  });
});
