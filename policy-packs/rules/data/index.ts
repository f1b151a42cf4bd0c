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
import { AD07b } from "./AD07b.ts";
import { AD07c } from "./AD07c.ts";
import { AD07d } from "./AD07d.ts";
import { AD07e } from "./AD07e.ts";
import { AD07f } from "./AD07f.ts";
import { AD07g } from "./AD07g.ts";
import { AD07h } from "./AD07h.ts";
import { AD07i } from "./AD07i.ts";
import { AD07j } from "./AD07j.ts";
import { AD07k } from "./AD07k.ts";
import { AD07l } from "./AD07l.ts";
import { AD08a } from "./AD08a.ts";
import { AD08b } from "./AD08b.ts";
import { AD08c } from "./AD08c.ts";
import { AD08d } from "./AD08d.ts";
import { AD08e } from "./AD08e.ts";
import { AD08f } from "./AD08f.ts";
import { AD08g } from "./AD08g.ts";
import { AD09 } from "./AD09.ts";
import { AD10 } from "./AD10.ts";
import { AD11 } from "./AD11.ts";
import { AD12 } from "./AD12.ts";
import { AD13 } from "./AD13.ts";
import { AD14 } from "./AD14.ts";
import { AD15 } from "./AD15.ts";
import { AD16 } from "./AD16.ts";
import { AD17 } from "./AD17.ts";
import { AD30 } from "./AD30.ts";
import { AD31 } from "./AD31.ts";
import { AD32 } from "./AD32.ts";
import { AD33 } from "./AD33.ts";
import { AD34 } from "./AD34.ts";
import { AD35 } from "./AD35.ts";
import { AD50 } from "./AD50.ts";
import { AD51 } from "./AD51.ts";
import { AD52 } from "./AD52.ts";
import { AD53 } from "./AD53.ts";
import { AD54 } from "./AD54.ts";
import { AD55 } from "./AD55.ts";
import { AD56 } from "./AD56.ts";
import { GD01a } from "./GD01a.ts";
import { GD01b } from "./GD01b.ts";
import { GD01c } from "./GD01c.ts";
import { GD01d } from "./GD01d.ts";
import { GD02 } from "./GD02.ts";
import { GD03 } from "./GD03.ts";
import { GD04 } from "./GD04.ts";
import { GD05 } from "./GD05.ts";
import { GD06 } from "./GD06.ts";
import { GD07 } from "./GD07.ts";
import { GD08 } from "./GD08.ts";
import { GD30 } from "./GD30.ts";
import { GD31 } from "./GD31.ts";
import { GD32 } from "./GD32.ts";
import { GD50 } from "./GD50.ts";
import { GD51 } from "./GD51.ts";
import { GD52 } from "./GD52.ts";
import { GD53 } from "./GD53.ts";
import { ZD01a } from "./ZD01a.ts";
import { ZD01b } from "./ZD01b.ts";
import { ZD01c } from "./ZD01c.ts";
import { ZD01d } from "./ZD01d.ts";
import { ZD01e } from "./ZD01e.ts";
import { ZD01f } from "./ZD01f.ts";
import { ZD02a } from "./ZD02a.ts";
import { ZD02b } from "./ZD02b.ts";
import { ZD02c } from "./ZD02c.ts";
import { ZD02d } from "./ZD02d.ts";
import { ZD03a } from "./ZD03a.ts";
import { ZD03b } from "./ZD03b.ts";
import { ZD03c } from "./ZD03c.ts";
import { ZD03d } from "./ZD03d.ts";
import { ZD03e } from "./ZD03e.ts";
import { ZD03f } from "./ZD03f.ts";
import { ZD03g } from "./ZD03g.ts";
import { ZD03h } from "./ZD03h.ts";
import { ZD04 } from "./ZD04.ts";
import { ZD05 } from "./ZD05.ts";
import { ZD06 } from "./ZD06.ts";
import { ZD07 } from "./ZD07.ts";
import { ZD30 } from "./ZD30.ts";
import { ZD31 } from "./ZD31.ts";
import { ZD32 } from "./ZD32.ts";
import { ZD33 } from "./ZD33.ts";
import { ZD34 } from "./ZD34.ts";
import { ZD35 } from "./ZD35.ts";
import { ZD36 } from "./ZD36.ts";
import { ZD37 } from "./ZD37.ts";
import { ZD50 } from "./ZD50.ts";
import { ZD51 } from "./ZD51.ts";
import { ZD52 } from "./ZD52.ts";
import { ZD53 } from "./ZD53.ts";

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
  AD07b,
  AD07c,
  AD07d,
  AD07e,
  AD07f,
  AD07g,
  AD07h,
  AD07i,
  AD07j,
  AD07k,
  AD07l,
  AD08a,
  AD08b,
  AD08c,
  AD08d,
  AD08e,
  AD08f,
  AD08g,
  AD09,
  AD10,
  AD11,
  AD12,
  AD13,
  AD14,
  AD15,
  AD16,
  AD17,
  AD50,
  AD51,
  AD52,
  AD53,
  AD54,
  AD55,
  AD56,
  AD30,
  AD31,
  AD32,
  AD33,
  AD34,
  AD35,
  GD01a,
  GD01b,
  GD01c,
  GD01d,
  GD02,
  GD03,
  GD04,
  GD05,
  GD06,
  GD07,
  GD08,
  GD50,
  GD51,
  GD52,
  GD53,
  GD30,
  GD31,
  GD32,
  ZD01a,
  ZD01b,
  ZD01c,
  ZD01d,
  ZD01e,
  ZD01f,
  ZD02a,
  ZD02b,
  ZD02c,
  ZD02d,
  ZD03a,
  ZD03b,
  ZD03c,
  ZD03d,
  ZD03e,
  ZD03f,
  ZD03g,
  ZD03h,
  ZD04,
  ZD05,
  ZD06,
  ZD07,
  ZD50,
  ZD51,
  ZD52,
  ZD53,
  ZD30,
  ZD31,
  ZD32,
  ZD33,
  ZD34,
  ZD35,
  ZD36,
  ZD37,
];
