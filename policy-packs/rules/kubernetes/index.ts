/** Rules about pods, roles and namespaces. */
import type { Rule } from "../../../model/policy/rule.ts";
import { KN01 } from "./KN01.ts";
import { KN02 } from "./KN02.ts";
import { KN03 } from "./KN03.ts";
import { KN04 } from "./KN04.ts";
import { KN05 } from "./KN05.ts";
import { KN06 } from "./KN06.ts";
import { KN07 } from "./KN07.ts";
import { KN08 } from "./KN08.ts";
import { KN09 } from "./KN09.ts";
import { KN10 } from "./KN10.ts";
import { KN11 } from "./KN11.ts";
import { KN61 } from "./KN61.ts";
import { KN62 } from "./KN62.ts";
import { KP01 } from "./KP01.ts";
import { KP02 } from "./KP02.ts";
import { KP03 } from "./KP03.ts";
import { KP04 } from "./KP04.ts";
import { KP05 } from "./KP05.ts";
import { KP06 } from "./KP06.ts";
import { KP07 } from "./KP07.ts";
import { KP08 } from "./KP08.ts";
import { KP09 } from "./KP09.ts";
import { KP10 } from "./KP10.ts";
import { KP11 } from "./KP11.ts";
import { KP12 } from "./KP12.ts";
import { KP13 } from "./KP13.ts";
import { KP14 } from "./KP14.ts";
import { KP15 } from "./KP15.ts";
import { KP16 } from "./KP16.ts";
import { KP17 } from "./KP17.ts";
import { KP18 } from "./KP18.ts";
import { KP19 } from "./KP19.ts";
import { KP20 } from "./KP20.ts";
import { KP21 } from "./KP21.ts";
import { KP22 } from "./KP22.ts";
import { KP23 } from "./KP23.ts";
import { KP24 } from "./KP24.ts";
import { KP25 } from "./KP25.ts";
import { KP60 } from "./KP60.ts";
import { KP61 } from "./KP61.ts";
import { KR01 } from "./KR01.ts";
import { KR02 } from "./KR02.ts";
import { KR03 } from "./KR03.ts";
import { KR04 } from "./KR04.ts";
import { KR05 } from "./KR05.ts";
import { KR06 } from "./KR06.ts";
import { KR07 } from "./KR07.ts";
import { KR08 } from "./KR08.ts";
import { KR09 } from "./KR09.ts";
import { KR10 } from "./KR10.ts";
import { KR11 } from "./KR11.ts";
import { KR12 } from "./KR12.ts";
import { KR13 } from "./KR13.ts";
import { KR60 } from "./KR60.ts";
import { KR61 } from "./KR61.ts";

export const kubernetesRules: readonly Rule[] = [
  KN01,
  KN02,
  KN03,
  KN04,
  KN05,
  KN06,
  KN07,
  KN08,
  KN09,
  KN10,
  KN11,
  KN61,
  KN62,
  KP01,
  KP02,
  KP03,
  KP04,
  KP05,
  KP06,
  KP07,
  KP08,
  KP09,
  KP10,
  KP11,
  KP12,
  KP13,
  KP14,
  KP15,
  KP16,
  KP17,
  KP18,
  KP19,
  KP20,
  KP21,
  KP22,
  KP23,
  KP24,
  KP25,
  KP60,
  KP61,
  KR01,
  KR02,
  KR03,
  KR04,
  KR05,
  KR06,
  KR07,
  KR08,
  KR09,
  KR10,
  KR11,
  KR12,
  KR13,
  KR60,
  KR61,
];
