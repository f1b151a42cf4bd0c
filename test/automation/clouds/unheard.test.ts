import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Descriptor } from "../../../automation/clouds/descriptor.ts";
import { removeUnheard } from "../../../automation/clouds/unheard.ts";

const token = "aws:ec2/internetGateway:InternetGateway";
const urnOf = (stack: string, project: string, name: string) =>
  `urn:pulumi:${stack}::${project}::${token}::${name}`;

/** An object as the control door shows it. */
function object(row: number, urn: string, companionOf: number | null = null) {
  return { row, urn, id: `igw-${row}`, token, package: "aws", companionOf };
}

describe("what killed clouds made and told nobody", () => {
  let folder: string;
  let server: Server;
  let descriptor: Descriptor;
  let world: ReturnType<typeof object>[];
  const removed: string[] = [];
  const said: string[] = [];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "bulkhead-unheard-"));
    removed.length = 0;
    said.length = 0;
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        if (request.url === "/drift/delete") removed.push((JSON.parse(body) as { id: string }).id);
        response.end(JSON.stringify(request.url === "/state" ? { resources: world } : {}));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    descriptor = {
      pid: process.pid,
      world: "local.world",
      control: { port, token: "key" },
      providers: {},
      debugProviders: "",
      kept: false,
    };
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });

  /** A stack's checkpoint that holds resources of these names. */
  function stack(project: string, name: string, holds: readonly [name: string, id: string][]) {
    const place = join(folder, ".pulumi", "stacks", project);
    mkdirSync(place, { recursive: true });
    const resources = holds.map(([resource, id]) => ({
      urn: urnOf(name, project, resource),
      type: token,
      id,
      custom: true,
    }));
    const checkpoint = { version: 3, checkpoint: { latest: { resources } } };
    writeFileSync(join(place, `${name}.json`), JSON.stringify(checkpoint));
  }

  const remove = () => removeUnheard(descriptor, folder, (text) => void said.push(text));

  it("is removed, the newest first, and told", async () => {
    stack("shop", "local", [["known", "igw-1"]]);
    world = [
      object(1, urnOf("local", "shop", "known")),
      object(2, urnOf("local", "shop", "lost")),
      object(3, urnOf("local", "shop", "lost-too")),
      object(4, "", 3),
    ];
    await remove();
    assert.deepEqual(removed, ["row:3", "row:2"]);
    assert.match(said.join(), /lost, lost-too/);
  });

  it("is no object of another backend's stack, and nothing that was made by hand", async () => {
    stack("shop", "local", []);
    world = [object(1, urnOf("dev", "elsewhere", "theirs")), object(2, "")];
    await remove();
    assert.deepEqual([removed, said], [[], []]);
  });

  it("is nothing where there is no stack", async () => {
    world = [object(1, urnOf("local", "shop", "any"))];
    await remove();
    assert.deepEqual(removed, []);
  });
});
