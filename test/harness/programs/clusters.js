// A cluster in each of three clouds, with pods under network policies and a mesh, and a machine beside
// it; rules drawn by PROGRAM_VERSION, for tests that ask two judges about the same packets.
import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as eks from "@pulumi/aws/eks/index.js";
import { Role } from "@pulumi/aws/iam/role.js";
import * as aks from "@pulumi/azure-native/containerservice/index.js";
import * as azure from "@pulumi/azure-native/network/index.js";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup.js";
import * as compute from "@pulumi/gcp/compute/index.js";
import * as gke from "@pulumi/gcp/container/index.js";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { Release } from "@pulumi/kubernetes/helm/v3/release.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import { Provider } from "@pulumi/kubernetes/provider.js";
import * as pulumi from "@pulumi/pulumi";

// --- what is drawn (a linear congruential generator; Knuth's constants for MMIX, 32 bits of them)
let state = BigInt(process.env.PROGRAM_VERSION ?? "1");
function below(count) {
  state = (state * 6364136223846793005n + 1442695040888963407n) & ((1n << 64n) - 1n);
  return Number(state >> 33n) % count;
}
const of = (all) => all[below(all.length)];
const times = (count, make) => Array.from({ length: count }, (_, i) => make(i));
const ports = [53, 80, 443, 5432, 8080, 15_008, 50_000];
function portRange() {
  const [from, to] = [of(ports), of(ports)].sort((a, b) => a - b);
  return below(3) === 0 ? { from: 0, to: 65_535 } : { from, to };
}
const kubeconfigOf = (name, host, authority) =>
  JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name,
        cluster: { server: `https://${host}`, "certificate-authority-data": authority },
      },
    ],
    users: [{ name, user: { token: "a-token" } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  });

// --- aws: nodes in two subnets with a group of their own, a machine in a third
const vpc = new ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
const [nodesA, nodesB, dataSubnet] = [1, 2, 3].map(
  (n) =>
    new ec2.Subnet(`aws-${n}`, {
      vpcId: vpc.id,
      cidrBlock: `10.0.${n}.0/24`,
      availabilityZone: n === 2 ? "us-east-1b" : "us-east-1a",
    }),
);
const bare = { ingress: [], egress: [] };
const [nodeGroup, dataGroup] = ["nodes", "data"].map(
  (name) =>
    new ec2.SecurityGroup(
      `aws-${name}`,
      { vpcId: vpc.id, name, ...bare },
      { ignoreChanges: ["ingress", "egress"] },
    ),
);
const written = new Set();
const awsRules = (name, group, other) =>
  times(10, (i) => {
    const protocol = of(["-1", "tcp", "tcp", "udp"]);
    const { from, to } = portRange();
    const range = protocol === "-1" ? { fromPort: 0, toPort: 0 } : { fromPort: from, toPort: to };
    const cidr = of(["0.0.0.0/0", "10.0.0.0/16", "10.0.1.0/24", "10.0.3.0/24"]);
    const peer = of([{ cidrBlocks: [cidr] }, { sourceSecurityGroupId: other.id }]);
    const type = of(["ingress", "egress"]);
    const said = JSON.stringify([name, type, protocol, range, peer.cidrBlocks ?? "other"]);
    if (written.has(said)) return;
    written.add(said);
    const inputs = { securityGroupId: group.id, type, protocol, ...range, ...peer };
    new ec2.SecurityGroupRule(`${name}-${i}`, inputs);
  });
for (const type of ["ingress", "egress"]) {
  const range = { protocol: "-1", fromPort: 0, toPort: 0, self: true };
  new ec2.SecurityGroupRule(`aws-within-${type}`, {
    securityGroupId: nodeGroup.id,
    type,
    ...range,
  });
}
awsRules("aws-node", nodeGroup, dataGroup);
awsRules("aws-data", dataGroup, nodeGroup);
new ec2.Instance("aws-machine", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  subnetId: dataSubnet.id,
  vpcSecurityGroupIds: [dataGroup.id],
});
const role = new Role("role", {
  assumeRolePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: ["eks", "ec2"].map((service) => ({
      Effect: "Allow",
      Principal: { Service: `${service}.amazonaws.com` },
      Action: "sts:AssumeRole",
    })),
  }),
});
const eksCluster = new eks.Cluster("eks", {
  name: "eks",
  roleArn: role.arn,
  vpcConfig: { subnetIds: [nodesA.id, nodesB.id] },
});
const eksAddon = new eks.Addon("eks-cni", {
  clusterName: eksCluster.name,
  addonName: "vpc-cni",
  configurationValues: JSON.stringify({ enableNetworkPolicy: "true" }),
});
const template = new ec2.LaunchTemplate("eks-template", { vpcSecurityGroupIds: [nodeGroup.id] });
const eksNodes = new eks.NodeGroup(
  "eks-nodes",
  {
    clusterName: eksCluster.name,
    nodeRoleArn: role.arn,
    subnetIds: [nodesB.id, nodesA.id],
    scalingConfig: { desiredSize: 2, minSize: 1, maxSize: 3 },
    launchTemplate: { id: template.id, version: "1" },
  },
  { dependsOn: [eksAddon] },
);

