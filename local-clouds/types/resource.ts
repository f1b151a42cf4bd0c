/** What a table entry's functions see of the resource at hand. */

import type { Json, JsonObject } from "../protocol/value.ts";

/** Where a provider instance works, as its configuration says. */
export interface Scope {
  /** What owns resources: AWS account, Azure subscription, Entra tenant, GCP project, Kubernetes cluster. */
  readonly account: string;
  /** Region or location, `""` where the package has none. */
  readonly region: string;
  /** Entra tenant; `""` elsewhere. */
  readonly tenant: string;
  /** The provider's whole configuration, e.g. `zone`, `defaultTags`. */
  readonly config: JsonObject;
}

/** An existing resource, found by a reference or a search. */
export interface Neighbour {
  readonly token: string;
  readonly id: string;
  readonly account: string;
  readonly region: string;
  /** Its live outputs. */
  readonly properties: JsonObject;
  /** What its program gave; empty for what a service made by itself. */
  readonly given: JsonObject;
}

/**
 * The resource at hand. Reading something unknown throws `NotYetKnown`, which the lifecycle takes
 * as "this cannot be told yet": entries never handle it.
 */
export interface Resource {
  readonly urn: string;
  /** Logical name, the last part of the URN. */
  readonly name: string;
  readonly token: string;
  /** Account, subscription, tenant, project or cluster: the input's where the package lets one be given, else the provider's. */
  readonly account: string;
  /** Region or location: the input's where it may be given, else the provider's. */
  readonly region: string;
  readonly tenant: string;
  readonly scope: Scope;
  /** The id; not known yet in `id`, `check`, `defaults` and at preview of a creation. */
  readonly id: string;
  /** When it was created, RFC 3339 UTC with milliseconds. */
  readonly createdAt: string;
  /** What the entry's `make` made; empty without one. */
  readonly made: JsonObject;
  /** The inputs before this update (in Check: those in the state); `undefined` when it is being created. */
  readonly before: JsonObject | undefined;

  /** All inputs, without the provider's notes. */
  whole(): JsonObject;
  /** The input at a path without `[*]`; `undefined` when absent or null. */
  given(path: string): Json | undefined;
  /** All inputs that a path with `[*]` meets. */
  every(path: string): readonly Json[];
  /** A text input; without a fallback its absence is an error in the table. */
  text(path: string, fallback?: string): string;
  /** A numeric input. */
  number(path: string, fallback?: number): number;
  /** A boolean input, `false` when absent. */
  flag(path: string): boolean;
  /** A list input, empty when absent. */
  list(path: string): readonly Json[];
  /** An object input, empty when absent. */
  object(path: string): JsonObject;

  /** `count` pseudo-random lower-case hex characters; same resource and label, same characters. */
  hex(label: string, count: number): string;
  /** `count` pseudo-random decimal digits, the first not 0. */
  digits(label: string, count: number): string;
  /** `count` pseudo-random characters of `alphabet` (default upper-case letters and digits). */
  characters(label: string, count: number, alphabet?: string): string;
  /** A pseudo-random UUID, version 4. */
  uuid(label: string): string;
  /**
   * A label that moves whenever an input changes: what etags and fingerprints are made of. With paths,
   * only those inputs count.
   */
  content(...paths: readonly string[]): string;

  /** The resource that the declared reference at `path` points to; only in `id`, `outputs`, `admit`, `companions`. */
  target(path: string): Neighbour | undefined;
  /** A resource by token and id in this account. */
  find(token: string, id: string): Neighbour | undefined;
  /** All resources of a token in this account (and region, where the type has one). */
  all(token: string): readonly Neighbour[];
}
