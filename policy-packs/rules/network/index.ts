/** Rules about who may reach whom. */
import type { Rule } from "../../../model/policy/rule.ts";
import { AN01 } from "./AN01.ts";
import { AN02 } from "./AN02.ts";
import { AN03 } from "./AN03.ts";
import { AN04 } from "./AN04.ts";
import { AN05 } from "./AN05.ts";
import { AN06 } from "./AN06.ts";
import { AN07 } from "./AN07.ts";
import { AN08 } from "./AN08.ts";
import { AN09 } from "./AN09.ts";
import { AN10 } from "./AN10.ts";
import { AN11 } from "./AN11.ts";
import { AN12 } from "./AN12.ts";
import { AN13 } from "./AN13.ts";
import { AN14 } from "./AN14.ts";
import { AN15a } from "./AN15a.ts";
import { AN15b } from "./AN15b.ts";
import { AN15c } from "./AN15c.ts";
import { AN16 } from "./AN16.ts";
import { AN17 } from "./AN17.ts";
import { AN18 } from "./AN18.ts";
import { AN19 } from "./AN19.ts";
import { AN20 } from "./AN20.ts";
import { AN21 } from "./AN21.ts";
import { AN22 } from "./AN22.ts";
import { AN23 } from "./AN23.ts";
import { AN24a } from "./AN24a.ts";
import { AN24b } from "./AN24b.ts";
import { AN24c } from "./AN24c.ts";
import { AN24d } from "./AN24d.ts";
import { AN24e } from "./AN24e.ts";
import { AN24f } from "./AN24f.ts";
import { AN24g } from "./AN24g.ts";
import { AN24h } from "./AN24h.ts";
import { AN24i } from "./AN24i.ts";
import { AN25 } from "./AN25.ts";
import { AN26 } from "./AN26.ts";
import { AN27 } from "./AN27.ts";
import { AN28 } from "./AN28.ts";
import { AN29a } from "./AN29a.ts";
import { AN29b } from "./AN29b.ts";
import { AN29c } from "./AN29c.ts";
import { AN29d } from "./AN29d.ts";
import { AN29e } from "./AN29e.ts";
import { AN29f } from "./AN29f.ts";
import { AN29g } from "./AN29g.ts";
import { AN29h } from "./AN29h.ts";
import { AN30 } from "./AN30.ts";
import { AN31 } from "./AN31.ts";
import { AN32 } from "./AN32.ts";
import { AN33 } from "./AN33.ts";
import { AN34 } from "./AN34.ts";
import { AN35 } from "./AN35.ts";
import { AN36 } from "./AN36.ts";
import { GN02 } from "./GN02.ts";
import { GN03 } from "./GN03.ts";
import { GN11 } from "./GN11.ts";
import { GN12 } from "./GN12.ts";
import { ZN02 } from "./ZN02.ts";
import { ZN03 } from "./ZN03.ts";
import { ZN07 } from "./ZN07.ts";

export const networkRules: readonly Rule[] = [
  AN01,
  AN02,
  AN03,
  AN04,
  AN05,
  AN06,
  AN07,
  AN08,
  AN09,
  AN10,
  AN11,
  AN12,
  AN13,
  AN14,
  AN15a,
  AN15b,
  AN15c,
  AN16,
  AN17,
  AN18,
  AN19,
  AN20,
  AN21,
  AN22,
  AN23,
  AN24a,
  AN24b,
  AN24c,
  AN24d,
  AN24e,
  AN24f,
  AN24g,
  AN24h,
  AN24i,
  AN25,
  AN26,
  AN27,
  AN28,
  AN29a,
  AN29b,
  AN29c,
  AN29d,
  AN29e,
  AN29f,
  AN29g,
  AN29h,
  AN30,
  AN31,
  AN32,
  AN33,
  AN34,
  AN35,
  AN36,
  GN02,
  GN03,
  GN11,
  GN12,
  ZN02,
  ZN03,
  ZN07,
];
