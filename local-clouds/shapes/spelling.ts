/**
 * Types as the shape files spell them (`tools/shapes/expression.ts` writes them): `string`, `number`,
 * `boolean`, `any`, `asset`, `#Name` a nested shape, `=Name` one of an enumeration's values, `~Name`
 * such a value or any other text, `'text'` just this text, `T[]`, `T{}`, `T|T`, `(…)`; a final `!`
 * marks a required property.
 */

/** A parsed type. */
export type Type =
  | { readonly kind: "any" | "asset" | "string" | "number" | "boolean" }
  | { readonly kind: "shape" | "open" | "closed"; readonly name: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "list" | "map"; readonly item: Type }
  | { readonly kind: "oneOf"; readonly types: readonly Type[] };

/** A property's type and whether it must be there. */
export interface Property {
  readonly type: Type;
  readonly required: boolean;
}

/** Parses a property's spelling; throws `RangeError` if it is none. */
export function parseProperty(spelling: string): Property {
  const required = spelling.endsWith("!");
  const reader = new Reader(required ? spelling.slice(0, -1) : spelling);
  const type = reader.alternatives();
  reader.end();
  return { type, required };
}

const atom = /^(?:(any|asset|string|number|boolean)\b|([#=~])([\w.-]+)|'([^']*)'|(\())/;

class Reader {
  private rest: string;
  private readonly whole: string;

  constructor(text: string) {
    this.rest = text;
    this.whole = text;
  }

  alternatives(): Type {
    const types = [this.suffixed()];
    while (this.take("|")) types.push(this.suffixed());
    const [first] = types;
    return types.length === 1 && first !== undefined ? first : { kind: "oneOf", types };
  }

  end(): void {
    if (this.rest !== "") this.fail();
  }

  private suffixed(): Type {
    let type = this.single();
    for (;;) {
      if (this.take("[]")) type = { kind: "list", item: type };
      else if (this.take("{}")) type = { kind: "map", item: type };
      else return type;
    }
  }

  private single(): Type {
    const match = atom.exec(this.rest);
    if (match === null) return this.fail();
    this.rest = this.rest.slice(match[0].length);
    const [, basic, mark, name = "", text, open] = match;
    if (open !== undefined) {
      const inner = this.alternatives();
      if (!this.take(")")) return this.fail();
      return inner;
    }
    if (text !== undefined) return { kind: "text", text };
    if (mark !== undefined) return { kind: kinds[mark as keyof typeof kinds], name };
    return { kind: basic as "any" };
  }

  private take(text: string): boolean {
    if (!this.rest.startsWith(text)) return false;
    this.rest = this.rest.slice(text.length);
    return true;
  }

  private fail(): never {
    throw new RangeError(`not a type: ${this.whole}`);
  }
}

const kinds = { "#": "shape", "=": "closed", "~": "open" } as const;
