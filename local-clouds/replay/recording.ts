/**
 * Recorded exchanges between the Pulumi engine and real providers, as `PULUMI_DEBUG_GRPC` writes
 * them: one JSON object a line with `method`, `request` and `response` or `errors`.
 */

import { ProblemError } from "../../model/base/problem.ts";
import { isObject, type Json, type JsonObject } from "../protocol/value.ts";
import { packageOf } from "../types/package.ts";

/** The requests of a provider that are fed again; the others carry nothing to compare. */
export const replayedMethods = [
  "CheckConfig",
  "DiffConfig",
  "Configure",
  "Check",
  "Diff",
  "Create",
  "Update",
  "Read",
  "Delete",
  "Invoke",
] as const;

/** One of {@link replayedMethods}. */
export type ReplayedMethod = (typeof replayedMethods)[number];

/** One recorded request with its answer. */
export interface Exchange {
  /** Line in the file, from 1. */
  readonly line: number;
  readonly method: ReplayedMethod;
  /** Name of the provider package that was asked. */
  readonly package: string;
  /** Token of the resource, the function, or `pulumi:providers:NAME`. */
  readonly type: string;
  readonly request: JsonObject;
  /** The answer; `undefined` where the provider failed. */
  readonly response: JsonObject | undefined;
  readonly errors: readonly string[];
}

const service = "/pulumirpc.ResourceProvider/";

/** The exchanges of a recording; throws a `ProblemError` if the text is none. */
export function parseRecording(text: string, place: string): readonly Exchange[] {
  const exchanges: Exchange[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const record = parseLine(line, `${place}:${index + 1}`);
    const exchange = exchangeOf(record, index + 1, exchanges);
    if (exchange !== undefined) exchanges.push(exchange);
  }
  if (exchanges.length === 0) throw noRecording(place, "no exchange with a resource provider");
  return exchanges;
}

function parseLine(line: string, place: string): JsonObject {
  let record: Json;
  try {
    record = JSON.parse(line) as Json;
  } catch {
    throw noRecording(place, "a line that is no JSON");
  }
  if (!isObject(record) || typeof record["method"] !== "string")
    throw noRecording(place, "a line without a method");
  return record as JsonObject;
}

/** The refusal of a file that holds no recording. */
export function noRecording(place: string, got: string): ProblemError {
  return new ProblemError([
    {
      code: "input-type",
      place,
      got,
      allowed: "one JSON object a line with method, request and response or errors",
      next: "Record one with PULUMI_DEBUG_GRPC=FILE.",
    },
  ]);
}

function exchangeOf(
  record: JsonObject,
  line: number,
  before: readonly Exchange[],
): Exchange | undefined {
  const name = String(record["method"]);
  const method = replayedMethods.find((known) => name === service + known);
  if (method === undefined || isBegun(record)) return undefined;
  const request = objectOf(record["request"]);
  const errors = listOf(record["errors"]).map(String);
  const asked = packageAsked(record, request) ?? before.at(-1)?.package ?? "";
  return {
    line,
    method,
    package: asked,
    type: typeOf(method, request, asked),
    request,
    response: errors.length > 0 ? undefined : objectOf(record["response"]),
    errors,
  };
}

/** Newer engines write a line when they ask and the whole exchange when they are answered. */
function isBegun(record: JsonObject): boolean {
  return record["response"] === undefined && record["errors"] === undefined;
}

/** Newer recordings name the provider; in older ones the request itself tells. */
function packageAsked(record: JsonObject, request: JsonObject): string | undefined {
  const named = objectOf(record["metadata"])["name"];
  if (typeof named === "string" && named !== "") return named;
  const token = tokenIn(request);
  if (token !== "") return token.startsWith("pulumi:providers:") ? lastOf(token) : packageOf(token);
  const variable = Object.keys(objectOf(request["variables"]))[0];
  return variable === undefined ? undefined : variable.slice(0, variable.indexOf(":"));
}

function typeOf(method: ReplayedMethod, request: JsonObject, asked: string): string {
  return method === "Configure" ? `pulumi:providers:${asked}` : tokenIn(request);
}

function tokenIn(request: JsonObject): string {
  const { tok, urn, type } = request;
  if (typeof tok === "string") return tok;
  if (typeof type === "string" && type !== "") return type;
  const qualified = typeof urn === "string" ? (urn.split("::")[2] ?? "") : "";
  return qualified.slice(qualified.lastIndexOf("$") + 1);
}

function lastOf(token: string): string {
  return token.slice(token.lastIndexOf(":") + 1);
}

/** A JSON value as an object; anything else is an empty one. */
export function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? (value as JsonObject) : {};
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