// --- azure: nodes in one subnet with an overlay of pods, a machine in another
const rg = new ResourceGroup("rg", { location: "westeurope" });
const inRg = { resourceGroupName: rg.name, location: "westeurope" };
const vnet = new azure.VirtualNetwork("vnet", {
  ...inRg,
  virtualNetworkName: "vnet",
  addressSpace: { addressPrefixes: ["10.10.0.0/16"] },
});
const azureBlocks = [
  "*",
  "VirtualNetwork",
  "10.10.1.0/24",
  "10.10.2.0/24",
  "10.244.0.0/16",
  "Internet",
];
// What AKS asks for between pods, and between pods and nodes.
const within = ["Inbound", "Outbound"].map((direction, i) => ({
  name: `within-${direction}`,
  priority: 100 + i,
  direction,
  access: "Allow",
  protocol: "*",
  sourcePortRange: "*",
  destinationPortRange: "*",
  sourceAddressPrefixes: ["10.244.0.0/16", "10.10.1.0/24"],
  destinationAddressPrefixes: ["10.244.0.0/16", "10.10.1.0/24"],
}));
const azureSubnet = (name, prefix) => {
  const drawn = times(8, (i) => {
    const { from, to } = portRange();
    return {
      name: `rule-${i}`,
      priority: 110 + 10 * i,
      direction: of(["Inbound", "Outbound"]),
      access: of(["Allow", "Deny"]),
      protocol: of(["*", "Tcp", "Udp"]),
      sourcePortRange: "*",
      destinationPortRange: `${from}-${to}`,
      sourceAddressPrefix: of(azureBlocks),
      destinationAddressPrefix: of(azureBlocks),
    };
  });
  const group = new azure.NetworkSecurityGroup(`azure-${name}`, {
    ...inRg,
    networkSecurityGroupName: name,
    securityRules: [...within, ...drawn],
  });
  return new azure.Subnet(`azure-${name}`, {
    resourceGroupName: rg.name,
    virtualNetworkName: vnet.name,
    subnetName: name,
    addressPrefixes: [prefix],
    networkSecurityGroup: { id: group.id },
  });
};
const [azureNodes, azureData] = [
  azureSubnet("nodes", "10.10.1.0/24"),
  azureSubnet("data", "10.10.2.0/24"),
];
new azure.NetworkInterface("azure-machine", {
  ...inRg,
  networkInterfaceName: "machine",
  ipConfigurations: [
    { name: "ip", subnet: { id: azureData.id }, privateIPAllocationMethod: "Dynamic" },
  ],
});
const aksCluster = new aks.ManagedCluster("aks", {
  ...inRg,
  resourceName: "aks",
  dnsPrefix: "aks",
  identity: { type: "SystemAssigned" },
  agentPoolProfiles: [
    {
      name: "system",
      mode: "System",
      count: 1,
      vmSize: "Standard_D4ds_v5",
      vnetSubnetID: azureNodes.id,
    },
  ],
  networkProfile: {
    networkPlugin: "azure",
    networkPluginMode: "overlay",
    networkDataplane: "cilium",
    networkPolicy: "cilium",
    podCidr: "10.244.0.0/16",
    serviceCidr: "10.245.0.0/16",
    dnsServiceIP: "10.245.0.10",
  },
});
const credentials = aks.listManagedClusterUserCredentialsOutput({
  resourceGroupName: rg.name,
  resourceName: aksCluster.name,
});

// --- gcp: nodes with a tag in one subnetwork, pods in its second range, a machine in another
const network = new compute.Network("network", { name: "network", autoCreateSubnetworks: false });
const subnetwork = (name, ipCidrRange, more = {}) =>
  new compute.Subnetwork(`gcp-${name}`, {
    name,
    network: network.id,
    region: "europe-west4",
    ipCidrRange,
    ...more,
  });
