// The components in three clouds, with a cluster in each, in which pods of two segments are guarded
// by policies of both tiers. There is no mesh.
import { Role } from "@pulumi/aws/iam/role.js";
import * as aws from "@pulumi/aws/provider.js";
import { Workspace } from "@pulumi/azure-native/operationalinsights/workspace.js";
import * as azure from "@pulumi/azure-native/provider.js";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup.js";
import * as gcp from "@pulumi/gcp/provider.js";
import { CustomResourceDefinition } from "@pulumi/kubernetes/apiextensions/v1/customResourceDefinition.js";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import { Provider } from "@pulumi/kubernetes/provider.js";

/** A module of the checkout, which stands beside the program under this name. */
const ours = (path) => import(new URL(`bulkhead/${path}`, import.meta.url));
const { Network } = await ours("components/network/index.ts");
const { Segmentation } = await ours("components/segmentation/index.ts");
const { Cluster } = await ours("components/cluster/index.ts");
const { ClusterSegmentation } = await ours("components/segmentation/kubernetes/index.ts");
const { reportingClouds: intent } = await ours("test/harness/intents.ts");

const accounts = {
  aws: {
    accountId: "111122223333",
    partition: "aws",
    region: "eu-central-1",
    regions: ["eu-central-1"],
  },
  azure: {
    subscriptionId: "00000000-0000-0000-0000-000000000001",
    tenantId: "00000000-0000-0000-0000-000000000002",
    location: "westeurope",
  },
  gcp: { project: "acme-shop", projectNumber: "123456789012", region: "europe-west4" },
};
const providers = [
  new aws.Provider("aws", { region: "eu-central-1", allowedAccountIds: [accounts.aws.accountId] }),
  new azure.Provider("azure", {
    location: "westeurope",
    subscriptionId: accounts.azure.subscriptionId,
  }),
  new gcp.Provider("gcp", { project: "acme-shop", region: "europe-west4" }),
];
const [awsProvider, azureProvider] = providers;
const administrators = new Role(
  "administrators",
  {
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: accounts.aws.accountId },
          Action: "sts:AssumeRole",
        },
      ],
    }),
  },
  { provider: awsProvider },
);
const group = new ResourceGroup("logs", {}, { provider: azureProvider });
const audit = new Workspace(
  "audit",
  { resourceGroupName: group.name, sku: { name: "PerGB2018" } },
  { provider: azureProvider },
);

const { places } = new Network("network", { intent }, { providers });
const { memberships } = new Segmentation("segmentation", { intent, places }, { providers });
const cluster = new Cluster(
  "cluster",
  {
    intent: {
      segment: "cluster",
      clusters: intent.places.map(({ name }) => ({
        place: name,
        kubernetesVersion: "1.34",
        nodes: { size: "small", min: 2, max: 3 },
        deletionProtection: false,
      })),
    },
    network: intent,
    places,
    memberships,
    accounts,
    administrators: {
      aws: [administrators.arn],
      azure: ["00000000-0000-0000-0000-00000000000c"],
      gcp: ["group:administrators@shop.example"],
    },
    auditWorkspaceIds: { azure: audit.id },
  },
  { providers },
);

const names = {
  kind: "ClusterNetworkPolicy",
  listKind: "ClusterNetworkPolicyList",
  plural: "clusternetworkpolicies",
  singular: "clusternetworkpolicy",
};
for (const { place, kubeconfig } of Object.values(cluster.clusters)) {
  const provider = new Provider(place, { kubeconfig });
  const own = (name) => `${place}-${name}`;
  // Stands for the network plugin, which brings the definition.
  const definition = new CustomResourceDefinition(
    own("definition"),
    {
      metadata: {
        name: `${names.plural}.policy.networking.k8s.io`,
        annotations: { "api-approved.kubernetes.io": "unapproved, for a test" },
      },
      spec: {
        group: "policy.networking.k8s.io",
        scope: "Cluster",
        names,
        versions: [
          {
            name: "v1beta1",
            served: true,
            storage: true,
            schema: {
              openAPIV3Schema: {
                type: "object",
                properties: {
                  spec: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
                },
              },
            },
          },
        ],
      },
    },
    { provider },
  );
  const segmentation = new ClusterSegmentation(
    own("pods"),
    {
      intent,
      place,
      policyApi: "policy.networking.k8s.io/v1beta1",
      namespaces: "own",
    },
    { providers: [provider], dependsOn: [definition] },
  );
  for (const app of ["nightly", "archive"]) {
    const containers = [{ name: app, image: "registry.example/app:1" }];
    new Deployment(
      own(app),
      {
        metadata: { name: app, namespace: "reports" },
        spec: {
          selector: { matchLabels: { app } },
          template: { metadata: { labels: { app } }, spec: { containers } },
        },
      },
      { provider, dependsOn: [segmentation] },
    );
  }
  // What somebody adds to see whether it works then.
  if (process.env.PROGRAM_VERSION === "2") {
    new NetworkPolicy(
      own("try"),
      {
        metadata: { name: "try", namespace: "reports" },
        spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{}] },
      },
      { provider, dependsOn: [segmentation] },
    );
  }
}
