/**
 * Follows "Harden your cluster's security" of Google Kubernetes Engine:
 * https://docs.cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster
 * with secrets encrypted as in "Encrypt secrets at the application layer":
 * https://docs.cloud.google.com/kubernetes-engine/docs/how-to/encrypting-secrets
 */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

const location = "europe-west1";
const { project } = gcp.organizations.getClientConfigOutput();
const { number } = gcp.organizations.getProjectOutput();

const network = new gcp.compute.Network("shop", { autoCreateSubnetworks: false });
const subnetwork = new gcp.compute.Subnetwork("nodes", {
  network: network.id,
  region: location,
  ipCidrRange: "10.80.0.0/20",
  privateIpGoogleAccess: true,
  secondaryIpRanges: [
    { rangeName: "pods", ipCidrRange: "10.84.0.0/14" },
    { rangeName: "services", ipCidrRange: "10.81.0.0/20" },
  ],
  logConfig: { aggregationInterval: "INTERVAL_10_MIN", flowSampling: 0.5 },
});
const router = new gcp.compute.Router("shop", { network: network.id, region: location });
new gcp.compute.RouterNat("shop", {
  router: router.name,
  region: location,
  natIpAllocateOption: "AUTO_ONLY",
  sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
  logConfig: { enable: true, filter: "ERRORS_ONLY" },
});

const nodes = new gcp.serviceaccount.Account("nodes", {
  accountId: "shop-nodes",
  displayName: "Nodes of the shop's cluster",
});
new gcp.projects.IAMMember("nodes", {
  project,
  role: "roles/container.defaultNodeServiceAccount",
  member: pulumi.interpolate`serviceAccount:${nodes.email}`,
});

const ring = new gcp.kms.KeyRing("shop", { location });
const key = new gcp.kms.CryptoKey("secrets", {
  keyRing: ring.id,
  rotationPeriod: "7776000s",
});
const mayEncrypt = new gcp.kms.CryptoKeyIAMMember("secrets", {
  cryptoKeyId: key.id,
  role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
  member: pulumi.interpolate`serviceAccount:service-${number}@container-engine-robot.iam.gserviceaccount.com`,
});

const cluster = new gcp.container.Cluster(
  "shop",
  {
    location,
    network: network.id,
    subnetwork: subnetwork.id,
    initialNodeCount: 1,
    removeDefaultNodePool: true,
    deletionProtection: false,
    ipAllocationPolicy: {
      clusterSecondaryRangeName: "pods",
      servicesSecondaryRangeName: "services",
    },
    releaseChannel: { channel: "REGULAR" },
    datapathProvider: "ADVANCED_DATAPATH",
    enableShieldedNodes: true,
    privateClusterConfig: {
      enablePrivateNodes: true,
      enablePrivateEndpoint: false,
      masterIpv4CidrBlock: "172.16.0.0/28",
    },
    masterAuthorizedNetworksConfig: {
      cidrBlocks: [{ cidrBlock: "203.0.113.0/24", displayName: "office" }],
    },
    masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
    authenticatorGroupsConfig: { securityGroup: "gke-security-groups@example.com" },
    workloadIdentityConfig: { workloadPool: pulumi.interpolate`${project}.svc.id.goog` },
    databaseEncryption: { state: "ENCRYPTED", keyName: key.id },
    binaryAuthorization: { evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE" },
    securityPostureConfig: { mode: "BASIC", vulnerabilityMode: "VULNERABILITY_BASIC" },
    loggingConfig: { enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS", "APISERVER"] },
    monitoringConfig: { enableComponents: ["SYSTEM_COMPONENTS"] },
  },
  { dependsOn: [mayEncrypt] },
);
new gcp.container.NodePool("shop", {
  cluster: cluster.id,
  initialNodeCount: 1,
  autoscaling: { minNodeCount: 1, maxNodeCount: 3 },
  management: { autoRepair: true, autoUpgrade: true },
  nodeConfig: {
    machineType: "e2-standard-4",
    imageType: "COS_CONTAINERD",
    serviceAccount: nodes.email,
    oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
    workloadMetadataConfig: { mode: "GKE_METADATA" },
    shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
    metadata: { "disable-legacy-endpoints": "true" },
  },
});

const shop = new gcp.serviceaccount.Account("shop", { accountId: "shop-app" });
new gcp.serviceaccount.IAMMember("shop", {
  serviceAccountId: shop.name,
  role: "roles/iam.workloadIdentityUser",
  member: pulumi.interpolate`serviceAccount:${project}.svc.id.goog[shop/shop]`,
});

export const endpoint = cluster.endpoint;
