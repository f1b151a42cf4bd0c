/** Rules about the service mesh. */
import type { Rule } from "../../../model/policy/rule.ts";
import { MS01 } from "./MS01.ts";
import { MS02 } from "./MS02.ts";
import { MS04 } from "./MS04.ts";
import { MS06 } from "./MS06.ts";
import { MS07 } from "./MS07.ts";
import { MS09 } from "./MS09.ts";

export const meshRules: readonly Rule[] = [MS01, MS02, MS04, MS06, MS07, MS09];
