import * as gcp from "@pulumi/gcp";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

const region = "europe-west1";
const network = new gcp.compute.Network("shop", { autoCreateSubnetworks: false });
const subnet = new gcp.compute.Subnetwork("shop", {
  network: network.id,
  region,
  ipCidrRange: "10.4.0.0/20",
  secondaryIpRanges: [
    { rangeName: "pods", ipCidrRange: "10.5.0.0/16" },
    { rangeName: "services", ipCidrRange: "10.6.0.0/20" },
  ],
});
const account = new gcp.serviceaccount.Account("nodes", { accountId: "shop-nodes" });
new gcp.projects.IAMMember("logs", {
  project: "acme-shop",
  role: "roles/logging.logWriter",
  member: pulumi.interpolate`serviceAccount:${account.email}`,
});
const cluster = new gcp.container.Cluster("shop", {
  location: region,
  network: network.id,
  subnetwork: subnet.id,
  initialNodeCount: 1,
  removeDefaultNodePool: true,
  deletionProtection: false,
  ipAllocationPolicy: {
    clusterSecondaryRangeName: "pods",
    servicesSecondaryRangeName: "services",
  },
  releaseChannel: { channel: "REGULAR" },
  workloadIdentityConfig: { workloadPool: "acme-shop.svc.id.goog" },
});
const pool = new gcp.container.NodePool("shop", {
  cluster: cluster.id,
  nodeCount: 1,
  nodeConfig: {
    machineType: "e2-standard-2",
    serviceAccount: account.email,
    oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
    workloadMetadataConfig: { mode: "GKE_METADATA" },
  },
});

const kubeconfig = pulumi
  .all([cluster.name, cluster.endpoint, cluster.masterAuth])
  .apply(([name, endpoint, auth]) =>
    JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      "current-context": name,
      contexts: [{ name, context: { cluster: name, user: name } }],
      clusters: [
        {
          name,
          cluster: {
            server: `https://${endpoint}`,
            "certificate-authority-data": auth.clusterCaCertificate,
          },
        },
      ],
      users: [
        {
          name,
          user: {
            exec: {
              apiVersion: "client.authentication.k8s.io/v1beta1",
              command: "gke-gcloud-auth-plugin",
              provideClusterInfo: true,
              interactiveMode: "Never",
            },
          },
        },
      ],
    }),
  );
const provider = new kubernetes.Provider("shop", { kubeconfig }, { dependsOn: [pool] });
const labels = { app: "web" };
const namespace = new kubernetes.core.v1.Namespace("web", {}, { provider });
new kubernetes.core.v1.ConfigMap(
  "web",
  { metadata: { namespace: namespace.metadata.name }, data: { "index.html": "<h1>hello</h1>" } },
  { provider },
);
new kubernetes.apps.v1.Deployment(
  "web",
  {
    metadata: { namespace: namespace.metadata.name },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: "web", image: "nginx:1.29" }] },
      },
    },
  },
  { provider },
);
const run = new gcp.cloudrunv2.Service("api", {
  location: region,
  deletionProtection: false,
  template: {
    containers: [
      { image: "us-docker.pkg.dev/cloudrun/container/hello", ports: { containerPort: 8080 } },
    ],
  },
});
new gcp.cloudrunv2.ServiceIamMember("api", {
  name: run.name,
  location: region,
  role: "roles/run.invoker",
  member: "allUsers",
});

export const endpoint = cluster.endpoint;
export const apiUrl = run.uri;
