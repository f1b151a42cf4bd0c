/** A rule's section of its domain's page. */
import { code } from "../../automation/gate/words/safe.ts";
import { shortUrn } from "../../model/policy/finding.ts";
import type { Example, Rule } from "../../model/policy/rule.ts";
import { ruleWords } from "../../model/policy/rule-words.ts";
import { examplePlan } from "../../policy-packs/kit/example-plan.ts";
import { judgeSubject } from "../../policy-packs/kit/judge.ts";
import { text } from "./markdown.ts";

/** What `rules show` tells, and what is found in the first violating example instead of all examples. */
export function ruleSection(rule: Rule): string {
  const violating = rule.examples.find(({ expect }) => expect === "fail");
  if (violating === undefined) throw new Error(`${rule.id} has no violating example`);
  return [
    `## ${rule.id}`,
    `**${rule.severity}** · ${text(rule.sentence)}`,
    [
      ...ruleWords(rule).map(([name, lines]) =>
        itemText(name, lines.map(name === "about" ? code : text)),
      ),
      `- **example** ${exampleText(rule, violating)}`,
    ].join("\n"),
  ].join("\n\n");
}

/** One line where there is one, or where each is only a name; else a list below. */
function itemText(name: string, lines: readonly string[]): string {
  if (lines.length === 1 || name === "about") return `- **${name}** ${lines.join(", ")}`;
  return [`- **${name}**`, ...lines.map((line) => `  - ${line}`)].join("\n");
}

/** What the example is, and where and by what evidence the rule fails there. */
function exampleText(rule: Rule, { says, resources, parameters }: Example): string {
  const plan = examplePlan(resources);
  const [subject] = plan.resources;
  if (subject === undefined) throw new Error(`${rule.id} has an example without resources`);
  const verdict = judgeSubject(rule, subject, plan, parameters);
  const finding = verdict.state === "fail" ? verdict.findings[0] : undefined;
  if (finding === undefined) throw new Error(`${rule.id} does not fail where it must: ${says}`);
  const place = [shortUrn(finding.urn), ...(finding.path === "" ? [] : [finding.path])];
  return `${text(says)}: ${place.map(code).join(" ")} · ${text(finding.witness)}`;
}
