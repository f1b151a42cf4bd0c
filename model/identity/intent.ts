/**
 * What a person says about identities: which repository's pipelines and which group of people may
 * become what in the clouds.
 *
 * Plain data: components take it as input, packs read it back from the planned component.
 */

/** One GitHub repository by names and by the ids that GitHub never gives out twice. */
export interface RepositoryIntent {
  readonly owner: string;
  /** Digits; `gh api users/OWNER --jq .id`. */
  readonly ownerId: string;
  readonly repository: string;
  /** Digits; `gh api repos/OWNER/REPOSITORY --jq .id`. */
  readonly repositoryId: string;
}

/** What an identity may do beyond reading configuration, which every identity may. */
export interface PermissionsIntent {
  /** AWS actions, each by its full name (`ec2:CreateVpc`); allowed in the environment's regions. */
  readonly awsActions: readonly string[];
  /** Azure built-in roles in the environment's subscription. */
  readonly azureRoles: readonly AzureRoleName[];
  /** GCP predefined roles (`roles/compute.networkAdmin`) in the environment's project. */
  readonly gcpRoles: readonly string[];
}

/** One GitHub Actions pipeline: the jobs that run in the named GitHub environments. */
export interface PipelineIntent {
  readonly name: string;
  /** GitHub environments, whose protection rules (reviewers, branches) guard the identity. */
  readonly githubEnvironments: readonly string[];
  readonly may: PermissionsIntent;
}

/** The people who look after the environment: one group of the organisation's directory. */
export interface WorkforceIntent {
  readonly name: string;
  /** Length of a session before a person signs in again. */
  readonly sessionMinutes: number;
  readonly may: PermissionsIntent;
}

/** Identities of one environment. */
export interface IdentityIntent {
  readonly environment: string;
  readonly repository: RepositoryIntent;
  readonly pipelines: readonly PipelineIntent[];
  readonly workforce: WorkforceIntent;
}

/** What the organisation's stack made once and every environment's identities stand on. */
export interface OrganisationIdentities {
  readonly aws: {
    /** IAM's OpenID Connect provider of GitHub; absent where an environment has its own account. */
    readonly githubProviderArn?: string;
    readonly ssoInstanceArn: string;
    /** The workforce group in Identity Center's identity store. */
    readonly workforceGroupId: string;
  };
  readonly azure: {
    /** Object id of the workforce group in Entra. */
    readonly workforceGroupId: string;
  };
  readonly gcp: {
    readonly workforcePoolId: string;
    /** The group as the pool's provider maps it into `google.groups`. */
    readonly workforceGroupId: string;
  };
}

/**
 * Azure's built-in roles that an intent may name, with their ids, the same in every tenant
 * (Microsoft Learn, "Azure built-in roles"). None of them may grant roles.
 */
export const azureRoleIds = {
  Reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  "Network Contributor": "4d97b98b-1d4f-4787-a291-c67834d212e7",
  "Storage Account Contributor": "17d1049b-9a84-46fb-8f53-869881c3d3ab",
  "Monitoring Contributor": "749f88d5-cbae-40b8-bcfc-e573ddc772fa",
  "Managed Identity Contributor": "e40ec5ca-96e0-45a2-b4ff-59039f2c2b59",
  "Azure Kubernetes Service Contributor Role": "ed7f3fbd-7b88-4dd4-9017-9adb7ce333f8",
  "Key Vault Crypto Service Encryption User": "e147488a-f6f5-4113-8e2d-b22465e65bf6",
} as const;

export type AzureRoleName = keyof typeof azureRoleIds;

/** An identity that may read configuration and do nothing else. */
export const readsOnly: PermissionsIntent = { awsActions: [], azureRoles: [], gcpRoles: [] };
