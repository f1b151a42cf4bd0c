/** The pack as a process of its own, spoken to as the engine does. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import rpc from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type { ExampleResource } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { exampleUrn } from "../../../policy-packs/kit/example-plan.ts";
import type { EndLine, StartLine, VerdictLine } from "../../../policy-packs/kit/verdict-log.ts";
import { readRecord } from "../../../policy-packs/lift/network-record.ts";
import { AI02 } from "../../../policy-packs/rules/identity/AI02.ts";
import { rules } from "../../../policy-packs/rules/index.ts";
import { X25 } from "../../../policy-packs/rules/stack/X25.ts";
import { zeroTrust } from "../../../policy-packs/zero-trust/definition.ts";
import type { Diagnostic } from "../analyzer.ts";
import { diagnosticsOf, resourceRequest, stackRequest } from "../analyzer.ts";

const packFolder = join(import.meta.dirname, "../../../policy-packs/zero-trust");
const runner = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/run-policy-pack");
const startMsMax = 30_000;

type Line = StartLine | VerdictLine | EndLine;
type Response = InstanceType<typeof analyzer.AnalyzeResponse>;

class Pack {
  readonly #folder = mkdtempSync(join(tmpdir(), "bulkhead-pack-"));
  readonly #file = join(this.#folder, "verdicts.jsonl");
  readonly #children: ChildProcess[] = [];

  /** Starts the pack's process and connects to it. */
  async start(): Promise<InstanceType<typeof rpc.AnalyzerClient>> {
    const child = spawn(process.execPath, [runner, "127.0.0.1:1", "."], {
      cwd: packFolder,
      env: { ...process.env, BULKHEAD_VERDICTS: this.#file },
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#children.push(child);
    const port = await new Promise<string>((resolve, reject) => {
      child.stdout?.setEncoding("utf8").once("data", (text: string) => resolve(text.trim()));
      child.once("exit", () => reject(new Error("the pack ended at once")));
    });
    return new rpc.AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  }

  lines(): Line[] {
    const text = readFileSync(this.#file, "utf8").trimEnd();
    return text.split("\n").map((line) => JSON.parse(line) as Line);
  }

  /** The networks that were kept, as they stand in the lines. */
  networks(): unknown[] {
    const lines: readonly object[] = this.lines();
    return lines.flatMap((line) => ("network" in line ? [line.network] : []));
  }

  async stop(): Promise<void> {
    for (const child of this.#children.splice(0)) {
      if (child.exitCode !== null || !child.kill()) continue;
      await new Promise((resolve) => child.once("close", resolve));
    }
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}

/** One call; the generated client's methods take a request and a callback. */
function call<T>(method: (request: never, done: (error: unknown, answer: T) => void) => unknown) {
  return (request: unknown) =>
    new Promise<T>((resolve, reject) => {
      method(request as never, (error, answer) => (error ? reject(error) : resolve(answer)));
    });
}

async function configure(
  client: InstanceType<typeof rpc.AnalyzerClient>,
  dryRun: boolean,
  properties: Record<string, never> | { [key: string]: string },
): Promise<void> {
  const stack = new analyzer.AnalyzerStackConfigureRequest();
  stack.setStack("staging");
  stack.setDryRun(dryRun);
  await call(client.configureStack.bind(client) as never)(stack);
  const policy = new analyzer.PolicyConfig();
  policy.setProperties(struct.Struct.fromJavaScript(properties));
  policy.setEnforcementlevel(analyzer.EnforcementLevel.MANDATORY);
  const config = new analyzer.ConfigureAnalyzerRequest();
  config.getPolicyconfigMap().set(zeroTrust.name, policy);
  await call(client.configure.bind(client) as never)(config);
}

async function judge(
  client: InstanceType<typeof rpc.AnalyzerClient>,
  resources: readonly ExampleResource[],
): Promise<Diagnostic[]> {
  const found: Diagnostic[] = [];
  for (const resource of resources) {
    const request = resourceRequest(resource, resources, "staging");
    found.push(
      ...diagnosticsOf(await call<Response>(client.analyze.bind(client) as never)(request)),
    );
  }
  const all = stackRequest(resources, "staging");
  found.push(
    ...diagnosticsOf(await call<Response>(client.analyzeStack.bind(client) as never)(all)),
  );
  return found;
}

function violating(rule: typeof X25): readonly ExampleResource[] {
  const example = rule.examples.find(({ kind }) => kind === "violating");
  assert.ok(example);
  return example.resources;
}

const lenient: ExampleResource = {
  type: "kubernetes:security.istio.io/v1:PeerAuthentication",
  name: "lenient",
  props: {
    metadata: { name: "lenient", namespace: "shop" },
    spec: { mtls: { mode: "PERMISSIVE" } },
  },
};

describe("zero-trust pack", function () {
  this.timeout(startMsMax);
  const pack = new Pack();
  afterEach(() => pack.stop());
  after(() => pack.remove());

  it("holds every rule of the catalogue", () => {
    assert.deepEqual(
      zeroTrust.rules.map(({ rule }) => rule.id),
      rules.map(({ id }) => id),
    );
  });

  it("refuses the three insecure edits, each with resource, path, witness and fix", async () => {
    const client = await pack.start();
    await configure(client, true, {});
    const found = await judge(client, [...violating(X25), ...violating(AI02), lenient]);
    client.close();
    const message = (rule: string) => {
      const diagnostic = found.find((one) => one.rule === rule);
      assert.ok(diagnostic, `${rule} was not reported`);
      assert.equal(diagnostic.level, analyzer.EnforcementLevel.MANDATORY);
      return diagnostic.message;
    };
    assert.match(
      message("ZN02"),
      /SecurityRule ssh · sourceAddressPrefix · witness: .*203\.0\.113\.7 .*tcp\/22.* · fix: ./,
    );
    assert.match(
      message("X25"),
      /SecurityRule ssh · .* · witness: place here: internet .* → app .* tcp\/22/,
    );
    assert.match(
      message("AI02"),
      /Role app · assumeRolePolicy · witness: .*repo:acme-evil.* · fix: ./,
    );
    assert.match(
      message("MS01"),
      /lenient · spec\.mtls\.mode · witness: .*namespace shop · fix: ./,
    );
    assert.equal(found.find(({ rule }) => rule === "MS01")?.urn, exampleUrn(lenient, "staging"));
    const network = pack.networks().map((one) => readRecord(one));
    assert.deepEqual(
      network.map((one) => one?.segmentations[0]?.proofs.map(({ verdict }) => verdict)),
      [["violated"]],
    );
  });

  it("writes a run from its start to its end, and lets a killed one be recognised", async () => {
    const before = pack.lines().length;
    const first = await pack.start();
    await configure(first, true, {});
    await judge(first, [lenient]);
    first.close();
    const second = await pack.start();
    await configure(second, false, {});
    const request = resourceRequest(lenient, [lenient], "staging");
    await call(second.analyze.bind(second) as never)(request);
    second.close();
    await pack.stop();

    const lines = pack.lines().slice(before);
    const starts = lines.filter((line) => line.kind === "start");
    assert.deepEqual(
      starts.map(({ phase, stack, pack: name }) => [phase, stack, name]),
      [
        ["preview", "staging", "zero-trust"],
        ["update", "staging", "zero-trust"],
      ],
    );
    assert.deepEqual(
      starts[0]?.rules,
      rules.map(({ id }) => id),
    );
    const kinds = (run: string | undefined) =>
      lines.filter((line) => line.run === run).map(({ kind }) => kind);
    assert.equal(kinds(starts[0]?.run).at(-1), "end");
    assert.equal(kinds(starts[1]?.run).at(-1), "verdict");
    const end = lines.find((line) => line.kind === "end");
    const verdicts = lines.filter((line) => line.kind === "verdict" && line.run === end?.run);
    assert.equal(end?.verdicts, verdicts.length);
    assert.equal(end?.counts.fail, 1);
  });

  it("blocks on unknowns where it is configured to", async () => {
    const undecided: ExampleResource = {
      ...lenient,
      props: { metadata: { namespace: "shop" }, spec: { mtls: { mode: unknownHere } } },
    };
    const levels: Record<string, number | undefined> = {};
    for (const unknown of ["advisory", "mandatory"]) {
      const client = await pack.start();
      await configure(client, true, { unknown });
      const found = await judge(client, [undecided]);
      client.close();
      levels[unknown] = found.find(({ rule }) => rule === "MS01")?.level;
    }
    assert.deepEqual(levels, {
      advisory: analyzer.EnforcementLevel.ADVISORY,
      mandatory: analyzer.EnforcementLevel.MANDATORY,
    });
  });
});
