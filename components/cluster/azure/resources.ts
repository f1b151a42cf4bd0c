/** Creates an AKS cluster from its plan. */
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as containerservice from "@pulumi/azure-native/containerservice/index.js";
import * as managedidentity from "@pulumi/azure-native/managedidentity/index.js";
import * as monitor from "@pulumi/azure-native/monitor/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { AzurePlaceNetwork } from "../../network/places.ts";
import { mustHave } from "../../shared/must-get.ts";
import { childOf } from "../../shared/providers.ts";
import { certificateAuthorityOf, kubeconfigOf } from "../kubeconfig.ts";
import type { ClusterAccess } from "../places.ts";
import { secretWhenReady } from "../when-ready.ts";
import type { AksPlan } from "./lower.ts";

/** What the cluster stands in. */
export interface AksSurroundings {
  readonly network: AzurePlaceNetwork;
  /** Object ids of Entra groups that get the whole cluster. */
  readonly administrators: readonly pulumi.Input<string>[];
  /** Log Analytics workspace that takes the audit log; absent where the log goes another way. */
  readonly auditWorkspaceId?: pulumi.Input<string>;
  /** Storage account that takes it; absent likewise. */
  readonly auditAccountId?: pulumi.Input<string>;
}

/** AKS's own application in every Entra tenant, for which tokens are asked (AKS, "kubelogin"). */
const aksServerApplication = "6dae42f8-4368-4678-94ff-3960e28e3630";

/** The control plane with its identity, its nodes, its audit log and its lock. */
export function createAks(
  parent: pulumi.ComponentResource,
  plan: AksPlan,
  around: AksSurroundings,
): ClusterAccess {
  const { resourceGroupName } = around.network;
  const subnetId = mustHave(around.network.subnetIds, plan.segment);
  const identity = new managedidentity.UserAssignedIdentity(
    plan.identity.name,
    { resourceGroupName, location: plan.location, tags: plan.tags },
    childOf(parent),
  );
  const grant = new authorization.RoleAssignment(
    plan.identity.grant.name,
    {
      principalId: identity.principalId,
      principalType: "ServicePrincipal",
      roleDefinitionId: plan.identity.grant.roleDefinitionId,
      scope: subnetId,
    },
    childOf(parent),
  );
  const cluster = new containerservice.ManagedCluster(
    plan.cluster.name,
    clusterArgs(plan, around, identity.id, subnetId),
    childOf(parent, { dependsOn: grant }),
  );
  createGuards(parent, plan, around, cluster);
  return {
    place: plan.place,
    kubeconfig: secretWhenReady(accessTo(parent, plan, around, cluster), [cluster]),
    // The profile alone is no answer: before the cluster is there, it only repeats what was asked.
    issuer: pulumi
      .all([cluster.oidcIssuerProfile, cluster.id])
      .apply(([profile]) => profile?.issuerURL ?? ""),
  };
}

function clusterArgs(
  plan: AksPlan,
  { network, administrators }: AksSurroundings,
  identityId: pulumi.Output<string>,
  subnetId: pulumi.Output<string>,
): containerservice.ManagedClusterArgs {
  const { cluster, location, tags, tenantId } = plan;
  return {
    resourceGroupName: network.resourceGroupName,
    location,
    tags,
    kubernetesVersion: cluster.version,
    dnsPrefix: cluster.dnsPrefix,
    sku: { name: "Base", tier: "Standard" },
    identity: { type: "UserAssigned", userAssignedIdentities: [identityId] },
    enableRBAC: true,
    disableLocalAccounts: true,
    aadProfile: {
      managed: true,
      enableAzureRBAC: true,
      tenantID: tenantId,
      adminGroupObjectIDs: [...administrators],
    },
    apiServerAccessProfile: {
      enablePrivateCluster: true,
      enablePrivateClusterPublicFQDN: false,
      privateDNSZone: "system",
      disableRunCommand: true,
    },
    agentPoolProfiles: [nodePool(plan, subnetId)],
    networkProfile: {
      networkPlugin: "azure",
      networkPluginMode: "overlay",
      networkDataplane: "cilium",
      networkPolicy: "cilium",
      ipFamilies: ["IPv4"],
      podCidr: cluster.podCidr,
      serviceCidr: cluster.serviceCidr,
      dnsServiceIP: cluster.dnsServiceIP,
      outboundType: cluster.outboundType,
      loadBalancerSku: "standard",
    },
    oidcIssuerProfile: { enabled: true },
    securityProfile: {
      workloadIdentity: { enabled: true },
      imageCleaner: { enabled: true, intervalHours: 168 },
    },
    addonProfiles: { azurepolicy: { enabled: true } },
    autoUpgradeProfile: { upgradeChannel: "patch", nodeOSUpgradeChannel: "NodeImage" },
  };
}

