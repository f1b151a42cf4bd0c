/** `check`: the packs' rules on resources from a file, without an engine. */
import type { Verdict as RuleVerdict } from "../../../model/policy/verdict.ts";
import { judgeSubject } from "../../../policy-packs/kit/judge.ts";
import { makePlan } from "../../../policy-packs/kit/plan.ts";
import { rules } from "../../../policy-packs/rules/index.ts";
import { readExportFile } from "../../engine/export-file.ts";
import { readExport } from "../../engine/exported-state.ts";
import { countOutcomes, type Verdict } from "../../engine/verdicts.ts";
import type { Context } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit.ts";
import { shortUrn } from "../outcome.ts";
import { findingText } from "../outcome-text.ts";
import { counted } from "../output.ts";

/** Judges a file; findings end with 1. */
export async function check(
  context: Context,
  file: string,
  options: { readonly json: boolean },
): Promise<ExitCode> {
  context.interrupts.letGo();
  const resources = readExport(readExportFile(file), file);
  const verdicts = judge(makePlan(resources));
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
  return findings.length > 0 ? exitCodes.findings : exitCodes.done;
}

function judge(plan: ReturnType<typeof makePlan>): Verdict[] {
  return plan.resources.flatMap((resource) =>
    rules
      .filter((rule) => rule.subjects.includes(resource.type))
      .map((rule) => {
        const verdict = judgeSubject(rule, resource, plan);
        return verdictOf(rule.id, resource.urn, verdict);
      }),
  );
}

function verdictOf(rule: string, urn: string, verdict: RuleVerdict): Verdict {
  const level = "mandatory";
  const findings = verdict.state === "fail" ? verdict.findings : [];
  const open = verdict.state === "unknown" ? verdict.open : [];
  return {
    pack: "",
    rule,
    urn,
    level,
    outcome: verdict.state,
    findings: findings.map((finding) => ({ ...finding, level, exempted: false })),
    open: open.map((question) => ({ ...question, rule, level })),
  };
}
