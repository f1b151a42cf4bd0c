/** Microsoft Learn, "Require multifactor authentication for all users". */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import { cis } from "../shared/benchmarks.ts";
import {
  accessPolicyType,
  asksForFactor,
  blocks,
  isForAll,
  isForApplications,
  isInForce,
  policy,
} from "../shared/conditional-access.ts";
import { someOf } from "../shared/some-of.ts";

const isGeneral = (one: View) => isInForce(one) && isForAll(one) && isForApplications(one);

export const EI13: Rule = {
  id: "EI13",
  sentence: "Policies for all users ask for a second factor.",
  why: "One guessed or phished password is then enough to be that user everywhere.",
  severity: "critical",
  tenets: ["T4", "T6"],
  controls: ["IA-2(1)", "IA-2(2)"],
  frameworks: [cis("cis-azure-2.1.0", "1.2.4")],
  fix: "Set grantControls.builtInControls to mfa, or name an authentication strength that is resistant to phishing.",
  subjects: [accessPolicyType],
  needs: "plan",
  check: (subject, judge, plan) => {
    const { inputs } = subject;
    if (!isGeneral(inputs)) return judge.notApplicable("not for all users and applications");
    if (blocks(inputs) || asksForFactor(inputs)) return;
    // What this one leaves to another policy that is planned as well is asked for all the same.
    const asks = (one: View) => isGeneral(one) && asksForFactor(one);
    const found = someOf(judge, plan.ofType(accessPolicyType), (one) => asks(one.inputs));
    if (found === "no") judge.fail(inputs.at("grantControls"), "a sign-in with a stolen password");
  },
  examples: [
    {
      kind: "violating",
      says: "a new password at most",
      expect: "fail",
      resources: [one(["passwordChange"])],
      path: "grantControls",
    },
    { kind: "clean", says: "a second factor", expect: "pass", resources: [one(["mfa"])] },
    { kind: "clean", says: "nobody at all", expect: "pass", resources: [one(["block"])] },
    {
      kind: "clean",
      says: "a strength",
      expect: "pass",
      resources: [policy("all", { operator: "AND", authenticationStrengthPolicyId: "1" })],
    },
    {
      kind: "clean",
      says: "a device here, the factor in another policy",
      expect: "pass",
      resources: [one(["compliantDevice"]), { ...one(["mfa"]), name: "factor" }],
    },
    {
      kind: "unknown",
      says: "the controls are not known",
      expect: "unknown",
      resources: [policy("all", unknownHere)],
      path: "grantControls",
    },
    {
      kind: "absent",
      says: "how long sessions last, and nothing else",
      expect: "fail",
      resources: [policy("all", null)],
    },
  ],
};

function one(builtInControls: Json): ExampleResource {
  return policy("all", { operator: "OR", builtInControls });
}
