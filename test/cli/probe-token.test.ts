/** `clouds probe token` against a real control door. */

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  probeTokenCommand,
  type TokenOptions,
} from "../../automation/cli/commands/clouds/probe-token.ts";
import { makeContext } from "../../automation/cli/context.ts";
import { ProcessInterrupts } from "../../automation/cli/interrupts.ts";
import { writeDescriptor } from "../../automation/clouds/descriptor.ts";
import { foldersOf } from "../../automation/engine/folders.ts";
import { type Control, openControl } from "../../local-clouds/control/server.ts";
import {
  github,
  policy,
  provider,
  role,
  sts,
  trusting,
} from "../local-clouds/probe/token/aws-world.ts";
import { TestWorld } from "../local-clouds/probe/token/kit.ts";

const plain: TokenOptions = {
  claim: [],
  audience: [],
  expired: false,
  notYetValid: false,
  context: [],
  to: [],
  follow: false,
  mint: false,
  keys: false,
  json: false,
};

describe("clouds probe token", () => {
  let root: string;
  let world: TestWorld;
  let control: Control;

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), "bulkhead-probe-"));
    world = new TestWorld();
    world.lendKey({ issuer: "github" });
    provider(world, github);
    role(
      world,
      "deploy",
      policy(
        trusting(github, {
          StringEquals: { [`${github}:sub`]: "repo:acme/shop:ref:refs/heads/main" },
        }),
      ),
    );
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

  async function run(options: Partial<TokenOptions>) {
    const [results, notes]: [string[], string[]] = [[], []];
    const output = {
      result: (text: string) => void results.push(text),
      note: (text: string) => void notes.push(text),
      live: false,
      colour: false,
    };
    const context = makeContext(root, {}, output, new ProcessInterrupts());
    const code = await probeTokenCommand(context, { ...plain, ...options });
    return { code, out: results.join("\n"), notes: notes.join("\n") };
  }

  it("ends with 0 and tells what the token becomes", async () => {
    const { code, out, notes } = await run({ issuer: "github", audience: [sts] });
    assert.equal(code, 0);
    assert.match(out, /^becomes +aws IAM role arn:aws:iam::123456789012:role\/deploy$/m);
    assert.match(out, /as arn:aws:sts::123456789012:assumed-role\/deploy\/session/);
    assert.match(notes, /becomes 1 of 1/);
  });

  it("ends with 1 and tells what refused, what it got and wanted, and by which document", async () => {
    const { code, out } = await run({
      issuer: "github",
      audience: [sts],
      claim: ["ref=refs/heads/dev", "extra:=[1,2]"],
    });
    assert.equal(code, 1);
    assert.match(out, /^refused +aws IAM role/m);
    assert.match(out, /StringEquals token\.actions\.githubusercontent\.com:sub/);
    assert.match(out, /got repo:acme\/shop:ref:refs\/heads\/dev/);
    assert.match(out, /wanted repo:acme\/shop:ref:refs\/heads\/main/);
    assert.match(out, /IAM user guide, IAM JSON policy elements: Condition operators/);
  });

  it("shows nothing that a terminal would obey", async () => {
    const { out } = await run({
      issuer: "github",
      audience: [sts],
      claim: ["sub=\u001b[2Jgone"],
    });
    assert.match(out, /got \ufffd\[2Jgone/);
    assert.equal(out.includes("\u001b"), false);
  });

  it("mints tokens for programs, and presents those of programs", async () => {
    const minted = await run({ issuer: "github", audience: [sts], mint: true });
    assert.match(minted.out, /^[\w-]+\.[\w-]+\.[\w-]+$/);
    assert.equal((await run({ token: minted.out })).code, 0);
    assert.equal((await run({ token: `${minted.out.slice(0, -4)}AAAA` })).code, 1);
  });

  it("prints keys, and verdicts as JSON", async () => {
    const answer = JSON.parse((await run({ issuer: "github", keys: true })).out) as {
      keys: { alg: string }[];
    };
    assert.ok(answer.keys.some(({ alg }) => alg === "RS256"));
    const { out } = await run({ issuer: "github", audience: [sts], expired: true, json: true });
    const { verdicts } = JSON.parse(out) as { verdicts: { reason: { stage: string } }[] };
    assert.deepEqual(
      verdicts.map(({ reason }) => reason.stage),
      ["time"],
    );
  });

  it("restricts to targets by the end of their id", async () => {
    const { code, notes } = await run({ issuer: "github", audience: [sts], to: ["role/other"] });
    assert.equal(code, 1);
    assert.match(notes, /0 of 0/);
  });

  const wrong: readonly (readonly [string, Partial<TokenOptions>, RegExp])[] = [
    ["nothing to present", {}, /--issuer .* or --token/],
    ["two things to present", { issuer: "github", token: "a.b.c" }, /--issuer .* or --token/],
    ["an issuer that is not there", { issuer: "nobody" }, /no issuer nobody; there are github/],
    ["what is no token", { token: "nonsense" }, /no JSON Web Token/],
    [
      "a claim without value",
      { issuer: "github", claim: ["sub"] },
      /--claim sub: write name=value/,
    ],
    ["a claim that is no JSON", { issuer: "github", claim: ["groups:=["] }, /is no JSON/],
    [
      "claims for a token that is given",
      { token: "a.b.c", claim: ["sub=x"] },
      /belongs to --issuer/,
    ],
    ["minting without issuer", { token: "a.b.c", mint: true }, /need --issuer/],
    [
      "two times at once",
      { issuer: "github", expired: true, notYetValid: true },
      /exclude each other/,
    ],
    [
      "an algorithm that is not there",
      { issuer: "github", algorithm: "HS256" },
      /RS256, ES256, ES384/,
    ],
  ];
  for (const [what, options, said] of wrong) {
    it(`${what} is wrong use`, async () => {
      const { code, out, notes } = await run(options);
      assert.equal(code, 2);
      assert.equal(out, "");
      assert.match(notes, said);
    });
  }
});
