/** A program with one resource of every type of a table, taken through its whole life. */

import assert from "node:assert/strict";
import type { JsonObject } from "../../../local-clouds/protocol/value.ts";
import { shapeOf } from "../../../local-clouds/shapes/load.ts";
import { outputOf } from "../../../local-clouds/shapes/shape.ts";
import type { TypeEntry } from "../../../local-clouds/types/type.ts";
import { installedApiVersion } from "./installed.ts";
import { type Lab, type Made, unknown } from "./lab.ts";

/** One resource that was made, and what the program said about it. */
export interface Step {
  readonly made: Made;
  readonly name: string;
  readonly given: JsonObject;
}

/** Makes resources one after the other and remembers them. */
export class Program {
  readonly lab: Lab;
  readonly steps: Step[] = [];

  constructor(lab: Lab) {
    this.lab = lab;
  }

  /** Makes a resource; its id. */
  add(token: string, name: string, given: JsonObject): string {
    const made = this.lab.create(token, name, given);
    this.steps.push({ made, name, given });
    return made.id;
  }

  /** The outputs of what was made under an id. */
  outputs(id: string): JsonObject {
    const step = this.steps.find(({ made }) => made.id === id);
    return (step?.made.outputs ?? {}) as JsonObject;
  }
}

/** Properties that change with every update. */
const restless = ["etag", "eTag"];

/** Declares the tests of a program that uses a whole table. */
export function wholeLife(table: readonly TypeEntry[], write: () => Program): void {
  let program: Program;

  before(() => {
    program = write();
  });
  after(() => program.lab.close());

  it("leaves no type out", () => {
    const used = new Set(program.steps.map(({ made }) => made.token));
    const unused = table.map(({ token }) => token).filter((token) => !used.has(token));
    assert.deepEqual(unused, []);
  });

  it("gives each resource an id of its own", () => {
    const ids = program.steps.map(({ made }) => `${made.token} ${made.id.toLowerCase()}`);
    assert.equal(new Set(ids).size, ids.length);
  });

  it("speaks of the installed package's properties only, and in its API version", () => {
    const wrong = program.steps.flatMap(({ made }) => differences(made));
    assert.deepEqual(wrong, []);
  });

  it("finds each resource as it was made, with nothing to change", () => {
    for (const { made, given } of program.steps) {
      const known = { urn: made.urn, inputs: made.inputs, outputs: made.outputs };
      const found = program.lab.read(made.token, made.id, known);
      assert.deepEqual(found?.outputs, made.outputs, made.id);
      const { changed } = program.lab.diff(made, given);
      assert.deepEqual(changed, [], made.id);
    }
  });

  it("takes an update that changes nothing, and gives back the same", () => {
    for (const { made, given } of program.steps) {
      const after = program.lab.update(made, given).outputs;
      assert.deepEqual(rest(after), rest(made.outputs), made.id);
    }
  });

  it("previews with any input unknown", () => {
    for (const { made, name, given } of program.steps) {
      for (const key of Object.keys(given)) {
        const outputs = program.lab.preview(made.token, name, { ...given, [key]: unknown });
        assert.ok(typeof outputs === "object", `${made.id} without ${key}`);
      }
    }
  });

  it("deletes all, last made first, and nothing is left", () => {
    for (const { made } of [...program.steps].reverse()) program.lab.delete(made);
    assert.equal(program.lab.size(), 0);
  });
}

function rest(outputs: Made["outputs"]) {
  return Object.fromEntries(Object.entries(outputs).filter(([key]) => !restless.includes(key)));
}

/** What a package's own notes add to inputs and outputs. */
const notes = ["id", "__inputs", "__createBeforeDelete", "__defaults", "__meta"];

/** Where an entry and the class of the installed package differ. */
function differences(made: Made): string[] {
  const shape = shapeOf(made.token);
  assert.ok(shape, made.token);
  const strange = Object.keys(made.outputs).filter(
    (key) => outputOf(shape, key) === undefined && !notes.includes(key),
  );
  const foreign = Object.keys(made.inputs).filter(
    (key) => shape.inputs.get(key) === undefined && !notes.includes(key),
  );
  const version = installedApiVersion(made.token);
  return [
    ...strange.map((key) => `${made.token} shows ${key}`),
    ...foreign.map((key) => `${made.token} takes ${key}`),
    ...(made.outputs["azureApiVersion"] === version
      ? []
      : [`${made.token} has the version ${version}`]),
  ];
}
