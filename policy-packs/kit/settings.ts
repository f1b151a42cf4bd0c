/** What an environment decides about rules: their levels, unknowns, exemptions. */
import type { Problem } from "../../model/base/problem.ts";
import { nearest, throwIfAny } from "../../model/base/problem.ts";
import type { Exemptions } from "../../model/policy/exemption.ts";
import { parseExemptions } from "../../model/policy/exemption.ts";
import type { Parameter, ParameterValues } from "../../model/policy/parameter.ts";
import type { Remedy } from "../../model/policy/remedy.ts";
import type { unknownLevels } from "./config-schema.ts";
import { readParameters } from "./parameters.ts";

export const levels = ["mandatory", "advisory", "disabled"] as const;
export type Level = (typeof levels)[number];

export type UnknownLevel = (typeof unknownLevels)[number];

/** How a pack treats what its rules say. */
export interface Settings {
  readonly levels: Readonly<Record<string, Level>>;
  /** Whether a rule that cannot be decided at preview blocks. */
  readonly unknown: UnknownLevel;
  readonly exemptions: Exemptions;
  /** Ids of the rules that mend what breaks them. */
  readonly remedies: readonly string[];
  /** By rule what its parameters are set to. */
  readonly parameters: Readonly<Record<string, ParameterValues>>;
}

/** Stands for every rule whose remedy is safe. */
export const safeRemedies = "safe";

/** What the settings must know of a rule. */
export interface RuleSetting {
  readonly id: string;
  readonly level: Level;
  /** Absent where the rule cannot mend. */
  readonly remedy?: Remedy["kind"];
  readonly parameters?: Readonly<Record<string, Parameter>>;
}

/** A pack's own decision about the stacks it names. */
export interface Environment {
  readonly unknown: UnknownLevel;
  /** That of every rule that would block, where they shall not. */
  readonly level?: "advisory";
  readonly levels?: Readonly<Record<string, Level>>;
  /** By rule what its parameters are set to. */
  readonly parameters?: Readonly<Record<string, ParameterValues>>;
  /** Ids of rules that mend, or `safe` for all whose remedy is safe; none unless said. */
  readonly remedies?: readonly string[];
}

/**
 * The settings for a stack: the pack's levels, then what it says about the stack, then the
 * configuration given with `--policy-pack-config`. Throws all problems of the configuration.
 */
export function settle(
  rules: readonly RuleSetting[],
  environment: Environment,
  config: Readonly<Record<string, unknown>>,
): Settings {
  const problems: Problem[] = [];
  const ids = rules.map(({ id }) => id);
  const given = readLevels(config["levels"], ids, problems);
  const remedies = config["remedies"] ?? environment.remedies ?? [];
  const mending = readRemedies(remedies, rules, problems);
  const parameters = readParameters(config["parameters"], rules, problems);
  const stated = parseExemptions(config["exemptions"], "exemptions");
  const reviewed = parseExemptions(config["reviewedExemptions"], "reviewedExemptions");
  throwIfAny([...problems, ...stated.problems, ...reviewed.problems]);
  const packLevels = Object.fromEntries(
    rules.map(({ id, level }) => [
      id,
      level === "mandatory" ? (environment.level ?? level) : level,
    ]),
  );
  return {
    levels: { ...packLevels, ...environment.levels, ...given },
    unknown:
      config["unknown"] === undefined ? environment.unknown : (config["unknown"] as UnknownLevel),
    exemptions: { stated: stated.exemptions, reviewed: reviewed.exemptions },
    remedies: mending,
    parameters: { ...environment.parameters, ...parameters },
  };
}

function readRemedies(
  value: unknown,
  rules: readonly RuleSetting[],
  problems: Problem[],
): readonly string[] {
  const mendable = rules.filter(({ remedy }) => remedy !== undefined);
  const ids = mendable.map(({ id }) => id);
  return (value as readonly unknown[]).flatMap((name, index) => {
    if (name === safeRemedies) {
      return mendable.filter(({ remedy }) => remedy === "safe").map(({ id }) => id);
    }
    if (typeof name === "string" && ids.includes(name)) return [name];
    problems.push({
      code: "input-unknown",
      place: `remedies[${index}]`,
      got: JSON.stringify(name),
      allowed: `${safeRemedies}, or the id of a rule that can mend`,
      next: `Did you mean ${nearest(String(name), ids) ?? safeRemedies}?`,
    });
    return [];
  });
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
