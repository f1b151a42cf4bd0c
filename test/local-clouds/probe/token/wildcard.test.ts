import assert from "node:assert/strict";
import fc from "fast-check";
import { patternOf, wildcardMatches } from "../../../../local-clouds/probe/token/wildcard.ts";

/** The plainest reading: try every length that a star may have. */
function naive(pattern: string, text: string): boolean {
  if (pattern === "") return text === "";
  const [first, rest] = [pattern.charAt(0), pattern.slice(1)];
  if (first === "*") {
    for (let length = 0; length <= text.length; length++) {
      if (naive(rest, text.slice(length))) return true;
    }
    return false;
  }
  return text !== "" && (first === "?" || first === text.charAt(0)) && naive(rest, text.slice(1));
}

describe("wildcards", () => {
  it("match as the plainest reading of them does", () => {
    const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 8 });
    const text = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 10 });
    fc.assert(
      fc.property(pattern, text, (wild, plain) => {
        assert.equal(wildcardMatches(patternOf(wild), plain), naive(wild, plain));
      }),
      { numRuns: 5000 },
    );
  });

  it("take no time that grows by the stars", () => {
    const stars = patternOf(`${"*a".repeat(40)}b`);
    const started = performance.now();
    assert.equal(wildcardMatches(stars, "a".repeat(4000)), false);
    assert.ok(performance.now() - started < 2000);
  });
});
