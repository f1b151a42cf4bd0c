/** Each program in good faith registers what its page promises, before anything exists and after. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { identities, type Registered } from "../harness/deploy.ts";
import { type Promised, promised } from "./promised.ts";
import { programs, registeredBy } from "./registered.ts";

/** How many programs there are, and lines of the longest. */
const programsCount = 30;
const linesMax = 150;

/** What Pulumi or JavaScript writes where an output was read as if it were a value. */
const unresolved = /Calling \[(toString|toJSON)\]|\[object Object\]|\bundefined\b/;

function counted(resources: readonly Registered[], about: Promised["about"]): Promised {
  const types = resources.map(({ type }) => type);
  return {
    resources: types.length,
    types: new Set(types).size,
    about: Object.fromEntries(
      Object.keys(about).map((type) => [type, types.filter((one) => one === type).length]),
    ),
  };
}

describe("programs in good faith", function () {
  this.timeout(60_000);

  it("are thirty, and each has its promise", () => {
    assert.equal(programs.length, programsCount);
    assert.deepEqual(Object.keys(promised).sort(), programs);
  });

  for (const name of programs) {
    it(`${name} registers what its page promises`, async () => {
      const promise = promised[name];
      assert.ok(promise !== undefined);
      const after = await registeredBy(name, "update");
      assert.deepEqual(counted(after, promise.about), promise);
      const before = await registeredBy(name, "preview");
      assert.deepEqual(identities(before), identities(after));
      for (const { type, name: of, inputs } of after) {
        assert.doesNotMatch(JSON.stringify(inputs), unresolved, `${type} ${of}`);
      }
    });

    it(`${name} is small and names its page first`, () => {
      const text = readFileSync(new URL(`./${name}/index.ts`, import.meta.url), "utf8");
      assert.ok(text.split("\n").length <= linesMax + 1);
      assert.match(text, /^\/\*\*\n \* Follows "[^*]+(\n \* [^*]+)*\n \* https:\/\/\S+\n/);
    });
  }
});
