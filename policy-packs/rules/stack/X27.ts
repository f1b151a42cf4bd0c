/** Every planned trust in GitHub, whoever wrote it, against the declared pipelines. */
import { environmentRun } from "../../../model/identity/github.ts";
import { judgeTrust } from "../../../model/identity/judge.ts";
import { readIdentityIntent } from "../../../model/identity/read-intent.ts";
import { describeToken } from "../../../model/identity/token.ts";
import type { Rule } from "../../../model/policy/rule.ts";
import { githubTrusts, undecidedTrust } from "../../lift/github-trusts.ts";
import { carriedIntent } from "../shared/carried-intent.ts";
import { identityType, trustExamples } from "../shared/trust-examples.ts";

export const X27: Rule = {
  id: "X27",
  sentence: "Every trust in GitHub admits the declared pipelines and nobody else.",
  why: "An identity that somebody else can take on does for them whatever it may do, in every cloud that trusts it.",
  severity: "critical",
  tenets: ["T4", "T6"],
  controls: ["AC-3", "IA-8", "CA-7"],
  fix: "Pin audience, repository by its ids and environment, or declare the pipeline in the intent.",
  subjects: [identityType],
  needs: "plan",
  check: (subject, judge, plan) => {
    const { repository, pipelines } = carriedIntent(subject, readIdentityIntent);
    const runs = pipelines.flatMap(({ githubEnvironments }) =>
      githubEnvironments.map((environment) => environmentRun(repository, environment)),
    );
    for (const source of githubTrusts(plan)) {
      judge.part(() => {
        for (const planned of source.read()) {
          const verdict = judgeTrust(planned.trust, { runs, audience: planned.audience });
          if (verdict.verdict === "unknown") throw undecidedTrust(planned);
          if (verdict.verdict === "pass") continue;
          const { who, token, admittedBy } = verdict.witness;
          judge.fail(
            planned.at,
            `the token of ${who}: ${describeToken(token)}; let in by ${admittedBy}`,
          );
        }
      });
    }
  },
  examples: trustExamples,
};
