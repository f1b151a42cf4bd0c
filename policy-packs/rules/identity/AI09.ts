/**
 * Amazon EKS User Guide, "Access policy permissions" and "Best practices for cluster access": roles
 * that people assume. Somebody administers a cluster; a workload's role and a user's key need not.
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, Plan, View } from "../../../model/policy/view.ts";
import { roleType } from "../../lift/role-trust.ts";
import { alone } from "../shared/alone.ts";
import { statementsOf } from "../shared/policy-document.ts";
import { waitsForOneOf } from "../shared/refers-to.ts";

const association = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
const entryType = "aws:eks/accessEntry:AccessEntry";
const policies = "arn:aws:eks::aws:cluster-access-policy";
const people = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/operators";

export const AI09: Rule = {
  id: "AI09",
  sentence: "A whole cluster is administered by roles of people, not by users or workloads.",
  why: "A leaked key of the user, or one flaw in the workload, reads every secret and becomes every pod.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "AC-3"],
  fix: "Name a role that people assume in principalArn, or give AmazonEKSAdminPolicy or less for one namespace.",
  subjects: [association],
  needs: "plan",
  check: ({ inputs }, judge, plan) => {
    const policy = inputs.at("policyArn").text() ?? "";
    if (!/\/AmazonEKS(Cluster)?AdminPolicy$/.test(policy)) return;
    if (inputs.at("accessScope", "type").text() === "namespace") return;
    const principal = inputs.at("principalArn");
    const target = plan.follow(entered(principal, plan), roleType);
    if (target.state === "outside" && /:(root$|user\/)/.test(target.value)) {
      judge.fail(principal, "kubectl get secrets --all-namespaces, with a leaked access key");
    }
    if (target.state === "resource" && isWorkload(target.resource.inputs)) {
      judge.fail(principal, "kubectl get secrets --all-namespaces, by a flaw in the workload");
    }
  },
  examples: [
    {
      kind: "violating",
      says: "a user",
      expect: "fail",
      resources: alone(association, entry("arn:aws:iam::111122223333:user/alice")),
      path: "principalArn",
    },
    {
      kind: "violating",
      says: "a pod's role that is planned as well",
      expect: "fail",
      resources: planned({ Service: "pods.eks.amazonaws.com" }),
      path: "principalArn",
    },
    {
      kind: "violating",
      says: "a user, by an access entry that is planned as well",
      expect: "fail",
      resources: [
        {
          type: association,
          name: "admin",
          props: entry(unknownHere),
          dependsOn: { principalArn: ["entry"] },
        },
        {
          type: entryType,
          name: "entry",
          props: { principalArn: "arn:aws:iam::111122223333:user/alice" },
        },
      ],
    },
    {
      kind: "clean",
      says: "a role of people",
      expect: "pass",
      resources: alone(association, entry(people)),
    },
    {
      kind: "clean",
      says: "a role of an account that is planned as well",
      expect: "pass",
      resources: planned({ AWS: "arn:aws:iam::111122223333:root" }),
    },
    {
      kind: "clean",
      says: "a user, in one namespace",
      expect: "pass",
      resources: alone(association, {
        ...entry("arn:aws:iam::111122223333:user/alice"),
        accessScope: { type: "namespace", namespaces: ["shop"] },
      }),
    },
    {
      kind: "unknown",
      says: "the policy is not known",
      expect: "unknown",
      resources: alone(association, { ...entry(people), policyArn: unknownHere }),
      path: "policyArn",
    },
    { kind: "absent", says: "no policy", expect: "pass", resources: alone(association, {}) },
  ],
};

/** The principal of the planned access entry from which it is taken, or itself. */
function entered(principal: View, plan: Plan): View {
  if (principal.state !== "unknown" || !waitsForOneOf(plan, principal, [entryType]))
    return principal;
  const target = plan.follow(principal, entryType);
  return target.state === "resource" ? target.resource.inputs.at("principalArn") : principal;
}

/** Whether a service hands the role to what runs: a machine, a function, a pod. */
function isWorkload(role: View): boolean {
  return statementsOf(role.at("assumeRolePolicy")).some(
    (statement) =>
      statement.at("Effect").text() === "Allow" &&
      statement.at("Principal").keys().includes("Service"),
  );
}

function entry(principalArn: Json) {
  const policyArn = `${policies}/AmazonEKSClusterAdminPolicy`;
  return { principalArn, policyArn, accessScope: { type: "cluster" } };
}

function planned(Principal: Json): readonly [ExampleResource, ExampleResource] {
  const Statement = [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }];
  return [
    {
      type: association,
      name: "admin",
      props: entry(unknownHere),
      dependsOn: { principalArn: ["role"] },
    },
    { type: roleType, name: "role", props: { assumeRolePolicy: { Statement } } },
  ];
}
