/** Planned clusters in the three clouds, each with a machine beside it, and packets through them. */
import assert from "node:assert/strict";
import { tryParseAddress } from "../../../../model/base/address.ts";
import { portSet, tryParsePorts } from "../../../../model/base/layer4.ts";
import type { Topology } from "../../../../model/network/topology.ts";
import type { PacketEnd } from "../../../../model/network/walk.ts";
import { ephemeralPort, walk } from "../../../../model/network/walk.ts";
import { arrival, computeReach } from "../../../../model/reach/reach.ts";
import type { RawResource } from "../../../../policy-packs/kit/plan.ts";
import { makePlan } from "../../../../policy-packs/kit/plan.ts";
import { liftNetwork } from "../../../../policy-packs/lift/network.ts";

export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A resource of which everything is known; what it refers to is named by `NAME-id`. */
export function resource(
  type: string,
  name: string,
  inputs: object,
  more: Partial<RawResource> = {},
): RawResource {
  const urn = urnOf(type, name);
  return { urn, type, name, inputs, outputs: { id: `${name}-id` }, ...more };
}

function urnOf(type: string, name: string): string {
  return `urn:pulumi:s::p::${type}::${name}`;
}

const clusterTypes = {
  eks: "aws:eks/cluster:Cluster",
  aks: "azure-native:containerservice:ManagedCluster",
  gke: "gcp:container/cluster:Cluster",
} as const;

/** The name of a cluster's provider is the cluster's. */
export type Cluster = keyof typeof clusterTypes;
const providerOf = (cluster: string) => urnOf("pulumi:providers:kubernetes", cluster);

/** The provider through which objects go to the cluster. */
export function provider(cluster: Cluster): RawResource {
  return resource(
    "pulumi:providers:kubernetes",
    cluster,
    { kubeconfig: unknown },
    { propertyDependencies: { kubeconfig: [urnOf(clusterTypes[cluster], cluster)] } },
  );
}

/** A Deployment in `shop` whose pods are labelled by its name, and its changes. */
export function deployment(cluster: string, name: string, spec: object = {}): RawResource {
  const template = { metadata: { labels: { app: name } }, spec: { containers: [], ...spec } };
  return inside(cluster, "apps/v1:Deployment", name, { spec: { template } });
}

/** An object in `shop`. */
export function inside(cluster: string, kind: string, name: string, inputs: object): RawResource {
  const whole = { metadata: { name, namespace: "shop" }, ...inputs };
  const more = { provider: providerOf(cluster) };
  return resource(`kubernetes:${kind}`, `${cluster}-${name}`, whole, more);
}

/** A NetworkPolicy that lets `from` alone call `to`. */
export function onlyFrom(cluster: string, to: string, from: object): RawResource {
  const podSelector = { matchLabels: { app: to } };
  const spec = { podSelector, ingress: [{ from: [from] }] };
  return inside(cluster, "networking.k8s.io/v1:NetworkPolicy", `only-${to}`, { spec });
}

const subnet = (name: string, cidrBlock: string) =>
  resource("aws:ec2/subnet:Subnet", name, { vpcId: "vpc-id", cidrBlock });
const group = (name: string, ingress: object[], egress: object[] = everywhere) =>
  resource("aws:ec2/securityGroup:SecurityGroup", name, { vpcId: "vpc-id", ingress, egress });
const all = { protocol: "-1", fromPort: 0, toPort: 0 };
const everywhere = [{ ...all, cidrBlocks: ["0.0.0.0/0"] }];
const postgres = { protocol: "tcp", fromPort: 5432, toPort: 5432 };

