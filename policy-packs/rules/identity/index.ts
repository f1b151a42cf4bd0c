/** Rules about who may become whom. */
import type { Rule } from "../../../model/policy/rule.ts";
import { AI01 } from "./AI01.ts";
import { AI02 } from "./AI02.ts";
import { AI09 } from "./AI09.ts";
import { AI10 } from "./AI10.ts";
import { AI11 } from "./AI11.ts";
import { AI12 } from "./AI12.ts";
import { AI13 } from "./AI13.ts";
import { AI14 } from "./AI14.ts";
import { AI15 } from "./AI15.ts";
import { AI16 } from "./AI16.ts";
import { AI17 } from "./AI17.ts";
import { AI18 } from "./AI18.ts";
import { AI19 } from "./AI19.ts";
import { AI20 } from "./AI20.ts";
import { AI21 } from "./AI21.ts";
import { AI22 } from "./AI22.ts";
import { AI23 } from "./AI23.ts";
import { AI24 } from "./AI24.ts";
import { AI25 } from "./AI25.ts";
import { AI26 } from "./AI26.ts";
import { AI27 } from "./AI27.ts";
import { AI31 } from "./AI31.ts";
import { AI32a } from "./AI32a.ts";
import { AI32b } from "./AI32b.ts";
import { AI32c } from "./AI32c.ts";
import { AI32d } from "./AI32d.ts";
import { AI32e } from "./AI32e.ts";
import { AI32f } from "./AI32f.ts";
import { AI32g } from "./AI32g.ts";
import { AI32h } from "./AI32h.ts";
import { AI32i } from "./AI32i.ts";
import { AI32j } from "./AI32j.ts";
import { AI32k } from "./AI32k.ts";
import { AI32l } from "./AI32l.ts";
import { AI32m } from "./AI32m.ts";
import { AI33 } from "./AI33.ts";
import { AI34 } from "./AI34.ts";
import { AI35 } from "./AI35.ts";
import { AI37 } from "./AI37.ts";
import { AI38 } from "./AI38.ts";
import { AI60 } from "./AI60.ts";
import { AI61 } from "./AI61.ts";
import { AI62 } from "./AI62.ts";
import { AI63 } from "./AI63.ts";
import { AI64 } from "./AI64.ts";
import { AI65 } from "./AI65.ts";
import { AI66 } from "./AI66.ts";
import { AI67 } from "./AI67.ts";
import { AI68 } from "./AI68.ts";
import { AI69 } from "./AI69.ts";
import { AI70 } from "./AI70.ts";
import { AI71 } from "./AI71.ts";
import { AI72 } from "./AI72.ts";
import { AI73 } from "./AI73.ts";
import { AI74 } from "./AI74.ts";
import { AI75 } from "./AI75.ts";
import { AI76 } from "./AI76.ts";
import { AI77 } from "./AI77.ts";
import { EI01 } from "./EI01.ts";
import { EI05 } from "./EI05.ts";
import { EI06 } from "./EI06.ts";
import { EI07 } from "./EI07.ts";
import { EI08 } from "./EI08.ts";
import { EI09 } from "./EI09.ts";
import { EI10 } from "./EI10.ts";
import { EI11 } from "./EI11.ts";
import { EI12 } from "./EI12.ts";
import { EI13 } from "./EI13.ts";
import { EI14 } from "./EI14.ts";
import { EI15 } from "./EI15.ts";
import { EI16 } from "./EI16.ts";
import { EI17 } from "./EI17.ts";
import { EI18 } from "./EI18.ts";
import { EI19 } from "./EI19.ts";
import { EI20 } from "./EI20.ts";
import { EI21 } from "./EI21.ts";
import { EI22 } from "./EI22.ts";
import { EI23 } from "./EI23.ts";
import { EI24 } from "./EI24.ts";
import { EI25 } from "./EI25.ts";
import { EI26 } from "./EI26.ts";
import { EI27 } from "./EI27.ts";
import { EI28 } from "./EI28.ts";
import { EI29 } from "./EI29.ts";
import { EI30 } from "./EI30.ts";
import { EI31a } from "./EI31a.ts";
import { EI31b } from "./EI31b.ts";
import { EI31c } from "./EI31c.ts";
import { EI31d } from "./EI31d.ts";
import { EI31e } from "./EI31e.ts";
import { EI31f } from "./EI31f.ts";
import { EI31g } from "./EI31g.ts";
import { EI31h } from "./EI31h.ts";
import { EI31i } from "./EI31i.ts";
import { EI31j } from "./EI31j.ts";
import { EI31k } from "./EI31k.ts";
import { EI31l } from "./EI31l.ts";
import { EI32 } from "./EI32.ts";
import { EI33 } from "./EI33.ts";
import { EI34 } from "./EI34.ts";
import { EI35 } from "./EI35.ts";
import { EI36 } from "./EI36.ts";
import { EI60 } from "./EI60.ts";
import { EI61 } from "./EI61.ts";
import { EI62 } from "./EI62.ts";
import { EI63 } from "./EI63.ts";
import { EI64 } from "./EI64.ts";
import { EI65 } from "./EI65.ts";
import { GI01 } from "./GI01.ts";
import { GI02 } from "./GI02.ts";
import { GI06 } from "./GI06.ts";
import { GI07 } from "./GI07.ts";
import { GI08 } from "./GI08.ts";
import { GI09 } from "./GI09.ts";
import { GI10 } from "./GI10.ts";
import { GI11 } from "./GI11.ts";
import { GI12a } from "./GI12a.ts";
import { GI12b } from "./GI12b.ts";
import { GI12c } from "./GI12c.ts";
import { GI12d } from "./GI12d.ts";
import { GI12e } from "./GI12e.ts";
import { GI12f } from "./GI12f.ts";
import { GI12g } from "./GI12g.ts";
import { GI12h } from "./GI12h.ts";
import { GI12i } from "./GI12i.ts";
import { GI12j } from "./GI12j.ts";
import { GI12k } from "./GI12k.ts";
import { GI12l } from "./GI12l.ts";
import { GI13 } from "./GI13.ts";
import { GI14 } from "./GI14.ts";
import { GI15 } from "./GI15.ts";
import { GI16 } from "./GI16.ts";
import { GI17 } from "./GI17.ts";
import { GI18 } from "./GI18.ts";
import { GI19 } from "./GI19.ts";
import { GI20 } from "./GI20.ts";
import { GI21 } from "./GI21.ts";
import { GI22 } from "./GI22.ts";

