/**
 * IAM User Guide, "AWS services that work with IAM", column "Resource-based policies": what lends
 * data and events beside the services of AI32a to AI32l. Amazon EventBridge User Guide, "Permissions
 * for event buses": a permission for `*` without a condition is for every account.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import { alone } from "../shared/alone.ts";
import { publicPolicyRule } from "../shared/resource-policies.ts";

const permission = "aws:cloudwatch/eventPermission:EventPermission";

const documents = publicPolicyRule({
  id: "AI32m",
  sentence: "No table's, stream's, bus's or registry's policy lets everybody in.",
  why: "Any account of AWS reads the data, or sends events that the applications behind believe.",
  fix: "Name the accounts and roles in Principal, or ask for aws:PrincipalOrgID.",
  policies: {
    "aws:cloudwatch/eventBusPolicy:EventBusPolicy": "policy",
    "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy": "accessPolicy",
    "aws:codeartifact/domainPermissions:DomainPermissions": "policyDocument",
    "aws:codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy": "policyDocument",
    "aws:codebuild/resourcePolicy:ResourcePolicy": "policy",
    "aws:dynamodb/resourcePolicy:ResourcePolicy": "policy",
    "aws:glue/resourcePolicy:ResourcePolicy": "policy",
    "aws:kinesis/resourcePolicy:ResourcePolicy": "policy",
    "aws:mediastore/containerPolicy:ContainerPolicy": "policy",
    "aws:opensearchingest/resourcePolicy:ResourcePolicy": "policy",
    "aws:redshift/resourcePolicy:ResourcePolicy": "policy",
    "aws:redshiftserverless/resourcePolicy:ResourcePolicy": "policy",
    "aws:schemas/registryPolicy:RegistryPolicy": "policy",
  },
  action: "dynamodb:GetItem",
});

export const AI32m: Rule = {
  ...documents,
  subjects: [...documents.subjects, permission],
  check: (subject, judge, plan) => {
    if (subject.type !== permission) return documents.check(subject, judge, plan);
    const principal = subject.inputs.at("principal");
    const condition = subject.inputs.at("condition");
    if (principal.text() !== "*" || condition.state === "known") return;
    if (condition.state === "unknown") return judge.open(condition);
    judge.fail(principal, "events:PutEvents, signed by anybody's account");
  },
  examples: [
    ...documents.examples,
    {
      kind: "violating",
      says: "events of every account",
      expect: "fail",
      resources: alone(permission, { principal: "*", statementId: "all" }),
      path: "principal",
    },
    {
      kind: "clean",
      says: "events of the organisation",
      expect: "pass",
      resources: alone(permission, {
        principal: "*",
        statementId: "organisation",
        condition: { type: "StringEquals", key: "aws:PrincipalOrgID", value: "o-acme12345" },
      }),
    },
  ],
};
