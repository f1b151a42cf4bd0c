/** Whatever stands where a value should: no crash, and nothing unknown taken for an answer. */
import assert from "node:assert/strict";
import { flowsOf } from "../../../automation/reach/flows.ts";
import { networkOf } from "../../../automation/reach/state.ts";
import { selectorsText } from "../../../automation/report/reach/ports.ts";
import { subtract } from "../../../model/base/interval-set.ts";
import { ProblemError } from "../../../model/base/problem.ts";
import type { Listed } from "../../flawed/example.ts";
import { flawedResources } from "../../flawed/example.ts";

type Path = readonly (string | number)[];

const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const junk: readonly unknown[] = [
  null,
  -1,
  1.5,
  1e12,
  true,
  "",
  "*",
  "999",
  "constructor",
  "::ffff:0:0/96",
  [],
  [null],
  {},
];

/** Every place in a value, the value itself left out. */
function* placesIn(value: unknown, at: Path = []): Generator<Path> {
  if (at.length > 0) yield at;
  if (typeof value !== "object" || value === null) return;
  for (const [key, below] of Object.entries(value)) {
    yield* placesIn(below, [...at, Array.isArray(value) ? Number(key) : key]);
  }
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((one, index) => (index === key ? replaced(one, rest, by) : one));
  }
  const fields = value as Readonly<Record<string, unknown>>;
  return { ...fields, [key]: replaced(fields[String(key)], rest, by) };
}

function* places(): Generator<{ readonly one: Listed; readonly at: Path }> {
  for (const one of flawedResources) for (const at of placesIn(one.inputs)) yield { one, at };
}

/** The example with something else at the place. */
function lifted(one: Listed, at: Path, by: unknown) {
  const inputs = replaced(one.inputs, at, by);
  const all = flawedResources.map((other) => (other === one ? { ...one, inputs } : other));
  const { topology } = networkOf(JSON.stringify(all), "junk.json");
  return { flows: flowsOf(topology), topology };
}

describe("a state with something else in a place", function () {
  this.timeout(120_000);

  it("is read or refused, but never breaks anything", () => {
    let tried = 0;
    for (const { one, at } of places()) {
      // Each place has some of them; all of them everywhere would take minutes.
      for (const by of junk.filter((_, index) => (index + tried) % 4 === 0)) {
        try {
          lifted(one, at, by);
        } catch (error) {
          const where = `${one.name} ${at.join(".")} = ${JSON.stringify(by)}`;
          assert.ok(error instanceof ProblemError, `${where}: ${String(error)}`);
        }
      }
      tried++;
    }
    assert.ok(tried > 200);
  });

  it("may let pass what it lets pass with any value there, where the value is not known", () => {
    const known = flowsOf(networkOf(JSON.stringify(flawedResources), "known.json").topology);
    const wrong: string[] = [];
    let compared = 0;
    for (const { one, at } of places()) {
      const { flows, topology } = lifted(one, at, unknownText);
      if (topology.unknowns.length > 0) continue;
      const names = new Set(topology.endpoints.map(({ name }) => name));
      const isThere = (name: string) => names.has(name) || name === "internet";
      for (const [from, to] of known.pairs()) {
        if (!isThere(from) || !isThere(to)) continue;
        const lost = subtract(known.between(from, to).may, flows.between(from, to).may);
        compared++;
        if (lost.length === 0) continue;
        wrong.push(`${one.name} ${at.join(".")}: ${from} => ${to} ${selectorsText(lost)}`);
      }
    }
    assert.deepEqual(wrong, []);
    assert.ok(compared > 5000, `${compared}`);
  });
});
