import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { outcomeOf } from "../../../automation/cli/outcome.ts";
import { outcomeText } from "../../../automation/cli/outcome-text.ts";
import type { Operation } from "../../../automation/engine/arguments.ts";
import { foldersOf } from "../../../automation/engine/folders.ts";
import { type OperationResult, runOperation } from "../../../automation/engine/operation.ts";
import { environmentStack } from "../../../automation/engine/stack-place.ts";

const modules = join(import.meta.dirname, "..", "..", "..", "node_modules");

/** Stands for the engine: sends the events it is told to, and writes the verdicts it is told to. */
const fakeEngine = `#!${process.execPath}
const { createRequire } = require("node:module");
const load = createRequire("${modules}/");
const { credentials } = load("@grpc/grpc-js");
const { EventsClient } = load("@pulumi/pulumi/proto/events_grpc_pb.js");
const { EventRequest } = load("@pulumi/pulumi/proto/events_pb.js");
const fs = require("node:fs");
const plan = JSON.parse(fs.readFileSync(__dirname + "/plan.json", "utf8"));
fs.writeFileSync(__dirname + "/seen.json", JSON.stringify({ args: process.argv.slice(2), env: process.env, cwd: process.cwd() }));
console.log("a line of the engine");
const address = process.argv[process.argv.indexOf("--event-log") + 1].replace("tcp://", "");
const client = new EventsClient(address, credentials.createInsecure());
const send = (events) => new Promise((done) => {
  const stream = client.streamEvents(() => done());
  for (const event of events) { const r = new EventRequest(); r.setEvent(JSON.stringify(event)); stream.write(r); }
  stream.end();
});
if (plan.verdicts !== undefined) fs.writeFileSync(process.env.BULKHEAD_VERDICTS, plan.verdicts);
(async () => { for (const phase of plan.phases) await send(phase); process.exit(plan.code); })();
`;

interface EnginePlan {
  readonly phases: readonly (readonly unknown[])[];
  readonly verdicts?: string;
  readonly code: number;
}

const urn = "urn:pulumi:local::bulkhead::aws:ec2/vpc:Vpc::v";
const state = { type: "aws:ec2/vpc:Vpc", urn, custom: true, id: "vpc-1", inputs: {}, outputs: {} };
const metadata = { op: "create", urn, type: state.type, new: state, old: null };
const phase = (isPreview: boolean) => [
  { preludeEvent: { config: {} } },
  { resOutputsEvent: { metadata, planning: isPreview } },
  { summaryEvent: { isPreview, resourceChanges: { create: 1 }, result: "succeeded" } },
  { cancelEvent: {} },
];
const judged = (run: string) =>
  [
    { kind: "start", run, pack: "zero-trust", rules: ["MS01"] },
    { kind: "verdict", run, rule: "MS01", verdict: "pass", level: "mandatory", resource: urn },
    { kind: "end", run, verdicts: 1 },
  ]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join("");

