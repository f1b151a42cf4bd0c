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
import { MS16 } from "./MS16.ts";
import { MS17 } from "./MS17.ts";
import { MS18 } from "./MS18.ts";
import { MS20 } from "./MS20.ts";
import { MS21 } from "./MS21.ts";
import { MS22 } from "./MS22.ts";
import { MS23 } from "./MS23.ts";
import { MS24 } from "./MS24.ts";
import { MS25 } from "./MS25.ts";

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
  MS16,
  MS17,
  MS18,
  MS20,
  MS21,
  MS22,
  MS23,
  MS24,
  MS25,
];
