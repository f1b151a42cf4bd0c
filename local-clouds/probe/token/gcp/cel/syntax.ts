/** The tree of an expression. */

/** An expression. */
export type Expression =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "member"; readonly of: Expression; readonly name: string }
  | { readonly kind: "index"; readonly of: Expression; readonly at: Expression }
  | { readonly kind: "not"; readonly of: Expression }
  | {
      readonly kind: "call";
      readonly name: string;
      /** What a method is called on; `undefined` for a function. */
      readonly on: Expression | undefined;
      readonly args: readonly Expression[];
    }
  | {
      readonly kind: "binary";
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: "choice";
      readonly test: Expression;
      readonly yes: Expression;
      readonly no: Expression;
    };

/** What is no expression of the subset. */
export class NotInSubset extends Error {
  constructor(message: string) {
    super(message);
    this.name = "NotInSubset";
  }
}
