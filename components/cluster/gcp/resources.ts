/** Creates a GKE cluster from its plan. */
import * as container from "@pulumi/gcp/container/index.js";
import * as kms from "@pulumi/gcp/kms/index.js";
import * as projects from "@pulumi/gcp/projects/index.js";
import * as serviceaccount from "@pulumi/gcp/serviceaccount/index.js";
import * as gcpTags from "@pulumi/gcp/tags/index.js";
import * as pulumi from "@pulumi/pulumi";
import { aliasRanges } from "../../network/gcp/lower.ts";
import type { GcpPlaceNetwork } from "../../network/places.ts";
import type { GcpMembership } from "../../segmentation/places.ts";
import { mustHave } from "../../shared/must-get.ts";
import { childOf } from "../../shared/providers.ts";
import { kubeconfigOf } from "../kubeconfig.ts";
import type { ClusterAccess } from "../places.ts";
import { secretWhenReady } from "../when-ready.ts";
import type { GkePlan } from "./lower.ts";
import { createGkeNodes, nodeConfigOf } from "./nodes.ts";

/** What the cluster stands in. */
export interface GkeSurroundings {
  readonly network: GcpPlaceNetwork;
  readonly membership: GcpMembership;
  /** IAM members that get the whole cluster, e.g. `group:…` or `principalSet://…`. */
  readonly administrators: readonly pulumi.Input<string>[];
}

const keyRotation = `${90 * 24 * 3600}s`;
const keyDestruction = `${30 * 24 * 3600}s`;

/** The control plane, who may administer it, and its nodes. */
export function createGke(
  parent: pulumi.ComponentResource,
  plan: GkePlan,
  around: GkeSurroundings,
): ClusterAccess {
  const { key, granted } = createKey(parent, plan);
  const { account, ready } = createNodeAccount(parent, plan);
  const tagged = plan.tagGrants.map(
    ({ name, role, member }) =>
      new gcpTags.TagKeyIamMember(
        name,
        { tagKey: around.membership.tagKeyId, role, member },
        childOf(parent),
      ),
  );
  const nodeConfig = nodeConfigOf(plan, around.membership, account.email);
  const cluster = new container.Cluster(
    plan.cluster.name,
    { ...clusterArgs(plan, around.network, key.id), nodeConfig },
    childOf(parent, { dependsOn: [granted, ...ready, ...tagged] }),
  );
  const nodes = createGkeNodes(parent, plan, cluster, nodeConfig);
  const administrators = createAccess(parent, plan, around.administrators, cluster);
  return {
    place: plan.place,
    kubeconfig: secretWhenReady(accessTo(cluster), [nodes, ...administrators]),
    issuer: pulumi.interpolate`https://container.googleapis.com/v1/projects/${plan.project}/locations/${plan.region}/clusters/${cluster.name}`,
  };
}

