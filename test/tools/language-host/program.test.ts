import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import languagePb from "@pulumi/pulumi/proto/language_pb.js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import structPb from "google-protobuf/google/protobuf/struct_pb.js";
import { lives, until } from "../runtime/sandbox.ts";
import { ask, Host, jsonOf, removeFolder } from "./host.ts";

describe("the language host and programs", function () {
  this.timeout(20_000);
  let folder: string;
  let host: Host;
  const report = (): string => join(folder, "report.json");

  /** Stands in for the SDK's `cmd/run`, so that what the host passes on can be seen. */
  async function startHost(entry: string): Promise<void> {
    writeFileSync(join(folder, "entry.cjs"), entry);
    host = await Host.start({ PULUMI_LANGUAGE_NODEJS_RUN_PATH: join(folder, "entry.cjs") });
  }

  function request(): InstanceType<typeof languagePb.RunRequest> {
    const info = new languagePb.ProgramInfo();
    info.setRootDirectory("/project").setProgramDirectory(folder).setEntryPoint("main.ts");
    info.setOptions(
      structPb.Struct.fromJavaScript({ typescript: false, nodeargs: "--stack-size=900" }),
    );
    const run = new languagePb.RunRequest();
    run.setProject("p").setStack("s").setOrganization("o").setMonitorAddress("127.0.0.1:2");
    run.setDryrun(true).setParallel(7).setInfo(info).setConfigsecretkeysList(["ns:secret"]);
    run.getConfigMap().set("ns:plain", "value").set("ns:with:colon", "too");
    return run;
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "bulkhead-host-"));
  });
  afterEach(async () => {
    await host.stop();
    removeFolder(folder);
  });

  it("passes the stack as arguments, its configuration as environment", async () => {
    await startHost(`const { argv, execArgv, env } = process;
      require("node:fs").writeFileSync(${JSON.stringify(report())}, JSON.stringify({ argv, execArgv, env }))`);
    const response = await ask(host.client, host.client.run, request());
    assert.equal(response.getError(), "");
    assert.equal(response.getBail(), false);
    const seen = jsonOf(report()) as {
      argv: string[];
      execArgv: string[];
      env: Record<string, string>;
    };
    assert.equal(
      seen.argv.slice(2).join(" "),
      `--monitor 127.0.0.1:2 --engine 127.0.0.1:1 --organization o --project p --root-directory /project --stack s --pwd ${folder} --dry-run --parallel 7 main.ts`,
    );
    assert.ok(seen.execArgv.includes("--stack-size=900"));
    assert.deepEqual(JSON.parse(seen.env.PULUMI_CONFIG ?? ""), {
      "ns:config:plain": "value",
      "ns:config:with:colon": "too",
    });
    assert.deepEqual(JSON.parse(seen.env.PULUMI_CONFIG_SECRET_KEYS ?? ""), ["ns:secret"]);
    assert.equal(seen.env.PULUMI_NODEJS_TYPESCRIPT, undefined);
  });

  it("bails without a message when the program has told the user", async () => {
    await startHost("process.exit(32)");
    const response = await ask(host.client, host.client.run, request());
    assert.equal(response.getBail(), true);
    assert.equal(response.getError(), "");
  });

  it("reports any other exit code", async () => {
    await startHost("process.exit(3)");
    const response = await ask(host.client, host.client.run, request());
    assert.match(response.getError(), /exit code: 3/);
  });

  it("says what to do where the SDK is not installed", async () => {
    host = await Host.start({ PULUMI_LANGUAGE_NODEJS_RUN_PATH: "" });
    const response = await ask(host.client, host.client.run, request());
    assert.match(response.getError(), /cannot find @pulumi\/pulumi\/cmd\/run.*npm ci/);
  });

  const stubborn = (): string => `const { spawn } = require("node:child_process");
    process.on("SIGINT", () => {});
    const child = spawn(process.execPath, ["-e", "process.on('SIGINT', () => {}); setInterval(() => {}, 1000)"]);
    require("node:fs").writeFileSync(${JSON.stringify(report())}, JSON.stringify({ own: process.pid, child: child.pid }));
    setInterval(() => {}, 1000);`;

  for (const [how, end] of [
    ["the engine cancels", () => ask(host.client, host.client.cancel, new emptyPb.Empty())],
    ["the engine ends the host", () => host.stop()],
  ] as const) {
    it(`kills a program that ignores interrupts, and what it started, when ${how}`, async () => {
      await startHost(stubborn());
      const running = ask(host.client, host.client.run, request()).catch(() => undefined);
      await until(() => jsonOf(report()) !== undefined);
      const { own, child } = jsonOf(report()) as { own: number; child: number };
      assert.ok(lives(own) && lives(child));
      await end();
      await running;
      await until(() => !lives(own) && !lives(child));
    });
  }

  it("lists the providers among the installed packages, nested ones too", async () => {
    const put = (path: string, manifest: object): void => {
      mkdirSync(join(folder, "node_modules", path), { recursive: true });
      writeFileSync(join(folder, "node_modules", path, "package.json"), JSON.stringify(manifest));
    };
    writeFileSync(
      join(folder, "package.json"),
      JSON.stringify({ dependencies: { "@pulumi/aws": "7" } }),
    );
    put("@pulumi/aws", { name: "@pulumi/aws", version: "7.1.0", pulumi: { resource: true } });
    put("plain", { name: "plain", version: "1.0.0" });
    put("plain/node_modules/other", {
      name: "other",
      version: "2.0.0",
      pulumi: { resource: true, name: "oth", version: "v3.0.0", server: "where" },
    });
    host = await Host.start();
    const info = new languagePb.ProgramInfo().setProgramDirectory(folder);
    const required = await ask(
      host.client,
      host.client.getRequiredPackages,
      new languagePb.GetRequiredPackagesRequest().setInfo(info),
    );
    assert.deepEqual(
      required
        .getPackagesList()
        .map((p) => [p.getName(), p.getKind(), p.getVersion(), p.getServer()]),
      [
        ["aws", "resource", "v7.1.0", ""],
        ["oth", "resource", "v3.0.0", "where"],
      ],
    );
    const dependencies = await ask(
      host.client,
      host.client.getProgramDependencies,
      new languagePb.GetProgramDependenciesRequest().setInfo(info),
    );
    assert.deepEqual(
      dependencies.getDependenciesList().map((d) => `${d.getName()} ${d.getVersion()}`),
      ["@pulumi/aws 7.1.0"],
    );
  });

  it("ends by itself when the engine that started it was killed", async () => {
    host = await Host.start();
    const main = join(import.meta.dirname, "..", "..", "..", "tools", "language-host", "main.ts");
    // A shell stands for the engine: it starts the host, tells its pid, and is then killed.
    const engine = spawn("sh", [
      "-c",
      `"${process.execPath}" "${main}" x & echo $! > "${folder}/pid"; wait`,
    ]);
    const pid = (): number => Number(readFileSync(join(folder, "pid"), "utf8"));
    await new Promise((resolve) => engine.stdout.once("data", resolve));
    assert.ok(existsSync(join(folder, "pid")) && lives(pid()));
    engine.kill("SIGKILL");
    await until(() => !lives(pid()));
  });
});
