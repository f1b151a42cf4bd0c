/** CIS AWS Foundations Benchmark, "Ensure IAM users receive permissions only through groups". */
import type { Example, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { alone } from "../shared/alone.ts";
import { cis } from "../shared/benchmarks.ts";

/** By type the property that names users; where it is one of several kinds, it may be empty. */
const userProperties: Readonly<Record<string, string>> = {
  "aws:iam/policyAttachment:PolicyAttachment": "users",
  "aws:iam/userPolicy:UserPolicy": "user",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": "user",
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": "userName",
};
const exclusive = "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive";
const several = "aws:iam/policyAttachment:PolicyAttachment";

export const AI17: Rule = {
  id: "AI17",
  sentence: "No policy is attached to a user.",
  why: "Rights of single users are forgotten when the person changes jobs, and add up to more than any job needs.",
  severity: "medium",
  tenets: ["T6"],
  controls: ["AC-2", "AC-6"],
  frameworks: [cis("cis-aws-3.0.0", "1.15")],
  fix: "Attach the policy to a role or a group.",
  subjects: Object.keys(userProperties),
  needs: "resource",
  check: ({ urn, type, inputs }, judge) => {
    const users = inputs.at(userProperties[type] ?? "user");
    if (type === several && users.items().length === 0) return;
    // An empty list takes every policy away.
    if (type === exclusive && inputs.at("policyArns").items().length === 0) return;
    const at = users.state === "absent" ? { urn, path: "" } : users;
    judge.fail(at, "what the policy allows, long after the person's job has changed");
  },
  examples: [
    ...Object.entries(userProperties).map(
      ([type, property]): Example => ({
        kind: "violating",
        says: type,
        expect: "fail",
        resources: alone(type, {
          [property]: type === several ? ["alice"] : "alice",
          ...(type === exclusive ? { policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] } : {}),
        }),
        path: property,
      }),
    ),
    {
      kind: "clean",
      says: "an attachment to a role",
      expect: "pass",
      resources: alone(several, { roles: ["app"], users: [] }),
    },
    {
      kind: "clean",
      says: "none of a user's is left",
      expect: "pass",
      resources: alone(exclusive, { userName: "alice", policyArns: [] }),
    },
    {
      kind: "unknown",
      says: "whether there are users is not known",
      expect: "unknown",
      resources: alone(several, { users: unknownHere }),
      path: "users",
    },
    { kind: "absent", says: "to nobody", expect: "pass", resources: alone(several, {}) },
  ],
};
