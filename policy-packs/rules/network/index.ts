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
import { GN01 } from "./GN01.ts";
import { GN02 } from "./GN02.ts";
import { GN03 } from "./GN03.ts";
import { GN04 } from "./GN04.ts";
import { GN05 } from "./GN05.ts";
import { GN06 } from "./GN06.ts";
import { GN07 } from "./GN07.ts";
import { GN08 } from "./GN08.ts";
import { GN09 } from "./GN09.ts";
import { GN10 } from "./GN10.ts";
import { GN11 } from "./GN11.ts";
import { GN12 } from "./GN12.ts";
import { GN13a } from "./GN13a.ts";
import { GN13b } from "./GN13b.ts";
import { GN13c } from "./GN13c.ts";
import { GN13d } from "./GN13d.ts";
import { GN14 } from "./GN14.ts";
import { GN15a } from "./GN15a.ts";
import { GN15b } from "./GN15b.ts";
import { GN15c } from "./GN15c.ts";
import { GN15d } from "./GN15d.ts";
import { GN15e } from "./GN15e.ts";
import { GN16 } from "./GN16.ts";
import { GN17 } from "./GN17.ts";
import { GN18 } from "./GN18.ts";
import { GN19 } from "./GN19.ts";
import { GN20 } from "./GN20.ts";
import { GN21 } from "./GN21.ts";
import { GN22 } from "./GN22.ts";
import { GN70 } from "./GN70.ts";
import { GN71 } from "./GN71.ts";
import { ZN01 } from "./ZN01.ts";
import { ZN02 } from "./ZN02.ts";
import { ZN03 } from "./ZN03.ts";
import { ZN04 } from "./ZN04.ts";
import { ZN05 } from "./ZN05.ts";
import { ZN06 } from "./ZN06.ts";
import { ZN07 } from "./ZN07.ts";
import { ZN09 } from "./ZN09.ts";
import { ZN10 } from "./ZN10.ts";
import { ZN11 } from "./ZN11.ts";
import { ZN12 } from "./ZN12.ts";
import { ZN13a } from "./ZN13a.ts";
import { ZN13b } from "./ZN13b.ts";
import { ZN13c } from "./ZN13c.ts";
import { ZN13d } from "./ZN13d.ts";
import { ZN13e } from "./ZN13e.ts";
import { ZN13f } from "./ZN13f.ts";
import { ZN13g } from "./ZN13g.ts";
import { ZN13h } from "./ZN13h.ts";
import { ZN13i } from "./ZN13i.ts";
import { ZN13j } from "./ZN13j.ts";
import { ZN13k } from "./ZN13k.ts";
import { ZN13l } from "./ZN13l.ts";
import { ZN13m } from "./ZN13m.ts";
import { ZN13n } from "./ZN13n.ts";
import { ZN13o } from "./ZN13o.ts";
import { ZN14 } from "./ZN14.ts";
import { ZN15 } from "./ZN15.ts";
import { ZN16 } from "./ZN16.ts";
import { ZN17 } from "./ZN17.ts";
import { ZN18 } from "./ZN18.ts";
import { ZN19 } from "./ZN19.ts";
import { ZN20 } from "./ZN20.ts";
import { ZN21 } from "./ZN21.ts";
import { ZN22 } from "./ZN22.ts";
import { ZN23 } from "./ZN23.ts";
import { ZN24 } from "./ZN24.ts";
import { ZN50 } from "./ZN50.ts";

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
  GN01,
  GN02,
  GN03,
  GN04,
  GN05,
  GN06,
  GN07,
  GN08,
  GN09,
  GN10,
  GN11,
  GN12,
  GN13a,
  GN13b,
  GN13c,
  GN13d,
  GN14,
  GN15a,
  GN15b,
  GN15c,
  GN15d,
  GN15e,
  GN16,
  GN17,
  GN18,
  GN19,
  GN20,
  GN21,
  GN22,
  GN70,
  GN71,
  ZN01,
  ZN02,
  ZN03,
  ZN04,
  ZN05,
  ZN06,
  ZN07,
  ZN09,
  ZN10,
  ZN11,
  ZN12,
  ZN13a,
  ZN13b,
  ZN13c,
  ZN13d,
  ZN13e,
  ZN13f,
  ZN13g,
  ZN13h,
  ZN13i,
  ZN13j,
  ZN13k,
  ZN13l,
  ZN13m,
  ZN13n,
  ZN13o,
  ZN14,
  ZN15,
  ZN16,
  ZN17,
  ZN18,
  ZN19,
  ZN20,
  ZN21,
  ZN22,
  ZN23,
  ZN24,
  ZN50,
];
