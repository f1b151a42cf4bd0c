/** One pipeline and the trusts of three clouds in it, right and wrong. */
import { githubIssuer } from "../../../model/identity/github.ts";
import type { IdentityIntent } from "../../../model/identity/intent.ts";
import { readsOnly } from "../../../model/identity/intent.ts";
import type { Example, ExampleResource } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { trustTypes } from "../../lift/github-trusts.ts";
import { githubKeys } from "../../lift/role-trust.ts";
import { githubTrust } from "./github-role.ts";

/** The component that carries the declared pipelines. */
export const identityType = "bulkhead:index:IdentityFederation";

const intent: IdentityIntent = {
  environment: "dev",
  repository: { owner: "acme", ownerId: "1", repository: "shop", repositoryId: "2" },
  pipelines: [{ name: "deploy", githubEnvironments: ["dev"], may: readsOnly }],
  workforce: { name: "operators", sessionMinutes: 60, may: readsOnly },
};
const subject = "repo:acme@1/shop@2:environment:dev";
const pool = "projects/3/locations/global/workloadIdentityPools/dev";

function plan(...resources: ExampleResource[]): Example["resources"] {
  const props = { intent: intent as unknown as Json };
  return [{ type: identityType, name: "identity", props }, ...resources];
}

function role(condition: Json): ExampleResource {
  const audience = { [githubKeys.aud]: "sts.amazonaws.com" };
  const given = condition as { StringEquals?: { [key: string]: Json } };
  const all = { ...given, StringEquals: { ...audience, ...given.StringEquals } };
  return { type: trustTypes.role, name: "ci", props: { assumeRolePolicy: githubTrust(all) } };
}

function credential(name: string): ExampleResource {
  const audiences = ["api://AzureADTokenExchange"];
  const props = { issuer: githubIssuer, subject: name, audiences };
  return { type: trustTypes.identityCredential, name: "ci", props };
}

function workload(attributeCondition: Json): ExampleResource[] {
  const provider = {
    workloadIdentityPoolId: "dev",
    workloadIdentityPoolProviderId: "github",
    oidc: { issuerUri: githubIssuer, allowedAudiences: ["bulkhead-dev"] },
    attributeMapping: {
      "google.subject": "assertion.sub",
      "attribute.environment": "assertion.environment",
    },
    attributeCondition,
  };
  const member = `principalSet://iam.googleapis.com/${pool}/attribute.environment/dev`;
  return [
    { type: trustTypes.provider, name: "github", props: provider },
    { type: "gcp:projects/iAMMember:IAMMember", name: "may", props: { member } },
  ];
}

const pinned =
  "assertion.repository_id == '2' && assertion.repository_owner_id == '1' && assertion.environment == 'dev'";

/** Right and wrong trusts. */
export const trustExamples: readonly Example[] = [
  {
    kind: "violating",
    says: "a role for every job of the repository",
    expect: "fail",
    resources: plan(role({ StringLike: { [githubKeys.sub]: "repo:acme@1/shop@2:*" } })),
    path: "assumeRolePolicy",
    witness: "our repository",
  },
  {
    kind: "violating",
    says: "a credential for another environment",
    expect: "fail",
    resources: plan(credential("repo:acme@1/shop@2:environment:test")),
    path: "subject",
  },
  {
    kind: "violating",
    says: "a pool that asks for the name of the owner only",
    expect: "fail",
    resources: plan(...workload("assertion.repository_owner == 'acme'")),
    path: "member",
  },
  {
    kind: "clean",
    says: "the declared pipeline in three clouds",
    expect: "pass",
    resources: plan(
      role({ StringEquals: { [githubKeys.sub]: subject } }),
      credential(subject),
      ...workload(pinned),
    ),
  },
  {
    kind: "unknown",
    says: "a condition that is not known",
    expect: "unknown",
    resources: plan(...workload(unknownHere)),
    path: "attributeCondition",
  },
  { kind: "absent", says: "no trust planned", expect: "pass", resources: plan() },
];
