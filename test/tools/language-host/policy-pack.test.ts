import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ClientReadableStream, credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import analyzerPb from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { RunPluginResponse } from "@pulumi/pulumi/proto/language_pb.js";
import languagePb from "@pulumi/pulumi/proto/language_pb.js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import structPb from "google-protobuf/google/protobuf/struct_pb.js";
import { lives, until } from "../runtime/sandbox.ts";
import { ask, Host, jsonOf, removeFolder, repository } from "./host.ts";

const pack = (report: string): string => `
  import { writeFileSync } from "node:fs";
  import { PolicyPack } from "@pulumi/policy";
  import * as pulumi from "@pulumi/pulumi";
  writeFileSync(${JSON.stringify(report)}, JSON.stringify({ pid: process.pid, cwd: process.cwd(), own: process.env["OWN"] }));
  const where: string = [pulumi.getProject(), pulumi.getStack(), pulumi.runtime.isDryRun(), new pulumi.Config("ns").get("k")].join("/");
  new PolicyPack("p", { policies: [{
    name: "says", description: "d", enforcementLevel: "mandatory",
    validateResource: (args, report) => report(args.name + " in " + where),
  }] });`;

describe("the language host and policy packs", function () {
  this.timeout(30_000);
  let folder: string;
  let host: Host;
  let stream: ClientReadableStream<RunPluginResponse>;
  let output: { stdout: string; stderr: string; exitCode: number | undefined };
  const report = (): string => join(folder, "report.json");

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "bulkhead-pack-"));
    mkdirSync(join(folder, "pack"));
    symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
    const manifest = { name: "pack", version: "0.0.1", type: "module", main: "index.js" };
    writeFileSync(join(folder, "pack", "package.json"), JSON.stringify(manifest));
    writeFileSync(join(folder, "pack", "index.js"), `import "./pack.ts";`);
    writeFileSync(join(folder, "pack", "pack.ts"), pack(report()));
    host = await Host.start();
  });
  afterEach(async () => {
    stream.on("error", () => undefined);
    stream.cancel();
    await host.stop();
    removeFolder(folder);
  });

  async function startPack(): Promise<AnalyzerClient> {
    const info = new languagePb.ProgramInfo().setProgramDirectory(join(folder, "pack"));
    info.setRootDirectory(join(folder, "pack")).setEntryPoint(".");
    info.setOptions(structPb.Struct.fromJavaScript({ typescript: false }));
    const request = new languagePb.RunPluginRequest().setKind("analyzer").setInfo(info);
    request.setPwd(folder).setArgsList(["127.0.0.1:1"]);
    request.setEnvList([`PATH=${process.env.PATH}`, "OWN=a=b"]);
    output = { stdout: "", stderr: "", exitCode: undefined };
    stream = host.client.runPlugin(request);
    stream.on("data", (message: RunPluginResponse) => {
      output.stdout += Buffer.from(message.getStdout_asU8()).toString();
      output.stderr += Buffer.from(message.getStderr_asU8()).toString();
      if (message.getOutputCase() === languagePb.RunPluginResponse.OutputCase.EXITCODE) {
        output.exitCode = message.getExitcode();
      }
    });
    stream.on("error", () => undefined);
    await until(() => output.stdout.includes("\n"));
    return new AnalyzerClient(`127.0.0.1:${output.stdout.trim()}`, credentials.createInsecure());
  }

  async function configure(client: AnalyzerClient): Promise<void> {
    const stack = new analyzerPb.AnalyzerStackConfigureRequest();
    stack.setProject("project").setStack("stack").setDryRun(true).getConfigMap().set("ns:k", "v");
    await ask(client, client.configureStack, stack);
  }

  it("are started with their stack, and answer through the host", async () => {
    const client = await startPack();
    await assert.rejects(
      ask(client, client.handshake, new analyzerPb.AnalyzerHandshakeRequest()),
      /UNIMPLEMENTED/,
      "before the stack is known there is nobody to shake hands with",
    );
    assert.equal(jsonOf(report()), undefined, "the pack must not run before its stack is known");
    await configure(client);
    const info = await ask(client, client.getAnalyzerInfo, new emptyPb.Empty());
    assert.equal(info.getName(), "p");
    const analyze = new analyzerPb.AnalyzeRequest().setName("thing").setType("a:b:C");
    analyze.setUrn("urn:pulumi:stack::project::a:b:C::thing");
    analyze.setOptions(new analyzerPb.AnalyzerResourceOptions());
    analyze.setProperties(structPb.Struct.fromJavaScript({}));
    const answer = await ask(client, client.analyze, analyze);
    assert.match(
      answer.getDiagnosticsList()[0]?.getMessage() ?? "",
      /thing in project\/stack\/true\/v/,
    );
    const started = jsonOf(report());
    assert.equal(started?.cwd, join(folder, "pack"));
    assert.equal(started?.own, "a=b");
    client.close();
  });

  it("end when the engine hangs up", async () => {
    const client = await startPack();
    await configure(client);
    const pid = Number(jsonOf(report())?.pid);
    assert.ok(lives(pid));
    client.close();
    stream.cancel();
    await until(() => !lives(pid));
  });

  it("that fail to load tell why, and give their exit code", async () => {
    writeFileSync(join(folder, "pack", "pack.ts"), `throw new Error("broken pack");`);
    const client = await startPack();
    await assert.rejects(configure(client), /ended before it served/);
    await until(() => output.exitCode !== undefined);
    assert.notEqual(output.exitCode, 0);
    assert.match(output.stderr, /broken pack/);
    client.close();
  });
});