describe("operation", function () {
  this.timeout(30_000);
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "bulkhead-test-"));
    writeFileSync(join(root, "pulumi"), fakeEngine);
    chmodSync(join(root, "pulumi"), 0o755);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  async function run(operation: Operation, plan: EnginePlan): Promise<OperationResult> {
    writeFileSync(join(root, "plan.json"), JSON.stringify(plan));
    return runOperation({
      operation,
      stack: environmentStack(root, "local"),
      engine: { pulumi: join(root, "pulumi"), binDir: root },
      folders: foldersOf(root),
      variables: { PATH: process.env["PATH"], GITHUB_TOKEN: "secret" },
      attach: "aws:4001",
      packs: ["/packs/zero-trust"],
      reviewed: { exemptions: { stated: [], reviewed: [] }, settings: {} },
      interrupts: { onInterrupt: () => () => undefined },
    });
  }

  function seen(): { args: string[]; env: Record<string, string>; cwd: string } {
    return JSON.parse(readFileSync(join(root, "seen.json"), "utf8")) as ReturnType<typeof seen>;
  }

  it("is done where both phases ended and packs judged both", async () => {
    const verdicts = judged("1") + judged("2");
    const result = await run("up", { phases: [phase(true), phase(false)], verdicts, code: 0 });
    assert.equal(result.status, "done");
    assert.equal(outcomeOf(result).resources["aws"], 1);
    assert.equal(outcomeOf(result).verdicts.pass, 1);
    assert.match(readFileSync(result.folder.stdout, "utf8"), /a line of the engine/);
    assert.equal(readFileSync(result.folder.events, "utf8").trim().split("\n").length, 8);
  });

  it("starts the engine once, with the pack on, and with nothing secret", async () => {
    await run("up", { phases: [], verdicts: judged("1"), code: 0 });
    const { args, env, cwd } = seen();
    assert.deepEqual(args.slice(0, 5), [
      "up",
      "--stack",
      "local",
      "--non-interactive",
      "--skip-plugin-pre-install",
    ]);
    assert.ok(args.includes("--yes"));
    assert.deepEqual(args.slice(-2), ["--policy-pack", "/packs/zero-trust"]);
    assert.equal(cwd, root);
    assert.equal(env["PULUMI_DEBUG_PROVIDERS"], "aws:4001");
    assert.equal(env["GITHUB_TOKEN"], undefined);
  });

  it("has failed where the pack wrote no verdict, although the engine was content", async () => {
    const result = await run("up", { phases: [phase(true), phase(false)], code: 0 });
    assert.equal(result.status, "failed");
    assert.match(outcomeText(outcomeOf(result), false), /did not run/);
  });

  it("has failed where the pack judged the preview only", async () => {
    const result = await run("up", {
      phases: [phase(true), phase(false)],
      verdicts: judged("1"),
      code: 0,
    });
    assert.equal(result.status, "failed");
  });

  it("is refused where a mandatory rule is broken, and shows the finding in full", async () => {
    const lines = [
      { kind: "start", run: "1", pack: "zero-trust", rules: ["AN02"] },
      {
        kind: "verdict",
        run: "1",
        rule: "AN02",
        severity: "critical",
        level: "mandatory",
        verdict: "fail",
        resource: urn,
        findings: [
          {
            resource: urn,
            path: "ingress[0]",
            witness: "a packet",
            fix: "delete it",
            message: "[AN02] Nobody opens SSH · x",
          },
        ],
      },
      { kind: "end", run: "1", verdicts: 1 },
    ];
    const policy = {
      policyEvent: {
        resourceUrn: urn,
        policyName: "AN02",
        policyPackName: "zero-trust",
        enforcementLevel: "mandatory",
        message: "no",
      },
    };
    const preview = phase(true);
    const result = await run("up", {
      phases: [[...preview.slice(0, 2), policy, ...preview.slice(2)]],
      verdicts: lines.map((line) => JSON.stringify(line)).join("\n"),
      code: 255,
    });
    assert.equal(result.status, "refused");
    const text = outcomeText(outcomeOf(result), false);
    for (const part of ["AN02", urn, "ingress[0]", "a packet", "delete it"])
      assert.ok(text.includes(part), part);
  });

  it("asks nothing of packs where they do not judge", async () => {
    const result = await run("destroy", { phases: [phase(false)], code: 0 });
    assert.equal(result.status, "done");
    assert.ok(!seen().args.includes("--policy-pack"));
  });

  it("has failed with the engine's own words where the engine failed", async () => {
    const error = { diagnosticEvent: { severity: "error", urn, message: "quota exceeded\n" } };
    const result = await run("refresh", { phases: [[{ preludeEvent: {} }, error]], code: 255 });
    assert.equal(result.status, "failed");
    assert.deepEqual(outcomeOf(result).errors, ["aws Vpc v: quota exceeded"]);
  });

  it("names the folder that cannot be written", async () => {
    mkdirSync(join(root, ".bulkhead"));
    writeFileSync(join(root, ".bulkhead", "runs"), "a file where a folder should be");
    await assert.rejects(
      run("up", { phases: [], code: 0 }),
      /\.bulkhead.runs: got (EEXIST|ENOTDIR)/,
    );
  });
});
