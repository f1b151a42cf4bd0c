/** Finds the shape of a token. A module's file is read when the first of its types is asked for. */

import { existsSync, readFileSync } from "node:fs";
import { type Module, Properties, type Shape } from "./shape.ts";

/** A module's file, see `tools/shapes/write.ts`. */
interface ModuleFile {
  readonly resources: Readonly<Record<string, Line>>;
  readonly shapes: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly enums: Readonly<Record<string, readonly string[]>>;
}

interface Line {
  readonly in: Readonly<Record<string, string>>;
  readonly out: Readonly<Record<string, string>>;
  readonly secret?: readonly string[];
  readonly alias?: Readonly<Record<string, string>>;
}

const files = new Map<string, ModuleFile | undefined>();
const modules = new Map<ModuleFile, Module>();
const shapes = new Map<string, Shape | undefined>();
const aliases = new Map<string, Readonly<Record<string, string>>>();

/** Beside a package's modules: which type another module's spelling stands for. */
const aliasFile = "aliases";

/** Tokens remembered that have no shape; others are looked up each time. */
const unknownTokensMax = 1000;
let unknownTokens = 0;

/**
 * The shape of a resource type, whatever spelling of its token is given: azure-native's API versions
 * (`azure-native:network/v20240101:Subnet`), its version 2 modules (`azure-native:documentdb:…`),
 * older names of other packages. `undefined` where no shape is known.
 */
export function shapeOf(token: string): Shape | undefined {
  if (shapes.has(token)) return shapes.get(token);
  const shape = own(token) ?? aliased(token);
  if (shape === undefined && ++unknownTokens > unknownTokensMax) return undefined;
  shapes.set(token, shape);
  return shape;
}

/** A token without its azure-native API version. */
function withoutVersion(token: string): string {
  return token.replace(/^(azure-native:[^:/]+)\/v\d{8}\w*:/, "$1:");
}

function own(token: string): Shape | undefined {
  const plain = withoutVersion(token);
  const file = moduleFile(packageOf(plain), moduleOf(plain));
  const line = file?.resources[plain];
  if (file === undefined || line === undefined) return undefined;
  const shape = shapeFrom(file, plain, line);
  return plain === token || hasVersion(shape, token) ? shape : undefined;
}

/** Whether the SDK says that there was such an API version of the type. */
function hasVersion(shape: Shape, token: string): boolean {
  const version = /\/(v\d{8}\w*):/.exec(token)?.[1] ?? "";
  const spelling = withoutVersion(token).slice(packageOf(token).length + 1);
  return shape.aliases[spelling]?.split(" ").includes(version) === true;
}

function aliased(token: string): Shape | undefined {
  const plain = withoutVersion(token);
  const target = aliasesOf(packageOf(plain))[plain];
  const shape = target === undefined ? undefined : shapeOf(target);
  return shape === undefined || plain === token || hasVersion(shape, token) ? shape : undefined;
}

function shapeFrom(file: ModuleFile, token: string, line: Line): Shape {
  return {
    token,
    inputs: new Properties(line.in),
    outputs: new Properties(line.out),
    secretOutputs: line.secret ?? [],
    aliases: line.alias ?? {},
    module: moduleFrom(file),
  };
}

function moduleFrom(file: ModuleFile): Module {
  const known = modules.get(file);
  if (known !== undefined) return known;
  const nested = new Map<string, Properties>();
  const module: Module = {
    nested(name) {
      const properties = nested.get(name) ?? new Properties(file.shapes[name] ?? {});
      nested.set(name, properties);
      return properties;
    },
    values: (name) => file.enums[name] ?? [],
  };
  modules.set(file, module);
  return module;
}

function aliasesOf(packageName: string): Readonly<Record<string, string>> {
  const known = aliases.get(packageName);
  if (known !== undefined) return known;
  const parsed = readJson(packageName, aliasFile) as
    | { readonly aliases: Readonly<Record<string, string>> }
    | undefined;
  const found = parsed?.aliases ?? {};
  aliases.set(packageName, found);
  return found;
}

function moduleFile(packageName: string, module: string): ModuleFile | undefined {
  if (module === aliasFile) return undefined;
  const key = `${packageName}/${module}`;
  if (!files.has(key)) files.set(key, readJson(packageName, module) as ModuleFile | undefined);
  return files.get(key);
}

/** Names of files come from tokens, so from outside: only plain ones are looked for. */
function readJson(packageName: string, module: string): unknown {
  if (!/^[\w-]+$/.test(packageName) || !/^[\w-][\w.-]*$/.test(module)) return undefined;
  const file = new URL(`${packageName}/${module}.json`, import.meta.url);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

function packageOf(token: string): string {
  return token.split(":")[0] ?? "";
}

function moduleOf(token: string): string {
  return token.split(":")[1]?.split("/")[0] ?? "";
}
