/** Rules about what is recorded. */
import type { Rule } from "../../../model/policy/rule.ts";
import { AL01 } from "./AL01.ts";
import { AL02 } from "./AL02.ts";
import { AL03 } from "./AL03.ts";
import { AL04 } from "./AL04.ts";
import { AL05 } from "./AL05.ts";
import { AL06 } from "./AL06.ts";
import { AL07 } from "./AL07.ts";
import { AL08 } from "./AL08.ts";
import { AL09 } from "./AL09.ts";
import { AL10 } from "./AL10.ts";
import { AL11 } from "./AL11.ts";
import { AL12a } from "./AL12a.ts";
import { AL12b } from "./AL12b.ts";
import { AL12c } from "./AL12c.ts";
import { AL12d } from "./AL12d.ts";
import { AL12e } from "./AL12e.ts";
import { AL12f } from "./AL12f.ts";
import { AL12g } from "./AL12g.ts";
import { AL13 } from "./AL13.ts";
import { AL14 } from "./AL14.ts";
import { AL15 } from "./AL15.ts";
import { AL16 } from "./AL16.ts";
import { AL17 } from "./AL17.ts";
import { AL18 } from "./AL18.ts";
import { AL19 } from "./AL19.ts";
import { AL20 } from "./AL20.ts";
import { AL21 } from "./AL21.ts";
import { AL40 } from "./AL40.ts";
import { AL60 } from "./AL60.ts";
import { AL61 } from "./AL61.ts";
import { AL62 } from "./AL62.ts";
import { GL01 } from "./GL01.ts";
import { GL02 } from "./GL02.ts";
import { GL03 } from "./GL03.ts";
import { GL04 } from "./GL04.ts";
import { GL05 } from "./GL05.ts";
import { GL06 } from "./GL06.ts";
import { GL07 } from "./GL07.ts";
import { GL08 } from "./GL08.ts";
import { GL09 } from "./GL09.ts";
import { GL10 } from "./GL10.ts";
import { GL11 } from "./GL11.ts";
import { GL12 } from "./GL12.ts";
import { GL40 } from "./GL40.ts";
import { GL60 } from "./GL60.ts";
import { ZL01 } from "./ZL01.ts";
import { ZL02 } from "./ZL02.ts";
import { ZL03 } from "./ZL03.ts";
import { ZL04 } from "./ZL04.ts";
import { ZL05 } from "./ZL05.ts";
import { ZL06 } from "./ZL06.ts";
import { ZL07 } from "./ZL07.ts";
import { ZL08 } from "./ZL08.ts";
import { ZL09 } from "./ZL09.ts";
import { ZL10 } from "./ZL10.ts";
import { ZL11 } from "./ZL11.ts";
import { ZL60 } from "./ZL60.ts";

export const loggingRules: readonly Rule[] = [
  AL01,
  AL02,
  AL03,
  AL04,
  AL05,
  AL06,
  AL07,
  AL08,
  AL09,
  AL10,
  AL11,
  AL12a,
  AL12b,
  AL12c,
  AL12d,
  AL12e,
  AL12f,
  AL12g,
  AL13,
  AL14,
  AL15,
  AL16,
  AL17,
  AL18,
  AL19,
  AL20,
  AL21,
  AL60,
  AL61,
  AL62,
  AL40,
  GL01,
  GL02,
  GL03,
  GL04,
  GL05,
  GL06,
  GL07,
  GL08,
  GL09,
  GL10,
  GL11,
  GL12,
  GL60,
  GL40,
  ZL01,
  ZL02,
  ZL03,
  ZL04,
  ZL05,
  ZL06,
  ZL07,
  ZL08,
  ZL09,
  ZL10,
  ZL11,
  ZL60,
];