export const identityRules: readonly Rule[] = [
  AI01,
  AI02,
  AI09,
  AI10,
  AI11,
  AI12,
  AI13,
  AI14,
  AI15,
  AI16,
  AI17,
  AI18,
  AI19,
  AI20,
  AI21,
  AI22,
  AI23,
  AI24,
  AI25,
  AI26,
  AI27,
  AI31,
  AI32a,
  AI32b,
  AI32c,
  AI32d,
  AI32e,
  AI32f,
  AI32g,
  AI32h,
  AI32i,
  AI32j,
  AI32k,
  AI32l,
  AI32m,
  AI33,
  AI34,
  AI35,
  AI37,
  AI38,
  AI60,
  AI61,
  AI62,
  AI63,
  AI64,
  AI65,
  AI66,
  AI67,
  AI68,
  AI69,
  AI70,
  AI71,
  AI72,
  AI73,
  AI74,
  AI75,
  AI76,
  AI77,
  EI01,
  EI05,
  EI06,
  EI07,
  EI08,
  EI09,
  EI10,
  EI11,
  EI12,
  EI13,
  EI14,
  EI15,
  EI16,
  EI17,
  EI18,
  EI19,
  EI20,
  EI21,
  EI22,
  EI23,
  EI24,
  EI25,
  EI26,
  EI27,
  EI28,
  EI29,
  EI30,
  EI31a,
  EI31b,
  EI31c,
  EI31d,
  EI31e,
  EI31f,
  EI31g,
  EI31h,
  EI31i,
  EI31j,
  EI31k,
  EI31l,
  EI32,
  EI33,
  EI34,
  EI35,
  EI36,
  EI60,
  EI61,
  EI62,
  EI63,
  EI64,
  EI65,
  GI01,
  GI02,
  GI06,
  GI07,
  GI08,
  GI09,
  GI10,
  GI11,
  GI12a,
  GI12b,
  GI12c,
  GI12d,
  GI12e,
  GI12f,
  GI12g,
  GI12h,
  GI12i,
  GI12j,
  GI12k,
  GI12l,
  GI13,
  GI14,
  GI15,
  GI16,
  GI17,
  GI18,
  GI19,
  GI20,
  GI21,
  GI22,
];
