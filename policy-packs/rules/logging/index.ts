/** Rules about what is recorded. */
import type { Rule } from "../../../model/policy/rule.ts";
import { AL01 } from "./AL01.ts";
import { AL02 } from "./AL02.ts";
import { AL05 } from "./AL05.ts";
import { AL08 } from "./AL08.ts";
import { GL01 } from "./GL01.ts";
import { GL03 } from "./GL03.ts";
import { ZL05 } from "./ZL05.ts";

export const loggingRules: readonly Rule[] = [AL01, AL02, AL05, AL08, GL01, GL03, ZL05];
