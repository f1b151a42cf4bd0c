/** Rules about several domains at once. */
import type { Rule } from "../../../model/policy/rule.ts";
import { X01 } from "./X01.ts";
import { X02 } from "./X02.ts";
import { X06 } from "./X06.ts";
import { X07 } from "./X07.ts";
import { X08 } from "./X08.ts";
import { X09 } from "./X09.ts";
import { X10 } from "./X10.ts";
import { X11 } from "./X11.ts";
import { X12 } from "./X12.ts";
import { X13 } from "./X13.ts";
import { X14 } from "./X14.ts";
import { X15 } from "./X15.ts";
import { X16 } from "./X16.ts";
import { X20 } from "./X20.ts";
import { X21 } from "./X21.ts";
import { X22 } from "./X22.ts";
import { X23 } from "./X23.ts";
import { X25 } from "./X25.ts";
import { X26 } from "./X26.ts";
import { X27 } from "./X27.ts";
import { X28 } from "./X28.ts";

export const stackRules: readonly Rule[] = [
  X01,
  X02,
  X06,
  X07,
  X08,
  X09,
  X10,
  X11,
  X12,
  X13,
  X14,
  X15,
  X16,
  X20,
  X21,
  X22,
  X23,
  X25,
  X26,
  X27,
  X28,
];
