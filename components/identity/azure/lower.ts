/** The identity intent as Azure managed identities, federated credentials and role assignments. */
import type { AzureAccount } from "../../../model/base/accounts.ts";
import { azureAudience } from "../../../model/identity/azure/federated-credential.ts";
import { environmentRun, githubIssuer, githubSubject } from "../../../model/identity/github.ts";
import type {
  AzureRoleName,
  IdentityIntent,
  OrganisationIdentities,
  PermissionsIntent,
  PipelineIntent,
} from "../../../model/identity/intent.ts";
import { azureRoleIds } from "../../../model/identity/intent.ts";
import { roleAssignmentName } from "../../../model/identity/role-assignment-name.ts";

export interface CredentialRecord {
  readonly key: string;
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
}

export interface AssignmentRecord {
  readonly key: string;
  /** A GUID. */
  readonly name: string;
  readonly scope: string;
  readonly roleDefinitionId: string;
  readonly description: string;
}

export interface IdentityRecord {
  readonly key: string;
  readonly name: string;
  readonly credentials: readonly CredentialRecord[];
  readonly assignments: readonly AssignmentRecord[];
}

export interface AzureIdentities {
  readonly resourceGroup: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly identities: readonly IdentityRecord[];
  readonly workforce: {
    readonly groupId: string;
    readonly assignments: readonly AssignmentRecord[];
  };
}

/** Pure: intent, account and organisation in, every value of every resource out. */
export function lowerAzure(
  intent: IdentityIntent,
  account: AzureAccount,
  organisation: OrganisationIdentities["azure"],
): AzureIdentities {
  const { environment, workforce } = intent;
  return {
    resourceGroup: `bulkhead-${environment}-identity`,
    location: account.location,
    tags: { "bulkhead:environment": environment },
    identities: intent.pipelines.map((pipeline) => lowerIdentity(intent, pipeline, account)),
    workforce: {
      groupId: organisation.workforceGroupId,
      assignments: lowerAssignments(intent, workforce.name, workforce.may, account),
    },
  };
}

function lowerIdentity(
  intent: IdentityIntent,
  pipeline: PipelineIntent,
  account: AzureAccount,
): IdentityRecord {
  return {
    key: pipeline.name,
    name: `bulkhead-${intent.environment}-${pipeline.name}`,
    credentials: pipeline.githubEnvironments.map((environment) => ({
      key: `github.${environment}`,
      name: `github-${environment}`,
      issuer: githubIssuer,
      subject: githubSubject(environmentRun(intent.repository, environment)),
      audiences: [azureAudience],
    })),
    assignments: lowerAssignments(intent, pipeline.name, pipeline.may, account),
  };
}

/** Everybody reads the subscription; what they change, the intent names role by role. */
function lowerAssignments(
  { environment }: IdentityIntent,
  who: string,
  may: PermissionsIntent,
  { subscriptionId }: AzureAccount,
): AssignmentRecord[] {
  const scope = `/subscriptions/${subscriptionId}`;
  const roles = new Set<AzureRoleName>(["Reader", ...may.azureRoles]);
  return [...roles].map((role) => ({
    key: role.toLowerCase().replaceAll(" ", "-"),
    name: roleAssignmentName(scope, environment, who, role),
    scope,
    roleDefinitionId: `${scope}/providers/Microsoft.Authorization/roleDefinitions/${azureRoleIds[role]}`,
    description: `${who} of ${environment}: ${role}.`,
  }));
}
