/** What a pack holds, and what it takes from outside. */
import type { Rule } from "../../model/policy/rule.ts";
import type { Plan } from "../../model/policy/view.ts";
import type { Environment, Level } from "./settings.ts";
import type { Phase, VerdictLog } from "./verdict-log.ts";

/** A list of rules with levels, and what each environment decides. */
export interface PackDefinition {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly rules: readonly { readonly rule: Rule; readonly level: Level }[];
  /** Decisions of the stacks of these names. */
  readonly environments: Readonly<Record<string, Environment>>;
  /** Decision for every other stack. */
  readonly otherwise: Environment;
  /** What the log keeps of the planned network, as JSON; absent where the pack looks at none. */
  readonly network?: (plan: Plan) => string | undefined;
}

/** What a pack takes from outside. */
export interface PackDoor {
  readonly log: VerdictLog;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly phase: () => Phase;
}