function createKey(parent: pulumi.ComponentResource, plan: GkePlan) {
  const ring = new kms.KeyRing(
    plan.keyRing.name,
    { project: plan.project, location: plan.region },
    childOf(parent),
  );
  const key = new kms.CryptoKey(
    plan.key.name,
    {
      keyRing: ring.id,
      purpose: "ENCRYPT_DECRYPT",
      rotationPeriod: keyRotation,
      destroyScheduledDuration: keyDestruction,
      versionTemplate: { algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION", protectionLevel: "HSM" },
      labels: plan.labels,
    },
    childOf(parent),
  );
  const { name, role, member } = plan.key.grant;
  const granted = new kms.CryptoKeyIAMMember(
    name,
    { cryptoKeyId: key.id, role, member },
    childOf(parent),
  );
  return { key, granted };
}

function createNodeAccount(parent: pulumi.ComponentResource, { project, nodeAccount }: GkePlan) {
  const { name, accountId, displayName, roles } = nodeAccount;
  const account = new serviceaccount.Account(
    name,
    { project, accountId, displayName },
    childOf(parent),
  );
  const ready = roles.map(
    (grant) =>
      new projects.IAMMember(
        grant.name,
        {
          project,
          role: grant.role,
          member: pulumi.interpolate`serviceAccount:${account.email}`,
        },
        childOf(parent),
      ),
  );
  return { account, ready };
}

function clusterArgs(
  plan: GkePlan,
  network: GcpPlaceNetwork,
  keyName: pulumi.Output<string>,
): container.ClusterArgs {
  const { cluster, project, region } = plan;
  const subnetwork = mustHave(network.subnetSelfLinks, plan.segment);
  return {
    project,
    location: region,
    network: network.networkId,
    subnetwork,
    networkingMode: "VPC_NATIVE",
    datapathProvider: "ADVANCED_DATAPATH",
    ipAllocationPolicy: {
      clusterSecondaryRangeName: aliasRanges.pods,
      servicesSecondaryRangeName: aliasRanges.services,
      stackType: "IPV4",
    },
    // Its first pool exists for a moment only, with the same nodes as the real one.
    removeDefaultNodePool: true,
    initialNodeCount: 1,
    minMasterVersion: cluster.minMasterVersion,
    releaseChannel: { channel: "REGULAR" },
    deletionProtection: cluster.deletionProtection,
    // The endpoint stands in the segment itself, so the flow within the segment reaches it.
    privateClusterConfig: {
      enablePrivateNodes: true,
      enablePrivateEndpoint: true,
      privateEndpointSubnetwork: subnetwork,
      masterGlobalAccessConfig: { enabled: false },
    },
    controlPlaneEndpointsConfig: { dnsEndpointConfig: { allowExternalTraffic: false } },
    masterAuthorizedNetworksConfig: {
      cidrBlocks: [{ cidrBlock: cluster.authorizedCidr, displayName: plan.place }],
      gcpPublicCidrsAccessEnabled: false,
      privateEndpointEnforcementEnabled: true,
    },
    masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
    enableLegacyAbac: false,
    enableShieldedNodes: true,
    enableIntranodeVisibility: true,
    workloadIdentityConfig: { workloadPool: cluster.workloadPool },
    databaseEncryption: { state: "ENCRYPTED", keyName },
    binaryAuthorization: { evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE" },
    securityPostureConfig: { mode: "BASIC", vulnerabilityMode: "VULNERABILITY_BASIC" },
    loggingConfig: {
      enableComponents: [
        "SYSTEM_COMPONENTS",
        "WORKLOADS",
        "APISERVER",
        "CONTROLLER_MANAGER",
        "SCHEDULER",
      ],
    },
    monitoringConfig: {
      enableComponents: ["SYSTEM_COMPONENTS"],
      managedPrometheus: { enabled: true },
    },
    resourceLabels: plan.labels,
  };
}

function createAccess(
  parent: pulumi.ComponentResource,
  { access, project, region }: GkePlan,
  administrators: readonly pulumi.Input<string>[],
  cluster: container.Cluster,
): projects.IAMMember[] {
  return administrators.map(
    (member, index) =>
      new projects.IAMMember(
        `${access.name}-${index}`,
        {
          project,
          role: access.role,
          member,
          condition: {
            title: "one cluster",
            expression: pulumi.interpolate`resource.name == "projects/${project}/locations/${region}/clusters/${cluster.name}"`,
          },
        },
        childOf(parent),
      ),
  );
}

function accessTo(cluster: container.Cluster): pulumi.Output<string> {
  return pulumi
    .all([cluster.name, cluster.privateClusterConfig, cluster.masterAuth])
    .apply(([name, privateCluster, masterAuth]) =>
      kubeconfigOf({
        name,
        host: privateCluster.privateEndpoint,
        certificateAuthority: masterAuth.clusterCaCertificate,
        token: {
          command: "gke-gcloud-auth-plugin",
          args: [],
          installHint: "Install it with gcloud components install gke-gcloud-auth-plugin.",
        },
      }),
    );
}
