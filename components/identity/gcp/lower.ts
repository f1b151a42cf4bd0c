/** The identity intent as a GCP workload identity pool, its provider and direct grants. */
import type { GcpAccount } from "../../../model/base/accounts.ts";
import type { Problem } from "../../../model/base/problem.ts";
import { throwIfAny } from "../../../model/base/problem.ts";
import { conditionCharactersMax } from "../../../model/identity/gcp/cel.ts";
import { githubIssuer } from "../../../model/identity/github.ts";
import type {
  IdentityIntent,
  OrganisationIdentities,
  PermissionsIntent,
} from "../../../model/identity/intent.ts";

export interface PoolRecord {
  readonly id: string;
  readonly displayName: string;
  readonly description: string;
  /** `projects/NUMBER/locations/global/workloadIdentityPools/ID`. */
  readonly resourceName: string;
}

export interface ProviderRecord {
  readonly id: string;
  readonly issuerUri: string;
  readonly allowedAudiences: readonly string[];
  readonly attributeMapping: Readonly<Record<string, string>>;
  readonly attributeCondition: string;
}

export interface GrantRecord {
  readonly key: string;
  readonly role: string;
  readonly member: string;
}

export interface GcpIdentities {
  readonly project: string;
  readonly pool: PoolRecord;
  readonly provider: ProviderRecord;
  readonly grants: readonly GrantRecord[];
}

/** Reading configuration and who may do what; none of these reads data. */
const readRoles = ["roles/compute.viewer", "roles/iam.securityReviewer"];

/** Pure: intent, account and organisation in, every value of every resource out. */
export function lowerGcp(
  intent: IdentityIntent,
  account: GcpAccount,
  organisation: OrganisationIdentities["gcp"],
): GcpIdentities {
  const pool = lowerPool(intent, account);
  const provider = lowerProvider(intent);
  throwIfAny(tooLong(provider));
  return {
    project: account.project,
    pool,
    provider,
    grants: [...pipelineGrants(intent, pool), ...workforceGrants(intent, organisation)],
  };
}

/** The audience a job asks for: one per environment, so that no other service is handed it. */
export function gcpAudience(environment: string): string {
  return `bulkhead-${environment}`;
}

/** One pool per issuer: two issuers in one pool could each write the other's subjects. */
function lowerPool({ environment }: IdentityIntent, { projectNumber }: GcpAccount): PoolRecord {
  const id = `bulkhead-${environment}`;
  return {
    id,
    displayName: id,
    description: `GitHub Actions that update ${environment}.`,
    resourceName: `projects/${projectNumber}/locations/global/workloadIdentityPools/${id}`,
  };
}

function lowerProvider({ environment, repository, pipelines }: IdentityIntent): ProviderRecord {
  const environments = pipelines.flatMap((pipeline) => pipeline.githubEnvironments);
  return {
    id: "github",
    issuerUri: githubIssuer,
    allowedAudiences: [gcpAudience(environment)],
    attributeMapping: {
      "google.subject": "assertion.sub",
      "attribute.repository_id": "assertion.repository_id",
      "attribute.environment": "assertion.environment",
    },
    attributeCondition: [
      `assertion.repository_owner_id == ${quote(repository.ownerId)}`,
      `assertion.repository_id == ${quote(repository.repositoryId)}`,
      `assertion.environment in [${environments.map(quote).join(", ")}]`,
    ].join(" && "),
  };
}

/** Names and ids are checked to hold no quote and no backslash. */
function quote(text: string): string {
  return `'${text}'`;
}

function tooLong({ attributeCondition }: ProviderRecord): Problem[] {
  if (attributeCondition.length <= conditionCharactersMax) return [];
  return [
    {
      code: "limit-reached",
      place: "pipelines",
      got: `an attribute condition of ${attributeCondition.length} characters`,
      allowed: `at most ${conditionCharactersMax}`,
      next: "Use fewer or shorter GitHub environments.",
    },
  ];
}

function rolesOf(may: PermissionsIntent): readonly string[] {
  return [...new Set([...readRoles, ...may.gcpRoles])];
}

function pipelineGrants({ pipelines }: IdentityIntent, pool: PoolRecord): GrantRecord[] {
  return pipelines.flatMap((pipeline) =>
    pipeline.githubEnvironments.flatMap((environment) =>
      rolesOf(pipeline.may).map((role) => ({
        key: `github.${environment}.${shortName(role)}`,
        role,
        member: `principalSet://iam.googleapis.com/${pool.resourceName}/attribute.environment/${environment}`,
      })),
    ),
  );
}

function workforceGrants(
  { workforce }: IdentityIntent,
  organisation: OrganisationIdentities["gcp"],
): GrantRecord[] {
  const pool = `locations/global/workforcePools/${organisation.workforcePoolId}`;
  return rolesOf(workforce.may).map((role) => ({
    key: `workforce.${shortName(role)}`,
    role,
    member: `principalSet://iam.googleapis.com/${pool}/group/${organisation.workforceGroupId}`,
  }));
}

function shortName(role: string): string {
  return role.replace("roles/", "");
}
