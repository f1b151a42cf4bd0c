/** `rules list`, `rules show`, `check --explain`: the catalogue. */
import { nearest, ProblemError } from "../../../../model/base/problem.ts";
import type { Example, Rule } from "../../../../model/policy/rule.ts";
import { unknownHere } from "../../../../model/policy/rule.ts";
import { ruleWords } from "../../../../model/policy/rule-words.ts";
import type { Domain } from "../../../../policy-packs/rules/index.ts";
import { domains, rules } from "../../../../policy-packs/rules/index.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit.ts";
import { counted, table } from "../../output.ts";

/** Tells every rule, or those of a domain. */
export function listRules(
  context: Context,
  options: { readonly domain?: string; readonly json: boolean },
): ExitCode {
  const chosen = options.domain === undefined ? rules : rulesOf(options.domain);
  const { output } = context;
  if (options.json) {
    output.result(JSON.stringify(chosen.map(summaryOf), null, 2));
  } else {
    const rows = chosen.map((rule) => [rule.id, rule.severity, rule.sentence]);
    output.result(table(rows));
    output.result(counted(chosen.length, "rule"));
  }
  return exitCodes.done;
}

/** Tells all about one rule. */
export function showRule(
  context: Context,
  id: string,
  options: { readonly json: boolean },
): ExitCode {
  const rule = rules.find((one) => one.id === id);
  if (rule === undefined) {
    throw new ProblemError([
      unknown(
        "rule",
        id,
        rules.map((one) => one.id),
      ),
    ]);
  }
  const { examples } = rule;
  context.output.result(
    options.json
      ? JSON.stringify({ ...summaryOf(rule), examples: examples.map(plainExample) }, null, 2)
      : ruleText(rule),
  );
  return exitCodes.done;
}

function rulesOf(domain: string): readonly Rule[] {
  const names = Object.keys(domains);
  if (!names.includes(domain)) throw new ProblemError([unknown("domain", domain, names)]);
  return domains[domain as Domain];
}

function unknown(kind: string, name: string, known: readonly string[]) {
  return {
    code: "input-unknown",
    place: kind,
    got: JSON.stringify(name),
    allowed: known.length > 12 ? `a ${kind} of ./bulkhead rules list` : known.join(", "),
    next: `Did you mean ${nearest(name, known) ?? known[0]}?`,
  } as const;
}

/** The rule without what cannot be written down. */
function summaryOf({ check: _, examples: __, remedy, parameters = {}, ...rule }: Rule) {
  const settable = Object.entries(parameters).map(([name, { accepts: _, ...words }]) => [
    name,
    words,
  ]);
  return {
    ...rule,
    parameters: Object.fromEntries(settable) as object,
    ...(remedy === undefined ? {} : { remedy: remedy.kind }),
  };
}

function plainExample({ kind, says, expect, resources }: Example) {
  return { kind, says, expect, resources };
}

function ruleText(rule: Rule): string {
  const examples = rule.examples.map(
    ({ kind, says, expect, resources }) =>
      ["example", [`${kind}, ${expect}: ${says}`, ...resources.map(resourceText)]] as const,
  );
  const lines = [...ruleWords(rule), ...examples].flatMap(([name, [first, ...rest]]) => [
    `  ${name.padEnd(9)} ${first}`,
    ...rest.map((line) => " ".repeat(12) + line),
  ]);
  return [`${rule.id}, ${rule.severity}: ${rule.sentence}`, ...lines].join("\n");
}

function resourceText({ type, props }: Example["resources"][number]): string {
  return `${type} ${JSON.stringify(props)}`.replaceAll(JSON.stringify(unknownHere), "(not known)");
}
