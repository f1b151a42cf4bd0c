import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { credentials } from "@grpc/grpc-js";
import grpcModule from "@pulumi/pulumi/proto/events_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/events_pb.js";
import type { EngineEvent } from "../../../automation/engine/event.ts";
import { serveEvents } from "../../../automation/engine/event-server.ts";

describe("event server", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "bulkhead-test-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Sends lines as the engine does: one stream a phase. */
  function send(address: string, lines: readonly string[]): Promise<void> {
    const client = new grpcModule.EventsClient(
      address.replace("tcp://", ""),
      credentials.createInsecure(),
    );
    return new Promise((resolve, reject) => {
      const stream = client.streamEvents((error: Error | null) => {
        client.close();
        if (error === null) resolve();
        else reject(error);
      });
      for (const line of lines) {
        const request = new messages.EventRequest();
        request.setEvent(line);
        stream.write(request);
      }
      stream.end();
    });
  }

  it("takes every event of both phases, in order, and drops debug chatter", async () => {
    const file = join(folder, "events.jsonl");
    const seen: EngineEvent[] = [];
    const server = await serveEvents(file, (event) => seen.push(event));
    const debug = '{"diagnosticEvent":{"severity":"debug","message":"noise"}}';
    await send(server.address, [
      '{"preludeEvent":{}}',
      debug,
      '{"summaryEvent":{"isPreview":true}}\n',
    ]);
    await send(server.address, ['{"preludeEvent":{}}', '{"summaryEvent":{"isPreview":false}}']);
    await server.close();
    assert.deepEqual(
      seen.map((event) => event.kind),
      ["prelude", "summary", "prelude", "summary"],
    );
    assert.equal(readFileSync(file, "utf8").trim().split("\n").length, 4);
  });

  it("leaves no socket behind, and may be closed twice", async () => {
    const server = await serveEvents(join(folder, "events.jsonl"), () => undefined);
    const socket = server.address.replace("tcp://unix:", "");
    assert.ok(existsSync(dirname(socket)));
    await Promise.all([server.close(), server.close()]);
    assert.ok(!existsSync(dirname(socket)));
  });
});
