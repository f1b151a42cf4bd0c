/** Every rule there is. */
import type { Rule } from "../../model/policy/rule.ts";
import { AI01 } from "./AI01.ts";
import { AI02 } from "./AI02.ts";
import { AI19 } from "./AI19.ts";
import { AL01 } from "./AL01.ts";
import { AL02 } from "./AL02.ts";
import { AN02 } from "./AN02.ts";
import { AN03 } from "./AN03.ts";
import { AN06 } from "./AN06.ts";
import { AN08 } from "./AN08.ts";
import { AN10 } from "./AN10.ts";
import { EI01 } from "./EI01.ts";
import { EI05 } from "./EI05.ts";
import { EI06 } from "./EI06.ts";
import { GD01 } from "./GD01.ts";
import { GI01 } from "./GI01.ts";
import { GI02 } from "./GI02.ts";
import { GI06 } from "./GI06.ts";
import { GN02 } from "./GN02.ts";
import { GN03 } from "./GN03.ts";
import { GN11 } from "./GN11.ts";
import { MS01 } from "./MS01.ts";
import { MS02 } from "./MS02.ts";
import { X06 } from "./X06.ts";
import { X25 } from "./X25.ts";
import { ZD01 } from "./ZD01.ts";
import { ZN02 } from "./ZN02.ts";
import { ZN03 } from "./ZN03.ts";

/** The catalogue, in the order of ids. */
export const rules: readonly Rule[] = [
  AI01,
  AI02,
  AI19,
  AL01,
  AL02,
  AN02,
  AN03,
  AN06,
  AN08,
  AN10,
  EI01,
  EI05,
  EI06,
  GD01,
  GI01,
  GI02,
  GI06,
  GN02,
  GN03,
  GN11,
  MS01,
  MS02,
  X06,
  X25,
  ZD01,
  ZN02,
  ZN03,
];
