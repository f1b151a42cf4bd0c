/** `check`: the packs' rules on resources from a file, without an engine. */
import type { Exempted, Exemptions } from "../../../../model/policy/exemption.ts";
import { applyExemptions, exemptionField } from "../../../../model/policy/exemption.ts";
import type { Rule } from "../../../../model/policy/rule.ts";
import type { Verdict as RuleVerdict } from "../../../../model/policy/verdict.ts";
import type { Plan } from "../../../../model/policy/view.ts";
import { judgeSubject } from "../../../../policy-packs/kit/judge.ts";
import { makePlan } from "../../../../policy-packs/kit/plan.ts";
import { rules } from "../../../../policy-packs/rules/index.ts";
import { readExportFile } from "../../../engine/export-file.ts";
import { readExport } from "../../../engine/exported-state.ts";
import { countOutcomes, type Verdict } from "../../../engine/verdicts.ts";
import { readExemptionFile } from "../../../policy/exemption-file.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit.ts";
import { shortUrn } from "../../outcome.ts";
import { findingText } from "../../outcome-text.ts";
import { counted } from "../../output.ts";

/** Judges a file; findings that no exemption covers end with 1. */
export function check(
  context: Context,
  file: string,
  options: { readonly json: boolean },
): ExitCode {
  const exemptions = { stated: readExemptionFile(context.root), reviewed: [] };
  context.interrupts.letGo();
  const resources = readExport(readExportFile(file), file);
  const verdicts = judge(makePlan(resources), exemptions, Date.now());
  const findings = verdicts.flatMap((verdict) => verdict.findings);
  const counts = countOutcomes(verdicts);
  const { output } = context;
  if (options.json) {
    const open = verdicts.flatMap((verdict) => verdict.open);
    const answer = { resources: resources.length, rules: rules.length, counts, findings, open };
    output.result(JSON.stringify(answer, null, 2));
  } else {
    for (const finding of findings) output.result(findingText(finding, output.colour));
    for (const open of verdicts.flatMap((verdict) => verdict.open)) {
      output.result(`  ? ${open.rule} ${shortUrn(open.urn)} ${open.path} is not known`);
    }
    output.result(
      `${counted(rules.length, "rule")} on ${counted(resources.length, "resource")}: ` +
        `${counts.pass} passed, ${counts.fail} failed, ${counts.unknown} unknown`,
    );
  }
  const standing = findings.filter(
    ({ exemption, level }) => exemption === undefined && level === "mandatory",
  );
  return standing.length > 0 ? exitCodes.findings : exitCodes.done;
}

function judge(plan: Plan, exemptions: Exemptions, nowMs: number): Verdict[] {
  return plan.resources.flatMap((resource) =>
    rules
      .filter((rule) => rule.subjects.includes(resource.type))
      .map((rule) => {
        const verdict = judgeSubject(rule, resource, plan);
        const found = verdict.state === "fail" ? verdict.findings : [];
        const { exempted } = applyExemptions(found, exemptions, nowMs);
        return verdictOf(rule, resource.urn, verdict, exempted);
      }),
  );
}

function verdictOf(
  rule: Rule,
  urn: string,
  verdict: RuleVerdict,
  exempted: readonly Exempted[],
): Verdict {
  const { id, level = "mandatory" } = rule;
  const findings = verdict.state === "fail" ? verdict.findings : [];
  const open = verdict.state === "unknown" ? verdict.open : [];
  return {
    pack: "",
    rule: id,
    urn,
    level,
    outcome: verdict.state,
    findings: findings.map((finding) => ({
      ...finding,
      level,
      ...exemptionField(finding, exempted),
    })),
    open: open.map((question) => ({ ...question, rule: id, level })),
  };
}
