/** The evaluator of conditions against another one, and what it leaves open. */

import assert from "node:assert/strict";
import { isCelError, run } from "@bufbuild/cel";
import fc from "fast-check";
import { evaluateCel } from "../../../../local-clouds/probe/token/gcp/cel/evaluate.ts";

const texts = ["a", "b", "ab", "repo:acme/shop", "", "it's"];
const claims = {
  a: "a",
  ab: "ab",
  repo: "repo:acme/shop",
  empty: "",
  list: ["a", "ab"],
  none: [],
  yes: true,
  map: { a: "b" },
};

const quoted = fc.constantFrom(...texts).map((text) => JSON.stringify(text));
const text = fc.oneof(
  quoted,
  fc
    .constantFrom("a", "ab", "repo", "empty", "missing", "yes", "map.a", "map.b")
    .map((name) => `assertion.${name}`),
  fc.constantFrom("assertion.list[0]", "assertion.list[7]", "assertion['ab']"),
);
const list = fc.oneof(
  fc.constantFrom("assertion.list", "assertion.none", "assertion.missing", "assertion.a"),
  fc.array(quoted, { maxLength: 3 }).map((items) => `[${items.join(", ")}]`),
);

const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    fc.tuple(text, fc.constantFrom("==", "!=", "<", ">="), text).map((parts) => parts.join(" ")),
    fc
      .tuple(text, fc.constantFrom("startsWith", "endsWith", "contains"), text)
      .map(([of, name, arg]) => `${of}.${name}(${arg})`),
    fc.tuple(text, list).map(([of, all]) => `${of} in ${all}`),
    fc.constantFrom("true", "false", "assertion.yes", "has(assertion.a)", "has(assertion.missing)"),
    fc.tuple(text, fc.nat(8)).map(([of, count]) => `size(${of}) == ${count}`),
    fc.tuple(text, text, text).map(([a, b, c]) => `${a} + ${b} == ${c}`),
    fc
      .tuple(list, fc.constantFrom("exists", "all"), text)
      .map(([all, macro, arg]) => `${all}.${macro}(x, x == ${arg})`),
    tie("condition").map((one) => `!(${one})`),
    fc
      .tuple(tie("condition"), fc.constantFrom("&&", "||"), tie("condition"))
      .map(([a, operator, b]) => `(${a}) ${operator} (${b})`),
    fc
      .tuple(tie("condition"), tie("condition"), tie("condition"))
      .map(([a, b, c]) => `(${a}) ? (${b}) : (${c})`),
  ),
}));

/** What the other evaluator says: a bool, or that it is an error. */
function referee(expression: string): string {
  const result = run(expression, { assertion: claims });
  return isCelError(result) ? "error" : String(result);
}

function own(expression: string): string {
  const result = evaluateCel(expression, { assertion: claims });
  return result.kind === "value" ? String(result.value) : result.kind;
}

describe("conditions of Google Cloud, evaluated", () => {
  it("come to the same as by another evaluator", () => {
    fc.assert(
      fc.property(condition, (expression) => {
        assert.equal(own(expression), referee(expression), expression);
      }),
      { numRuns: 1000 },
    );
  });

  it("are left open where the documents say nothing", () => {
    for (const expression of [
      "assertion.a.reverse() == 'a'",
      "other.a == 'a'",
      "1 + 1 == 2",
      "assertion.a.matches('(?i)A')",
      "assertion.a.matches('(a+)+')",
      "assertion.map.exists(k, k == 'a')",
      "assertion.a == 'a' &&",
      "b'a' == b'a'",
      "{'a': 1}.a == 1",
      `${"(".repeat(200)}true${")".repeat(200)}`,
    ]) {
      assert.equal(own(expression), "open", expression);
    }
  });

  it("know the functions on texts", () => {
    for (const [expression, wanted] of [
      ["assertion.repo.split(':')[1]", "acme/shop"],
      ["['a', 'b'].join('-')", "a-b"],
      ["['a', assertion.yes].join('-')", "error"],
      ["'AbC'.lowerAscii() + 'AbÄ'.upperAscii()", "abcABÄ"],
      ["assertion.repo.replace('acme', 'x$1')", "repo:x$1/shop"],
      ["size(assertion.list)", "2"],
      ["string(assertion.yes)", "true"],
      ["string(7)", "7"],
      ["assertion.list.filter(x, x == 'a').size()", "1"],
      ["assertion.list.map(x, x + '!')[1]", "ab!"],
      ["assertion.list.exists_one(x, x.startsWith('a'))", "false"],
      ["timestamp('2026-01-01T00:00:00Z') < timestamp('2026-01-01T01:00:00+00:00')", "true"],
      ["timestamp('never')", "error"],
      ["r'\\d' + '\\n' == '\\\\d\\n'", "true"],
      ["assertion.map['a']", "b"],
      ["'a' in assertion.map && !('z' in assertion.map)", "true"],
      ["null == null // a comment", "true"],
      ["-1 < 1 ? 'less' : 'more'", "less"],
      ["assertion.yes ? 1 : 2", "1"],
      ["assertion.a ? 1 : 2", "error"],
      ["!assertion.a", "error"],
      ["assertion.a && true", "error"],
      ["assertion.a < 1", "error"],
      ["[1, 2] + [3] == [1, 2, 3]", "true"],
      ["assertion.list.matches('a')", "error"],
      ["has(assertion.map.z)", "false"],
      ["has(assertion.a.b)", "error"],
    ] as const) {
      assert.equal(own(expression), wanted, expression);
    }
  });

  it("extract what a template shows, as documented", () => {
    const name = "projects/_/buckets/acme/objects/logs/2026/day.txt";
    for (const [template, wanted] of [
      ["/objects/{path}", "logs/2026/day.txt"],
      ["buckets/{name}/", "acme"],
      ["{start}/buckets", "projects/_"],
      ["/folders/{name}/", ""],
      ["buckets/{name}/folders", ""],
    ]) {
      const result = evaluateCel(`assertion.name.extract('${template}')`, { assertion: { name } });
      assert.deepEqual(result, { kind: "value", value: wanted }, template);
    }
  });
});
