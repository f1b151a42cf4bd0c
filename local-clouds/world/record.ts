/** One resource of the world, as it is stored and as it is handed around. */

import { createHash } from "node:crypto";
import type { Json, JsonObject, ValueObject } from "../protocol/value.ts";
import { decodeObject, encodeObject } from "../protocol/wire.ts";

/** What is stored of a resource. */
export interface ResourceData {
  readonly package: string;
  /** Account, subscription, tenant, project or cluster. */
  readonly account: string;
  /** `""` for what has no region. */
  readonly region: string;
  readonly token: string;
  readonly id: string;
  /** URN of the program's resource; `""` for what a service made by itself. */
  readonly urn: string;
  /** Inputs as sent, the provider's notes included. */
  readonly inputs: ValueObject;
  /** Live outputs, without the provider's notes. */
  readonly outputs: ValueObject;
  /** What the entry's `make` made. */
  readonly made: JsonObject;
  /** Seed of this incarnation's pseudo-random values. */
  readonly seed: string;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
}

/** A stored resource. */
export interface ResourceRow extends ResourceData {
  readonly row: number;
  /** 1 at creation, one more with each change. */
  readonly revision: number;
  /** Row of the resource it came along with. */
  readonly companionOf: number | undefined;
}

/** A name under which references find a resource. */
export interface Name {
  readonly property: string;
  readonly folded: string;
}

/** A reference from one stored resource to another. */
export interface Link {
  readonly target: number;
  readonly path: string;
  readonly holds: boolean;
  readonly cascades: boolean;
}

/** The columns of a row as SQLite gives them. */
export type Columns = Readonly<Record<string, unknown>>;

/** A row from its columns; throws `TypeError` or `SyntaxError` if they are not what was written. */
export function rowOf(columns: Columns): ResourceRow {
  const owner = columns["companion_of"];
  return {
    row: Number(columns["row"]),
    package: text(columns, "package"),
    account: text(columns, "account"),
    region: text(columns, "region"),
    token: text(columns, "token"),
    id: text(columns, "id"),
    urn: text(columns, "urn"),
    inputs: decodeObject(json(columns, "inputs")),
    outputs: decodeObject(json(columns, "outputs")),
    made: json(columns, "made"),
    seed: text(columns, "seed"),
    createdAt: text(columns, "created_at"),
    revision: Number(columns["revision"]),
    companionOf: typeof owner === "number" ? owner : undefined,
  };
}

/** Stored form of properties: wire JSON with secret marks. */
export function stored(properties: ValueObject): string {
  return JSON.stringify(encodeObject(properties, true));
}

/** Checksum of a row's content: SQLite itself would not notice a changed byte inside a text. */
export function digestOf(id: string, inputs: string, outputs: string, made: string): string {
  const hash = createHash("sha256");
  for (const part of [id, inputs, outputs, made]) hash.update(`${part.length}:${part}`);
  return hash.digest("base64");
}

/** A text column. */
export function text(columns: Columns, name: string): string {
  const value = columns[name];
  if (typeof value !== "string") throw new TypeError(`column ${name} is no text`);
  return value;
}

function json(columns: Columns, name: string): JsonObject {
  const value = JSON.parse(text(columns, name)) as Json;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(`column ${name} is no object`);
  }
  return value as JsonObject;
}
