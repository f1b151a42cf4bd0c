/** The least inputs with which a type's resource can be made, found from the SDK's shapes and the table's references. */

import type { Json, JsonObject } from "../../../../local-clouds/protocol/value.ts";
import { shapeOf } from "../../../../local-clouds/shapes/load.ts";
import type { Module, Properties } from "../../../../local-clouds/shapes/shape.ts";
import type { Type } from "../../../../local-clouds/shapes/spelling.ts";
import type { Reference, TypeEntry } from "../../../../local-clouds/types/type.ts";
import type { Lab, Made } from "../../kit/lab.ts";
import { type Given, given, named } from "./minimal-values.ts";

/** Makes resources of any type, and whatever they point to, once each. */
export class Minimal {
  private readonly lab: Lab;
  private readonly entries: ReadonlyMap<string, TypeEntry>;
  private readonly made = new Map<string, Made>();

  constructor(lab: Lab, entries: ReadonlyMap<string, TypeEntry>) {
    this.lab = lab;
    this.entries = entries;
  }

  /** The resource of a type in this world; made with its least inputs at first call. */
  of(token: string): Made {
    const known = this.made.get(token);
    if (known !== undefined) return known;
    const made = this.lab.create(token, nameOf(token), this.inputs(token));
    this.made.set(token, made);
    return made;
  }

  /** The least inputs of a type. */
  inputs(token: string): JsonObject {
    const shape = shapeOf(token);
    if (shape === undefined) throw new Error(`no shape of ${token}`);
    const own = (given[token] ?? nothing)(this);
    const wanted = this.samples(this.entry(token), "", shape.inputs, shape.module, own);
    return this.allowed(token, { ...wanted, ...own });
  }

  /** Where Check names the values that it allows, the first of them. */
  private allowed(token: string, inputs: JsonObject): JsonObject {
    let out = inputs;
    for (const { property, reason } of this.lab.checkFailures(token, "last", inputs)) {
      const first = /to be one of \["([^"]+)"/.exec(reason)?.[1];
      if (first !== undefined) out = changed(out, property.split("."), first) as JsonObject;
    }
    return out;
  }

  /** A property of the resource of a type, e.g. its ARN. */
  at(token: string, property: string): string {
    const made = this.of(token);
    return property === "id" ? made.id : String(made.outputs[property]);
  }

  /** A property of each item of a list. */
  list(token: string, property: string, key: string): readonly string[] {
    const items = this.of(token).outputs[property] as readonly JsonObject[];
    return items.map((item) => String(item[key]));
  }

  /** The id of a further resource of a type. */
  more(token: string, name: string, inputs: JsonObject): string {
    const known = this.made.get(`${token} ${name}`);
    if (known !== undefined) return known.id;
    const made = this.lab.create(token, name, inputs);
    this.made.set(`${token} ${name}`, made);
    return made.id;
  }

  /** The id of a resource of a type in another region. */
  elsewhere(token: string, inputs: JsonObject): string {
    return this.lab.with("aws", { region: "us-east-1" }).create(token, "elsewhere", inputs).id;
  }

  /** Samples of what must be there and is not given. */
  private samples(
    entry: TypeEntry,
    at: string,
    properties: Properties,
    module: Module,
    own: JsonObject = {},
  ): JsonObject {
    const out: Record<string, Json> = {};
    for (const name of properties.required) {
      const type = properties.get(name)?.type;
      if (type === undefined || own[name] !== undefined) continue;
      out[name] = this.sample(entry, `${at}${name}`, name, type, module);
    }
    return out;
  }

  private sample(entry: TypeEntry, path: string, name: string, type: Type, module: Module): Json {
    if (type.kind === "list") return [this.sample(entry, `${path}[*]`, name, type.item, module)];
    const reference = entry.references?.find(({ at }) => at === path);
    if (reference !== undefined) return this.target(reference);
    const usual = named[name];
    if (usual !== undefined) return usual;
    if (type.kind === "oneOf")
      return this.sample(entry, path, name, type.types[0] ?? { kind: "any" }, module);
    if (type.kind !== "shape") return scalar(type, module);
    return this.samples(entry, `${path}.`, module.nested(type.name), module);
  }

  private target(reference: Reference): string {
    const token = typeof reference.to === "string" ? reference.to : (reference.to[0] ?? "");
    const by = typeof reference.by === "string" ? [reference.by] : (reference.by ?? ["id"]);
    return this.at(token, by[0] ?? "id");
  }

  private entry(token: string): TypeEntry {
    const entry = this.entries.get(token);
    if (entry === undefined) throw new Error(`no entry for ${token}`);
    return entry;
  }
}

/** A copy with a property changed in every item of the lists on its way. */
function changed(value: Json, path: readonly string[], to: string): Json {
  if (Array.isArray(value)) return value.map((item) => changed(item, path, to));
  const [key, ...rest] = path;
  if (key === undefined) return to;
  const object = value as JsonObject;
  return { ...object, [key]: changed(object[key] ?? {}, rest, to) };
}

const nothing: Given = () => ({});

/** A logical name that every service takes once a suffix follows. */
function nameOf(token: string): string {
  return (token.split(":")[2] ?? "").toLowerCase().slice(0, 12);
}

function scalar(type: Type, module: Module): Json {
  switch (type.kind) {
    case "boolean":
      return false;
    case "number":
      return 1;
    case "map":
      return {};
    case "text":
      return type.text;
    case "open":
    case "closed":
      return module.values(type.name)[0] ?? "x";
    default:
      return "x";
  }
}
