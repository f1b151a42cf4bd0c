/** What `./bulkhead test` runs: tools that check the tree, then the tests by scope. */
import { existsSync, globSync } from "node:fs";
import { join } from "node:path";

/** A tool that passes or fails as a whole. */
export interface ToolStep {
  readonly kind: "tool";
  readonly name: string;
  /** Name of the executable under node_modules/.bin; `node` for the running Node itself. */
  readonly tool: string;
  readonly args: readonly string[];
}

/** Test files that mocha runs in one process. */
export interface MochaStep {
  readonly kind: "mocha";
  readonly name: string;
  readonly files: readonly string[];
  /** Starts engines and measures time, so it runs while nothing else does. */
  readonly alone: boolean;
}

export type Step = ToolStep | MochaStep;

/** Folders with code, as far as they exist. */
const codeFolders = [
  "model",
  "components",
  "policy-packs",
  "automation",
  "stacks",
  "local-clouds",
  "tools",
  "test",
];

/** All steps of a checkout, in the order in which they are started. */
export function stepsOf(root: string): Step[] {
  const folders = codeFolders.filter((folder) => existsSync(join(root, folder)));
  return [
    // The slowest first: the others fit beside it.
    tool("types", "tsc", ["--noEmit"]),
    tool("lint", "eslint", ["."]),
    tool("format", "biome", ["ci", "--colors=off", "."]),
    tool("imports", "depcruise", ["--config", ".dependency-cruiser.js", ...folders]),
    tool("unused", "knip", []),
    tool("shapes", "node", [join(root, "tools", "shapes", "generate.ts"), "--check"]),
    tool("pages", "node", [join(root, "tools", "rule-pages", "generate.ts"), "--check"]),
    ...mochaSteps(globSync("test/**/*.test.ts", { cwd: root }).sort()),
  ];
}

function tool(name: string, executable: string, args: readonly string[]): ToolStep {
  return { kind: "tool", name, tool: executable, args };
}

/** Lowering is compared with golden files, components run under mocks, e2e starts the real engine. */
const scopes: readonly {
  readonly name: string;
  readonly holds: RegExp;
  readonly alone: boolean;
}[] = [
  { name: "golden", holds: /^test\/components\/.*\blower\b[^/]*$/, alone: false },
  { name: "mock", holds: /^test\/components\//, alone: false },
  { name: "e2e", holds: /^test\/(e2e|referees)\//, alone: true },
  { name: "unit", holds: /^test\//, alone: false },
];

/** Sorts test files into scopes; each belongs to the first that holds it. */
export function mochaSteps(files: readonly string[]): MochaStep[] {
  const scopeOf = (file: string) => scopes.find((scope) => scope.holds.test(file))?.name;
  return scopes.map(({ name, alone }) => ({
    kind: "mocha",
    name,
    alone,
    files: files.filter((file) => scopeOf(file.replaceAll("\\", "/")) === name),
  }));
}
