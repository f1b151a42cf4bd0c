/** Creates the lowered Azure identities. */
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as managedidentity from "@pulumi/azure-native/managedidentity/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { childOf } from "../../shared/providers.ts";
import type { AssignmentRecord, AzureIdentities, IdentityRecord } from "./lower.ts";

export interface AzureIdentityOutputs {
  /** Client id of each pipeline's managed identity, for `client-id` in its workflow. */
  readonly clientIds: Readonly<Record<string, pulumi.Output<string>>>;
}

export function createAzure(
  parent: pulumi.ComponentResource,
  name: string,
  lowered: AzureIdentities,
): AzureIdentityOutputs {
  const group = new resources.ResourceGroup(
    `${name}-azure`,
    {
      resourceGroupName: lowered.resourceGroup,
      location: lowered.location,
      tags: lowered.tags,
    },
    childOf(parent),
  );
  assign(parent, `${name}-azure-workforce`, lowered.workforce.assignments, {
    principalId: lowered.workforce.groupId,
    principalType: "Group",
  });
  const identities = lowered.identities.map((record): [string, pulumi.Output<string>] => [
    record.key,
    createIdentity(parent, `${name}-azure-${record.key}`, record, lowered, group).clientId,
  ]);
  return { clientIds: Object.fromEntries(identities) };
}

function createIdentity(
  parent: pulumi.ComponentResource,
  name: string,
  record: IdentityRecord,
  { location, tags }: AzureIdentities,
  group: resources.ResourceGroup,
): managedidentity.UserAssignedIdentity {
  const identity = new managedidentity.UserAssignedIdentity(
    name,
    { resourceGroupName: group.name, resourceName: record.name, location, tags },
    childOf(parent),
  );
  // Entra answers 409 to writes of two credentials of one identity at once: one after the other.
  let previous: pulumi.Resource[] = [];
  for (const credential of record.credentials) {
    const made = new managedidentity.FederatedIdentityCredential(
      `${name}-${credential.key}`,
      {
        resourceGroupName: group.name,
        resourceName: identity.name,
        federatedIdentityCredentialResourceName: credential.name,
        issuer: credential.issuer,
        subject: credential.subject,
        audiences: [...credential.audiences],
      },
      childOf(parent, { dependsOn: previous }),
    );
    previous = [made];
  }
  assign(parent, name, record.assignments, {
    principalId: identity.principalId,
    principalType: "ServicePrincipal",
  });
  return identity;
}

interface Principal {
  readonly principalId: pulumi.Input<string>;
  /** Said outright, so that Azure does not look up a principal that has not spread yet. */
  readonly principalType: "Group" | "ServicePrincipal";
}

function assign(
  parent: pulumi.ComponentResource,
  name: string,
  assignments: readonly AssignmentRecord[],
  principal: Principal,
): void {
  for (const record of assignments) {
    new authorization.RoleAssignment(
      `${name}-${record.key}`,
      {
        roleAssignmentName: record.name,
        scope: record.scope,
        roleDefinitionId: record.roleDefinitionId,
        description: record.description,
        ...principal,
      },
      childOf(parent),
    );
  }
}
