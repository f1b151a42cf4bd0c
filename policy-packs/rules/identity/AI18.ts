/**
 * IAM User Guide, "Set an account password policy": what the resource leaves out is off, and six
 * characters are enough. A password that has aged can be changed at sign-in, so nobody is locked out.
 */
import { cis } from "../shared/benchmarks.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const isTrue = (value: string | undefined) => value === "true";

function kindOf(flag: string): Demand {
  return {
    path: [flag],
    holds: isTrue,
    witness: "a password out of a list of common ones",
    good: true,
    bad: false,
  };
}

export const AI18 = demandRule({
  id: "AI18",
  sentence: "The account's password policy asks for long passwords that are renewed.",
  why: "Short passwords are guessed, and old ones stand in somebody's collection of stolen ones.",
  severity: "medium",
  tenets: ["T6"],
  controls: ["IA-5", "IA-5(1)"],
  frameworks: [cis("cis-aws-3.0.0", "1.8"), cis("cis-aws-3.0.0", "1.9")],
  fix: "Set minimumPasswordLength to 14, passwordReusePrevention to 24, maxPasswordAge to 90, and all four require flags to true.",
  demands: {
    "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": [
      {
        path: ["minimumPasswordLength"],
        holds: (length) => Number(length ?? 6) >= 14,
        witness: "a password of few characters, found by trying",
        good: 14,
        bad: 8,
      },
      {
        path: ["passwordReusePrevention"],
        holds: (count) => Number(count ?? 0) >= 24,
        witness: "the stolen password, which the user has set again",
        good: 24,
        bad: 5,
      },
      {
        path: ["maxPasswordAge"],
        holds: (days) => Number(days ?? 0) >= 1 && Number(days) <= 90,
        witness: "a password out of a theft of last year",
        good: 90,
        bad: 365,
      },
      kindOf("requireLowercaseCharacters"),
      kindOf("requireNumbers"),
      kindOf("requireSymbols"),
      kindOf("requireUppercaseCharacters"),
    ],
  },
  remedy: "safe",
});
