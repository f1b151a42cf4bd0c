/** `check`: the packs' rules on resources from a file, without an engine. */
import type { Exempted } from "../../../../model/policy/exemption.ts";
import { applyExemptions, exemptionField } from "../../../../model/policy/exemption.ts";
import type { Rule } from "../../../../model/policy/rule.ts";
import type { Verdict as RuleVerdict } from "../../../../model/policy/verdict.ts";
import type { Plan } from "../../../../model/policy/view.ts";
import { judgeSubject } from "../../../../policy-packs/kit/judge.ts";
import { makePlan } from "../../../../policy-packs/kit/plan.ts";
import type { Level } from "../../../../policy-packs/kit/settings.ts";
import { rules } from "../../../../policy-packs/rules/index.ts";
import { readExportFile } from "../../../engine/export-file.ts";
import { readExport } from "../../../engine/exported-state.ts";
import { countOutcomes, type Verdict } from "../../../engine/verdicts.ts";
import { type Reviewed, reviewedIn } from "../../../policy/reviewed.ts";
import { settingsFor } from "../../../policy/rule-settings.ts";
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
  const reviewed = reviewedIn(context.root);
  context.interrupts.letGo();
  const resources = readExport(readExportFile(file), file);
  const verdicts = judge(makePlan(resources), reviewed, Date.now());
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

function judge(plan: Plan, { exemptions, settings }: Reviewed, nowMs: number): Verdict[] {
  return plan.resources.flatMap((resource) => {
    // Each resource says of which stack it is: `urn:pulumi:STACK::…`.
    const { levels, parameters } = settingsFor(settings, resource.urn.split(":")[2] ?? "");
    return rules
      .filter(({ id, subjects }) => subjects.includes(resource.type) && levels?.[id] !== "disabled")
      .map((rule) => {
        const verdict = judgeSubject(rule, resource, plan, parameters?.[rule.id]);
        const found = verdict.state === "fail" ? verdict.findings : [];
        const { exempted } = applyExemptions(found, exemptions, nowMs);
        const level = levels?.[rule.id] ?? rule.level ?? "mandatory";
        return verdictOf(rule, resource.urn, verdict, exempted, level);
      });
  });
}

function verdictOf(
  rule: Rule,
  urn: string,
  verdict: RuleVerdict,
  exempted: readonly Exempted[],
  level: Level,
): Verdict {
  const { id } = rule;
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
