/** Creates a lowered Azure log store. */
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as keyvault from "@pulumi/azure-native/keyvault/index.js";
import * as managedidentity from "@pulumi/azure-native/managedidentity/index.js";
import * as monitor from "@pulumi/azure-native/monitor/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import * as storage from "@pulumi/azure-native/storage/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { childOf } from "../../shared/providers.ts";
import type { AzureLogStore } from "./lower-store.ts";

export interface CreatedStore {
  readonly resourceGroup: resources.ResourceGroup;
  readonly account: storage.StorageAccount;
  /** What must be there before a service may write. */
  readonly ready: readonly pulumi.Resource[];
}

export function createStore(
  parent: pulumi.ComponentResource,
  name: string,
  store: AzureLogStore,
): CreatedStore {
  const { location, tags } = store;
  const group = new resources.ResourceGroup(
    name,
    { resourceGroupName: store.resourceGroup, location, tags },
    childOf(parent),
  );
  const vault = createVault(parent, store, group);
  const account = createAccount(parent, name, store, group, vault);
  const ready = store.containers.map((container) =>
    createContainer(parent, `${name}-${container}`, container, store, group, account),
  );
  new monitor.DiagnosticSetting(
    `${name}-vault`,
    {
      name: "logs",
      resourceUri: vault.id,
      storageAccountId: account.id,
      logs: [{ categoryGroup: "audit", enabled: true }],
    },
    childOf(parent, { dependsOn: ready }),
  );
  return { resourceGroup: group, account, ready };
}

/** Closed to every network: the services that use it come in as trusted services. */
function createVault(
  parent: pulumi.ComponentResource,
  { location, tags, tenantId, vault }: AzureLogStore,
  group: resources.ResourceGroup,
): keyvault.Vault {
  return new keyvault.Vault(
    vault,
    {
      resourceGroupName: group.name,
      location,
      properties: {
        tenantId,
        sku: { family: "A", name: "premium" },
        enableRbacAuthorization: true,
        enableSoftDelete: true,
        softDeleteRetentionInDays: 90,
        enablePurgeProtection: true,
        publicNetworkAccess: "Disabled",
        networkAcls: { defaultAction: "Deny", bypass: "AzureServices" },
      },
      tags,
    },
    childOf(parent),
  );
}

function createKey(
  parent: pulumi.ComponentResource,
  name: string,
  { key, keyLife, tags }: AzureLogStore,
  group: resources.ResourceGroup,
  vault: keyvault.Vault,
): keyvault.Key {
  return new keyvault.Key(
    name,
    {
      resourceGroupName: group.name,
      vaultName: vault.name,
      keyName: key,
      properties: {
        kty: "RSA-HSM",
        keySize: 3072,
        keyOps: ["wrapKey", "unwrapKey"],
        rotationPolicy: {
          attributes: { expiryTime: keyLife.expires },
          lifetimeActions: [
            { action: { type: "rotate" }, trigger: { timeBeforeExpiry: keyLife.rotatesBefore } },
          ],
        },
      },
      tags,
    },
    childOf(parent),
  );
}

function createAccount(
  parent: pulumi.ComponentResource,
  name: string,
  store: AzureLogStore,
  group: resources.ResourceGroup,
  vault: keyvault.Vault,
): storage.StorageAccount {
  const { location, tags } = store;
  const key = createKey(parent, name, store, group, vault);
  const identity = new managedidentity.UserAssignedIdentity(
    name,
    { resourceGroupName: group.name, resourceName: store.identity, location, tags },
    childOf(parent),
  );
  const grant = new authorization.RoleAssignment(
    `${name}-key`,
    {
      roleAssignmentName: store.keyGrant.name,
      scope: vault.id,
      roleDefinitionId: store.keyGrant.roleDefinitionId,
      principalId: identity.principalId,
      principalType: "ServicePrincipal",
    },
    childOf(parent),
  );
  const encryption = {
    keySource: "Microsoft.Keyvault",
    requireInfrastructureEncryption: true,
    keyVaultProperties: { keyName: key.name, keyVaultUri: vault.properties.vaultUri },
    encryptionIdentity: { encryptionUserAssignedIdentity: identity.id },
    services: { blob: { enabled: true, keyType: "Account" } },
  };
  return new storage.StorageAccount(
    name,
    {
      resourceGroupName: group.name,
      accountName: store.account,
      location,
      kind: "StorageV2",
      sku: { name: "Standard_ZRS" },
      identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
      encryption,
      enableHttpsTrafficOnly: true,
      minimumTlsVersion: "TLS1_2",
      allowSharedKeyAccess: false,
      allowBlobPublicAccess: false,
      allowCrossTenantReplication: false,
      isLocalUserEnabled: false,
      defaultToOAuthAuthentication: true,
      publicNetworkAccess: "Disabled",
      networkRuleSet: { defaultAction: "Deny", bypass: "AzureServices" },
      tags,
    },
    childOf(parent, { dependsOn: [grant], transformations: [partlyKnown({ encryption })] }),
  );
}

/**
 * The package fills in defaults below these inputs, and so makes all of each unknown as long as
 * anything in it is: no preview could show, and no rule judge, what is known.
 */
function partlyKnown(inputs: Record<string, pulumi.Input<unknown>>): pulumi.ResourceTransformation {
  return ({ props, opts }) => ({ props: { ...props, ...inputs }, opts });
}

/** Made before the service that writes into it would make it, so that it is never unlocked. */
function createContainer(
  parent: pulumi.ComponentResource,
  name: string,
  containerName: string,
  { immutableDays }: AzureLogStore,
  group: resources.ResourceGroup,
  account: storage.StorageAccount,
): pulumi.Resource {
  const of = { resourceGroupName: group.name, accountName: account.name };
  const container = new storage.BlobContainer(
    name,
    { ...of, containerName, publicAccess: "None" },
    childOf(parent),
  );
  return new storage.BlobContainerImmutabilityPolicy(
    name,
    {
      ...of,
      containerName: container.name,
      // Azure knows one policy per container, by this name.
      immutabilityPolicyName: "default",
      immutabilityPeriodSinceCreationInDays: immutableDays,
      // Diagnostic settings append to append blobs, flow logs add blocks to block blobs.
      allowProtectedAppendWritesAll: true,
    },
    childOf(parent),
  );
}
