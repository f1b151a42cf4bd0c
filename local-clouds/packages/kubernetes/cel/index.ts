/** CEL rules, loaded when a kind with rules is first met: the evaluator alone takes a tenth of a second. */

import { createRequire } from "node:module";
import type * as rules from "./rules.ts";

const require = createRequire(import.meta.url);
let loaded: typeof rules | undefined;

/** The evaluator of rules. */
export function celRules(): typeof rules {
  loaded ??= require("./rules.ts") as typeof rules;
  return loaded;
}
