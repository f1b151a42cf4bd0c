/**
 * Takes the engine's events as a stream. A log file will not do: the engine empties it when the
 * update begins, and what was not yet read of the preview would be lost. The socket lies in a
 * folder that only its owner may enter, so nobody else can speak for the engine.
 */
import { appendFileSync, closeSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  Server,
  ServerCredentials,
  type ServerReadableStream,
  type sendUnaryData,
} from "@grpc/grpc-js";
import type { EventRequest } from "@pulumi/pulumi/proto/events_pb.js";
import { type EngineEvent, readEvent } from "./event.ts";

/** A listening event server. */
export interface EventServer {
  /** What the engine's `--event-log` takes. */
  readonly address: string;
  /** Waits for streams under way, but not longer than {@link drainMsMax}, and closes. */
  close(): Promise<void>;
}

/** A resource with large inputs makes a large event; the engine's own limit is the same. */
const eventBytesMax = 400 * 1024 * 1024;
/** Time for the last events after the engine's process has ended. */
const drainMsMax = 1_000;

/** Listens for one engine; each event goes to `file` as a line, and to `onEvent`. */
export async function serveEvents(
  file: string,
  onEvent: (event: EngineEvent) => void,
): Promise<EventServer> {
  const { EventsService } = await loadService();
  const { default: wellKnown } = await import("google-protobuf/google/protobuf/empty_pb.js");
  const log = openSync(file, "a", 0o600);
  const folder = mkdtempSync(join(tmpdir(), "bulkhead-"));
  const server = new Server({ "grpc.max_receive_message_length": eventBytesMax });
  server.addService(EventsService, {
    streamEvents: (
      call: ServerReadableStream<EventRequest, unknown>,
      done: sendUnaryData<unknown>,
    ) => {
      call.on("data", (request: EventRequest) => takeLine(request.getEvent(), log, onEvent));
      call.on("end", () => done(null, new wellKnown.Empty()));
      call.on("error", () => undefined); // The engine was killed; its exit tells what happened.
    },
  });
  const target = `unix:${join(folder, "events")}`;
  await listen(server, target);
  let closed: Promise<void> | undefined;
  return {
    address: `tcp://${target}`,
    close: () => {
      closed ??= close(server, log, folder);
      return closed;
    },
  };
}

/** Debug diagnostics are the bulk of the stream and say nothing a person asked for. */
function takeLine(line: string, log: number, onEvent: (event: EngineEvent) => void): void {
  const event = readEvent(line);
  if (event === undefined) return;
  if (event.kind === "diagnostic" && event.severity === "debug") return;
  appendFileSync(log, `${line.trimEnd()}\n`);
  onEvent(event);
}

async function loadService() {
  const module = await import("@pulumi/pulumi/proto/events_grpc_pb.js");
  return module.default ?? module;
}

function listen(server: Server, target: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.bindAsync(target, ServerCredentials.createInsecure(), (error) =>
      error === null ? resolve() : reject(error),
    );
  });
}

async function close(server: Server, log: number, folder: string): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => {
      server.forceShutdown();
      resolve();
    }, drainMsMax);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
  });
  closeSync(log);
  rmSync(folder, { recursive: true, force: true });
}
