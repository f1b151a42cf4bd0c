/** Rules about several domains at once. */
import type { Rule } from "../../../model/policy/rule.ts";
import { X02 } from "./X02.ts";
import { X06 } from "./X06.ts";
import { X11 } from "./X11.ts";
import { X20 } from "./X20.ts";
import { X21 } from "./X21.ts";
import { X22 } from "./X22.ts";
import { X23 } from "./X23.ts";
import { X25 } from "./X25.ts";
import { X26 } from "./X26.ts";
import { X27 } from "./X27.ts";
import { X28 } from "./X28.ts";

export const stackRules: readonly Rule[] = [X02, X06, X11, X20, X21, X22, X23, X25, X26, X27, X28];
