/** The identity intent as AWS roles, policies and a permission set. */
import type { AwsAccount } from "../../../model/base/accounts.ts";
import type { Problem } from "../../../model/base/problem.ts";
import { throwIfAny } from "../../../model/base/problem.ts";
import { awsAudience } from "../../../model/identity/aws/trust-policy.ts";
import { environmentRun, githubIssuer, githubSubject } from "../../../model/identity/github.ts";
import type {
  IdentityIntent,
  OrganisationIdentities,
  PipelineIntent,
} from "../../../model/identity/intent.ts";
import type { PolicyDocument } from "../../shared/aws-policy.ts";
import { document } from "../../shared/aws-policy.ts";
import { boundaryDocument, changeDocument, readDocument } from "./policies.ts";

/** A managed policy; `key` names it among the environment's policies. */
export interface PolicyRecord {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly document: PolicyDocument;
}

export interface RoleRecord {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly trust: PolicyDocument;
  readonly maxSessionSeconds: number;
  /** Keys of the policies attached. */
  readonly policies: readonly string[];
}

export interface PermissionSetRecord {
  readonly name: string;
  readonly description: string;
  readonly instanceArn: string;
  /** ISO 8601 duration. */
  readonly sessionDuration: string;
  readonly policies: readonly string[];
  readonly groupId: string;
  readonly accountId: string;
}

export interface AwsIdentities {
  /** Path of all roles and policies. */
  readonly path: string;
  /** Set where this account has no OpenID Connect provider of the organisation. */
  readonly provider?: { readonly url: string; readonly clientIds: readonly string[] };
  readonly policies: readonly PolicyRecord[];
  /** Key of the policy that bounds every role. */
  readonly boundary: string;
  readonly roles: readonly RoleRecord[];
  readonly permissionSet: PermissionSetRecord;
}

/** Longest trust policy and longest session of a role, by AWS's default quotas. */
export const trustPolicyCharactersMax = 2048;
const sessionSeconds = 3600;

/** Pure: intent, account and organisation in, every value of every resource out. */
export function lowerAws(
  intent: IdentityIntent,
  account: AwsAccount,
  organisation: OrganisationIdentities["aws"],
): AwsIdentities {
  const providerArn = organisation.githubProviderArn ?? ownProviderArn(account);
  const roles = intent.pipelines.map((pipeline) => lowerRole(intent, pipeline, providerArn));
  throwIfAny(roles.flatMap(tooLong));
  const provider = { url: githubIssuer, clientIds: [awsAudience] };
  return {
    path: `/bulkhead/${intent.environment}/`,
    ...(organisation.githubProviderArn === undefined ? { provider } : {}),
    policies: lowerPolicies(intent, account.regions),
    boundary: "boundary",
    roles,
    permissionSet: lowerPermissionSet(intent, account, organisation),
  };
}

/** IAM names a provider after its issuer, so its ARN is known before it is made. */
function ownProviderArn(account: AwsAccount): string {
  const host = githubIssuer.replace("https://", "");
  return `arn:${account.partition}:iam::${account.accountId}:oidc-provider/${host}`;
}

function lowerPolicies(intent: IdentityIntent, regions: readonly string[]): PolicyRecord[] {
  const { environment } = intent;
  const record = (key: string, description: string, body: PolicyDocument): PolicyRecord => ({
    key,
    name: `bulkhead-${environment}-${key}`,
    description,
    document: body,
  });
  return [
    record("read", `Reads the configuration of ${environment}.`, readDocument()),
    record(
      "boundary",
      `The most any role of ${environment} may do.`,
      boundaryDocument(intent, regions),
    ),
    ...changers(intent).map(({ key, who, actions }) =>
      record(key, `What ${who} changes in ${environment}.`, changeDocument(regions, actions)),
    ),
  ];
}

/** Who may change something, and what. */
function changers(
  intent: IdentityIntent,
): { key: string; who: string; actions: readonly string[] }[] {
  return [...intent.pipelines, intent.workforce]
    .filter(({ may }) => may.awsActions.length > 0)
    .map(({ name, may }) => ({ key: `${name}-changes`, who: name, actions: may.awsActions }));
}

function policiesOf(intent: IdentityIntent, name: string): string[] {
  const own = changers(intent).filter(({ key }) => key === `${name}-changes`);
  return ["read", ...own.map(({ key }) => key)];
}

function lowerRole(
  intent: IdentityIntent,
  pipeline: PipelineIntent,
  providerArn: string,
): RoleRecord {
  const { owner, repository } = intent.repository;
  return {
    key: pipeline.name,
    name: `bulkhead-${intent.environment}-${pipeline.name}`,
    description: `GitHub Actions of ${owner}/${repository}: ${pipeline.name} of ${intent.environment}.`,
    trust: trustDocument(intent, pipeline, providerArn),
    maxSessionSeconds: sessionSeconds,
    policies: policiesOf(intent, pipeline.name),
  };
}

/**
 * Audience, the immutable subject, and the ids and environment once more on their own keys: the
 * subject's form is the repository owner's to change, the ids are nobody's.
 */
function trustDocument(
  intent: IdentityIntent,
  pipeline: PipelineIntent,
  providerArn: string,
): PolicyDocument {
  const issuer = githubIssuer.replace("https://", "");
  const environments = pipeline.githubEnvironments;
  const subjects = environments.map((one) => githubSubject(environmentRun(intent.repository, one)));
  return document({
    Sid: "GithubActions",
    Effect: "Allow",
    Principal: { Federated: providerArn },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: {
        [`${issuer}:aud`]: awsAudience,
        [`${issuer}:sub`]: subjects,
        [`${issuer}:repository_owner_id`]: intent.repository.ownerId,
        [`${issuer}:repository_id`]: intent.repository.repositoryId,
        [`${issuer}:environment`]: environments,
      },
    },
  });
}

function tooLong(role: RoleRecord): Problem[] {
  const characters = JSON.stringify(role.trust).length;
  if (characters <= trustPolicyCharactersMax) return [];
  return [
    {
      code: "limit-reached",
      place: `pipelines.${role.key}.githubEnvironments`,
      got: `a trust policy of ${characters} characters`,
      allowed: `at most ${trustPolicyCharactersMax}`,
      next: "Give the pipeline fewer GitHub environments, or split it in two.",
    },
  ];
}

function lowerPermissionSet(
  intent: IdentityIntent,
  account: AwsAccount,
  organisation: OrganisationIdentities["aws"],
): PermissionSetRecord {
  const { workforce, environment } = intent;
  return {
    name: `bulkhead-${environment}`,
    description: `${workforce.name} in ${environment}.`,
    instanceArn: organisation.ssoInstanceArn,
    sessionDuration: isoDuration(workforce.sessionMinutes),
    policies: policiesOf(intent, workforce.name),
    groupId: organisation.workforceGroupId,
    accountId: account.accountId,
  };
}

function isoDuration(minutes: number): string {
  const rest = minutes % 60;
  return `PT${Math.floor(minutes / 60)}H${rest === 0 ? "" : `${rest}M`}`;
}
