/** A fault that somebody asked for: which requests it meets, and what happens to them. */

import { createHash } from "node:crypto";
import { nearest } from "../../model/base/problem.ts";
import { BadRequest } from "../lifecycle/bad-request.ts";
import type { Json, JsonObject } from "../protocol/value.ts";

/** Requests of the engine that a fault can meet. */
export const faultOperations = ["check", "create", "read", "update", "delete"] as const;
export type FaultOperation = (typeof faultOperations)[number];

/**
 * What can happen, and to which operations.
 *
 * Before the effect: `throttle`, `error` and `gone` (the resource had vanished before the call).
 * After it: `timeout` and `disconnect` (the answer is lost), `init-failure` (there, but not ready).
 * `slow` is late but right, unless the resource's `customTimeouts` end before.
 */
export const faultKinds = {
  throttle: ["check", "create", "read", "update", "delete"],
  error: ["check", "create", "read", "update", "delete"],
  "init-failure": ["create", "update"],
  timeout: ["create", "read", "update", "delete"],
  disconnect: ["create", "read", "update", "delete"],
  slow: ["check", "create", "read", "update", "delete"],
  gone: ["read", "update", "delete"],
} as const satisfies Record<string, readonly FaultOperation[]>;
export type FaultKind = keyof typeof faultKinds;

/** One fault. */
export interface Fault {
  /** Follows from pattern, operation and kind: the same fault has the same id in every run. */
  readonly id: string;
  /** Matches a URN, a token or an id; `*` stands for any text. */
  readonly on: string;
  readonly operation: FaultOperation;
  readonly kind: FaultKind;
  /** Share of the requests that are met, above 0 and up to 1. */
  readonly rate: number;
  readonly seed: string;
  /** How often one resource is met at most; without it there is no limit. */
  readonly count: number | undefined;
  /** How late `slow` answers. */
  readonly delayMs: number;
}

/** Longest delay that can be asked for: an hour. */
const delayMsMax = 3_600_000;
const usualDelayMs = 2000;

/** Reads a fault; throws {@link BadRequest} that says what would have been taken. */
export function faultOf(body: JsonObject): Fault {
  const on = textOf(body, "on");
  const kind = oneOf(body, "kind", Object.keys(faultKinds)) as FaultKind;
  const operation = oneOf(body, "op", faultOperations) as FaultOperation;
  const allowed: readonly string[] = faultKinds[kind];
  if (!allowed.includes(operation)) {
    throw new BadRequest(`${kind} cannot meet ${operation}, only ${allowed.join(", ")}`);
  }
  return {
    id: createHash("sha256")
      .update(JSON.stringify([on, operation, kind]))
      .digest("hex")
      .slice(0, 8),
    on,
    operation,
    kind,
    rate: numberOf(body, "rate", 1, (rate) => rate > 0 && rate <= 1, "above 0 and at most 1"),
    seed: textOf(body, "seed"),
    count: countOf(body),
    delayMs: numberOf(
      body,
      "delayMs",
      usualDelayMs,
      (ms) => ms >= 0 && ms <= delayMsMax,
      `between 0 and ${delayMsMax}`,
    ),
  };
}

/** Whether a pattern matches any of these texts as a whole; empty ones match nothing. */
export function matches(pattern: string, texts: readonly string[]): boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const whole = new RegExp(`^${parts.join(".*")}$`, "s");
  return texts.some((text) => text !== "" && whole.test(text));
}

function countOf(body: JsonObject): number | undefined {
  if (body["count"] === undefined) return undefined;
  return numberOf(body, "count", 1, (n) => Number.isInteger(n) && n > 0, "a whole number above 0");
}

function textOf(body: JsonObject, key: string): string {
  const value = body[key];
  if (typeof value === "string" && value !== "") return value;
  throw new BadRequest(`${key} must be a text, got ${shown(value)}`);
}

function oneOf(body: JsonObject, key: string, allowed: readonly string[]): string {
  const value = body[key];
  if (typeof value === "string" && allowed.includes(value)) return value;
  const near = typeof value === "string" ? nearest(value, allowed) : undefined;
  const hint = near === undefined ? "" : `; did you mean ${near}?`;
  throw new BadRequest(`${key} must be one of ${allowed.join(", ")}, got ${shown(value)}${hint}`);
}

function numberOf(
  body: JsonObject,
  key: string,
  usual: number,
  fits: (value: number) => boolean,
  allowed: string,
): number {
  const value = body[key] ?? usual;
  if (typeof value === "number" && fits(value)) return value;
  throw new BadRequest(`${key} must be ${allowed}, got ${shown(value)}`);
}

function shown(value: Json | undefined): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
