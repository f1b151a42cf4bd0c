/** Rules about what is stored and sent. */
import type { Rule } from "../../../model/policy/rule.ts";
import { AD03 } from "./AD03.ts";
import { GD01a } from "./GD01a.ts";
import { GD01b } from "./GD01b.ts";
import { ZD01a } from "./ZD01a.ts";
import { ZD01b } from "./ZD01b.ts";
import { ZD01c } from "./ZD01c.ts";

export const dataRules: readonly Rule[] = [AD03, GD01a, GD01b, ZD01a, ZD01b, ZD01c];
