/** Rules about what is stored and sent. */
import type { Rule } from "../../../model/policy/rule.ts";
import { AD01a } from "./AD01a.ts";
import { AD01b } from "./AD01b.ts";
import { AD01c } from "./AD01c.ts";
import { AD01d } from "./AD01d.ts";
import { AD02 } from "./AD02.ts";
import { AD03 } from "./AD03.ts";
import { AD04 } from "./AD04.ts";
import { AD05 } from "./AD05.ts";
import { AD06 } from "./AD06.ts";
import { AD07a } from "./AD07a.ts";
import { GD01a } from "./GD01a.ts";
import { GD01b } from "./GD01b.ts";
import { ZD01a } from "./ZD01a.ts";
import { ZD01b } from "./ZD01b.ts";
import { ZD01c } from "./ZD01c.ts";

export const dataRules: readonly Rule[] = [
  AD01a,
  AD01b,
  AD01c,
  AD01d,
  AD02,
  AD03,
  AD04,
  AD05,
  AD06,
  AD07a,
  GD01a,
  GD01b,
  ZD01a,
  ZD01b,
  ZD01c,
];
