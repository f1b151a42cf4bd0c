/** `clouds act` and `clouds logs` against a real control door. */

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ActOptions, actCommand } from "../../automation/cli/commands/clouds/act.ts";
import { logsCommand } from "../../automation/cli/commands/clouds/logs.ts";
import { makeContext } from "../../automation/cli/context.ts";
import { ProcessInterrupts } from "../../automation/cli/interrupts.ts";
import { writeDescriptor } from "../../automation/clouds/descriptor.ts";
import { foldersOf } from "../../automation/engine/folders.ts";
import { type Control, openControl } from "../../local-clouds/control/server.ts";
import { recorded } from "../local-clouds/act/kit.ts";
import {
  account,
  github,
  policy,
  provider,
  role,
  sts,
  trusting,
} from "../local-clouds/probe/token/aws-world.ts";
import { TestWorld } from "../local-clouds/probe/token/kit.ts";

const deploy = `arn:aws:iam::${account}:role/deploy`;
const readOnly = '{"PolicyArn":"arn:aws:iam::aws:policy/ReadOnlyAccess"}';

describe("clouds act and clouds logs", () => {
  let root: string;
  let world: TestWorld;
  let control: Control;

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), "bulkhead-act-"));
    world = new TestWorld();
    world.lendKey({ issuer: "github" });
    provider(world, github);
    role(world, "deploy", policy(trusting(github)));
    world.lab.create("aws:iam/rolePolicy:RolePolicy", "own", {
      role: "deploy",
      name: "own",
      policy: JSON.stringify(policy({ Effect: "Allow", Action: "iam:Attach*", Resource: deploy })),
    });
    trail(world);
    control = await openControl({
      clouds: recorded(world),
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

  function context() {
    const [results, notes]: [string[], string[]] = [[], []];
    const output = {
      result: (text: string) => void results.push(text),
      note: (text: string) => void notes.push(text),
      live: false,
      colour: false,
    };
    const made = makeContext(root, {}, output, new ProcessInterrupts());
    return { made, told: () => ({ out: results.join("\n"), notes: notes.join("\n") }) };
  }

  async function act(words: readonly string[], options: Partial<ActOptions> = {}) {
    const { made, told } = context();
    const usual: ActOptions = { as: deploy, context: [], json: false };
    const code = await actCommand(made, words, { ...usual, ...options });
    return { code, ...told() };
  }

  async function logs(destination?: string, json = false) {
    const { made, told } = context();
    const code = await logsCommand(made, destination, { follow: false, json });
    return { code, ...told() };
  }

  it("ends with 0, changes the world as the service would, and records it", async () => {
    const before = world.lab.size();
    const { code, out } = await act(["iam:AttachRolePolicy", deploy], { with: readOnly });
    assert.equal(code, 0, out);
    assert.match(out, /^allowed +iam:AttachRolePolicy on arn:aws:iam::123456789012:role\/deploy$/m);
    assert.match(out, /recorded in Bucket logs\/AWSLogs\/123456789012\/CloudTrail\/us-east-1/);
    assert.equal(world.lab.size(), before + 1);
    assert.equal(world.lab.clouds.world.all().at(-1)?.urn, "");
    assert.match(
      (await logs()).out,
      /^ +1 {2}2026-01-02T03:04:05\.678Z {2}Bucket logs {2}CloudTrail$/m,
    );
    const line = JSON.parse((await logs("logs")).out) as Record<string, unknown>;
    assert.equal(line["eventName"], "AttachRolePolicy");
  });

  it("ends with 1, says why, and leaves the world as it was", async () => {
    const state = () => JSON.stringify(world.lab.clouds.world.all());
    const before = state();
    const { code, out } = await act(["iam:CreateUser", "*"], { with: '{"userName":"eve"}' });
    assert.equal(code, 1);
    assert.match(out, /^denied +iam:CreateUser/m);
    assert.match(out, /identity policies: implicit deny/);
    assert.match(out, /IAM user guide, Policy evaluation logic/);
    assert.equal(state(), before);
    assert.match((await logs("logs")).out, /"errorCode":"AccessDenied"/);
  });

  it("acts as what a token becomes", async () => {
    const token = world.mint({ issuer: "github", audience: [sts] });
    const { code, out } = await act(["iam:AttachRolePolicy", deploy], {
      as: token,
      with: readOnly,
    });
    assert.equal(code, 0, out);
    assert.match(out, /as arn:aws:sts::123456789012:assumed-role\/deploy\/session/);
  });

  it("gives everything as JSON", async () => {
    const { out } = await act(["iam:AttachRolePolicy", deploy], { with: readOnly, json: true });
    const answer = JSON.parse(out) as Record<string, unknown>;
    assert.equal(answer["outcome"], "allowed");
    const { out: listed } = await logs(undefined, true);
    assert.equal((JSON.parse(listed) as { destinations: unknown[] }).destinations.length, 1);
  });

  it("ends with 2 for what means nothing", async () => {
    for (const [words, options, wanted] of [
      [["iam:CreateUser"], {}, /an action and a resource/],
      [["create-user", "*"], {}, /no action as a cloud writes it/],
      [["iam:CreateUser", "*"], { with: "[]" }, /JSON object/],
      [["iam:CreateUser", "*"], { as: `arn:aws:iam::${account}:role/none` }, /no role none/],
      [["iam:CreateUser", "*"], { context: ["x"] }, /name=value/],
    ] as const) {
      const { code, notes } = await act(words, options);
      assert.equal(code, 2, notes);
      assert.match(notes, wanted);
    }
  });
});

/** A trail of all regions, and the bucket that lets it in. */
function trail({ lab }: TestWorld): void {
  const Principal = { Service: "cloudtrail.amazonaws.com" };
  const statement = { Effect: "Allow", Principal };
  lab.create("aws:s3/bucket:Bucket", "logs", { bucket: "logs" });
  lab.create("aws:s3/bucketPolicy:BucketPolicy", "logs", {
    bucket: "logs",
    policy: JSON.stringify(
      policy(
        { ...statement, Action: "s3:GetBucketAcl", Resource: "arn:aws:s3:::logs" },
        { ...statement, Action: "s3:PutObject", Resource: "arn:aws:s3:::logs/*" },
      ),
    ),
  });
  lab.create("aws:cloudtrail/trail:Trail", "main", {
    name: "main",
    s3BucketName: "logs",
    isMultiRegionTrail: true,
  });
}
