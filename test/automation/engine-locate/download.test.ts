import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { provideEngine } from "../../../automation/engine/locate.ts";
import { Machine } from "./machine.ts";

describe("downloading the engine", function () {
  this.timeout(20_000);
  let server: Server;
  let served: Buffer;
  let requested: string[];
  let machine: Machine;

  beforeEach(async () => {
    requested = [];
    server = createServer((request, response) => {
      requested.push(request.url ?? "");
      response.end(served);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    machine = new Machine(`http://127.0.0.1:${(server.address() as AddressInfo).port}/here`);
    served = archive();
  });
  afterEach(async () => {
    machine.remove();
    await new Promise((resolve) => server.close(resolve));
  });

  /** An archive laid out as Pulumi's own. */
  function archive(): Buffer {
    const folder = join(machine.folder, "made", "pulumi");
    machine.engine(folder, "3.259.0");
    machine.host(folder);
    const file = join(machine.folder, "made.tar.gz");
    execFileSync("tar", ["-czf", file, "-C", join(machine.folder, "made"), "pulumi"]);
    return readFileSync(file);
  }

  function pin(digest: string): void {
    const file = join(machine.settings.root, "tools", "engine", "downloads.json");
    const downloads = JSON.parse(readFileSync(file, "utf8"));
    downloads.files["linux-x64"].sha256 = digest;
    writeFileSync(file, JSON.stringify(downloads));
  }

  const cached = (): string[] =>
    readdirSync(machine.settings.cache).filter(
      (name) => name.startsWith("3.") || name.startsWith("."),
    );

  it("accepts the archive that has the pinned digest, once", async () => {
    pin(createHash("sha256").update(served).digest("hex"));
    const engine = await provideEngine({ ...machine, allowBuild: true });
    assert.equal(engine.source, "download");
    assert.equal(engine.languageHost.source, "pulumi");
    assert.deepEqual(requested, ["/here/pulumi-v3.259.0-linux-x64.tar.gz"]);
    assert.deepEqual(cached(), ["3.259.0-linux-x64-official"]);
    const [download] = machine.progress;
    assert.deepEqual(download?.counted, {
      done: served.length,
      total: served.length,
      unit: "bytes",
    });
    const again = await provideEngine({ ...machine, allowBuild: true });
    assert.equal(again.source, "cache");
    assert.equal(requested.length, 1);
  });

  it("refuses an archive with another digest and leaves nothing of it", async () => {
    const provided = provideEngine({ ...machine, allowBuild: true });
    await assert.rejects(provided, /refused .*SHA-256 is [0-9a-f]{64}, pinned is 94ba357acac2/);
    assert.deepEqual(cached(), []);
  });

  it("asks nobody where nothing is pinned for the platform", async () => {
    const settings = { ...machine.settings, platform: "plan9-mips" };
    const provided = provideEngine({ ...machine, settings, allowBuild: true });
    await assert.rejects(provided, /no download is pinned for plan9-mips/);
    assert.deepEqual(requested, []);
  });

  it("leaves nothing when it is interrupted", async () => {
    const controller = new AbortController();
    server.removeAllListeners("request");
    server.on("request", (_, response) => {
      response.writeHead(200, { "content-length": "1000000" });
      response.write("half");
      controller.abort(new Error("enough"));
    });
    const provided = provideEngine({ ...machine, allowBuild: true, signal: controller.signal });
    await assert.rejects(provided, /enough/);
    assert.deepEqual(cached(), []);
    assert.ok(!readdirSync(machine.settings.cache).includes("lock"));
    server.closeAllConnections();
  });
});
