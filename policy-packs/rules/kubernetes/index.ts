/** Rules about pods, roles and namespaces. */
import type { Rule } from "../../../model/policy/rule.ts";
import { KN01 } from "./KN01.ts";
import { KN08 } from "./KN08.ts";

export const kubernetesRules: readonly Rule[] = [KN01, KN08];
