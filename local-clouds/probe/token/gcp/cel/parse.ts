/**
 * The grammar, as far as Google Cloud documents it for attribute mappings and conditions (Common
 * Expression Language specification, "Syntax"; IAM, "Attribute reference for IAM Conditions").
 */

import { type Expression, NotInSubset } from "./syntax.ts";
import { type Token, tokensOf } from "./tokens.ts";

/** Deepest nesting that is read, in expressions. */
const depthMax = 100;

/** Operators of two sides, loosest first; those of a line bind alike. */
const levels: readonly (readonly string[])[] = [
  ["||"],
  ["&&"],
  ["==", "!=", "<", "<=", ">", ">=", "in"],
  ["+", "-"],
  ["*", "/", "%"],
];

const constants: Readonly<Record<string, boolean | null>> = {
  true: true,
  false: false,
  null: null,
};

/** Parses an expression; throws {@link NotInSubset}. */
export function parseCel(text: string): Expression {
  const parser = new Parser(tokensOf(text));
  const whole = parser.choice();
  parser.end();
  return whole;
}

class Parser {
  private readonly tokens: readonly Token[];
  private at = 0;
  private depth = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  /** `a ? b : c`, or anything that binds tighter. */
  choice(): Expression {
    if (++this.depth > depthMax) throw new NotInSubset(`nested deeper than ${depthMax}`);
    const test = this.binary(0);
    let out = test;
    if (this.takes("?")) {
      const yes = this.choice();
      this.demand(":");
      out = { kind: "choice", test, yes, no: this.choice() };
    }
    this.depth--;
    return out;
  }

  end(): void {
    const left = this.tokens[this.at];
    if (left !== undefined) throw new NotInSubset(`${String(left.value)} where the end should be`);
  }

  private binary(level: number): Expression {
    const operators = levels[level];
    if (operators === undefined) return this.unary();
    let left = this.binary(level + 1);
    for (let word = this.operatorOf(operators); word !== undefined; ) {
      left = { kind: "binary", operator: word, left, right: this.binary(level + 1) };
      word = this.operatorOf(operators);
    }
    return left;
  }

  private operatorOf(operators: readonly string[]): string | undefined {
    const token = this.tokens[this.at];
    if (token === undefined || token.kind === "text" || token.kind === "number") return undefined;
    if (!operators.includes(token.value)) return undefined;
    this.at++;
    return token.value;
  }

  private unary(): Expression {
    if (this.takes("!")) return { kind: "not", of: this.unary() };
    if (this.takes("-")) {
      const token = this.tokens[this.at++];
      if (token?.kind !== "number") throw new NotInSubset("a minus before what is no number");
      return { kind: "literal", value: -token.value };
    }
    return this.postfix(this.primary());
  }

  private postfix(start: Expression): Expression {
    let out = start;
    for (;;) {
      if (this.takes(".")) {
        const name = this.name();
        out = this.takes("(")
          ? { kind: "call", name, on: out, args: this.list(")") }
          : { kind: "member", of: out, name };
      } else if (this.takes("[")) {
        const at = this.choice();
        this.demand("]");
        out = { kind: "index", of: out, at };
      } else {
        return out;
      }
    }
  }

  private primary(): Expression {
    const token = this.tokens[this.at++];
    if (token === undefined) throw new NotInSubset("an end where a value should be");
    if (token.kind === "text" || token.kind === "number") {
      return { kind: "literal", value: token.value };
    }
    if (token.kind === "name") return this.named(token.value);
    if (token.value === "(") {
      const inside = this.choice();
      this.demand(")");
      return inside;
    }
    if (token.value === "[") return { kind: "list", items: this.list("]") };
    throw new NotInSubset(`${token.value} where a value should be`);
  }

  private named(name: string): Expression {
    const constant = constants[name];
    if (constant !== undefined) return { kind: "literal", value: constant };
    if (this.takes("(")) return { kind: "call", name, on: undefined, args: this.list(")") };
    return { kind: "name", name };
  }

  private list(end: string): readonly Expression[] {
    const out: Expression[] = [];
    if (this.takes(end)) return out;
    do {
      out.push(this.choice());
    } while (this.takes(","));
    this.demand(end);
    return out;
  }

  private name(): string {
    const token = this.tokens[this.at++];
    if (token?.kind === "name") return token.value;
    throw new NotInSubset("a dot without a name");
  }

  private takes(sign: string): boolean {
    const token = this.tokens[this.at];
    if (token?.kind !== "sign" || token.value !== sign) return false;
    this.at++;
    return true;
  }

  private demand(sign: string): void {
    if (!this.takes(sign)) throw new NotInSubset(`no ${sign} where one should be`);
  }
}
