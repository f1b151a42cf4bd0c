/** What people decided about rules in each environment, in a reviewed file beside the stacks. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "../../model/base/problem.ts";
import { nearest, ProblemError, throwIfAny } from "../../model/base/problem.ts";
import type { ParameterValues } from "../../model/policy/parameter.ts";
import { unknownLevels } from "../../policy-packs/kit/config-schema.ts";
import type { Level, RuleSetting, UnknownLevel } from "../../policy-packs/kit/settings.ts";
import { settle } from "../../policy-packs/kit/settings.ts";
import { rules } from "../../policy-packs/rules/index.ts";

/** Path of the file below a checkout; there need not be one. */
export const settingsFile = "stacks/rules.json";

/** Stands for every stack; what a stack says of itself goes before it. */
const everyStack = "*";

/** What is decided for a stack, in the words of the packs' own configuration. */
export interface RuleSettings {
  readonly levels?: Readonly<Record<string, Level>>;
  readonly parameters?: Readonly<Record<string, ParameterValues>>;
  readonly remedies?: readonly string[];
  readonly unknown?: UnknownLevel;
}

/** By stack, or `*` for all. */
export type SettingsByStack = Readonly<Record<string, RuleSettings>>;

/** Settings of a checkout. Throws everything that is wrong with the file; then none counts. */
export function readSettingsFile(root: string, stacks: readonly string[]): SettingsByStack {
  const text = textOfSettings(root);
  return text === undefined ? {} : readSettings(text, settingsFile, stacks);
}

/** The file's text; undefined where a checkout has none. */
export function textOfSettings(root: string): string | undefined {
  const path = join(root, settingsFile);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

/** The same from a file's text; `stacks` are the names that it may speak of, any where undefined. */
export function readSettings(
  text: string,
  place: string,
  stacks: readonly string[] | undefined,
): SettingsByStack {
  const value = parse(text, place);
  const problems = Object.entries(value).flatMap(([stack, settings]) => {
    const at = `${place}: ${stack}`;
    const known = [everyStack, ...(stacks ?? [stack])];
    if (!known.includes(stack)) return [strange(at, stack, known)];
    return settingsProblems(settings, at);
  });
  throwIfAny(problems);
  return value as SettingsByStack;
}

/** What holds for a stack: by rule its own, else that of all stacks. */
export function settingsFor(all: SettingsByStack, stack: string): RuleSettings {
  const [every, own] = [all[everyStack] ?? {}, all[stack] ?? {}];
  const merged = { ...every, ...own };
  const levels = { ...every.levels, ...own.levels };
  const parameters = { ...every.parameters, ...own.parameters };
  return {
    ...merged,
    ...(Object.keys(levels).length > 0 ? { levels } : {}),
    ...(Object.keys(parameters).length > 0 ? { parameters } : {}),
  };
}

const kinds: Readonly<Record<keyof RuleSettings, string>> = {
  levels: "an object of rules with their levels",
  parameters: "an object of rules with their parameters",
  remedies: "a list of rules that mend",
  unknown: unknownLevels.join(", "),
};

function settingsProblems(settings: unknown, at: string): Problem[] {
  if (!isObject(settings)) return [wrong(at, settings, `an object with ${names.join(", ")}`)];
  const shape = Object.entries(settings).flatMap(([name, value]) => {
    if (!(name in kinds)) return [strange(`${at}.${name}`, name, names)];
    const key = name as keyof RuleSettings;
    return isOfKind(key, value) ? [] : [wrong(`${at}.${name}`, value, kinds[key])];
  });
  const sound = Object.entries(settings).filter(
    ([name, value]) => name in kinds && isOfKind(name as keyof RuleSettings, value),
  );
  return [...shape, ...packProblems(Object.fromEntries(sound), at), ...softened(settings, at)];
}

const names = Object.keys(kinds);

function isOfKind(name: keyof RuleSettings, value: unknown): boolean {
  if (name === "unknown") return unknownLevels.some((level) => level === value);
  return name === "remedies" ? Array.isArray(value) : isObject(value);
}

/** What the pack itself would say to its configuration. */
function packProblems(config: Readonly<Record<string, unknown>>, at: string): Problem[] {
  const known = rules.map(
    ({ id, level, remedy, parameters = {} }): RuleSetting => ({
      id,
      level: level ?? "mandatory",
      parameters,
      ...(remedy === undefined ? {} : { remedy: remedy.kind }),
    }),
  );
  try {
    settle(known, { unknown: "advisory" }, config);
    return [];
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return error.problems.map((problem) => ({ ...problem, place: `${at}.${problem.place}` }));
  }
}

/** A critical rule is set aside at one resource, with a reason and an end, or not at all. */
function softened({ levels }: Readonly<Record<string, unknown>>, at: string): Problem[] {
  const given = isObject(levels) ? levels : {};
  return rules
    .filter(({ id, severity }) => severity === "critical" && isSoft(given[id]))
    .map(({ id }) => ({
      code: "input-type",
      place: `${at}.levels.${id}`,
      got: JSON.stringify(given[id]),
      allowed: "mandatory: the rule is critical",
      next: "Exempt the resource in stacks/exemptions.json, with a reason and an end.",
    }));
}

function isSoft(level: unknown): boolean {
  return level === "advisory" || level === "disabled";
}

function parse(text: string, place: string): Readonly<Record<string, unknown>> {
  const allowed = `a JSON object of stacks, or "${everyStack}", with their settings`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const got = error instanceof Error ? error.message : "no JSON";
    throw new ProblemError([{ ...wrong(place, "", allowed), got }]);
  }
  if (!isObject(value)) throw new ProblemError([wrong(place, value, allowed)]);
  return value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wrong(place: string, got: unknown, allowed: string): Problem {
  const next = "Write it as docs/rule-settings.md shows it.";
  return { code: "input-type", place, got: JSON.stringify(got).slice(0, 80), allowed, next };
}

function strange(place: string, name: string, known: readonly string[]): Problem {
  return {
    code: "input-unknown",
    place,
    got: JSON.stringify(name),
    allowed: known.join(", "),
    next: `Did you mean ${nearest(name, known) ?? known[0]}?`,
  };
}
