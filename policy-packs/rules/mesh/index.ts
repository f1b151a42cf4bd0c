/** Rules about the service mesh. */
import type { Rule } from "../../../model/policy/rule.ts";
import { MS01 } from "./MS01.ts";
import { MS02 } from "./MS02.ts";
import { MS03 } from "./MS03.ts";
import { MS04 } from "./MS04.ts";
import { MS05 } from "./MS05.ts";
import { MS06 } from "./MS06.ts";
import { MS07 } from "./MS07.ts";
import { MS08 } from "./MS08.ts";
import { MS09 } from "./MS09.ts";
import { MS10 } from "./MS10.ts";
import { MS11 } from "./MS11.ts";
import { MS12 } from "./MS12.ts";
import { MS13 } from "./MS13.ts";
import { MS14 } from "./MS14.ts";
import { MS16 } from "./MS16.ts";
import { MS17 } from "./MS17.ts";
import { MS18 } from "./MS18.ts";
import { MS19 } from "./MS19.ts";
import { MS20 } from "./MS20.ts";
import { MS21 } from "./MS21.ts";
import { MS22 } from "./MS22.ts";
import { MS23 } from "./MS23.ts";
import { MS24 } from "./MS24.ts";
import { MS25 } from "./MS25.ts";
import { MS26 } from "./MS26.ts";
import { MS27 } from "./MS27.ts";
import { MS28 } from "./MS28.ts";
import { MS29 } from "./MS29.ts";
import { MS30 } from "./MS30.ts";
import { MS31 } from "./MS31.ts";
import { MS32 } from "./MS32.ts";
import { MS33 } from "./MS33.ts";
import { MS34 } from "./MS34.ts";
import { MS35 } from "./MS35.ts";

export const meshRules: readonly Rule[] = [
  MS01,
  MS02,
  MS03,
  MS04,
  MS05,
  MS06,
  MS07,
  MS08,
  MS09,
  MS10,
  MS11,
  MS12,
  MS13,
  MS14,
  MS16,
  MS17,
  MS18,
  MS19,
  MS20,
  MS21,
  MS22,
  MS23,
  MS24,
  MS25,
  MS26,
  MS27,
  MS28,
  MS29,
  MS30,
  MS31,
  MS32,
  MS33,
  MS34,
  MS35,
];
