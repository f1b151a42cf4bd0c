/** Every type of azure-native through its whole life, in one program. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { azureNativeTypes } from "../../../../local-clouds/packages/azure-native/types/index.ts";
import { type Made, unknown } from "../../kit/lab.ts";
import { makeStores } from "./program/data.ts";
import { makeIdentity, makeRights, makeWatch } from "./program/governance.ts";
import { makeNetworks } from "./program/network.ts";
import { Program } from "./program/program.ts";
import { makeWorkloads } from "./program/workloads.ts";

describe("a program with every type of azure-native", () => {
  let program: Program;

  before(() => {
    program = new Program();
    const networks = makeNetworks(program);
    const identity = makeIdentity(program);
    const stores = makeStores(program, networks);
    makeWorkloads(program, networks, identity);
    makeWatch(program, networks, stores);
    makeRights(program, identity);
  });

  after(() => program.lab.close());

  it("leaves no type out", () => {
    const used = new Set(program.steps.map(({ made }) => made.token));
    const unused = azureNativeTypes.map(({ token }) => token).filter((token) => !used.has(token));
    assert.deepEqual(unused, []);
  });

  it("gives each resource an id of its own", () => {
    const ids = program.steps.map(({ made }) => made.id.toLowerCase());
    assert.equal(new Set(ids).size, ids.length);
  });

  it("speaks only of properties that the installed package has, and asks for all it requires", () => {
    const wrong = program.steps.flatMap(({ made }) => differences(made));
    assert.deepEqual(wrong, []);
  });

  it("finds each resource as it was made, with nothing to change", () => {
    for (const { made, given } of program.steps) {
      const found = program.lab.read(made.token, made.id);
      assert.deepEqual(found?.outputs, made.outputs, made.id);
      const { changed } = program.lab.diff(made, given);
      assert.deepEqual(changed, [], made.id);
    }
  });

  it("takes an update that changes nothing, and gives back the same", () => {
    for (const { made, given } of program.steps) {
      const { etag: _etag, ...after } = program.lab.update(made, given).outputs;
      const { etag: _before, ...before } = made.outputs;
      assert.deepEqual(after, before, made.id);
    }
  });

  it("replaces each resource when its place in the tree changes", () => {
    for (const { made } of program.steps) {
      const entry = azureNativeTypes.find(({ token }) => token === made.token);
      const input = entry?.autoname?.property ?? entry?.required?.[0] ?? "";
      if (entry?.autoname === undefined) continue;
      assert.ok(
        entry.forceNew?.includes(input),
        `${made.token} keeps its id when ${input} changes`,
      );
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
});

/** Where an entry and the class of the installed package differ. */
function differences(made: Made): string[] {
  const shape = installedShape(made.token);
  const entry = azureNativeTypes.find(({ token }) => token === made.token);
  const strange = Object.keys(made.outputs).filter(
    (key) => !shape.properties.has(key) && key !== "id" && key !== "__inputs",
  );
  const foreign = Object.keys(made.inputs).filter(
    (key) => !shape.inputs.has(key) && key !== "__createBeforeDelete" && key !== "kind",
  );
  const lenient = [...shape.required].filter(
    (key) => entry?.required?.includes(key) !== true && !(key in (entry?.defaults ?? {})),
  );
  return [
    ...strange.map((key) => `${made.token} shows ${key}`),
    ...foreign.map((key) => `${made.token} takes ${key}`),
    ...lenient.map((key) => `${made.token} does not ask for ${key}`),
    ...(shape.apiVersion === made.outputs["azureApiVersion"]
      ? []
      : [`${made.token} has the version ${shape.apiVersion}`]),
  ];
}

interface Shape {
  readonly properties: ReadonlySet<string>;
  readonly inputs: ReadonlySet<string>;
  readonly required: ReadonlySet<string>;
  readonly apiVersion: string | undefined;
}

const sources = new Map<string, string>();

/** What the class of a token says of itself. */
function installedShape(token: string): Shape {
  const [, module = "", name = ""] = token.split(":");
  const source = classSource(module, `'${token}'`);
  const args = [...source.matchAll(/resourceInputs\["(\w+)"\] = (.*);/g)];
  const required = [...source.matchAll(/Missing required property '(\w+)'/g)];
  const version = /Uses Azure REST API version (\S+)\./.exec(source)?.[1];
  assert.ok(args.length > 0, `no class ${name} in ${module}`);
  return {
    properties: new Set(args.map((match) => match[1] ?? "")),
    inputs: new Set(args.filter((m) => m[2]?.includes("args")).map((match) => match[1] ?? "")),
    required: new Set(required.map((match) => match[1] ?? "")),
    apiVersion: version,
  };
}

function classSource(module: string, quoted: string): string {
  if (!sources.has(`${module}/`)) {
    const folder = new URL(
      `../../../../node_modules/@pulumi/azure-native/${module}/`,
      import.meta.url,
    );
    for (const file of readdirSync(folder).filter((one) => /^(?!get|list).*\.js$/.test(one))) {
      const text = readFileSync(new URL(file, folder), "utf8");
      const token = /__pulumiType = ('[^']+')/.exec(text)?.[1];
      if (token !== undefined) sources.set(token, text);
    }
    sources.set(`${module}/`, "");
  }
  return sources.get(quoted) ?? "";
}
