/** Reads raw inputs path by path, never taking an unknown for something else. */
import type { Json, View, ViewState } from "../../model/policy/view.ts";
import { Undecided } from "../../model/policy/view.ts";
import { behindProxy, isUnknown } from "./unknown.ts";

/** Deeper values are refused as unreadable: a cyclic object would never end. */
const depthMax = 100;

/** Where the Terraform bridge notes in each object which of its properties it filled in. */
const defaultsNote = "__defaults";

/** A view of all inputs of a resource, given as the SDK gives them or as plain data. */
export function viewOf(urn: string, inputs: unknown): View {
  return new RawView(urn, "", behindProxy(inputs));
}

class RawView implements View {
  readonly urn: string;
  readonly path: string;
  readonly state: ViewState;
  readonly #raw: unknown;

  constructor(urn: string, path: string, raw: unknown) {
    this.urn = urn;
    this.path = path;
    this.#raw = raw;
    this.state = stateOf(raw);
  }

  at(...keys: readonly (string | number)[]): View {
    let raw = this.#raw;
    let path = this.path;
    for (const key of keys) {
      if (isUnknown(raw) || raw === misshapen) break;
      if (!mayHave(raw, key)) {
        raw = misshapen;
        break;
      }
      raw = child(raw, key);
      path = join(path, key);
    }
    return new RawView(this.urn, path, raw);
  }

  items(): readonly View[] {
    const raw = this.#settled();
    if (raw === undefined) return [];
    if (!Array.isArray(raw)) throw this.#unreadable();
    return Array.from({ length: raw.length }, (_, index) => this.at(index));
  }

  keys(): readonly string[] {
    const raw = this.#settled();
    if (raw === undefined || raw === null) return [];
    if (typeof raw !== "object" || Array.isArray(raw)) throw this.#unreadable();
    return Object.keys(raw).filter((key) => key !== defaultsNote);
  }

  text(): string | undefined {
    const raw = this.#settled();
    if (raw === undefined || typeof raw === "string") return raw;
    if (typeof raw === "number" || typeof raw === "boolean") return String(raw);
    throw this.#unreadable();
  }

  number(): number | undefined {
    const raw = this.#settled();
    if (raw === undefined || typeof raw === "number") return raw;
    if (typeof raw === "string" && /^-?\d+$/.test(raw.trim())) return Number(raw);
    throw this.#unreadable();
  }

  flag(): boolean | undefined {
    const raw = this.#settled();
    if (raw === undefined || typeof raw === "boolean") return raw;
    if (raw === "true" || raw === "false") return raw === "true";
    throw this.#unreadable();
  }

  document(): View {
    const raw = this.#settled();
    if (typeof raw !== "string") return this;
    const parsed = parse(raw);
    // A document that says nothing at all is none that any service documents.
    if (parsed === undefined || parsed === null) throw this.#unreadable();
    return new RawView(this.urn, this.path, parsed);
  }

  plain(): Json | undefined {
    return this.#settled() === undefined ? undefined : copy(this, 0);
  }

  /** The raw value, undefined where absent. */
  #settled(): unknown {
    if (this.#raw === misshapen) throw this.#unreadable();
    if (this.state === "unknown") throw new Undecided(this.urn, this.path, "unknown");
    return this.state === "absent" ? undefined : this.#raw;
  }

  #unreadable(): Undecided {
    return new Undecided(this.urn, this.path, "unreadable");
  }

  /** Whether this is a list, an object or something without parts. */
  shape(): "list" | "object" | "scalar" {
    if (Array.isArray(this.#raw)) return "list";
    return typeof this.#raw === "object" && this.#raw !== null ? "object" : "scalar";
  }

  scalar(): Json {
    const raw = this.#settled();
    if (raw === undefined) return null;
    if (typeof raw === "string" || typeof raw === "number" || typeof raw === "boolean") return raw;
    throw this.#unreadable();
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function copy(view: View, depth: number): Json {
  if (depth > depthMax) throw new Undecided(view.urn, view.path, "unreadable");
  if (!(view instanceof RawView)) throw new Undecided(view.urn, view.path, "unreadable");
  switch (view.shape()) {
    case "list":
      return view.items().map((item) => copy(item, depth + 1));
    case "object":
      return Object.fromEntries(view.keys().map((key) => [key, copy(view.at(key), depth + 1)]));
    case "scalar":
      return view.scalar();
  }
}

function stateOf(raw: unknown): ViewState {
  if (isUnknown(raw) || raw === misshapen) return "unknown";
  return raw === undefined || raw === null ? "absent" : "known";
}

/** Stands for what is below a value of another shape than documented, where nobody knows what it means. */
const misshapen = Symbol("misshapen");

/** Whether a value may have something below it under the key: absent ones have nothing there. */
function mayHave(raw: unknown, key: string | number): boolean {
  if (raw === undefined || raw === null) return true;
  if (Array.isArray(raw)) return typeof key === "number";
  return typeof raw === "object" && typeof key === "string";
}

/** A property of the prototype is no input; one that has to be computed by a getter is not read. */
function child(raw: unknown, key: string | number): unknown {
  if (typeof raw !== "object" || raw === null) return undefined;
  const descriptor = Object.getOwnPropertyDescriptor(raw, key);
  if (descriptor === undefined) return undefined;
  return "value" in descriptor ? descriptor.value : misshapen;
}

function join(path: string, key: string | number): string {
  if (typeof key === "number") return `${path}[${key}]`;
  if (!/^[A-Za-z_$][\w$-]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}
