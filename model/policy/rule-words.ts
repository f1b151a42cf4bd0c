/** A rule as people read it, besides its sentence and its examples. */
import { frameworks } from "./framework.ts";
import type { Rule } from "./rule.ts";
import { tenets } from "./rule.ts";

/** What a rule says about one side of itself; nothing is left out, and what is empty is not there. */
export type RuleWords = readonly (readonly [name: string, lines: readonly string[]])[];

/** In the order in which people ask. */
export function ruleWords(rule: Rule): RuleWords {
  const { why, fix, remedy, level, parameters = {}, frameworks: others = [] } = rule;
  const words: RuleWords = [
    ["why", [why]],
    ["level", level === undefined ? [] : ["advisory: it tells, and never blocks"]],
    ["fix", [fix]],
    ["mends", remedy === undefined ? [] : [`by itself where told so (${remedy.kind})`]],
    ["settings", Object.entries(parameters).map(([name, one]) => settingText(name, one))],
    ["about", rule.subjects],
    ["tenets", rule.tenets.map((tenet) => `${tenet} ${tenets[tenet]}`)],
    [
      "controls",
      [
        `NIST SP 800-53 r5: ${rule.controls.join(", ")}`,
        ...others.map((one) => `${frameworks[one.framework]}: ${one.control} (${one.source})`),
      ],
    ],
  ];
  return words.filter(([, lines]) => lines.length > 0);
}

function settingText(name: string, parameter: NonNullable<Rule["parameters"]>[string]): string {
  const { says, allowed, otherwise } = parameter;
  return `${name}: ${says}; ${allowed}; otherwise ${JSON.stringify(otherwise)}`;
}
