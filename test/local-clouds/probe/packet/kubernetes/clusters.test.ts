/** Managed clusters: what enforces policies in them, and how pods leave them. */

import type { ValueObject } from "../../../../../local-clouds/protocol/value.ts";
import { put, type Row, testRows } from "../rows.ts";
import { Cluster, cluster } from "./world.ts";

const web = "managed/shop/web";
const app = "managed/shop/app";
const endpoint = `https://${cluster}`;
const idle = /policies have no effect/;

/** A cluster's own objects, and the cloud around it. */
class Managed extends Cluster {
  /** EKS in a network with a NAT gateway; its nodes may send HTTPS. */
  eks(configurationValues: string): void {
    const aws = this.lab.with("aws", { region: "eu-central-1" });
    const vpc = aws.create("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" });
    const subnet = (name: string, cidrBlock: string) =>
      aws.create("aws:ec2/subnet:Subnet", name, { vpcId: vpc.id, cidrBlock });
    const [nodes, edge] = [subnet("nodes", "10.0.1.0/24"), subnet("edge", "10.0.2.0/24")];
    const gateway = aws.create("aws:ec2/internetGateway:InternetGateway", "igw", { vpcId: vpc.id });
    const allocationId = aws.create("aws:ec2/eip:Eip", "nat", {}).id;
    const nat = aws.create("aws:ec2/natGateway:NatGateway", "nat", {
      subnetId: edge.id,
      allocationId,
    });
    const table = (name: string, subnetId: string, route: ValueObject) => {
      const routes = [{ cidrBlock: "0.0.0.0/0", ...route }];
      const made = aws.create("aws:ec2/routeTable:RouteTable", name, { vpcId: vpc.id, routes });
      aws.create("aws:ec2/routeTableAssociation:RouteTableAssociation", name, {
        routeTableId: made.id,
        subnetId,
      });
    };
    table("nodes", nodes.id, { natGatewayId: nat.id });
    table("edge", edge.id, { gatewayId: gateway.id });
    const https = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] };
    const group = aws.create("aws:ec2/securityGroup:SecurityGroup", "nodes", {
      vpcId: vpc.id,
      egress: [https],
    });
    this.cloud("aws:eks/cluster:Cluster", "managed", {
      name: "managed",
      endpoint,
      vpcConfig: { subnetIds: [nodes.id], clusterSecurityGroupId: group.id },
    });
    this.cloud("aws:eks/addon:Addon", "managed:vpc-cni", {
      clusterName: "managed",
      addonName: "vpc-cni",
      configurationValues,
    });
  }

  /** A node group of the EKS cluster whose launch template has a group without rules. */
  guarded(): void {
    const aws = this.lab.with("aws", { region: "eu-central-1" });
    const vpcId = aws.create("aws:ec2/vpc:Vpc", "beside", { cidrBlock: "10.9.0.0/16" }).id;
    const subnet = { vpcId, cidrBlock: "10.9.1.0/24" };
    const group = aws.create("aws:ec2/securityGroup:SecurityGroup", "closed", { vpcId });
    const template = aws.create("aws:ec2/launchTemplate:LaunchTemplate", "nodes", {
      vpcSecurityGroupIds: [group.id],
    });
    this.cloud("aws:eks/nodeGroup:NodeGroup", "managed:nodes", {
      clusterName: "managed",
      subnetIds: [aws.create("aws:ec2/subnet:Subnet", "beside", subnet).id],
      launchTemplate: { id: template.id },
    });
  }

  /** GKE beside the machine `app` at 10.0.2.10, which lets in one range. */
  gke(sourceRange: string, nodes: ValueObject = {}): void {
    const google = this.lab.with("gcp", { project: "shop-project", region: "europe-west4" });
    const named = (type: string, name: string, inputs: ValueObject) =>
      google.create(`gcp:compute/${type}`, name, { name, ...inputs });
    const network = named("network:Network", "shop", { autoCreateSubnetworks: false }).id;
    const range = { rangeName: "pods", ipCidrRange: "10.8.0.0/14" };
    const subnet = (name: string, ipCidrRange: string, more: ValueObject = {}) =>
      named("subnetwork:Subnetwork", name, { network, ipCidrRange, ...more });
    const own = subnet("nodes", "10.0.1.0/24", { secondaryIpRanges: [range] });
    named("instance:Instance", "app", {
      zone: "europe-west4-a",
      machineType: "e2-small",
      bootDisk: { initializeParams: { image: "debian-cloud/debian-12" } },
      networkInterfaces: [{ subnetwork: subnet("data", "10.0.2.0/24").id, networkIp: "10.0.2.10" }],
    });
    named("firewall:Firewall", "app", {
      network,
      allows: [{ protocol: "tcp" }],
      sourceRanges: [sourceRange],
    });
    this.cloud("gcp:container/cluster:Cluster", "gke", {
      name: "managed",
      endpoint: cluster,
      subnetwork: own.id,
      clusterIpv4Cidr: range.ipCidrRange,
    });
    const nodeConfig = { tags: ["node"] };
    this.cloud("gcp:container/nodePool:NodePool", "pool", {
      cluster: "managed",
      nodeConfig,
      ...nodes,
    });
  }

  /** A resource of a cloud beside the cluster. */
  cloud(token: string, id: string, outputs: ValueObject): void {
    put(this.lab, { token, id, account: "123456789012" }, outputs);
  }
}

