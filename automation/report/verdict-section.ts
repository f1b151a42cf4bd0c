/** Rules and what they said: counts for each rule, findings and open questions in full. */
import { exemptionText } from "../../model/policy/exemption.ts";
import type { Finding, OpenQuestion, Outcome, Verdict } from "../engine/verdicts.ts";
import { countOutcomes } from "../engine/verdicts.ts";
import { type Markup, markup } from "./markup.ts";

/** Findings, each with rule, resource, property path, witness and fix. */
export function findingsSection(findings: readonly Finding[]): Markup {
  if (findings.length === 0) return markup``;
  return markup`<section id="findings"><h2>Findings</h2>${findings.map(findingCard)}</section>`;
}

function findingCard(finding: Finding): Markup {
  const { exemption } = finding;
  const look =
    exemption !== undefined ? "exempted" : finding.level === "mandatory" ? "bad" : "warn";
  const words = [finding.severity, finding.level, exemption === undefined ? "" : "exempted"];
  return markup`<article class="finding ${look}"><h3>${finding.rule}<small>${words.filter((word) => word !== "").join(" · ")}</small></h3><p>${finding.sentence}</p><dl>${[
    field("Resource", finding.urn === "" ? "the stack as a whole" : finding.urn),
    field("Property", finding.path),
    field("Witness", finding.witness),
    field("Fix", finding.fix),
    field("Exempted", exemption === undefined ? "" : exemptionText(exemption)),
  ]}</dl></article>`;
}

function field(name: string, value: string): Markup {
  return value === "" ? markup`` : markup`<dt>${name}</dt><dd>${value}</dd>`;
}

const columns: readonly { readonly outcome: Outcome; readonly title: string }[] = [
  { outcome: "pass", title: "Pass" },
  { outcome: "fail", title: "Fail" },
  { outcome: "unknown", title: "Unknown" },
  { outcome: "not-applicable", title: "Does not apply" },
];

/** Every applied rule with how often it passed, failed, could not tell, or had nothing to judge. */
export function rulesSection(
  rules: readonly string[],
  verdicts: readonly Verdict[],
  sentences: ReadonlyMap<string, string>,
): Markup {
  if (rules.length === 0) return markup``;
  const rows = rules.map((rule) => {
    const own = verdicts.filter((one) => one.rule === rule);
    return ruleRow(rule, sentences.get(rule) ?? "", own);
  });
  return markup`<section id="rules"><h2>Rules and verdicts</h2>
<p class="lead">${rules.length} rules judged the planned resources. Unknown means that a value exists only after the update; nobody takes it for a pass.</p>
<table class="verdicts"><thead><tr><th>Rule</th><th>What must hold</th><th>Level</th>${columns.map((one) => markup`<th class="n">${one.title}</th>`)}</tr></thead><tbody>${rows}</tbody></table></section>`;
}

function ruleRow(rule: string, sentence: string, verdicts: readonly Verdict[]): Markup {
  const counts = countOutcomes(verdicts);
  const cells = columns.map(({ outcome }) => {
    const count = counts[outcome];
    return markup`<td class="n ${count === 0 ? "zero" : outcome}">${count}</td>`;
  });
  const levels = [...new Set(verdicts.map((one) => one.level))].join(", ");
  return markup`<tr><th scope="row">${rule}</th><td>${sentence}</td><td>${levels}</td>${cells}</tr>`;
}

/** What cannot be decided yet, and what it waits for. */
export function openSection(open: readonly OpenQuestion[]): Markup {
  if (open.length === 0) return markup``;
  const rows = open.map(
    (one) =>
      markup`<tr><td>${one.rule}</td><td class="urn">${one.urn}</td><td><code>${one.path}</code></td><td class="urn">${one.waitsFor.join(", ")}</td></tr>`,
  );
  return markup`<section id="unknown"><h2>Not decided yet</h2><table><thead><tr><th>Rule</th><th>Resource</th><th>Property</th><th>Waits for</th></tr></thead><tbody>${rows}</tbody></table></section>`;
}
