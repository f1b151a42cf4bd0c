/** Decisions of Azure and Entra: Azure RBAC, Azure Key Vault, Microsoft Entra. */

import type { JsonObject, ValueObject } from "../../../local-clouds/protocol/value.ts";
import {
  application,
  azure,
  entra,
  identity,
  subscription,
  tenant,
  textOf,
  user,
} from "../probe/token/azure-world.ts";
import type { TestWorld } from "../probe/token/kit.ts";
import { type Row, table, type Wish } from "./kit.ts";

const rbac = "Azure RBAC, How Azure RBAC determines if a user has access to a resource";
const builtIn = "Azure RBAC, Azure built-in roles";
const entraRoles = "Microsoft Entra, Microsoft Entra built-in roles";
const group = `/subscriptions/${subscription}/resourceGroups/shop`;
const vault = `${group}/providers/Microsoft.KeyVault/vaults/shopvault`;
const blob = `${group}/providers/Microsoft.Storage/storageAccounts/shopdata/blobServices/default/containers/c/blobs/a`;
const roles = {
  Owner: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
  Contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
  Reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  "Storage Blob Data Reader": "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
  "Key Vault Secrets User": "4633458b-17de-408a-b874-0445c86b69e6",
  "Avere Operator": "c025889f-8102-4ebf-b32c-fc0c6f0c6bd9",
};

/** The managed identity `deployer` with a role somewhere. */
function holding(
  world: TestWorld,
  role: keyof typeof roles,
  scope: string,
  more: ValueObject = {},
): void {
  const made = identity(world);
  azure(world).create("azure-native:resources:ResourceGroup", "shop2", {
    resourceGroupName: "shop2",
  });
  azure(world).create("azure-native:authorization:RoleAssignment", "own", {
    scope,
    principalId: textOf(made, "principalId"),
    principalType: "ServicePrincipal",
    roleDefinitionId: `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${roles[role]}`,
    ...more,
  });
}

function vaultWith(world: TestWorld, properties: ValueObject): void {
  azure(world).create("azure-native:keyvault:Vault", "vault", {
    resourceGroupName: "shop",
    vaultName: "shopvault",
    location: "westeurope",
    properties: { tenantId: tenant, sku: { family: "A", name: "standard" }, ...properties },
  });
}

const asDeployer = (action: string, resource: string, given: JsonObject = {}): Wish => ({
  as: "deployer",
  action,
  resource,
  with: given,
});
const getSecret = asDeployer(
  "Microsoft.KeyVault/vaults/secrets/getSecret/action",
  `${vault}/secrets/key`,
);
const readBlob = asDeployer(
  "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read",
  blob,
);
const assign = (principalId: string): Wish =>
  asDeployer("Microsoft.Authorization/roleAssignments/write", `${group}`, {
    principalId,
    roleDefinitionId: `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${roles.Contributor}`,
  });
const someone = "7d2d5b0e-2a4c-4c4f-9a55-0d3f3a1b7c11";

/** A row about a role of the identity. */
function under(
  says: string,
  role: keyof typeof roles,
  scope: string,
  wish: Wish,
  outcome: Row["outcome"],
  by: string,
): Row {
  return {
    says,
    source: builtIn,
    set: (world) => {
      holding(world, role, scope);
      return wish;
    },
    outcome,
    by,
  };
}

/** A row about the user `alice` with a directory role. */
function directory(
  says: string,
  role: string | undefined,
  wish: Omit<Wish, "as" | "resource">,
  outcome: Row["outcome"],
  by: string,
  makes?: string,
): Row {
  return {
    says,
    source: entraRoles,
    set: (world) => {
      const alice = user(world);
      const { application: made } = application(world);
      if (role !== undefined) {
        entra(world).create(
          "azuread:index/directoryRoleAssignment:DirectoryRoleAssignment",
          "role",
          {
            roleId: role,
            principalObjectId: textOf(alice, "objectId"),
          },
        );
      }
      const resource = wish.action.includes("/users/") ? textOf(alice, "objectId") : made.id;
      return { ...wish, as: textOf(alice, "userPrincipalName"), resource };
    },
    outcome,
    by,
    ...(makes === undefined ? {} : { makes }),
  };
}

const credentials = { action: "microsoft.directory/applications/credentials/update" };
const disable = { action: "microsoft.directory/users/disable" };
const userAdministrator = "fe930be7-5e62-47db-91af-98c3a49a38b1";
const applicationAdministrator = "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3";

