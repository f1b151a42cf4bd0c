import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { foldersOf, makeFolder } from "../../../automation/engine/folders.ts";
import {
  makeRunFolder,
  readRunRecords,
  runFoldersMax,
  writeRunRecord,
} from "../../../automation/engine/run-folder.ts";
import {
  environmentStack,
  findStack,
  listStacks,
  organisationStack,
} from "../../../automation/engine/stack-place.ts";
import { stackState } from "../../../automation/engine/stack-state.ts";

describe("folders of a checkout", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "bulkhead-test-"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it("keeps as many runs as it says, the newest, readable by their owner only", () => {
    const runs = join(root, "runs");
    for (let minute = 0; minute < runFoldersMax + 3; minute++) {
      makeRunFolder(runs, "local-up", new Date(minute * 60_000));
    }
    const names = readdirSync(runs).sort();
    assert.equal(names.length, runFoldersMax);
    assert.equal(names[0], "1970-01-01T00-03-00-000Z-local-up");
    assert.equal(statSync(join(runs, names[0] ?? "")).mode & 0o777, 0o700);
  });

  it("makes all that are missing, and gives up where there can be none", () => {
    const deep = join(root, "a", "b", "c");
    assert.equal(makeFolder(deep), deep);
    assert.equal(makeFolder(deep), deep);
    assert.equal(statSync(join(root, "a")).mode & 0o777, 0o700);
    writeFileSync(join(root, "file"), "");
    assert.throws(() => makeFolder(join(root, "file")), /got EEXIST/);
    assert.throws(() => makeFolder(join(root, "file", "below")), /got ENOTDIR/);
    // What never ends cannot be ended from inside.
    const module = join(import.meta.dirname, "../../../automation/engine/folders.ts");
    const script = `import { makeFolder } from ${JSON.stringify(module)}; makeFolder("/proc/gate/deep");`;
    const { status, signal, stderr } = spawnSync(process.execPath, ["--eval", script], {
      encoding: "utf8",
      timeout: 20_000,
    });
    assert.deepEqual([status, signal], [1, null]);
    assert.match(stderr, /\/proc\/gate\/deep: got ENOENT/);
  }).timeout(30_000);

  it("reads the records of runs, and does without damaged ones", () => {
    const runs = join(root, "runs");
    const folder = makeRunFolder(runs, "local-up", new Date(0));
    const record = {
      stack: "local",
      project: "bulkhead",
      operation: "up",
      startedAt: "",
      host: "h",
      enginePid: 42,
    };
    writeRunRecord(folder, record);
    writeFileSync(makeRunFolder(runs, "local-up", new Date(1)).record, "{cut");
    assert.deepEqual(readRunRecords(runs), [record]);
  });

  it("finds stacks by their files, and the organisation that one names", () => {
    mkdirSync(join(root, "stacks", "organisation"), { recursive: true });
    writeFileSync(
      join(root, "stacks", "organisation", "Pulumi.yaml"),
      "name: bulkhead-organisation\n",
    );
    writeFileSync(
      join(root, "stacks", "Pulumi.dev.yaml"),
      "config:\n  bulkhead:organisation: organization/bulkhead-organisation/main\n",
    );
    writeFileSync(join(root, "stacks", "Pulumi.local.yaml"), "config: {}\n");
    assert.deepEqual(listStacks(root), ["dev", "local"]);
    const dev = findStack(root, "dev");
    assert.equal(dev.local, false);
    assert.equal(organisationStack(root, dev)?.name, "main");
    assert.equal(organisationStack(root, findStack(root, "local")), undefined);
    assert.throws(() => findStack(root, "devv"), /dev, local.*Did you mean "dev"/);
  });

  describe("the state of a local stack", () => {
    const stack = environmentStack("/checkout", "local");
    const history = (file: string, kind: string, result: string) => {
      const folder = join(root, ".bulkhead", "state", ".pulumi", "history", "bulkhead", "local");
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `local-${file}.history.json`), JSON.stringify({ kind, result }));
    };
    const checkpoint = () => {
      const folder = join(root, ".bulkhead", "state", ".pulumi", "stacks", "bulkhead");
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "local.json"), "{}");
    };
    const state = () =>
      stackState(
        { engine: { pulumi: "", binDir: "" }, folders: foldersOf(root), variables: {} },
        stack,
      );

    it("is missing where it has no file", async () => assert.equal(await state(), "missing"));

    it("is incomplete before its first update has ended", async () => {
      checkpoint();
      assert.equal(await state(), "incomplete");
    });

    const cases: [string, [string, string][], string][] = [
      ["after an update that went well", [["update", "succeeded"]], "complete"],
      [
        "after an update that failed",
        [
          ["update", "succeeded"],
          ["update", "failed"],
        ],
        "incomplete",
      ],
      [
        "after a refresh",
        [
          ["update", "succeeded"],
          ["refresh", "succeeded"],
        ],
        "complete",
      ],
      [
        "after it was destroyed",
        [
          ["update", "succeeded"],
          ["destroy", "succeeded"],
        ],
        "incomplete",
      ],
    ];
    for (const [what, entries, expected] of cases) {
      it(`is ${expected} ${what}`, async () => {
        checkpoint();
        for (const [index, [kind, result]] of entries.entries()) history(`1${index}`, kind, result);
        assert.equal(await state(), expected);
      });
    }
  });
});