function nodePool({ cluster, tags }: AksPlan, subnetId: pulumi.Output<string>) {
  return {
    name: "system",
    mode: "System",
    type: "VirtualMachineScaleSets",
    vmSize: cluster.vmSize,
    count: cluster.min,
    minCount: cluster.min,
    maxCount: cluster.max,
    enableAutoScaling: true,
    vnetSubnetID: subnetId,
    osType: "Linux",
    osSKU: "AzureLinux",
    osDiskType: "Ephemeral",
    enableEncryptionAtHost: true,
    enableNodePublicIP: false,
    securityProfile: { enableSecureBoot: true, enableVTPM: true },
    upgradeSettings: { maxSurge: "33%" },
    tags,
  };
}

function createGuards(
  parent: pulumi.ComponentResource,
  plan: AksPlan,
  { auditWorkspaceId, auditAccountId }: AksSurroundings,
  cluster: containerservice.ManagedCluster,
): void {
  if (auditWorkspaceId !== undefined || auditAccountId !== undefined) {
    new monitor.DiagnosticSetting(
      plan.diagnostics.name,
      {
        resourceUri: cluster.id,
        ...(auditWorkspaceId === undefined
          ? {}
          : { workspaceId: auditWorkspaceId, logAnalyticsDestinationType: "Dedicated" }),
        ...(auditAccountId === undefined ? {} : { storageAccountId: auditAccountId }),
        logs: plan.diagnostics.categories.map((category) => ({ category, enabled: true })),
      },
      childOf(parent),
    );
  }
  if (plan.lock !== undefined) {
    new authorization.ManagementLockByScope(
      plan.lock.name,
      { scope: cluster.id, level: "CanNotDelete", notes: "Set deletionProtection to false first." },
      childOf(parent),
    );
  }
}

/** Only the credential call tells the certificate authority; its host and user are not used. */
function accessTo(
  parent: pulumi.ComponentResource,
  plan: AksPlan,
  { network }: AksSurroundings,
  cluster: containerservice.ManagedCluster,
): pulumi.Output<string> {
  const credentials = containerservice.listManagedClusterUserCredentialsOutput(
    { resourceGroupName: network.resourceGroupName, resourceName: cluster.name },
    { parent },
  );
  return pulumi
    .all([cluster.name, cluster.privateFQDN, credentials.kubeconfigs])
    .apply(([name, host, kubeconfigs]) =>
      kubeconfigOf({
        name,
        host: `${host}:443`,
        certificateAuthority: certificateAuthorityOf(
          Buffer.from(kubeconfigs[0]?.value ?? "", "base64").toString("utf8"),
        ),
        token: {
          command: "kubelogin",
          args: [
            "get-token",
            "--login",
            "azurecli",
            "--server-id",
            aksServerApplication,
            "--tenant-id",
            plan.tenantId,
          ],
          installHint: "Install kubelogin (az aks install-cli) and log in with az login.",
        },
      }),
    );
}