/** EKS: nodes let in themselves alone, the database lets in nodes; an addon enforces policies. */
export const eks: readonly RawResource[] = [
  resource("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "10.0.0.0/16" }),
  subnet("nodes", "10.0.1.0/24"),
  subnet("data", "10.0.2.0/24"),
  group("node-group", [{ ...all, self: true }]),
  group("data-group", [{ ...postgres, securityGroups: ["node-group-id"] }]),
  resource("aws:ec2/instance:Instance", "database", {
    subnetId: "data-id",
    vpcSecurityGroupIds: ["data-group-id"],
  }),
  resource("aws:ec2/launchTemplate:LaunchTemplate", "template", {
    vpcSecurityGroupIds: ["node-group-id"],
  }),
  resource(clusterTypes.eks, "eks", { name: "eks", vpcConfig: { subnetIds: ["nodes-id"] } }),
  resource("aws:eks/addon:Addon", "cni", {
    clusterName: "eks",
    addonName: "vpc-cni",
    configurationValues: '{"enableNetworkPolicy":"true"}',
  }),
  resource("aws:eks/nodeGroup:NodeGroup", "pool", {
    clusterName: "eks",
    subnetIds: ["nodes-id"],
    launchTemplate: { id: "template-id" },
  }),
  provider("eks"),
];

const azureNetwork = (name: string) => `azure-native:network:${name}`;
const azureSubnet = (name: string, addressPrefix: string) =>
  resource(azureNetwork("Subnet"), name, {
    virtualNetworkName: "vnet",
    addressPrefix,
    networkSecurityGroup: { id: `${name}-rules-id` },
  });
const rules = (name: string, sourceAddressPrefix: string) =>
  resource(azureNetwork("NetworkSecurityGroup"), `${name}-rules`, {
    securityRules: [
      azureRule(100, "Allow", sourceAddressPrefix),
      azureRule(200, "Deny", "VirtualNetwork"),
    ],
  });
const azureRule = (priority: number, access: string, sourceAddressPrefix: string) => ({
  name: access,
  priority,
  direction: "Inbound",
  access,
  protocol: "*",
  sourcePortRange: "*",
  destinationPortRange: "*",
  sourceAddressPrefix,
  destinationAddressPrefix: "*",
});

/** AKS with an overlay: the database lets in the nodes' subnet alone, nodes the pods' range alone. */
export const aks: readonly RawResource[] = [
  resource(azureNetwork("VirtualNetwork"), "vnet", {
    virtualNetworkName: "vnet",
    addressSpace: { addressPrefixes: ["10.10.0.0/16"] },
  }),
  rules("nodes", "10.244.0.0/16"),
  rules("data", "10.10.1.0/24"),
  azureSubnet("nodes", "10.10.1.0/24"),
  azureSubnet("data", "10.10.2.0/24"),
  resource(azureNetwork("NetworkInterface"), "database", {
    ipConfigurations: [{ name: "ip", subnet: { id: "data-id" } }],
  }),
  resource(clusterTypes.aks, "aks", {
    agentPoolProfiles: [{ name: "system", vnetSubnetID: "nodes-id" }],
    networkProfile: {
      networkPlugin: "azure",
      networkPluginMode: "overlay",
      networkPolicy: "cilium",
      podCidr: "10.244.0.0/16",
    },
  }),
  provider("aks"),
];

const firewall = (name: string, inputs: object) =>
  resource("gcp:compute/firewall:Firewall", name, {
    network: "network-id",
    direction: "INGRESS",
    allows: [{ protocol: "tcp", ports: ["5432"] }],
    ...inputs,
  });

/** GKE: the database lets in the pods' range alone. */
export const gke: readonly RawResource[] = [
  resource("gcp:compute/network:Network", "network", {
    name: "network",
    autoCreateSubnetworks: false,
    networkFirewallPolicyEnforcementOrder: "BEFORE_CLASSIC_FIREWALL",
  }),
  resource("gcp:compute/subnetwork:Subnetwork", "subnet", {
    network: "network-id",
    region: "europe-west4",
    ipCidrRange: "10.20.1.0/24",
    secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: "10.24.0.0/16" }],
  }),
  firewall("data", { sourceRanges: ["10.24.0.0/16"], targetTags: ["data"] }),
  resource("gcp:compute/instance:Instance", "database", {
    tags: ["data"],
    networkInterfaces: [{ subnetwork: "subnet-id" }],
  }),
  resource(clusterTypes.gke, "gke", {
    name: "gke",
    network: "network-id",
    subnetwork: "subnet-id",
    datapathProvider: "ADVANCED_DATAPATH",
    removeDefaultNodePool: true,
    ipAllocationPolicy: { clusterSecondaryRangeName: "pods" },
  }),
  resource("gcp:container/nodePool:NodePool", "pool", { cluster: "gke", nodeConfig: {} }),
  provider("gke"),
];

/** The network of some resources, with what becomes of packets. */
export function lifted(...resources: readonly RawResource[]) {
  const { topology, notes } = liftNetwork(makePlan(resources));
  const reach = computeReach(topology);
  const passes = (reading: "may" | "must", from: string, to: string, selector: bigint) =>
    placesOf(topology, from).some((source) =>
      placesOf(topology, to).some((target) => {
        const packet = { from: source, to: target, selector, sourcePort: ephemeralPort };
        const { arrives, replyArrives } = walk(topology, packet, reading);
        assert.deepEqual(arrival(reach, packet, reading), { arrives, replyArrives });
        return arrives && replyArrives;
      }),
    );
  /** By the ends of names; whether any of their addresses can reach any of the others. */
  const arrives = (from: string, to: string, ports: string): "yes" | "no" | "perhaps" => {
    const [range] = portSet(tryParsePorts(ports) ?? assert.fail(ports));
    assert.ok(range);
    if (passes("must", from, to, range.from)) return "yes";
    return passes("may", from, to, range.from) ? "perhaps" : "no";
  };
  return { topology, notes, arrives };
}

/** Every first address of an endpoint's ranges; of an address written, itself. */
function placesOf({ endpoints }: Topology, text: string): PacketEnd[] {
  if (/^[0-9.]+$/.test(text)) {
    return [{ endpoint: undefined, address: tryParseAddress(text)?.value ?? assert.fail(text) }];
  }
  const found = endpoints.filter(({ name }) => name.replace(/\[\w+\]$/, "") === text);
  assert.equal(found.length, 1, `${text} among ${endpoints.map(({ name }) => name).join()}`);
  return found.flatMap(({ id, addresses, unknownAddresses }) => [
    ...addresses.map(({ from }) => ({ endpoint: id, address: from + 9n })),
    ...unknownAddresses.map((family) => ({ endpoint: id, address: { unknown: family } })),
  ]);
}
