/** AWS Managed Policy Reference: policies that hand out the account, or the way to it. */
import type { Example, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { alone } from "../shared/alone.ts";
import { cis } from "../shared/benchmarks.ts";
import { referring } from "../shared/log-stores.ts";
import { isAdministration } from "../shared/managed-policies.ts";
import { waitsForOneOf } from "../shared/refers-to.ts";

const single = (inputs: View) => [inputs.at("policyArn")];
const listed = (inputs: View) => entriesOf(inputs.at("policyArns"));

/** Where a managed policy is given to an identity. */
const attachments: Readonly<Record<string, (inputs: View) => readonly View[]>> = {
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": single,
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": listed,
  "aws:iam/policyAttachment:PolicyAttachment": single,
  "aws:iam/role:Role": (inputs) => entriesOf(inputs.at("managedPolicyArns")),
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": single,
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": listed,
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": single,
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": listed,
};
const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
const reader = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const role = "aws:iam/role:Role";
const attachment = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const planned = "aws:iam/policy:Policy";

export const AI20: Rule = {
  id: "AI20",
  sentence: "No administrator's managed policy is attached.",
  why: "Whoever gets hold of one such identity owns the account, its logs included.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "AC-6(5)"],
  frameworks: [cis("cis-aws-3.0.0", "1.16")],
  fix: "Attach a policy with the actions and resources that are needed.",
  subjects: Object.keys(attachments),
  needs: "plan",
  check: (subject, judge, plan) => {
    for (const policy of attachments[subject.type]?.(subject.inputs) ?? []) {
      judge.part(() => {
        // A policy that is planned is none of AWS's.
        if (policy.state === "unknown" && waitsForOneOf(plan, policy, [planned])) return;
        const name = isAdministration(policy.text() ?? "");
        if (name !== undefined) judge.fail(policy, `iam:AttachUserPolicy, by ${name}`);
      });
    }
  },
  examples: [
    ...Object.keys(attachments)
      .filter((type) => type !== role)
      .flatMap(examplesOf),
    {
      kind: "violating",
      says: "a role's own list",
      expect: "fail",
      resources: alone(role, { managedPolicyArns: [reader, administrator] }),
      path: "managedPolicyArns[1]",
      witness: "AdministratorAccess",
    },
    {
      kind: "clean",
      says: "a policy that is planned as well",
      expect: "pass",
      resources: [
        referring(attachment, "attached", "policyArn", "reads"),
        { type: planned, name: "reads", props: {} },
      ],
    },
    { kind: "absent", says: "no policy", expect: "pass", resources: alone(role, {}) },
  ],
};

function examplesOf(type: string): Example[] {
  const listed = type.endsWith("Exclusive");
  const props = (arn: string) => (listed ? { policyArns: [arn] } : { policyArn: arn });
  return [
    {
      kind: "violating",
      says: `power users, by ${type}`,
      expect: "fail",
      resources: alone(type, props("arn:aws-cn:iam::aws:policy/PowerUserAccess")),
      path: listed ? "policyArns[0]" : "policyArn",
    },
    {
      kind: "clean",
      says: `reading, by ${type}`,
      expect: "pass",
      resources: alone(type, props(reader)),
    },
    {
      kind: "unknown",
      says: `what is not known, by ${type}`,
      expect: "unknown",
      resources: alone(type, props(unknownHere)),
    },
  ];
}
