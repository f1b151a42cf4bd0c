/** What a recording's services made up, in the words of the local clouds' world. */

import { isList, isObject, type Json, type JsonObject } from "../protocol/value.ts";
import { namePairs } from "./normalise.ts";

/** Recorded names of things and our names for them; it grows with every answer. */
export class Translation {
  private readonly ours = new Map<string, string>();
  private pattern: RegExp | undefined;

  /** Learns from two answers to one request. What was sent was not made up by the service. */
  learn(recorded: Json | undefined, ours: Json | undefined): void {
    if (typeof recorded === "string" && typeof ours === "string") {
      for (const [theirs, own] of namePairs(recorded, ours)) this.add(theirs, own);
    } else if (isList(recorded) && isList(ours)) {
      for (const [i, item] of recorded.entries()) this.learn(item as Json, ours[i] as Json);
    } else if (isObject(recorded) && isObject(ours)) {
      for (const [key, item] of Object.entries(recorded))
        this.learn(item as Json, ours[key] as Json);
    }
  }

  /** A recorded request in the names of our world. */
  request(request: JsonObject): JsonObject {
    return this.of(request) as JsonObject;
  }

  /** A recorded value in the names of our world. */
  of(value: Json): Json {
    if (typeof value === "string") return this.text(value);
    if (isList(value)) return value.map((item) => this.of(item as Json));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, this.of(item as Json)]),
    );
  }

  private add(recorded: string, ours: string): void {
    if (this.ours.has(recorded)) return;
    this.ours.set(recorded, ours);
    this.pattern = undefined;
  }

  private text(value: string): string {
    if (this.ours.size === 0) return value;
    this.pattern ??= new RegExp(
      `(?<![A-Za-z0-9])(?:${[...this.ours.keys()].sort((a, b) => b.length - a.length).join("|")})(?![A-Za-z0-9])`,
      "g",
    );
    return value.replace(this.pattern, (name) => this.ours.get(name) ?? name);
  }
}
