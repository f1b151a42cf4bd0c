/** Runs one rule on one resource and adds up its four-valued verdict. */
import type { Finding } from "../../model/policy/finding.ts";
import type { ParameterValues } from "../../model/policy/parameter.ts";
import type { Judge, Place, Rule } from "../../model/policy/rule.ts";
import type { OpenQuestion, Verdict } from "../../model/policy/verdict.ts";
import { conclude } from "../../model/policy/verdict.ts";
import type { Plan, PlannedResource, UndecidedBecause } from "../../model/policy/view.ts";
import { Undecided } from "../../model/policy/view.ts";

/**
 * The rule's verdict on the subject. What one part of the check cannot decide never hides what
 * another part finds. A defect of the rule itself is thrown: a gate fails closed.
 */
export function judgeSubject(
  rule: Rule,
  subject: PlannedResource,
  plan: Plan,
  set: ParameterValues = {},
): Verdict {
  const findings: Finding[] = [];
  const open = new Map<string, OpenQuestion>();
  let notApplicable: string | undefined;

  const addOpen = (at: Place, because: UndecidedBecause) => {
    const question = { urn: at.urn, path: at.path, because };
    open.set(`${at.urn} ${at.path}`, { ...question, waitsFor: plan.waitsFor(at.urn, at.path) });
  };
  const judge: Judge = {
    fail: (at, witness) => findings.push(findingOf(rule, at, witness)),
    part: (body) => {
      try {
        body();
      } catch (error) {
        if (!(error instanceof Undecided)) throw error;
        addOpen(error, error.because);
      }
    },
    open: (at) => addOpen(at, "unknown"),
    notApplicable: (reason) => {
      notApplicable = reason;
    },
    parameter: (name) => {
      const parameter = rule.parameters?.[name];
      if (parameter === undefined) throw new Error(`no parameter ${name}`);
      return set[name] ?? parameter.otherwise;
    },
  };
  try {
    judge.part(() => rule.check(subject, judge, plan));
  } catch (error) {
    throw new Error(`rule ${rule.id} failed at ${subject.urn}`, { cause: error });
  }
  return conclude(findings, [...open.values()], notApplicable);
}

function findingOf(rule: Rule, at: Place, witness: string): Finding {
  return {
    rule: rule.id,
    severity: rule.severity,
    sentence: rule.sentence,
    urn: at.urn,
    path: at.path,
    witness,
    fix: rule.fix,
  };
}
