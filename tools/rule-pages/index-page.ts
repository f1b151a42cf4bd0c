/** The page that leads to all others. */
import { frameworks } from "../../model/policy/framework.ts";
import { type Rule, severities, tenets } from "../../model/policy/rule.ts";
import type { PackDefinition } from "../../policy-packs/kit/definition.ts";
import type { CatalogueLine } from "../../policy-packs/mappings/tables.ts";
import { page, table, text } from "./markdown.ts";

/** What the rules are, by domain. */
export type Domains = Readonly<Record<string, readonly Rule[]>>;

export function indexPage(
  domains: Domains,
  packs: readonly PackDefinition[],
  catalogue: readonly CatalogueLine[],
): string {
  const all = Object.values(domains).flat();
  return page("Rules", [
    `${all.length} rules about planned resources, each with its reason, its evidence and the examples that prove it. ` +
      "`./bulkhead rules list` and `./bulkhead rules show ID` tell the same.",
    domainTable(domains),
    ...packBlocks(packs),
    readingText,
    ...tenetBlocks(all),
    ...controlBlocks(all),
    "## Other scanners\n\n[Other scanners](other-scanners.md) says for every check of Checkov, Trivy and cdk-nag which " +
      "of these rules fail wherever it does.",
    ...impossibleBlocks(catalogue),
  ]);
}

function domainTable(domains: Domains): string {
  const order = severities.toReversed();
  const row = (name: string, rules: readonly Rule[]) => [
    name,
    ...order.map((severity) => `${rules.filter((rule) => rule.severity === severity).length}`),
    `${rules.length}`,
  ];
  return table(
    ["domain", ...order, "all"],
    [
      ...Object.entries(domains).map(([domain, rules]) => row(`[${domain}](${domain}.md)`, rules)),
      row("all", Object.values(domains).flat()),
    ],
  );
}

function packBlocks(packs: readonly PackDefinition[]): string[] {
  return [
    "## Packs",
    "A pack is a folder that Pulumi's own command takes: `pulumi preview --policy-pack policy-packs/zero-trust`. " +
      "`./bulkhead` runs them by itself.",
    table(
      ["pack", "is", "rules"],
      packs.map(({ name, description, rules }) => [
        `\`policy-packs/${name}\``,
        text(description),
        `${rules.length}`,
      ]),
    ),
    "A finding blocks, but in the stack `dev`, where everything only tells. What cannot be decided yet blocks in the " +
      "stack `prod` and tells elsewhere. A pack's configuration sets levels, parameters and remedies; exceptions stand " +
      "in a reviewed file with reason, owner, ticket and expiry (`./bulkhead exemptions`).",
  ];
}

const readingText = `## How to read a rule

| word | says |
| --- | --- |
| severity, sentence | how bad it is where the sentence does not hold |
| why | what an attacker gains |
| level | that the rule never blocks, where it is so |
| fix | which property to set to what |
| mends | that the pack can do so: \`safe\` cannot break what works as documented, \`opt-in\` may, or costs money |
| settings | what only an organisation knows, with what holds otherwise |
| about | the resource types that get a verdict each, all of a vendor's names for the same thing under one |
| tenets, controls | NIST SP 800-207 and 800-53; other frameworks with the document in which the relation was read |
| example | a plan that breaks the rule: the place that is named, and the evidence |

A verdict is pass, fail, unknown (with the property that the preview does not know yet) or not applicable.`;

function tenetBlocks(rules: readonly Rule[]): string[] {
  const rows = Object.entries(tenets).map(([tenet, says]) => [
    tenet,
    text(says),
    `${rules.filter((rule) => rule.tenets.some((one) => one === tenet)).length}`,
  ]);
  return ["## Tenets of zero trust (NIST SP 800-207)", table(["tenet", "says", "rules"], rows)];
}

function controlBlocks(rules: readonly Rule[]): string[] {
  const rows = Object.entries(frameworks).flatMap(([framework, title]) => {
    const read = rules.flatMap(({ id, frameworks: others = [] }) =>
      others.filter((one) => one.framework === framework).map(({ control }) => ({ id, control })),
    );
    if (read.length === 0) return [];
    const distinct = (key: "id" | "control") => `${new Set(read.map((one) => one[key])).size}`;
    return [[text(title), distinct("control"), distinct("id")]];
  });
  const nist = new Set(rules.flatMap(({ controls }) => controls));
  return [
    "## Frameworks",
    "A rule checks a control in part, never the whole of it.",
    table(
      ["framework", "controls", "rules"],
      [["NIST SP 800-53 revision 5", `${nist.size}`, `${rules.length}`], ...rows],
    ),
  ];
}

function impossibleBlocks(catalogue: readonly CatalogueLine[]): string[] {
  const rows = catalogue.flatMap(({ id, says, impossible }) =>
    impossible === undefined ? [] : [[id, text(says), text(impossible)]],
  );
  if (rows.length === 0) return [];
  return ["## No rule", table(["id", "would say", "why there is none"], rows)];
}
