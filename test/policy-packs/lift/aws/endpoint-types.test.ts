/** Every path of the table of endpoints is a property of the installed SDK. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { canonicalType } from "../../../../policy-packs/kit/canonical-type.ts";
import { endpointTypes } from "../../../../policy-packs/lift/aws/endpoint-types.ts";

interface Module {
  readonly resources?: Readonly<Record<string, { readonly in: Properties }>>;
  readonly shapes?: Readonly<Record<string, Properties>>;
}
type Properties = Readonly<Record<string, string>>;

const modules = new Map<string, Module>();

function moduleOf(type: string): Module | undefined {
  const name = /^aws:([^/]+)\//.exec(type)?.[1] ?? "";
  const file = new URL(`../../../../local-clouds/shapes/aws/${name}.json`, import.meta.url);
  if (!modules.has(name)) {
    modules.set(name, existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {});
  }
  return modules.get(name);
}

/** What is wrong with a path; undefined where it is right, or the type's shape is not there. */
function faultOf(type: string, path: string): string | undefined {
  const [first = "", next, ...rest] = path.split(">");
  const module = moduleOf(type);
  const inputs = module?.resources?.[type]?.in;
  if (module === undefined || inputs === undefined) return undefined;
  let properties: Properties | undefined = inputs;
  for (const part of first.split(".")) {
    const isList = part.endsWith("[]");
    const kind: string | undefined = properties?.[isList ? part.slice(0, -2) : part];
    if (kind === undefined) return `${type} has no ${first}`;
    const bare: string = kind.replace("!", "");
    if (bare.endsWith("[]") !== isList) return `${type} ${part} is ${kind}`;
    const shape: string | undefined = /^#([^[]+)/.exec(bare)?.[1];
    properties = shape === undefined ? undefined : module.shapes?.[shape];
  }
  return next === undefined ? undefined : faultOf(next, rest.join(">"));
}

describe("AWS endpoint types", () => {
  it("name properties that the SDK has", () => {
    const paths = endpointTypes.flatMap(({ type, groups, subnets, public: source, addresses }) => [
      ...[...groups, ...subnets, ...(addresses ?? [])].map((path) => ({ type, path })),
      ...(source === "never" ? [] : "flags" in source ? source.flags : [source.word]).map(
        (path) => ({ type, path }),
      ),
    ]);
    const faults = paths.flatMap(({ type, path }) => faultOf(type, path) ?? []);
    assert.deepEqual(faults, []);
    const shaped = endpointTypes.filter(({ type }) => moduleOf(type)?.resources?.[type]);
    assert.ok(shaped.length > 30, `only ${shaped.length} types have a shape here`);
  });

  it("are written by their canonical names", () => {
    for (const { type } of endpointTypes) assert.equal(canonicalType(type), type);
  });
});