const gcpNodes = subnetwork("nodes", "10.20.1.0/24", {
  secondaryIpRanges: [
    { rangeName: "pods", ipCidrRange: "10.24.0.0/16" },
    { rangeName: "services", ipCidrRange: "10.25.0.0/20" },
  ],
});
const gcpData = subnetwork("data", "10.20.2.0/24");
for (const [direction, side] of [
  ["INGRESS", "sourceRanges"],
  ["EGRESS", "destinationRanges"],
]) {
  new compute.Firewall(`gcp-within-${side}`, {
    name: `within-${direction.toLowerCase()}`,
    network: network.name,
    direction,
    priority: 90,
    allows: [{ protocol: "all" }],
    targetTags: ["node"],
    [side]: ["10.24.0.0/16", "10.20.1.0/24"],
  });
}
times(24, (i) => {
  const direction = of(["INGRESS", "EGRESS"]);
  const range = of(["0.0.0.0/0", "10.0.0.0/8", "10.20.1.0/24", "10.20.2.0/24", "10.24.0.0/16"]);
  const { from, to } = portRange();
  const protocol = of(["all", "tcp", "tcp", "udp"]);
  const part = { protocol, ...(protocol === "all" ? {} : { ports: [`${from}-${to}`] }) };
  new compute.Firewall(`gcp-${i}`, {
    name: `gcp-${i}`,
    network: network.name,
    direction,
    priority: of([100, 500, 1000]),
    ...(below(2) === 0 ? { denies: [part] } : { allows: [part] }),
    ...(direction === "EGRESS"
      ? { destinationRanges: [range] }
      : below(3) === 0
        ? { sourceTags: [of(["node", "data"])] }
        : { sourceRanges: [range] }),
    ...(below(2) === 0 ? { targetTags: [of(["node", "data"])] } : {}),
  });
});
new compute.Instance("gcp-machine", {
  name: "machine",
  zone: "europe-west4-a",
  machineType: "e2-small",
  tags: ["data"],
  bootDisk: { initializeParams: { image: "debian-cloud/debian-12" } },
  networkInterfaces: [{ subnetwork: gcpData.id }],
});
const gkeCluster = new gke.Cluster("gke", {
  name: "gke",
  location: "europe-west4",
  network: network.id,
  subnetwork: gcpNodes.id,
  networkingMode: "VPC_NATIVE",
  datapathProvider: "ADVANCED_DATAPATH",
  ipAllocationPolicy: { clusterSecondaryRangeName: "pods", servicesSecondaryRangeName: "services" },
  removeDefaultNodePool: true,
  initialNodeCount: 1,
  deletionProtection: false,
});
const gkeNodes = new gke.NodePool("gke-nodes", {
  name: "gke-nodes",
  cluster: gkeCluster.name,
  location: "europe-west4",
  nodeCount: 1,
  nodeConfig: { machineType: "e2-standard-4", tags: ["node"] },
});

// --- kubernetes: three namespaces, one of them outside the mesh; every web and app has an account
const authorityIn = (text) =>
  /certificate-authority-data["']?:\s*["']?([A-Za-z0-9+/=]+)/.exec(
    Buffer.from(text ?? "", "base64").toString("utf8"),
  )?.[1] ?? "";
