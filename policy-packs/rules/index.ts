/** Every rule there is. */
import type { Rule } from "../../model/policy/rule.ts";
import { AD03 } from "./AD03.ts";
import { AI01 } from "./AI01.ts";
import { AI02 } from "./AI02.ts";
import { AI19 } from "./AI19.ts";
import { AL01 } from "./AL01.ts";
import { AL02 } from "./AL02.ts";
import { AL08 } from "./AL08.ts";
import { AN02 } from "./AN02.ts";
import { AN03 } from "./AN03.ts";
import { AN06 } from "./AN06.ts";
import { AN08 } from "./AN08.ts";
import { AN10 } from "./AN10.ts";
import { AN17 } from "./AN17.ts";
import { EI01 } from "./EI01.ts";
import { EI05 } from "./EI05.ts";
import { EI06 } from "./EI06.ts";
import { GD01 } from "./GD01.ts";
import { GI01 } from "./GI01.ts";
import { GI02 } from "./GI02.ts";
import { GI06 } from "./GI06.ts";
import { GL01 } from "./GL01.ts";
import { GL03 } from "./GL03.ts";
import { GN02 } from "./GN02.ts";
import { GN03 } from "./GN03.ts";
import { GN11 } from "./GN11.ts";
import { GN12 } from "./GN12.ts";
import { KN01 } from "./KN01.ts";
import { KN08 } from "./KN08.ts";
import { MS01 } from "./MS01.ts";
import { MS02 } from "./MS02.ts";
import { MS04 } from "./MS04.ts";
import { MS06 } from "./MS06.ts";
import { MS07 } from "./MS07.ts";
import { MS09 } from "./MS09.ts";
import { X06 } from "./X06.ts";
import { X11 } from "./X11.ts";
import { X25 } from "./X25.ts";
import { X26 } from "./X26.ts";
import { X27 } from "./X27.ts";
import { X28 } from "./X28.ts";
import { ZD01 } from "./ZD01.ts";
import { ZL05 } from "./ZL05.ts";
import { ZN02 } from "./ZN02.ts";
import { ZN03 } from "./ZN03.ts";
import { ZN07 } from "./ZN07.ts";

/** The catalogue, in the order of ids. */
export const rules: readonly Rule[] = [
  AD03,
  AI01,
  AI02,
  AI19,
  AL01,
  AL02,
  AL08,
  AN02,
  AN03,
  AN06,
  AN08,
  AN10,
  AN17,
  EI01,
  EI05,
  EI06,
  GD01,
  GI01,
  GI02,
  GI06,
  GL01,
  GL03,
  GN02,
  GN03,
  GN11,
  GN12,
  KN01,
  KN08,
  MS01,
  MS02,
  MS04,
  MS06,
  MS07,
  MS09,
  X06,
  X11,
  X25,
  X26,
  X27,
  X28,
  ZD01,
  ZL05,
  ZN02,
  ZN03,
  ZN07,
];
