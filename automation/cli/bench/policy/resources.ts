/** Planned resources for measurements: ordinary ones of all packages, the same for the same count. */

/** A resource as the engine hands it to a pack. */
export interface BenchResource {
  readonly type: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
  /** By property, the names of the resources it depends on. */
  readonly dependsOn: Readonly<Record<string, readonly string[]>>;
}

type Kind = (index: number) => Pick<BenchResource, "type" | "props"> & {
  readonly dependsOn?: BenchResource["dependsOn"];
};

const groupsAtEachVpc = 12;

/** Each VPC is followed by what stands in it; the mix repeats. */
const kinds: readonly Kind[] = [
  (i) => ({
    type: "aws:ec2/vpc:Vpc",
    props: { cidrBlock: `10.${i % 200}.0.0/16`, enableDnsHostnames: true, tags: tags(i) },
  }),
  (i) => ({
    type: "aws:ec2/subnet:Subnet",
    props: { vpcId: `vpc-${vpcOf(i)}`, cidrBlock: `10.${i % 200}.${i % 250}.0/24`, tags: tags(i) },
    dependsOn: { vpcId: [`r${vpcOf(i)}`] },
  }),
  (i) => ({
    type: "aws:ec2/securityGroup:SecurityGroup",
    props: { vpcId: `vpc-${vpcOf(i)}`, description: "bench", tags: tags(i), ...rulesOf(6, i) },
    dependsOn: { vpcId: [`r${vpcOf(i)}`] },
  }),
  (i) => ({
    type: "aws:ec2/instance:Instance",
    props: {
      ...{ ami: "ami-1", instanceType: "t3.small", subnetId: `subnet-${i}`, ebsOptimized: true },
      metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
      rootBlockDevice: { encrypted: true, volumeSize: 20, volumeType: "gp3", kmsKeyId: "key" },
      ...{ tags: tags(i), monitoring: true, vpcSecurityGroupIds: [`sg-${i}`] },
    },
  }),
  (i) => ({
    type: "aws:iam/role:Role",
    props: { name: `role-${i}`, assumeRolePolicy: trust, tags: tags(i), maxSessionDuration: 3600 },
  }),
  (i) => ({ type: "aws:iam/policy:Policy", props: { name: `policy-${i}`, policy, tags: tags(i) } }),
  (i) => ({ type: "aws:s3/bucket:Bucket", props: { bucket: `bench-${i}`, tags: tags(i) } }),
  (i) => ({
    type: "azure-native:network:NetworkSecurityGroup",
    props: { location: "westeurope", securityRules: azureRules(6, i), tags: tags(i) },
  }),
  (i) => ({
    type: "azure-native:storage:StorageAccount",
    props: {
      ...{ accountName: `bench${i}`, kind: "StorageV2", sku: { name: "Standard_ZRS" } },
      ...{ enableHttpsTrafficOnly: true, minimumTlsVersion: "TLS1_2", tags: tags(i) },
      networkRuleSet: { defaultAction: "Deny", bypass: "AzureServices" },
      ...{ allowBlobPublicAccess: false, allowSharedKeyAccess: false },
    },
  }),
  (i) => ({
    type: "gcp:compute/firewall:Firewall",
    props: {
      ...{ network: "net", direction: "INGRESS", priority: 1000 + (i % 1000) },
      ...{ sourceRanges: [`10.${i % 250}.0.0/16`], targetTags: [`tag-${i}`] },
      allows: [{ protocol: "tcp", ports: ["443", "8080-8090"] }],
    },
  }),
  (i) => ({
    type: "kubernetes:apps/v1:Deployment",
    props: {
      ...{ apiVersion: "apps/v1", kind: "Deployment" },
      metadata: { name: `app-${i}`, namespace: "shop", labels: { app: `app-${i}` } },
      spec: { replicas: 2, selector: { matchLabels: { app: `app-${i}` } }, template: podOf(i) },
    },
  }),
  (i) => ({
    type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    props: {
      ...{ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" },
      metadata: { name: `policy-${i}`, namespace: "shop" },
      spec: {
        podSelector: { matchLabels: { app: `app-${i - 1}` } },
        policyTypes: ["Ingress"],
        ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 8080, protocol: "TCP" }] }],
      },
    },
  }),
];

/** So many of them. */
export function benchResources(count: number): BenchResource[] {
  return Array.from({ length: count }, (_, index) => {
    const kind = kinds[index % kinds.length];
    if (kind === undefined) throw new Error("there are no kinds");
    return { dependsOn: {}, ...kind(index), name: `r${index}` };
  });
}

/** A security group with so many rules. */
export function largeGroup(rules: number): BenchResource {
  const props = { vpcId: "vpc-0", description: "bench", ...rulesOf(rules, 0) };
  return { type: "aws:ec2/securityGroup:SecurityGroup", name: "large", props, dependsOn: {} };
}

function vpcOf(index: number): number {
  return index - (index % groupsAtEachVpc);
}

function tags(index: number): Record<string, string> {
  const owner = `team-${index % 20}`;
  return { owner, "cost-center": "42", environment: "bench", Name: `r${index}`, stage: "dev" };
}

function rulesOf(count: number, index: number) {
  const rule = (port: number) => ({
    protocol: "tcp",
    fromPort: port,
    toPort: port,
    cidrBlocks: [`10.${(index + port) % 250}.${port % 250}.0/24`],
    description: `port ${port}`,
  });
  return { ingress: Array.from({ length: count }, (_, at) => rule(1024 + at)), egress: [] };
}

function azureRules(count: number, index: number) {
  return Array.from({ length: count }, (_, at) => ({
    ...{ name: `rule-${at}`, priority: 100 + at, direction: "Inbound", access: "Allow" },
    ...{ protocol: "Tcp", sourcePortRange: "*", destinationPortRange: `${8000 + at}` },
    sourceAddressPrefix: `10.${(index + at) % 250}.0.0/16`,
    destinationAddressPrefix: "VirtualNetwork",
  }));
}

function podOf(index: number) {
  const securityContext = {
    ...{ runAsNonRoot: true, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
    ...{ capabilities: { drop: ["ALL"] }, seccompProfile: { type: "RuntimeDefault" } },
  };
  const resources = { limits: { cpu: "1", memory: "256Mi" }, requests: { cpu: "100m" } };
  const image = `registry.example/app@sha256:${"0".repeat(64)}`;
  const containers = [
    { name: "app", image, ports: [{ containerPort: 8080 }], securityContext, resources },
  ];
  const spec = { serviceAccountName: `app-${index}`, automountServiceAccountToken: false };
  return { metadata: { labels: { app: `app-${index}` } }, spec: { ...spec, containers } };
}

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
});

const policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::bench/*"] },
    { Effect: "Allow", Action: ["sqs:SendMessage"], Resource: ["arn:aws:sqs:eu-west-1:1:q"] },
  ],
});
