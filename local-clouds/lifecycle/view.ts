/** The resource at hand, as a table entry's functions see it. */

import { createHash } from "node:crypto";
import { meet, parsePath } from "../protocol/path.ts";
import {
  isList,
  isObject,
  type Json,
  type JsonObject,
  NotYetKnown,
  reveal,
  revealObject,
  type ValueObject,
} from "../protocol/value.ts";
import type { Neighbour, Resource, Scope } from "../types/resource.ts";
import { BadRequest } from "./bad-request.ts";
import { charactersOf, digitsOf, hexOf, upperAlphanumeric, uuidOf } from "./random.ts";

/** How a view finds other resources. */
export interface Surroundings {
  target(path: string): Neighbour | undefined;
  find(token: string, key: string): Neighbour | undefined;
  all(token: string): readonly Neighbour[];
}

/** What a view is made of. */
export interface ViewData {
  readonly urn: string;
  readonly name: string;
  readonly token: string;
  readonly scope: Scope;
  readonly account: string;
  readonly region: string;
  /** Inputs without the provider's notes. */
  readonly inputs: ValueObject;
  readonly before?: JsonObject | undefined;
  /** Known from creation on. */
  readonly id?: string | undefined;
  readonly createdAt?: string | undefined;
  readonly seed?: string | undefined;
  readonly made?: JsonObject | undefined;
  readonly surroundings?: Surroundings | undefined;
}

/** An input of another type than the service takes. */
export class MismatchedInput extends BadRequest {
  readonly path: string;
  readonly reason: string;
  constructor(resource: string, path: string, reason: string) {
    super(`${resource}: ${path} ${reason}`);
    this.name = "MismatchedInput";
    this.path = path;
    this.reason = reason;
  }
}

/** A {@link Resource} over given data; reading what is not there yet throws `NotYetKnown`. */
export class ResourceView implements Resource {
  private readonly data: ViewData;

  constructor(data: ViewData) {
    this.data = data;
  }

  get urn(): string {
    return this.data.urn;
  }
  get name(): string {
    return this.data.name;
  }
  get token(): string {
    return this.data.token;
  }
  get scope(): Scope {
    return this.data.scope;
  }
  get account(): string {
    return this.data.account;
  }
  get region(): string {
    return this.data.region;
  }
  get tenant(): string {
    return this.data.scope.tenant;
  }
  get id(): string {
    return known(this.data.id, "id");
  }
  get createdAt(): string {
    return known(this.data.createdAt, "createdAt");
  }
  get made(): JsonObject {
    return known(this.data.made, "made");
  }
  get before(): JsonObject | undefined {
    return this.data.before;
  }

  whole(): JsonObject {
    return revealObject(this.data.inputs, "");
  }

  given(path: string): Json | undefined {
    const found = meet(this.data.inputs, parsePath(path))[0];
    if (found === undefined) return undefined;
    return reveal(found.value, path) ?? undefined;
  }

  every(path: string): readonly Json[] {
    return meet(this.data.inputs, parsePath(path)).map(({ value }) => reveal(value, path));
  }

  text(path: string, fallback?: string): string {
    const value = this.given(path) ?? fallback;
    if (typeof value === "string") return value;
    throw this.mismatch(path, "a text", value);
  }

  number(path: string, fallback?: number): number {
    const value = this.given(path) ?? fallback;
    if (typeof value === "number") return value;
    throw this.mismatch(path, "a number", value);
  }

  flag(path: string): boolean {
    return this.given(path) === true;
  }

  list(path: string): readonly Json[] {
    const value = this.given(path) ?? [];
    if (isList(value)) return value as readonly Json[];
    throw this.mismatch(path, "a list", value);
  }

  object(path: string): JsonObject {
    const value = this.given(path) ?? {};
    if (isObject(value)) return value as JsonObject;
    throw this.mismatch(path, "an object", value);
  }

  hex(label: string, count: number): string {
    return hexOf(this.seed, label, count);
  }
  digits(label: string, count: number): string {
    return digitsOf(this.seed, label, count);
  }
  characters(label: string, count: number, alphabet: string = upperAlphanumeric): string {
    return charactersOf(this.seed, label, count, alphabet);
  }
  uuid(label: string): string {
    return uuidOf(this.seed, label);
  }
  content(...paths: readonly string[]): string {
    const inputs = this.whole();
    const counted = paths.length === 0 ? inputs : paths.map((path) => this.given(path) ?? null);
    return createHash("sha256").update(ordered(counted)).digest("hex");
  }

  target(path: string): Neighbour | undefined {
    return known(this.data.surroundings, `target of ${path}`).target(path);
  }
  find(token: string, key: string): Neighbour | undefined {
    return known(this.data.surroundings, token).find(token, key);
  }
  all(token: string): readonly Neighbour[] {
    return known(this.data.surroundings, token).all(token);
  }

  private get seed(): string {
    return known(this.data.seed, "seed");
  }

  private mismatch(path: string, wanted: string, value: Json | undefined): MismatchedInput {
    const got = value === undefined ? "nothing" : JSON.stringify(value);
    return new MismatchedInput(`${this.token} ${this.name}`, path, `must be ${wanted}, got ${got}`);
  }
}

/** JSON that is the same whatever the order of keys; what is absent and what is null are one. */
function ordered(value: Json): string {
  if (isList(value)) return `[${value.map((item) => ordered(item as Json)).join()}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const keys = Object.keys(value).filter((key) => value[key] !== null);
  const items = keys.sort().map((key) => `${JSON.stringify(key)}:${ordered(value[key] as Json)}`);
  return `{${items.join()}}`;
}

function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new NotYetKnown(what);
  return value;
}