const rows: readonly Row[] = [
  {
    says: "without an assignment a request is denied",
    source: rbac,
    set: (world) => {
      identity(world);
      return readBlob;
    },
    outcome: "denied",
    by: "no role",
  },
  under(
    "an assignment on the resource group is inherited by what is in it",
    "Storage Blob Data Reader",
    group,
    readBlob,
    "allowed",
    "Storage Blob Data Reader",
  ),
  under(
    "an assignment on the subscription is inherited, too",
    "Storage Blob Data Reader",
    `/subscriptions/${subscription}`,
    readBlob,
    "allowed",
    "Storage Blob Data Reader",
  ),
  under(
    "an assignment on another group does not reach",
    "Storage Blob Data Reader",
    `/subscriptions/${subscription}/resourceGroups/shop2`,
    readBlob,
    "denied",
    "shop2",
  ),
  under("Owner has no data actions", "Owner", group, readBlob, "denied", "Owner"),
  under(
    "Contributor lists a storage account's keys",
    "Contributor",
    group,
    asDeployer(
      "Microsoft.Storage/storageAccounts/listKeys/action",
      blob.split("/blobServices")[0] ?? "",
    ),
    "allowed",
    "Contributor",
  ),
  under(
    "Reader lists no keys",
    "Reader",
    group,
    asDeployer(
      "Microsoft.Storage/storageAccounts/listKeys/action",
      blob.split("/blobServices")[0] ?? "",
    ),
    "denied",
    "Reader",
  ),
  under(
    "Contributor assigns no roles: notActions take it away",
    "Contributor",
    group,
    assign(someone),
    "denied",
    "Contributor",
  ),
  {
    says: "Owner assigns roles, and the assignment is there",
    source: builtIn,
    set: (world) => {
      holding(world, "Owner", group);
      const { principal } = application(world);
      return assign(textOf(principal, "objectId"));
    },
    outcome: "allowed",
    by: "Owner",
    makes: "azure-native:authorization:RoleAssignment",
  },
  under(
    "what a role that is not known allows cannot be told",
    "Avere Operator",
    group,
    readBlob,
    "cannot tell",
    "c025889f-8102-4ebf-b32c-fc0c6f0c6bd9",
  ),
  {
    says: "a vault with RBAC gives secrets to Key Vault Secrets User",
    source:
      "Azure Key Vault, Provide access to Key Vault keys, certificates, and secrets with Azure RBAC",
    set: (world) => {
      holding(world, "Key Vault Secrets User", group);
      vaultWith(world, { enableRbacAuthorization: true });
      return getSecret;
    },
    outcome: "allowed",
    by: "Key Vault Secrets User",
  },
  {
    says: "a vault with access policies does not regard roles",
    source: "Azure Key Vault, Assign a Key Vault access policy (legacy)",
    set: (world) => {
      holding(world, "Key Vault Secrets User", group);
      vaultWith(world, { enableRbacAuthorization: false, accessPolicies: [] });
      return getSecret;
    },
    outcome: "denied",
    by: "access policies of the vault",
  },
  {
    says: "an access policy with get gives the secret",
    source: "Azure Key Vault, Assign a Key Vault access policy (legacy)",
    set: (world) => {
      const made = identity(world);
      const permissions = { secrets: ["get"] };
      vaultWith(world, {
        enableRbacAuthorization: false,
        accessPolicies: [{ tenantId: tenant, objectId: textOf(made, "principalId"), permissions }],
      });
      return getSecret;
    },
    outcome: "allowed",
    by: "access policies of the vault",
  },
  {
    says: "Contributor adds a rule to a network security group",
    source: builtIn,
    set: (world) => {
      holding(world, "Contributor", group);
      azure(world).create("azure-native:network:NetworkSecurityGroup", "nsg", {
        resourceGroupName: "shop",
        networkSecurityGroupName: "nsg",
        location: "westeurope",
      });
      const rule = `${group}/providers/Microsoft.Network/networkSecurityGroups/nsg/securityRules/block`;
      return asDeployer("Microsoft.Network/networkSecurityGroups/securityRules/write", rule, {
        access: "Deny",
        direction: "Inbound",
        priority: 100,
        protocol: "*",
        sourceAddressPrefix: "203.0.113.7/32",
        sourcePortRange: "*",
        destinationAddressPrefix: "*",
        destinationPortRange: "*",
      });
    },
    outcome: "allowed",
    by: "Contributor",
    makes: "azure-native:network:SecurityRule",
  },
  directory(
    "a user without role adds no credentials to applications",
    undefined,
    credentials,
    "denied",
    "no role",
  ),
  directory(
    "an Application Administrator adds credentials to applications",
    applicationAdministrator,
    credentials,
    "allowed",
    "Application Administrator",
    "azuread:index/applicationPassword:ApplicationPassword",
  ),
  directory(
    "a User Administrator disables users",
    userAdministrator,
    disable,
    "allowed",
    "User Administrator",
  ),
  directory(
    "an Application Administrator does not",
    applicationAdministrator,
    disable,
    "denied",
    "Application Administrator",
  ),
  directory(
    "which actions another role has cannot be told",
    "3a2c62db-5318-420d-8d74-23affee5d9d5",
    disable,
    "cannot tell",
    "3a2c62db",
  ),
];

table("actions in Azure and Entra", rows, 15);
