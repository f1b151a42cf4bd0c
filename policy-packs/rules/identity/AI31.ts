/**
 * IAM User Guide, "Secure API access with MFA": a role that IAM users assume asks for it by a Bool
 * condition; BoolIfExists is true of long-term keys, which carry no such key.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import { roleType } from "../../lift/role-trust.ts";
import { alone } from "../shared/alone.ts";
import { namedBy, statementsOf, textsOf } from "../shared/policy-document.ts";

const user = "arn:aws:iam::111122223333:user/alice";

export const AI31: Rule = {
  id: "AI31",
  sentence: "A role that users assume asks for a second factor.",
  why: "A leaked access key of the user is the role, without the phone that the user has.",
  severity: "high",
  tenets: ["T4", "T6"],
  controls: ["IA-2(1)", "AC-3"],
  fix: 'Add the condition Bool aws:MultiFactorAuthPresent "true".',
  subjects: [roleType],
  needs: "resource",
  check: ({ inputs }, judge) => {
    let asked = false;
    for (const statement of statementsOf(inputs.at("assumeRolePolicy"))) {
      judge.part(() => {
        if (!isForUsers(statement)) return;
        asked = true;
        if (!asksForFactor(statement)) {
          judge.fail(statement.at("Principal"), "sts:AssumeRole, signed with a leaked access key");
        }
      });
    }
    if (!asked) judge.notApplicable("no user assumes the role");
  },
  examples: [
    {
      kind: "violating",
      says: "a user's key is enough",
      expect: "fail",
      resources: role({}),
      path: "assumeRolePolicy.Statement[0].Principal",
    },
    {
      kind: "violating",
      says: "a condition that is true without the key",
      expect: "fail",
      resources: role({ BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } }),
    },
    {
      kind: "clean",
      says: "a second factor",
      expect: "pass",
      resources: role({ Bool: { "aws:MultiFactorAuthPresent": true } }),
    },
    {
      kind: "clean",
      says: "a second factor of the last hour",
      expect: "pass",
      resources: role({ NumericLessThan: { "aws:MultiFactorAuthAge": "3600" } }),
    },
    {
      kind: "unknown",
      says: "the policy is not known",
      expect: "unknown",
      resources: alone(roleType, { assumeRolePolicy: unknownHere }),
      path: "assumeRolePolicy",
    },
    {
      kind: "absent",
      says: "a role for a service",
      expect: "not-applicable",
      resources: role({}, { Service: "ec2.amazonaws.com" }),
    },
  ],
};

function isForUsers(statement: View): boolean {
  if (statement.at("Effect").text() !== "Allow") return false;
  return namedBy(statement.at("Principal")).some((one) => /:iam::\d+:user\//.test(one));
}

function asksForFactor(statement: View): boolean {
  const condition = statement.at("Condition");
  return condition.keys().some((operator) =>
    condition
      .at(operator)
      .keys()
      .some((key) => {
        if (/^aws:MultiFactorAuthAge$/i.test(key))
          return /^NumericLessThan(Equals)?$/.test(operator);
        if (!/^aws:MultiFactorAuthPresent$/i.test(key) || operator !== "Bool") return false;
        return textsOf(condition.at(operator, key)).every((text) => text === "true");
      }),
  );
}

function role(Condition: Json, Principal: Json = { AWS: user }) {
  const Statement = [{ Effect: "Allow", Principal, Action: "sts:AssumeRole", Condition }];
  return alone(roleType, { assumeRolePolicy: { Version: "2012-10-17", Statement } });
}
