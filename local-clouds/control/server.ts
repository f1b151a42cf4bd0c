/**
 * The control door: HTTP on 127.0.0.1 with a bearer token.
 *
 * GET /health, GET /state, POST /drift, POST /vanish, POST /reset, POST /stop. JSON both ways;
 * errors are `{ "error": TEXT }`.
 */

import { timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { ProblemError } from "../../model/base/problem.ts";
import { drift, vanish } from "../lifecycle/drift.ts";
import { BadRequest, type Clouds, Refused } from "../lifecycle/session.ts";
import { portTaken } from "../protocol/port.ts";
import type { Json, JsonObject } from "../protocol/value.ts";
import { decode, encodeObject } from "../protocol/wire.ts";
import type { ResourceRow } from "../world/record.ts";

/** Largest body taken. */
const bodyBytesMax = 1024 * 1024;

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

type Handler = (body: JsonObject, options: ControlOptions) => Json;

const handlers: Readonly<Record<string, Handler>> = {
  "GET /health": (_body, options) => ({ status: "ok", ...options.about() }),
  "GET /state": (_body, { clouds }) => ({ resources: clouds.world.all().map(shown) }),
  "POST /drift": (body, { clouds }) => {
    const value = "value" in body ? decode(body["value"] ?? null) : undefined;
    return shown(drift(clouds, { selector: text(body, "id"), path: text(body, "path"), value }));
  },
  "POST /vanish": (body, { clouds }) => shown(vanish(clouds, text(body, "id"))),
  "POST /reset": (_body, { clouds }) => {
    clouds.world.reset();
    return { resources: 0 };
  },
  "POST /stop": () => ({ status: "stopping" }),
};

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
    const handler = handlers[route];
    if (handler === undefined) {
      return send(response, 404, {
        error: `no ${route}; there are ${Object.keys(handlers).join(", ")}`,
      });
    }
    const result = handler(await bodyOf(request), options);
    send(response, 200, result);
    if (route === "POST /stop") response.on("finish", options.onStop);
  } catch (error) {
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

function text(body: JsonObject, key: string): string {
  const value = body[key];
  if (typeof value !== "string" || value === "")
    throw new BadRequest(`the body lacks the text "${key}"`);
  return value;
}

/** A resource as the door shows it: secrets keep their mark. */
function shown(row: ResourceRow): JsonObject {
  const { package: name, account, region, token, id, urn, revision, createdAt, companionOf } = row;
  return {
    package: name,
    account,
    region,
    token,
    id,
    urn,
    revision,
    createdAt,
    companion: companionOf !== undefined,
    inputs: encodeObject(row.inputs, true),
    outputs: encodeObject(row.outputs, true),
  };
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
