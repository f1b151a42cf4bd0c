/** Judges the inputs of a resource by the shape of its type. */

import { formatPath } from "../protocol/path.ts";
import {
  isList,
  isObject,
  Secret,
  Unknown,
  type Value,
  type ValueObject,
} from "../protocol/value.ts";
import { signatureKey } from "../protocol/wire.ts";
import type { Module, Properties, Shape } from "./shape.ts";
import type { Type } from "./spelling.ts";
import type { Subject, Wanted, Words } from "./words.ts";

/** One fault of the inputs. */
export interface ShapeFault {
  /** Where, as the engine prints paths. */
  readonly property: string;
  readonly reason: string;
  /** The property is missing; what the SDK demands, no provider fills in. */
  readonly absent: boolean;
}

/**
 * Everything wrong with the inputs, as the package's provider words it. Secrets are looked through;
 * unknowns, `null` (an absent value) and what the provider notes (`__…`) are passed over.
 */
export function judge(shape: Shape, words: Words, name: string, inputs: ValueObject): ShapeFault[] {
  const run = new Run(shape, words, { name });
  run.object(shape.inputs, inputs);
  return run.faults;
}

class Run {
  readonly faults: ShapeFault[] = [];
  private readonly at: (string | number)[] = [];
  private readonly shape: Shape;
  private readonly module: Module;
  private readonly words: Words;
  private readonly subject: Subject;

  constructor(shape: Shape, words: Words, subject: Subject) {
    this.shape = shape;
    this.module = shape.module;
    this.words = words;
    this.subject = subject;
  }

  object(properties: Properties, value: ValueObject): void {
    for (const name of properties.required) {
      const given = value[name];
      if (given === undefined || given === null) this.missing(name);
    }
    for (const name in value) {
      const given = value[name];
      if (given === undefined || given === null || name.startsWith("__")) continue;
      const property = properties.get(name);
      this.at.push(name);
      if (property === undefined) this.unknown(name);
      else this.value(property.type, given);
      this.at.pop();
    }
  }

  private value(type: Type, value: Value): void {
    const given = plain(value);
    if (given === null || given instanceof Unknown || type.kind === "any") return;
    // Assets, archives and references to resources pass as they are.
    if (isObject(given) && signatureKey in given) return;
    switch (type.kind) {
      case "list":
        this.list(type.item, given);
        break;
      case "map":
        this.map(type.item, given);
        break;
      case "shape":
        this.nested(this.module.nested(type.name), given);
        break;
      case "oneOf":
        this.oneOf(type.types, given);
        break;
      case "closed":
        this.oneOfTexts(this.module.values(type.name), given);
        break;
      case "text":
        this.oneOfTexts([type.text], given);
        break;
      default:
        this.wanted(type.kind === "open" ? "string" : type.kind, given);
    }
  }

  private list(item: Type, given: Value): void {
    if (isList(given)) {
      for (let i = 0; i < given.length; i++) this.inside(i, item, given[i]);
    } else if (this.words.wrapsSingle) {
      this.value(item, given);
    } else {
      this.wanted("list", given);
    }
  }

  private map(item: Type, given: Value): void {
    if (!isObject(given)) {
      this.wanted("map", given);
      return;
    }
    if (!this.words.judgesMaps) return;
    for (const key in given) if (!key.startsWith("__")) this.inside(key, item, given[key]);
  }

  private nested(properties: Properties, given: Value): void {
    if (isObject(given)) {
      this.object(properties, given);
    } else if (this.words.wrapsSingle && isList(given) && given.length <= 1) {
      // The bridge sends one object as a list of one, and takes such a list as it is.
      for (const only of given) this.nested(properties, plain(only));
    } else {
      this.wanted("object", given);
    }
  }

  private inside(step: string | number, type: Type, given: Value | undefined): void {
    this.at.push(step);
    this.value(type, given ?? null);
    this.at.pop();
  }

  private oneOf(types: readonly Type[], given: Value): void {
    if (!this.words.judgesAlternatives) return;
    const tried = this.faults.length;
    let best: ShapeFault[] | undefined;
    for (const type of this.likely(types, given)) {
      this.value(type, given);
      const found = this.faults.splice(tried);
      if (found.length === 0) return;
      if (best === undefined || found.length < best.length) best = found;
    }
    this.faults.push(...(best ?? []));
  }

  /** The alternatives that a discriminator (`type: "AzureBlob"`) points to, or all of them. */
  private likely(types: readonly Type[], given: Value): readonly Type[] {
    if (!isObject(given)) return types;
    const chosen = types.filter((type) => {
      if (type.kind !== "shape") return false;
      const fixed = this.module.nested(type.name).fixedTexts();
      return fixed.length > 0 && fixed.every(([name, text]) => given[name] === text);
    });
    return chosen.length > 0 ? chosen : types;
  }

  private oneOfTexts(allowed: readonly string[], given: Value): void {
    if (typeof given !== "string") {
      this.wanted("string", given);
    } else if (this.words.judgesTexts && !allowed.includes(given)) {
      this.fault(this.words.notAllowed(this.subject, this.path(), given, allowed));
    }
  }

  private wanted(wanted: Wanted, given: Value): void {
    if (this.words.takes(wanted, given)) return;
    this.fault(this.words.mismatch(this.subject, this.path(), wanted, given));
  }

  private missing(name: string): void {
    this.at.push(name);
    const reason = this.words.missing(this.subject, this.path());
    this.faults.push({ property: this.path(), reason, absent: true });
    this.at.pop();
  }

  private unknown(name: string): void {
    const output = this.at.length === 1 && this.shape.outputs.get(name) !== undefined;
    const reason = this.words.unknown(this.subject, this.path(), output);
    if (reason !== undefined) this.fault(reason);
  }

  private fault(reason: string): void {
    this.faults.push({ property: this.path(), reason, absent: false });
  }

  private path(): string {
    return formatPath(this.at);
  }
}

function plain(value: Value): Value {
  return value instanceof Secret ? plain(value.value) : value;
}