const kubeconfigs = {
  eks: pulumi
    .all([eksCluster.endpoint, eksCluster.certificateAuthority, eksNodes.id])
    .apply(([endpoint, { data }]) => kubeconfigOf("eks", endpoint.replace("https://", ""), data)),
  aks: pulumi
    .all([aksCluster.fqdn, credentials.kubeconfigs])
    .apply(([fqdn, [first]]) => kubeconfigOf("aks", `${fqdn}:443`, authorityIn(first?.value))),
  gke: pulumi
    .all([gkeCluster.endpoint, gkeCluster.masterAuth, gkeNodes.id])
    .apply(([endpoint, { clusterCaCertificate }]) =>
      kubeconfigOf("gke", endpoint, clusterCaCertificate),
    ),
};
const teams = ["red", "blue", "green"];
const tiers = ["web", "app", "data"];
const domain = "shop.example";
for (const [cluster, kubeconfig] of Object.entries(kubeconfigs)) {
  const provider = new Provider(cluster, { kubeconfig });
  const own = (name) => `${cluster}-${name}`;
  const chart = (name, more = {}, after = []) =>
    new Release(
      own(name),
      {
        name,
        chart: name === "istio-base" ? "base" : name,
        namespace: "kube-system",
        version: "1.31.4",
        repositoryOpts: { repo: "https://charts.example/istio" },
        ...more,
      },
      { provider, dependsOn: after },
    );
  const base = chart("istio-base");
  const mesh = chart("istiod", { values: { meshConfig: { trustDomain: domain } } }, [base]);
  const pods = () =>
    of([{}, { matchLabels: { app: of(tiers) } }, { matchLabels: { stage: "live" } }]);
  const spaces = () => of([{}, { matchLabels: { team: of(teams) } }]);
  for (const team of teams) {
    const injected = team === "green" ? {} : { "istio-injection": "enabled" };
    const metadata = { name: team, labels: { team, ...injected } };
    const namespace = new Namespace(own(team), { metadata }, { provider }).metadata.name;
    for (const tier of tiers) {
      const labels = { app: tier, ...(below(2) === 0 ? { stage: "live" } : {}) };
      const account =
        tier === "data"
          ? undefined
          : new ServiceAccount(
              own(`${team}-${tier}`),
              { metadata: { name: `${tier}-robot`, namespace } },
              { provider },
            );
      const containers = [
        {
          name: tier,
          image: "registry.example/app:1",
          ports: [{ name: "http", containerPort: of([80, 8080]) }],
        },
      ];
      const spec = {
        containers,
        ...(account === undefined ? {} : { serviceAccountName: account.metadata.name }),
      };
      new Deployment(
        own(`${team}-${tier}`),
        {
          metadata: { name: tier, namespace },
          spec: {
            selector: { matchLabels: { app: tier } },
            template: { metadata: { labels }, spec },
          },
        },
        { provider },
      );
    }
    const peer = () =>
      of([
        { podSelector: pods() },
        { namespaceSelector: spaces() },
        { namespaceSelector: spaces(), podSelector: pods() },
        { ipBlock: { cidr: of(["0.0.0.0/0", "10.0.3.0/24", "10.10.2.0/24", "10.20.2.0/24"]) } },
      ]);
    const rule = (side) => ({
      ...(below(3) === 0 ? {} : { [side]: times(1 + below(3), peer) }),
      ...(below(2) === 0 ? {} : { ports: [of([{ port: of(ports) }, { port: "http" }])] }),
    });
    times(2, (i) => {
      const policyTypes = of([["Ingress"], ["Egress"]]);
      const side = policyTypes.includes("Ingress")
        ? { ingress: times(1 + below(3), () => rule("from")) }
        : { egress: times(1 + below(3), () => rule("to")) };
      const spec = { podSelector: pods(), policyTypes, ...side };
      new NetworkPolicy(
        own(`${team}-${i}`),
        { metadata: { name: `policy-${i}`, namespace }, spec },
        { provider },
      );
    });
    const istio = (kind, name, spec) =>
      new CustomResource(
        own(`${team}-${kind}-${name}`),
        { apiVersion: "security.istio.io/v1", kind, metadata: { name, namespace }, spec },
        { provider, dependsOn: [mesh] },
      );
    const selector = () => of([{}, { selector: { matchLabels: { app: of(tiers) } } }]);
    istio("PeerAuthentication", "default", { mtls: { mode: of(["STRICT", "PERMISSIVE"]) } });
    istio("PeerAuthentication", "by-port", {
      selector: { matchLabels: { app: of(tiers) } },
      mtls: { mode: of(["STRICT", "PERMISSIVE", "DISABLE"]) },
      portLevelMtls: { [of(ports)]: { mode: of(["STRICT", "PERMISSIVE", "DISABLE"]) } },
    });
    const principal = () =>
      `${of([domain, domain, "cluster.local", "other.example"])}/ns/${of(teams)}/sa/${of(["web-robot", "app-robot", "default"])}`;
    const source = () =>
      of([
        { principals: [principal(), principal()] },
        { principals: [principal(), principal()] },
        { principals: [principal(), principal(), principal()] },
        { principals: ["*"] },
        { notPrincipals: [principal()] },
        { namespaces: [of(teams)] },
        { notNamespaces: [of(teams)] },
        { serviceAccounts: [of(["web-robot", `${of(teams)}/app-robot`])] },
        { principals: [`*/sa/${of(["web-robot", "default"])}`] },
      ]);
    const granted = () => ({
      ...(below(8) === 0 ? {} : { from: times(1 + below(2), () => ({ source: source() })) }),
      ...(below(3) > 0 ? {} : { to: [{ operation: { ports: [String(of(ports))] } }] }),
    });
    times(3, (i) =>
      istio("AuthorizationPolicy", `policy-${i}`, {
        ...selector(),
        action: i === 0 ? "DENY" : "ALLOW",
        rules: times(1 + below(2), granted),
      }),
    );
  }
}
