/** All rules of a domain. */
import type { Rule } from "../../model/policy/rule.ts";
import { page, ruleLink, table, text } from "./markdown.ts";
import { ruleSection } from "./rule-section.ts";

/** A table of the rules, then a section of each. */
export function domainPage(domain: string, rules: readonly Rule[]): string {
  const sorted = rules.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return page(`Rules: ${domain}`, [
    `${rules.length} rules. [All rules](README.md) says how to read them.`,
    table(
      ["rule", "severity", "must hold"],
      sorted.map(({ id, severity, sentence }) => [ruleLink(id, domain), severity, text(sentence)]),
    ),
    ...sorted.map(ruleSection),
  ]);
}
