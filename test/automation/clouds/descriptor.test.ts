import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAnswering } from "../../../automation/clouds/control.ts";
import {
  type Descriptor,
  findRunning,
  parseDescriptor,
  readDescriptor,
  removeDescriptor,
  writeDescriptor,
} from "../../../automation/clouds/descriptor.ts";
import { dropLease, otherUsers, takeLease } from "../../../automation/clouds/lease.ts";
import { type Folders, foldersOf } from "../../../automation/engine/folders.ts";

const deadPid = spawnSync(process.execPath, ["-e", "0"]).pid;

describe("the local clouds' descriptor", () => {
  let root: string;
  let folders: Folders;
  let server: Server | undefined;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "bulkhead-test-"));
    folders = foldersOf(root);
    mkdirSync(folders.clouds, { recursive: true });
  });
  afterEach(() => {
    server?.close();
    server?.closeAllConnections();
    server = undefined;
    rmSync(root, { recursive: true, force: true });
  });

  const descriptor = (pid: number, port: number): Descriptor => ({
    pid,
    world: "/w",
    control: { port, token: "key" },
    providers: { aws: 4001 },
    debugProviders: "aws:4001",
    kept: true,
  });

  /** A control door that answers with this process id to whoever brings the token. */
  async function door(pid: number): Promise<number> {
    server = createServer((request, response) => {
      const known = request.headers.authorization === "Bearer key";
      response.writeHead(known ? 200 : 401).end(JSON.stringify({ pid }));
    });
    await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }

  it("is kept as it was written, readable by its owner only", () => {
    const written = descriptor(process.pid, 1);
    writeDescriptor(folders, written);
    assert.deepEqual(readDescriptor(folders), written);
    assert.equal(statSync(join(folders.clouds, "running.json")).mode & 0o777, 0o600);
  });

  it("is found where the clouds themselves answer", async () => {
    writeDescriptor(folders, descriptor(process.pid, await door(process.pid)));
    assert.equal((await findRunning(folders, isAnswering))?.pid, process.pid);
  });

  it("is stale where the process has ended, and stays to tell so", async () => {
    writeDescriptor(folders, descriptor(deadPid, 1));
    assert.equal(await findRunning(folders, async () => true), undefined);
    assert.equal(readDescriptor(folders)?.pid, deadPid);
  });

  it("is stale where the process id or the port is now somebody else's", async () => {
    writeDescriptor(folders, descriptor(process.pid, await door(process.pid + 1)));
    assert.equal(await findRunning(folders, isAnswering), undefined);
  });

  it("is stale where nobody answers", async () => {
    writeDescriptor(folders, descriptor(process.pid, 1));
    assert.equal(await findRunning(folders, isAnswering), undefined);
  });

  it("is nothing where the file is damaged", () => {
    writeFileSync(join(folders.clouds, "running.json"), '{"pid": 1');
    assert.equal(readDescriptor(folders), undefined);
    assert.equal(parseDescriptor({ pid: 1, world: "w", control: {}, providers: {} }), undefined);
  });

  it("of other clouds is left alone", () => {
    writeDescriptor(folders, descriptor(process.pid, 1));
    removeDescriptor(folders, process.pid + 1);
    assert.ok(readDescriptor(folders) !== undefined);
  });

  it("leases count living users only", () => {
    takeLease(folders, deadPid);
    takeLease(folders, process.pid);
    assert.deepEqual(otherUsers(folders, 1), [process.pid]);
    assert.deepEqual(otherUsers(folders, process.pid), []);
    dropLease(folders, process.pid);
    assert.deepEqual(otherUsers(folders, 1), []);
  });
});
