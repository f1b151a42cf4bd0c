/** Clusters, functions, interfaces, the default VPC. */
import { ref } from "../program.ts";
import {
  anywhere,
  gateway,
  group,
  inline,
  instance,
  openGroup,
  resource,
  subnet,
  table,
  vpc,
} from "../resources.ts";
import type { Truth } from "./truth.ts";

const net = [
  vpc("vpc", "10.0.0.0/16"),
  subnet("s", "vpc", "10.0.1.0/24"),
  subnet("t", "vpc", "10.0.2.0/24"),
  gateway("igw", "vpc"),
  ...table("public", "vpc", [{ cidrBlock: "0.0.0.0/0", gatewayId: ref("igw") }], ["s", "t"]),
  openGroup("any", "vpc"),
  group("db", "vpc", { ingress: [inline("tcp/5432", { securityGroups: [ref("any")] })] }),
  instance("client", "s", ["any"], "10.0.1.10"),
];
const both = [ref("s"), ref("t")];

export const moreEndTruths: readonly Truth[] = [
  {
    document: "EKS user guide, Security group requirements",
    program: [
      ...net,
      resource("eks/cluster:Cluster", "cluster", { vpcConfig: { subnetIds: both } }),
      resource("eks/nodeGroup:NodeGroup", "nodes", {
        clusterName: ref("cluster", "name"),
        subnetIds: both,
      }),
      group("own", "vpc", {
        ingress: [
          inline("tcp/10250", {
            securityGroups: [ref("cluster", "vpcConfig.clusterSecurityGroupId")],
          }),
        ],
      }),
      instance("self-managed", "s", ["own"], "10.0.1.20"),
    ],
    rows: [
      {
        says: "the cluster's own group joins control plane and nodes",
        packets: { "cluster -> nodes tcp/10250": "passes", "nodes -> cluster tcp/443": "passes" },
      },
      {
        says: "and lets in nobody else",
        packets: { "client -> nodes tcp/10250": "stopped" },
      },
      {
        says: "rules of other groups may name it",
        packets: {
          "nodes -> self-managed tcp/10250": "passes",
          "client -> self-managed tcp/10250": "stopped",
        },
      },
    ],
  },
  {
    document: "Lambda, ECS, EFS and PrivateLink guides",
    program: [
      ...net,
      group("caller", "vpc", { egress: [inline("-1", anywhere)] }),
      resource("lambda/function:Function", "function", {
        vpcConfig: { subnetIds: both, securityGroupIds: [ref("caller")] },
      }),
      resource("lambda/function:Function", "elsewhere", {}),
      resource("ecs/service:Service", "task", {
        networkConfiguration: {
          subnets: both,
          securityGroups: [ref("caller")],
          assignPublicIp: true,
        },
      }),
      group("nfs", "vpc", { ingress: [inline("tcp/2049", { cidrBlocks: ["10.0.0.0/16"] })] }),
      resource("efs/mountTarget:MountTarget", "files", {
        subnetId: ref("s"),
        securityGroups: [ref("nfs")],
        ipAddress: "10.0.1.50",
      }),
      resource("ec2/vpcEndpoint:VpcEndpoint", "interface", {
        vpcId: ref("vpc"),
        serviceName: "com.amazonaws.eu-central-1.sts",
        vpcEndpointType: "Interface",
        subnetIds: both,
        securityGroupIds: [ref("nfs")],
      }),
    ],
    rows: [
      {
        says: "a function in a VPC has no public address",
        packets: {
          "function -> 203.0.113.7 tcp/443": "stopped",
          "function -> files tcp/2049": "passes",
        },
      },
      {
        says: "a task may have one",
        packets: { "task -> 203.0.113.7 tcp/443": "passes" },
      },
      {
        says: "a mount target is reached by its address, behind its groups",
        packets: { "task -> files tcp/2049": "passes", "task -> files tcp/22": "stopped" },
      },
      {
        says: "an interface endpoint is an interface with groups",
        packets: {
          "client -> interface tcp/2049": "passes",
          "client -> interface tcp/443": "stopped",
        },
      },
    ],
  },
  {
    document: "EC2 user guide, Elastic network interfaces",
    program: [
      ...net,
      group("ssh", "vpc", { ingress: [inline("tcp/22", { cidrBlocks: ["10.0.0.0/16"] })] }),
      resource("ec2/networkInterface:NetworkInterface", "card", {
        subnetId: ref("s"),
        securityGroups: [ref("db")],
        privateIps: ["10.0.1.30"],
      }),
      resource(
        "ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment",
        "added",
        { networkInterfaceId: ref("card"), securityGroupId: ref("ssh") },
      ),
      instance("primary", "s", ["db"], "10.0.1.31"),
      resource(
        "ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment",
        "added-to-primary",
        {
          networkInterfaceId: ref("primary", "primaryNetworkInterfaceId"),
          securityGroupId: ref("ssh"),
        },
      ),
    ],
    rows: [
      {
        says: "a group that is added later counts with the others",
        packets: { "client -> card tcp/22": "passes", "client -> card tcp/5432": "passes" },
      },
      {
        says: "also on an instance's primary interface",
        packets: { "client -> primary tcp/22": "passes", "client -> primary tcp/5432": "passes" },
      },
    ],
  },
  {
    document: "VPC user guide, Default VPC components",
    program: [
      resource("ec2/instance:Instance", "nowhere", { ami: "ami-1" }),
      resource("ec2/instance:Instance", "beside", { ami: "ami-1" }),
    ],
    rows: [
      {
        says: "an instance without a subnet stands in the default VPC, with its default group",
        packets: { "nowhere -> beside tcp/22": "passes" },
      },
      {
        says: "whose main table leads to an internet gateway",
        packets: {
          "nowhere -> 203.0.113.7 tcp/443": "passes",
          "203.0.113.7 -> nowhere tcp/443": "stopped",
        },
      },
    ],
  },
  {
    document: "any member of a group",
    program: [...net, group("tagged", "vpc", { ingress: [inline("tcp/443", anywhere)] })],
    rows: [
      {
        says: "whatever is put into a group is reached as the group allows",
        packets: {
          "203.0.113.7 -> tagged@10.0.2.9 tcp/443": "passes",
          "203.0.113.7 -> tagged@10.0.2.9 tcp/22": "stopped",
          "client -> db@10.0.2.9 tcp/5432": "passes",
        },
      },
    ],
  },
];
