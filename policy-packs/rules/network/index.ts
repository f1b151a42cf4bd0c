/** Rules about who may reach whom. */
import type { Rule } from "../../../model/policy/rule.ts";
import { AN02 } from "./AN02.ts";
import { AN03 } from "./AN03.ts";
import { AN06 } from "./AN06.ts";
import { AN08 } from "./AN08.ts";
import { AN10 } from "./AN10.ts";
import { AN17 } from "./AN17.ts";
import { GN02 } from "./GN02.ts";
import { GN03 } from "./GN03.ts";
import { GN11 } from "./GN11.ts";
import { GN12 } from "./GN12.ts";
import { ZN02 } from "./ZN02.ts";
import { ZN03 } from "./ZN03.ts";
import { ZN07 } from "./ZN07.ts";

export const networkRules: readonly Rule[] = [
  AN02,
  AN03,
  AN06,
  AN08,
  AN10,
  AN17,
  GN02,
  GN03,
  GN11,
  GN12,
  ZN02,
  ZN03,
  ZN07,
];
