/**
 * IAM User Guide, "Secure API access with MFA": what a group's users may do hangs on a Bool condition of the
 * Allow, or on a Deny by BoolIfExists, which also meets long-term keys.
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { referring } from "../shared/log-stores.ts";
import { statementsOf, textsOf } from "../shared/policy-document.ts";
import type { Relation } from "../shared/refers-to.ts";
import { referrersOf, refersBy } from "../shared/refers-to.ts";
import { someOf } from "../shared/some-of.ts";

const group = "aws:iam/group:Group";
const inline = "aws:iam/groupPolicy:GroupPolicy";
const attachment = "aws:iam/groupPolicyAttachment:GroupPolicyAttachment";
const policy = "aws:iam/policy:Policy";

const relation: Relation = {
  from: [inline, attachment],
  to: group,
  properties: ({ inputs }) => [inputs.at("group")],
};

export const AI77: Rule = {
  id: "AI77",
  sentence: "What a group of users may do hangs on a second factor.",
  why: "A leaked password or access key of any of them is enough for all that the group may.",
  severity: "medium",
  tenets: ["T4", "T6"],
  controls: ["IA-2(1)", "IA-2(2)", "AC-3"],
  fix: 'Attach a Deny with BoolIfExists aws:MultiFactorAuthPresent "false", or let people come by IAM Identity Center.',
  subjects: [group],
  needs: "plan",
  check: (subject, judge, plan) => {
    const asks = someOf(judge, referrersOf(plan, subject, relation), (one) => {
      if (!refersBy(plan, relation, one, subject)) return false;
      const document = documentOf(one, plan);
      return document !== undefined && statementsOf(document).some(asksForFactor);
    });
    if (asks === "no") {
      judge.fail({ urn: subject.urn, path: "" }, "a call signed with a leaked access key");
    }
  },
  examples: [
    {
      kind: "violating",
      says: "nothing asks",
      expect: "fail",
      resources: [{ type: group, name: "ops", props: {} }, granting({})],
      path: "",
    },
    {
      kind: "violating",
      says: "a Deny that long-term keys pass",
      expect: "fail",
      resources: [
        { type: group, name: "ops", props: {} },
        granting({ Bool: { "aws:MultiFactorAuthPresent": "false" } }, "Deny"),
      ],
    },
    {
      kind: "clean",
      says: "a Deny without it",
      expect: "pass",
      resources: [
        { type: group, name: "ops", props: {} },
        granting({ BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } }, "Deny"),
      ],
    },
    {
      kind: "clean",
      says: "a planned policy that allows with it",
      expect: "pass",
      resources: [
        { type: group, name: "ops", props: {} },
        {
          type: attachment,
          name: "attachment",
          props: { group: unknownHere, policyArn: unknownHere },
          dependsOn: { group: ["ops"], policyArn: ["factor"] },
        },
        {
          type: policy,
          name: "factor",
          props: { policy: documentWith({ Bool: { "aws:MultiFactorAuthPresent": "true" } }) },
        },
      ],
    },
    {
      kind: "unknown",
      says: "the policy is not known",
      expect: "unknown",
      resources: [
        { type: group, name: "ops", props: {} },
        referring(inline, "policy", "group", "ops", { policy: unknownHere }),
      ],
      path: "policy",
    },
    { kind: "absent", says: "no policy", expect: "fail", resources: alone(group, {}) },
  ],
};

/** What is attached, where it is planned; Amazon's own policies ask for no factor. */
function documentOf({ type, inputs }: PlannedResource, plan: Plan): View | undefined {
  if (type === inline) return inputs.at("policy");
  const target = plan.follow(inputs.at("policyArn"), policy);
  return target.state === "resource" ? target.resource.inputs.at("policy") : undefined;
}

function asksForFactor(statement: View): boolean {
  const [operator, wanted] =
    statement.at("Effect").text() === "Deny" ? ["BoolIfExists", "false"] : ["Bool", "true"];
  const condition = statement.at("Condition", operator);
  return condition
    .keys()
    .some(
      (key) =>
        /^aws:MultiFactorAuthPresent$/i.test(key) &&
        textsOf(condition.at(key)).every((text) => text === wanted),
    );
}

function documentWith(Condition: Json, Effect = "Allow"): string {
  const Statement = [{ Effect, Action: "*", Resource: "*", Condition }];
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

function granting(Condition: Json, Effect = "Allow"): ExampleResource {
  return referring(inline, "policy", "group", "ops", { policy: documentWith(Condition, Effect) });
}
