/** Inputs that somebody might write for a type: of the right form mostly, sensible now and then. */

import { formatPath } from "../../../local-clouds/protocol/path.ts";
import {
  Secret,
  Unknown,
  type Value,
  type ValueObject,
} from "../../../local-clouds/protocol/value.ts";
import type { Module, Properties, Shape } from "../../../local-clouds/shapes/shape.ts";
import type { Type } from "../../../local-clouds/shapes/spelling.ts";
import type { Reference, TypeEntry } from "../../../local-clouds/types/type.ts";
import type { World } from "../../../local-clouds/world/world.ts";

/** How odd the guesses are: chances from 0 to 1. */
export interface Oddity {
  /** An optional property is given. */
  readonly given: number;
  /** A value is of another kind than its type. */
  readonly wrong: number;
  /** A value is unknown. */
  readonly unknown: number;
  /** A text is none that anybody would write there. */
  readonly odd: number;
}

/** Deepest objects guessed. */
const depthMax = 4;

/** Guesses that follow from a seed. */
export class Guesses {
  readonly seed: number;
  private state: number;
  private readonly world: World;
  private readonly oddity: Oddity;

  constructor(seed: number, world: World, oddity: Oddity) {
    this.seed = seed;
    this.state = seed >>> 0;
    this.world = world;
    this.oddity = oddity;
  }

  /** Inputs of a type. */
  inputs(entry: TypeEntry, shape: Shape): ValueObject {
    return this.object(shape.inputs, shape.module, entry, []);
  }

  /** One of several. */
  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() * items.length)] as T;
  }

  private object(
    properties: Properties,
    module: Module,
    entry: TypeEntry,
    at: readonly (string | number)[],
  ): ValueObject {
    const out: Record<string, Value> = {};
    for (const name of properties.names()) {
      const property = properties.get(name);
      if (property === undefined) continue;
      const chance = property.required ? 0.99 : this.oddity.given / (at.length + 1);
      if (this.next() > chance) continue;
      out[name] = this.value(property.type, module, entry, [...at, name]);
    }
    if (this.chance(this.oddity.wrong / 4)) out["strange"] = this.anything();
    return out;
  }

  private value(
    type: Type,
    module: Module,
    entry: TypeEntry,
    at: readonly (string | number)[],
  ): Value {
    if (this.chance(this.oddity.unknown)) return Unknown.value;
    if (this.chance(this.oddity.wrong)) return this.anything();
    const value = this.typed(type, module, entry, at);
    return this.chance(0.02) ? new Secret(value) : value;
  }

  private typed(
    type: Type,
    module: Module,
    entry: TypeEntry,
    at: readonly (string | number)[],
  ): Value {
    switch (type.kind) {
      case "list":
        return this.times(3, (i) => this.value(type.item, module, entry, [...at, i]));
      case "map":
        return Object.fromEntries(
          this.times(2, (i) => [this.word(), this.value(type.item, module, entry, [...at, i])]),
        );
      case "shape":
        return at.length > depthMax ? {} : this.object(module.nested(type.name), module, entry, at);
      case "oneOf":
        return this.value(this.pick(type.types), module, entry, at);
      case "open":
      case "closed":
        return this.pick([...module.values(type.name), "x"]);
      case "text":
        return type.text;
      case "number":
        return this.pick([0, 1, 2, 3, 30, 80, 443, 1000, 65_536, -1, 1.5, 1e12]);
      case "boolean":
        return this.chance(0.5);
      case "any":
        return this.anything();
      default:
        return this.text(entry, at);
    }
  }

  private text(entry: TypeEntry, at: readonly (string | number)[]): string {
    if (this.chance(this.oddity.odd)) return this.pick(oddTexts);
    const path = formatPath(at).replaceAll(/\[\d+\]/g, "[*]");
    const reference = entry.references?.find((one) => one.at === path);
    const known = reference === undefined ? undefined : this.target(reference);
    if (known !== undefined) return known;
    const name = String(at.findLast((step) => typeof step === "string"));
    const usual = Object.entries(usualTexts).find(([end]) => name.toLowerCase().endsWith(end));
    return usual === undefined || this.chance(0.1) ? this.word() : this.pick(usual[1]);
  }

  private target(reference: Reference): string | undefined {
    const tokens = typeof reference.to === "string" ? [reference.to] : reference.to;
    const rows = tokens.flatMap((token) => this.world.ofToken(token, {}));
    if (rows.length === 0) return undefined;
    const row = this.pick(rows);
    const by = typeof reference.by === "string" ? [reference.by] : (reference.by ?? ["id"]);
    const key = this.pick(by);
    const value = key === "id" ? row.id : row.outputs[key];
    if (typeof value !== "string") return row.id;
    // Keys are names as often as ids.
    return reference.key === undefined || this.chance(0.5)
      ? value
      : value.slice(value.lastIndexOf("/") + 1);
  }

  private anything(): Value {
    return this.pick<Value>([null, true, 0, -1, "", "x", [], ["x"], {}, { a: "b" }, [null], [[]]]);
  }

  private word(): string {
    return this.pick(["a", "app", "web-1", "data", "main", "net", "rg", "eu-central-1a", "prod"]);
  }

  private times<T>(max: number, make: (i: number) => T): T[] {
    const count = Math.floor(this.next() * (max + 1));
    return Array.from({ length: count }, (_, i) => make(i));
  }

  private chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** mulberry32: small, and the same everywhere. */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
}

const oddTexts = [
  "",
  " ",
  "/",
  "//",
  ":",
  "*",
  "{}",
  "[]",
  "{",
  "null",
  "0.0.0.0/0",
  "10.0.0.0/33",
  "::/0",
  "arn:",
  "arn:aws:iam::123456789012:role/r",
  "projects/p",
  "projects//locations//x",
  "/subscriptions/s/resourceGroups/g/providers/p/t/n",
  "https://",
  "__proto__",
  "constructor",
  "\u0000",
  "ü".repeat(300),
  "x".repeat(3000),
  "-".repeat(70),
  "%s%n",
  "$&",
  "1970-01-01T00:00:00Z",
];

const document = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
});

const usualTexts: Readonly<Record<string, readonly string[]>> = {
  policy: [document, "{}", "[]", '{"Statement":{}}', '{"Statement":[{"Principal":7}]}'],
  cidrblock: ["10.0.0.0/16", "10.0.1.0/24"],
  cidrrange: ["10.0.0.0/16", "10.0.1.0/24"],
  prefix: ["10.0.0.0/16", "10.0.1.0/24", "*"],
  region: ["eu-central-1", "europe-west4"],
  location: ["westeurope", "europe-west4"],
  zone: ["eu-central-1a", "europe-west4-a"],
  arn: ["arn:aws:iam::123456789012:role/r", "arn:aws:s3:::b/*"],
  resourcegroupname: ["rg"],
  member: ["user:a@example.com", "serviceAccount:a@p.iam.gserviceaccount.com", "allUsers"],
  role: ["roles/viewer", "roles/owner"],
  protocol: ["tcp", "Tcp", "-1", "*"],
  json: ["{}", document],
  documents: ["[]", "{}"],
};
