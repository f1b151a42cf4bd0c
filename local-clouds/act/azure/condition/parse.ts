/**
 * Conditions of role assignments taken apart (Azure RBAC, "Azure role assignment condition format and syntax").
 */

/** A condition as a tree. */
export type Condition =
  | { readonly kind: "and" | "or"; readonly of: readonly Condition[] }
  | { readonly kind: "not"; readonly of: Condition }
  | { readonly kind: "action" | "sub-operation"; readonly text: string }
  | { readonly kind: "exists"; readonly attribute: Attribute }
  | {
      readonly kind: "compare";
      readonly attribute: Attribute;
      /** With its function before it, e.g. `ForAnyOfAnyValues:StringEquals`. */
      readonly operator: string;
      readonly values: readonly string[] | Attribute;
    };

/** `@Resource[Microsoft.Storage/storageAccounts:name]`. */
export interface Attribute {
  readonly source: "Environment" | "Principal" | "Request" | "Resource";
  readonly name: string;
}

/** The condition of a text; `undefined` for one that is not of the format. */
export function parseCondition(text: string): Condition | undefined {
  const tokens = tokensOf(text);
  if (tokens === undefined) return undefined;
  const parser = new Parser(tokens);
  try {
    const condition = parser.disjunction();
    return parser.isDone ? condition : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const tokenPattern =
  /\s*(@(?:Environment|Principal|Request|Resource)\[[^\]]+\]|'(?:[^'\\]|\\.)*'|&&|\|\||[!(){},]|[^\s!(){},'@]+)/gy;

function tokensOf(text: string): readonly string[] | undefined {
  const whole = text.trim();
  const found = [...whole.matchAll(tokenPattern)];
  const read = found.reduce((sum, [all]) => sum + all.length, 0);
  return read === whole.length ? found.map(([, token = ""]) => token) : undefined;
}

/** Throws `SyntaxError` for what the format does not have. */
class Parser {
  private readonly tokens: readonly string[];
  private here = 0;

  constructor(tokens: readonly string[]) {
    this.tokens = tokens;
  }

  get isDone(): boolean {
    return this.here === this.tokens.length;
  }

  disjunction(): Condition {
    return this.joined("or", /^(OR|\|\|)$/i, () =>
      this.joined("and", /^(AND|&&)$/i, () => this.unary()),
    );
  }

  private joined(kind: "and" | "or", sign: RegExp, part: () => Condition): Condition {
    const first = part();
    const of = [first];
    while (sign.test(this.peek())) {
      this.here++;
      of.push(part());
    }
    return of.length === 1 ? first : { kind, of };
  }

  private unary(): Condition {
    if (/^(NOT|!)$/i.test(this.peek())) {
      this.here++;
      return { kind: "not", of: this.unary() };
    }
    return this.primary();
  }

  private primary(): Condition {
    const token = this.next();
    if (token === "(") {
      const inner = this.disjunction();
      this.expect(")");
      return inner;
    }
    if (token === "ActionMatches") return { kind: "action", text: this.braced()[0] ?? "" };
    if (token === "SubOperationMatches") {
      return { kind: "sub-operation", text: this.braced()[0] ?? "" };
    }
    if (/^exists$/i.test(token)) return { kind: "exists", attribute: attributeOf(this.next()) };
    const attribute = attributeOf(token);
    const operator = this.next();
    return { kind: "compare", attribute, operator, values: this.operand() };
  }

  private operand(): readonly string[] | Attribute {
    if (this.peek() === "{") return this.braced();
    const token = this.next();
    return token.startsWith("@") ? attributeOf(token) : [literalOf(token)];
  }

  private braced(): readonly string[] {
    this.expect("{");
    const values = [literalOf(this.next())];
    while (this.peek() === ",") {
      this.here++;
      values.push(literalOf(this.next()));
    }
    this.expect("}");
    return values;
  }

  private expect(token: string): void {
    if (this.next() !== token) throw new SyntaxError(`${token} is missing`);
  }

  private peek(): string {
    return this.tokens[this.here] ?? "";
  }

  private next(): string {
    const token = this.tokens[this.here++];
    if (token === undefined) throw new SyntaxError("the condition ends too early");
    return token;
  }
}

function attributeOf(token: string): Attribute {
  const [, source, name] = /^@(\w+)\[(.+)\]$/.exec(token) ?? [];
  if (source === undefined || name === undefined) throw new SyntaxError(`no attribute: ${token}`);
  return { source: source as Attribute["source"], name };
}

/** A text between quotation marks, or a number, a GUID, true or false. */
function literalOf(token: string): string {
  if (/^[!(){},]$|^(&&|\|\|)$/.test(token)) throw new SyntaxError(`no value: ${token}`);
  return token.startsWith("'") ? token.slice(1, -1).replace(/\\(.)/g, "$1") : token;
}
