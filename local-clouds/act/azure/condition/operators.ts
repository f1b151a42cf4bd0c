/** Operators of conditions (Azure RBAC, "Azure role assignment condition format and syntax", "Function operators", "Attribute operators"). */

type Comparison = (got: string, wanted: string) => boolean;

/** `*` and `?` stand for texts and characters, `\` before them for themselves ("StringLike"). */
function like(got: string, pattern: string): boolean {
  const source = pattern.replace(
    /\\([*?])|([*?])|([.+^${}()|[\]\\])/g,
    (_all, plain, wild, special) =>
      plain !== undefined
        ? `\\${plain}`
        : wild === "*"
          ? ".*"
          : wild === "?"
            ? "."
            : `\\${special}`,
  );
  return new RegExp(`^${source}$`, "s").test(got);
}

const texts: Readonly<Record<string, Comparison>> = {
  StringEquals: (got, wanted) => got === wanted,
  StringLike: like,
  StringStartsWith: (got, wanted) => got.startsWith(wanted),
};

const folded =
  (compare: Comparison): Comparison =>
  (got, wanted) =>
    compare(got.toLowerCase(), wanted.toLowerCase());
const negated =
  (compare: Comparison): Comparison =>
  (got, wanted) =>
    !compare(got, wanted);
const numbers =
  (compare: (got: number, wanted: number) => boolean): Comparison =>
  (got, wanted) =>
    compare(Number(got), Number(wanted));
const times =
  (compare: (got: number, wanted: number) => boolean): Comparison =>
  (got, wanted) =>
    compare(Date.parse(got), Date.parse(wanted));

const orders: Readonly<Record<string, (got: number, wanted: number) => boolean>> = {
  Equals: (got, wanted) => got === wanted,
  NotEquals: (got, wanted) => got !== wanted,
  GreaterThan: (got, wanted) => got > wanted,
  GreaterThanEquals: (got, wanted) => got >= wanted,
  LessThan: (got, wanted) => got < wanted,
  LessThanEquals: (got, wanted) => got <= wanted,
};

const comparisons: ReadonlyMap<string, Comparison> = new Map([
  ...Object.entries(texts).flatMap(([name, compare]): (readonly [string, Comparison])[] => {
    const not = name.replace("String", "StringNot");
    return [
      [name, compare],
      [not, negated(compare)],
      [`${name}IgnoreCase`, folded(compare)],
      [`${not}IgnoreCase`, negated(folded(compare))],
    ];
  }),
  ...Object.entries(orders).flatMap(([name, order]): (readonly [string, Comparison])[] => [
    [`Numeric${name}`, numbers(order)],
    [`DateTime${name}`, times(order)],
  ]),
  ["GuidEquals", folded((got: string, wanted: string) => got === wanted)],
  ["GuidNotEquals", negated(folded((got: string, wanted: string) => got === wanted))],
  ["BoolEquals", folded((got: string, wanted: string) => got === wanted)],
  ["BoolNotEquals", negated(folded((got: string, wanted: string) => got === wanted))],
]);

/** How the values of both sides are met, by the function before the operator ("Cross product comparison functions"). */
const functions: Readonly<
  Record<string, readonly [left: "some" | "every", right: "some" | "every"]>
> = {
  ForAnyOfAnyValues: ["some", "some"],
  ForAllOfAnyValues: ["every", "some"],
  ForAnyOfAllValues: ["some", "every"],
  ForAllOfAllValues: ["every", "every"],
  "": ["some", "some"],
};

/** What an operator says; `undefined` for one that is not told here. */
export function compareBy(
  operator: string,
  got: readonly string[],
  wanted: readonly string[],
): boolean | undefined {
  const [, before = "", name = ""] = /^(?:(\w+):)?(\w+)$/.exec(operator) ?? [];
  const compare = comparisons.get(name);
  const how = functions[before];
  if (compare === undefined || how === undefined) return undefined;
  const [left, right] = how;
  return got[left]((one) => wanted[right]((other) => compare(one, other)));
}
