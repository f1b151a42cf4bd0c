/**
 * The control door: HTTP on 127.0.0.1 with a bearer token, JSON both ways, errors as
 * `{ "error": TEXT }`. What it answers stands in `routes.ts`.
 */

import { timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { formatProblem, ProblemError } from "../../model/base/problem.ts";
import { BadRequest, type Clouds, Refused } from "../lifecycle/session.ts";
import { portTaken } from "../protocol/port.ts";
import type { Json, JsonObject } from "../protocol/value.ts";
import { storageProblem } from "../world/storage.ts";
import { routes } from "./routes.ts";

/** Largest body taken: the export of a large world. */
const bodyBytesMax = 256 * 1024 * 1024;

/** What the door needs. */
export interface ControlOptions {
  readonly clouds: Clouds;
  readonly token: string;
  readonly port: number;
  /** What /health says besides `status`. */
  readonly about: () => JsonObject;
  /** Called once a stop was asked for and answered. */
  readonly onStop: () => void;
}

/** The open door. */
export interface Control {
  readonly port: number;
  close(): Promise<void>;
}

/** Opens the door. */
export async function openControl(options: ControlOptions): Promise<Control> {
  const server = createServer((request, response) => void answer(request, response, options));
  server.keepAliveTimeout = 1000;
  const port = await listen(server, options.port).catch((error: unknown) => {
    throw new ProblemError([portTaken("port of the control door", options.port, error)]);
  });
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, options: ControlOptions) {
  try {
    if (!allowed(request, options.token))
      return send(response, 401, { error: "wrong or no bearer token" });
    const route = `${request.method} ${request.url}`;
    if (route === "GET /health") return send(response, 200, { status: "ok", ...options.about() });
    if (route === "POST /stop") {
      response.on("finish", options.onStop);
      return send(response, 200, { status: "stopping" });
    }
    const handler = routes.get(route);
    if (handler === undefined) {
      const known = ["GET /health", "POST /stop", ...routes.keys()];
      return send(response, 404, { error: `no ${route}; there are ${known.join(", ")}` });
    }
    send(response, 200, await handler(await bodyOf(request), options.clouds));
  } catch (error) {
    const problem = storageProblem(error, "the world's file");
    if (problem !== undefined) return send(response, 507, { error: formatProblem(problem) });
    const expected =
      error instanceof BadRequest || error instanceof Refused || error instanceof RangeError;
    send(response, expected ? 400 : 500, {
      error: error instanceof Error ? error.message : String(error),
    });
  }
}

function allowed(request: IncomingMessage, token: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? "");
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function bodyOf(request: IncomingMessage): Promise<JsonObject> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > bodyBytesMax) throw new BadRequest(`a body of more than ${bodyBytesMax} bytes`);
    chunks.push(chunk as Buffer);
  }
  if (bytes === 0) return {};
  return parsed(Buffer.concat(chunks).toString("utf8"));
}

function parsed(body: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new BadRequest("a body that is not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new BadRequest("a body that is not a JSON object");
  }
  return value as JsonObject;
}

function send(response: ServerResponse, status: number, body: Json): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}
