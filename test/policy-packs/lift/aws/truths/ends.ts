/** What stands in a VPC, by whatever service. */
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

export const endTruths: readonly Truth[] = [
  {
    document: "RDS user guide, Working with a DB instance in a VPC",
    program: [
      ...net,
      resource("rds/subnetGroup:SubnetGroup", "subnets", { subnetIds: both }),
      resource("rds/instance:Instance", "hidden", {
        dbSubnetGroupName: ref("subnets", "name"),
        vpcSecurityGroupIds: [ref("db")],
      }),
      group("db-open", "vpc", { ingress: [inline("tcp/5432", anywhere)] }),
      resource("rds/instance:Instance", "shown", {
        dbSubnetGroupName: ref("subnets", "name"),
        vpcSecurityGroupIds: [ref("db-open")],
        publiclyAccessible: true,
      }),
      resource("rds/instance:Instance", "not-shown", {
        dbSubnetGroupName: ref("subnets", "name"),
        vpcSecurityGroupIds: [ref("db-open")],
      }),
    ],
    rows: [
      {
        says: "a database stands in its subnet group, behind its groups",
        packets: { "client -> hidden tcp/5432": "passes", "client -> hidden tcp/22": "stopped" },
      },
      {
        says: "the internet reaches a database that is publicly accessible, and no other",
        packets: {
          "203.0.113.7 -> shown tcp/5432": "passes",
          "203.0.113.7 -> not-shown tcp/5432": "stopped",
        },
      },
    ],
  },
  {
    document: "Elastic Load Balancing user guides",
    program: [
      ...net,
      group("https", "vpc", { ingress: [inline("tcp/443", anywhere)] }),
      resource("lb/loadBalancer:LoadBalancer", "public-lb", {
        subnets: both,
        securityGroups: [ref("https")],
      }),
      resource("alb/loadBalancer:LoadBalancer", "internal-lb", {
        subnets: both,
        securityGroups: [ref("https")],
        internal: true,
      }),
      resource("lb/loadBalancer:LoadBalancer", "bare-nlb", {
        subnetMappings: [{ subnetId: ref("s") }],
        loadBalancerType: "network",
      }),
      resource("elb/loadBalancer:LoadBalancer", "classic", {
        subnets: both,
        securityGroups: [ref("https")],
      }),
    ],
    rows: [
      {
        says: "an internet-facing balancer is reached from the internet",
        packets: {
          "203.0.113.7 -> public-lb tcp/443": "passes",
          "203.0.113.7 -> classic tcp/443": "passes",
          "203.0.113.7 -> public-lb tcp/80": "stopped",
        },
      },
      {
        says: "an internal balancer has private addresses only",
        packets: {
          "203.0.113.7 -> internal-lb tcp/443": "stopped",
          "client -> internal-lb tcp/443": "passes",
        },
      },
      {
        says: "a network balancer without a group is not filtered by one",
        packets: { "203.0.113.7 -> bare-nlb tcp/9999": "passes" },
      },
    ],
  },
  {
    document: "EC2 Auto Scaling and launch template guides",
    program: [
      ...net,
      group("https", "vpc", { ingress: [inline("tcp/443", anywhere)] }),
      resource("ec2/launchTemplate:LaunchTemplate", "template", {
        networkInterfaces: [{ associatePublicIpAddress: "true", securityGroups: [ref("https")] }],
      }),
      resource("autoscaling/group:Group", "fleet", {
        vpcZoneIdentifiers: both,
        launchTemplate: { id: ref("template") },
      }),
      resource("ec2/launchTemplate:LaunchTemplate", "plain", {
        vpcSecurityGroupIds: [ref("db")],
      }),
      resource("autoscaling/group:Group", "mixed", {
        vpcZoneIdentifiers: both,
        mixedInstancesPolicy: {
          launchTemplate: { launchTemplateSpecification: { launchTemplateId: ref("plain") } },
        },
      }),
    ],
    rows: [
      {
        says: "instances of a group are as their template says",
        packets: {
          "203.0.113.7 -> fleet tcp/443": "passes",
          "203.0.113.7 -> fleet tcp/22": "stopped",
        },
      },
      {
        says: "also where several instance types are mixed",
        packets: {
          "client -> mixed tcp/5432": "passes",
          "203.0.113.7 -> mixed tcp/5432": "stopped",
        },
      },
    ],
  },
];