const enabled = '{"enableNetworkPolicy":"true"}';

const rows: readonly Row<Managed>[] = [
  {
    name: "EKS enforces policies once its CNI is told to",
    document: "Amazon EKS User Guide: Limit Pod traffic with Kubernetes network policies",
    says: "Network policies are off in the VPC CNI until enableNetworkPolicy is set.",
    world: (w) => {
      w.eks(enabled);
      w.isolate();
    },
    packet: `${web} ${app} tcp 8080`,
    verdict: "dropped",
    stage: "NetworkPolicy, egress",
    rule: /isolated by shop\/default-deny/,
  },
  {
    name: "EKS without that enforces nothing",
    document: "Amazon EKS User Guide: Limit Pod traffic with Kubernetes network policies",
    says: "Without the setting policies have no effect.",
    world: (w) => {
      w.eks("{}");
      w.isolate();
    },
    packet: `${web} ${app} tcp 8080`,
    verdict: "arrives",
    stage: "pod isolation, ingress",
    rule: idle,
  },
  {
    name: "AKS without a policy engine enforces nothing",
    document: "Azure Kubernetes Service: Secure traffic between pods using network policies",
    says: "The engine is chosen when the cluster is made; with none policies are ignored.",
    world: (w) => {
      w.cloud("azure-native:containerservice:ManagedCluster", "/aks", {
        name: "managed",
        fqdn: cluster,
        networkProfile: { networkPolicy: "none" },
      });
      w.isolate();
    },
    packet: `${web} ${app} tcp 8080`,
    verdict: "arrives",
    stage: "pod isolation, ingress",
    rule: idle,
  },
  {
    name: "GKE with Dataplane V2 enforces policies",
    document: "Google Kubernetes Engine: GKE Dataplane V2",
    says: "Network policy is always on with Dataplane V2.",
    world: (w) => {
      w.cloud("gcp:container/cluster:Cluster", "gke", {
        name: "managed",
        endpoint: cluster,
        datapathProvider: "ADVANCED_DATAPATH",
      });
      w.isolate();
    },
    packet: `${web} ${app} tcp 8080`,
    verdict: "dropped",
    stage: "NetworkPolicy, egress",
    rule: /isolated/,
  },
  {
    name: "GKE without it or the add-on enforces nothing",
    document: "Google Kubernetes Engine: Control communication between Pods and Services",
    says: "Network policy enforcement is to be enabled for the cluster.",
    world: (w) => {
      w.cloud("gcp:container/cluster:Cluster", "gke", { name: "managed", endpoint: cluster });
      w.isolate();
    },
    packet: `${web} ${app} tcp 8080`,
    verdict: "arrives",
    stage: "pod isolation, ingress",
    rule: idle,
  },
  {
    name: "a range that holds all pods of a cluster holds each of them",
    document: "Google Kubernetes Engine: VPC-native clusters",
    says: "Pods have addresses of the cluster's range of pods.",
    world: (w) => {
      w.cloud("gcp:container/cluster:Cluster", "gke", {
        name: "managed",
        endpoint: cluster,
        datapathProvider: "ADVANCED_DATAPATH",
        clusterIpv4Cidr: "10.8.0.0/14",
      });
      const from = [{ ipBlock: { cidr: "10.0.0.0/8" } }];
      w.policy("net", { matchLabels: { app: "app" } }, { ingress: [{ from }] });
    },
    packet: `${web} ${app} tcp 8080`,
    verdict: "arrives",
    stage: "NetworkPolicy, ingress",
    rule: /shop\/net ingress\[0\]/,
  },
  {
    name: "a range beside them holds none",
    document: "Google Kubernetes Engine: VPC-native clusters",
    says: "Pods have addresses of the cluster's range of pods.",
    world: (w) => {
      w.cloud("gcp:container/cluster:Cluster", "gke", {
        name: "managed",
        endpoint: cluster,
        datapathProvider: "ADVANCED_DATAPATH",
        clusterIpv4Cidr: "10.8.0.0/14",
      });
      const from = [{ ipBlock: { cidr: "10.64.0.0/16" } }];
      w.policy("net", { matchLabels: { app: "app" } }, { ingress: [{ from }] });
    },
    packet: `${web} ${app} tcp 8080`,
    verdict: "dropped",
    stage: "NetworkPolicy, ingress",
    rule: /no rule allows it/,
  },
  {
    name: "a pod of EKS leaves by its node's group and routes",
    document: "Amazon EKS User Guide: View Amazon EKS security group requirements",
    says: "Nodes and their pods have the cluster's security group.",
    world: (w) => w.eks(enabled),
    packet: `${web} internet tcp 443`,
    verdict: "arrives",
    stage: "NAT gateway",
    rule: /10\.0\.1\.\d+ becomes/,
  },
  {
    name: "what the node's group does not allow does not leave",
    document: "Amazon EKS User Guide: View Amazon EKS security group requirements",
    says: "The cluster's security group judges what nodes and pods send.",
    world: (w) => w.eks(enabled),
    packet: `${web} internet tcp 80`,
    verdict: "dropped",
    stage: "security groups, outbound",
    rule: /no egress rule/,
  },
  {
    name: "a pod of EKS is reached only by what its node's group allows",
    document: "Amazon EKS User Guide: View Amazon EKS security group requirements",
    says: "The cluster's security group judges what comes to nodes and pods.",
    world: (w) => w.eks(enabled),
    packet: `10.0.2.99 ${app} tcp 8080`,
    verdict: "dropped",
    stage: "security groups, inbound",
    rule: /no ingress rule/,
  },
  {
    name: "a launch template's groups stand in for the cluster's",
    document: "Amazon EKS User Guide: Customize managed nodes with launch templates",
    says: "Groups written in the template are used, and the cluster's own is not added.",
    world: (w) => {
      w.eks(enabled);
      w.guarded();
    },
    packet: `${web} internet tcp 443`,
    verdict: "dropped",
    stage: "security groups, outbound",
    rule: /no egress rule/,
  },
  {
    name: "a private destination sees a pod of GKE at its own address",
    document: "Google Kubernetes Engine: IP masquerade agent",
    says: "The pod's address is kept towards the default non-masquerade destinations.",
    world: (w) => w.gke("10.8.0.0/14"),
    packet: `${web} 10.0.2.10 tcp 5432`,
    verdict: "arrives",
    stage: "VPC firewall rules, ingress",
    rule: /app/,
  },
  {
    name: "and so it is not one of its node's",
    document: "Google Kubernetes Engine: IP masquerade agent",
    says: "The node's address stands in the pod's place elsewhere only.",
    world: (w) => w.gke("10.0.1.0/24"),
    packet: `${web} 10.0.2.10 tcp 5432`,
    verdict: "dropped",
    stage: "implied firewall rules, ingress",
    rule: /denies ingress/,
  },
  {
    name: "a node of GKE has an external address",
    document: "Google Kubernetes Engine: About network isolation",
    says: "Nodes have external addresses unless they are private.",
    world: (w) => w.gke("10.8.0.0/14"),
    packet: `${web} internet tcp 443`,
    verdict: "arrives",
    stage: "external connectivity",
    rule: /198\.51\.100\.10/,
  },
  {
    name: "a private node has none",
    document: "Google Kubernetes Engine: About network isolation",
    says: "Private nodes have internal addresses only.",
    world: (w) => w.gke("10.8.0.0/14", { networkConfig: { enablePrivateNodes: true } }),
    packet: `${web} internet tcp 443`,
    verdict: "dropped",
    stage: "external connectivity",
    rule: /no external IPv4 address/,
  },
  {
    name: "the internet does not reach a pod by itself",
    document: "Amazon EKS User Guide: Assign IPs to Pods with the Amazon VPC CNI",
    says: "Pods have private addresses of the node's subnet.",
    world: (w) => w.eks(enabled),
    packet: `internet ${app} tcp 8080`,
    verdict: "dropped",
    stage: "internet",
    rule: /not routed/,
  },
];

describe("packet probe: managed clusters", () => {
  testRows(rows, () => new Managed());
});
