/** What a resource type's properties are, as the installed SDK says. */

import { type Property, parseProperty, type Type } from "./spelling.ts";

/** Properties of a resource or of a nested object; each is parsed when it is first asked for. */
export class Properties {
  private readonly spellings: ReadonlyMap<string, string>;
  private readonly parsed = new Map<string, Property>();
  /** Those that must be there. */
  readonly required: readonly string[];

  constructor(spellings: Readonly<Record<string, string>>) {
    this.spellings = new Map(Object.entries(spellings));
    this.required = [...this.spellings].flatMap(([name, text]) =>
      text.endsWith("!") ? [name] : [],
    );
  }

  /** The property of a name. */
  get(name: string): Property | undefined {
    const known = this.parsed.get(name);
    if (known !== undefined) return known;
    const spelling = this.spellings.get(name);
    if (spelling === undefined) return undefined;
    const property = parseProperty(spelling);
    this.parsed.set(name, property);
    return property;
  }

  /** All names. */
  names(): readonly string[] {
    return [...this.spellings.keys()];
  }

  /** The one text that a property may have, where there is just one. */
  fixedTexts(): readonly (readonly [string, string])[] {
    return this.names().flatMap((name) => {
      const type = this.get(name)?.type;
      return type?.kind === "text" ? [[name, type.text] as const] : [];
    });
  }
}

/** The nested shapes and enumerations of one module. */
export interface Module {
  nested(name: string): Properties;
  values(name: string): readonly string[];
}

/** The shape of one resource type. */
export interface Shape {
  /** The token in the installed SDK's own spelling. */
  readonly token: string;
  readonly inputs: Properties;
  /** Outputs that are no inputs, or have another type than the input of their name. */
  readonly outputs: Properties;
  /** Outputs that the SDK marks secret. */
  readonly secretOutputs: readonly string[];
  /** Other spellings of the token: module and name, with the API versions there were of each. */
  readonly aliases: Readonly<Record<string, string>>;
  readonly module: Module;
}

/** The type of an output: its own, or that of the input that comes back. */
export function outputOf(shape: Shape, name: string): Type | undefined {
  return (shape.outputs.get(name) ?? shape.inputs.get(name))?.type;
}

/** The type of an input at a path inside of a resource; `undefined` where the SDK knows none. */
export function inputAt(shape: Shape, at: readonly (string | number)[]): Type | undefined {
  let properties: Properties | undefined = shape.inputs;
  let type: Type | undefined;
  for (const step of at) {
    if (typeof step === "string") type = properties?.get(step)?.type;
    else type = type?.kind === "list" ? type.item : undefined;
    properties = type?.kind === "shape" ? shape.module.nested(type.name) : undefined;
  }
  return type;
}
