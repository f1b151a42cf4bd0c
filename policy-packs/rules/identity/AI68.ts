/**
 * Amazon Cognito Developer Guide, "Adding user pool password requirements": eight characters of all
 * four kinds where no policy is given. NIST SP 800-63B asks for length rather than for kinds.
 */
import type { View } from "../../../model/policy/view.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const lengthMin = 8;
/** From this length on, kinds of characters do not matter. */
const lengthWithoutKinds = 15;

const isGiven = (inputs: View) => inputs.at("passwordPolicy").keys().length > 0;

const kind = (name: string): Demand => ({
  path: ["passwordPolicy", name],
  when: (inputs) =>
    isGiven(inputs) &&
    (inputs.at("passwordPolicy", "minimumLength").number() ?? lengthMin) < lengthWithoutKinds,
  holds: (value) => value === "true",
  witness: "a password from the list of those that are tried first",
  good: true,
  bad: false,
});

export const AI68 = demandRule({
  id: "AI68",
  sentence: "A user pool takes no weak passwords.",
  why: "Passwords that people choose when they may are tried first, and some account has one.",
  severity: "medium",
  tenets: ["T6"],
  controls: ["IA-5", "IA-5(1)"],
  fix: "Set passwordPolicy.minimumLength to at least 15, or to 8 with all four kinds of characters.",
  demands: {
    "aws:cognito/userPool:UserPool": [
      {
        path: ["passwordPolicy", "minimumLength"],
        when: isGiven,
        holds: (value) => value === undefined || Number(value) >= lengthMin,
        witness: "a password of six characters",
        good: 12,
        bad: 6,
      },
      ...["requireLowercase", "requireNumbers", "requireSymbols", "requireUppercase"].map(kind),
    ],
  },
  absent: "not-applicable",
});
