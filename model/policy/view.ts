/**
 * How a rule reads a planned resource: every path is known, unknown or absent, and reading what
 * is not known yet ends that one judgement instead of guessing.
 */

/** Plain data as it comes from an engine, a state export or a manifest. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** A value at a path. `null` counts as absent, as it does for the engine. */
export type ViewState = "known" | "unknown" | "absent";

/** One value of a planned resource, read without ever taking an unknown for something else. */
export interface View {
  /** The resource that the value belongs to. */
  readonly urn: string;
  /** Property path from the resource, e.g. `ingress[0].cidrBlocks`; empty for all inputs. */
  readonly path: string;
  readonly state: ViewState;
  /** The value below; of something unknown everything below is unknown, under the outer path. */
  at(...keys: readonly (string | number)[]): View;
  /** Elements of a list, none where absent. Throws {@link Undecided} where unknown or no list. */
  items(): readonly View[];
  /** Names of an object's properties, none where absent. Throws {@link Undecided} like `items`. */
  keys(): readonly string[];
  /** Text, also of a number or a flag; undefined where absent. Throws {@link Undecided}. */
  text(): string | undefined;
  /** Number, also of a numeric text; undefined where absent. Throws {@link Undecided}. */
  number(): number | undefined;
  /** Flag, also of "true" and "false"; undefined where absent. Throws {@link Undecided}. */
  flag(): boolean | undefined;
  /** The value itself or, where it is a text, the JSON document in it. Throws {@link Undecided}. */
  document(): View;
  /** The whole value; throws {@link Undecided} if anything in it is unknown. */
  plain(): Json | undefined;
}

/** Why a judgement cannot be made now. */
export type UndecidedBecause = "unknown" | "unreadable";

/** Thrown by reading what is unknown, or of another shape than the vendor documents. */
export class Undecided extends Error {
  readonly urn: string;
  readonly path: string;
  readonly because: UndecidedBecause;

  constructor(urn: string, path: string, because: UndecidedBecause) {
    super(`${path} is ${because === "unknown" ? "not known yet" : "not of the documented shape"}`);
    this.name = "Undecided";
    this.urn = urn;
    this.path = path;
    this.because = because;
  }
}

/** A resource as planned. */
export interface PlannedResource {
  readonly urn: string;
  /** Canonical type: one token for all the names under which vendors ship the same resource. */
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  /** What the program asked for, after the provider's defaults. */
  readonly inputs: View;
  /** What the provider gave back or foresees; absent throughout where nobody knows. */
  readonly outputs: View;
  readonly options: {
    readonly protect: boolean;
    readonly ignoreChanges: readonly string[];
    /** Outputs that the program, or the provider's package, has kept secret. */
    readonly additionalSecretOutputs: readonly string[];
    /** URN of the parent; empty where there is none. */
    readonly parent: string;
  };
  /** URN of the provider instance; empty for components and providers themselves. */
  readonly provider: string;
}

/** To which planned resource a property refers. */
export type Reference =
  | { readonly state: "resource"; readonly resource: PlannedResource }
  /** A known value that no planned resource has: something outside this stack. */
  | { readonly state: "outside"; readonly value: string }
  | { readonly state: "absent" };

/** All planned resources of a stack. */
export interface Plan {
  readonly resources: readonly PlannedResource[];
  /** Resources of any of the canonical types, in the order planned. */
  ofType(...types: readonly string[]): readonly PlannedResource[];
  /**
   * The resource of one of `types` to which the property refers, found by what the engine recorded
   * as its dependencies and, where the value is known, by id, name or link.
   * Throws {@link Undecided} where none or several fit and the value is unknown.
   */
  follow(property: View, ...types: readonly string[]): Reference;
  /** Planned resources of one of `types` that have the value as their id, name or link. */
  named(value: string, ...types: readonly string[]): readonly PlannedResource[];
  /** URNs of the resources for whose outputs a property waits, as the engine recorded them. */
  waitsFor(urn: string, path: string): readonly string[];
}
