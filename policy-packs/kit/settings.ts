/** What an environment decides about rules: their levels, unknowns, exemptions. */
import type { Problem } from "../../model/base/problem.ts";
import { nearest, throwIfAny } from "../../model/base/problem.ts";
import type { Exemption } from "../../model/policy/exemption.ts";
import { parseExemptions } from "../../model/policy/exemption.ts";
import type { unknownLevels } from "./config-schema.ts";

export const levels = ["mandatory", "advisory", "disabled"] as const;
export type Level = (typeof levels)[number];

export type UnknownLevel = (typeof unknownLevels)[number];

/** How a pack treats what its rules say. */
export interface Settings {
  readonly levels: Readonly<Record<string, Level>>;
  /** Whether a rule that cannot be decided at preview blocks. */
  readonly unknown: UnknownLevel;
  readonly exemptions: readonly Exemption[];
}

/** A pack's own decision about the stacks it names. */
export interface Environment {
  readonly unknown: UnknownLevel;
  readonly levels?: Readonly<Record<string, Level>>;
}

/**
 * The settings for a stack: the pack's levels, then what it says about the stack, then the
 * configuration given with `--policy-pack-config`. Throws all problems of the configuration.
 */
export function settle(
  packLevels: Readonly<Record<string, Level>>,
  environment: Environment,
  config: Readonly<Record<string, unknown>>,
): Settings {
  const problems: Problem[] = [];
  const given = readLevels(config["levels"], Object.keys(packLevels), problems);
  const parsed = parseExemptions(config["exemptions"], "exemptions");
  throwIfAny([...problems, ...parsed.problems]);
  return {
    levels: { ...packLevels, ...environment.levels, ...given },
    unknown:
      config["unknown"] === undefined ? environment.unknown : (config["unknown"] as UnknownLevel),
    exemptions: parsed.exemptions,
  };
}

function readLevels(
  value: unknown,
  rules: readonly string[],
  problems: Problem[],
): Record<string, Level> {
  const result: Record<string, Level> = {};
  if (value === undefined) return result;
  for (const [rule, level] of Object.entries(value as Record<string, unknown>)) {
    if (!rules.includes(rule)) {
      problems.push({
        code: "input-unknown",
        place: `levels.${rule}`,
        got: JSON.stringify(rule),
        allowed: "the id of a rule of this pack",
        next: `Did you mean ${nearest(rule, rules) ?? rules[0]}?`,
      });
    } else if (!levels.includes(level as Level)) {
      problems.push({
        code: "input-type",
        place: `levels.${rule}`,
        got: JSON.stringify(level),
        allowed: levels.join(", "),
        next: "Choose one of the levels.",
      });
    } else {
      result[rule] = level as Level;
    }
  }
  return result;
}
