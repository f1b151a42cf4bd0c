/**
 * The reference of the rules, written from the rules themselves.
 *
 * `node tools/rule-pages/generate.ts` writes `docs/rules`; with `--check` it writes nothing, names the
 * files that differ, and ends with 1 if any does.
 */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root, settle } from "../generated.ts";
import { rulePages } from "./pages.ts";

const folder = join("docs", "rules");

process.exitCode = settle(process.argv.slice(2), {
  files: new Map([...rulePages()].map(([name, text]) => [join(folder, name), text])),
  existing: existsSync(join(root, folder))
    ? readdirSync(join(root, folder)).map((name) => join(folder, name))
    : [],
  source: "the rules and the tables of other scanners' checks",
  command: "node tools/rule-pages/generate.ts",
});
