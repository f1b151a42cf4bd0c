/** Rules about who may become whom. */
import type { Rule } from "../../../model/policy/rule.ts";
import { AI01 } from "./AI01.ts";
import { AI02 } from "./AI02.ts";
import { AI19 } from "./AI19.ts";
import { EI01 } from "./EI01.ts";
import { EI05 } from "./EI05.ts";
import { EI06 } from "./EI06.ts";
import { EI31a } from "./EI31a.ts";
import { GI01 } from "./GI01.ts";
import { GI02 } from "./GI02.ts";
import { GI06 } from "./GI06.ts";

export const identityRules: readonly Rule[] = [
  AI01,
  AI02,
  AI19,
  EI01,
  EI05,
  EI06,
  EI31a,
  GI01,
  GI02,
  GI06,
];
