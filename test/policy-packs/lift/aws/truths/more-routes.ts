/** Priority of routes, main tables, services, unknown blocks. */
import { later, ref } from "../program.ts";
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

const tables = "VPC user guide, Route tables";
const priority = "VPC user guide, Route priority";
const everywhere = { cidrBlock: "0.0.0.0/0" };

const net = [
  vpc("vpc", "10.0.0.0/16", { ipv6CidrBlock: "2001:db8:1::/56" }),
  subnet("open", "vpc", "10.0.1.0/24", { ipv6CidrBlock: "2001:db8:1:1::/64" }),
  subnet("inner", "vpc", "10.0.2.0/24", { ipv6CidrBlock: "2001:db8:1:2::/64" }),
  openGroup("any", "vpc"),
  gateway("igw", "vpc"),
];
const shown = { associatePublicIpAddress: true };

export const moreRouteTruths: readonly Truth[] = [
  {
    document: priority,
    program: [
      ...net,
      resource("ec2/networkInterface:NetworkInterface", "appliance", { subnetId: ref("open") }),
      resource("ec2/routeTable:RouteTable", "mixed", { vpcId: ref("vpc") }),
      resource("ec2/routeTableAssociation:RouteTableAssociation", "mixed-open", {
        routeTableId: ref("mixed"),
        subnetId: ref("open"),
      }),
      resource("ec2/route:Route", "default", {
        routeTableId: ref("mixed"),
        destinationCidrBlock: "0.0.0.0/0",
        gatewayId: ref("igw"),
      }),
      resource("ec2/route:Route", "narrow", {
        routeTableId: ref("mixed"),
        destinationCidrBlock: "203.0.113.0/24",
        networkInterfaceId: ref("appliance"),
      }),
      instance("a", "open", ["any"], "10.0.1.10", shown),
    ],
    rows: [
      {
        says: "the most specific route is taken; an appliance decides for itself",
        packets: { "a -> 203.0.113.7 tcp/443": "open", "a -> 198.51.100.7 tcp/443": "passes" },
      },
    ],
  },
  {
    document: priority,
    program: [
      ...net,
      resource("ec2/networkInterface:NetworkInterface", "appliance", { subnetId: ref("inner") }),
      resource("ec2/managedPrefixList:ManagedPrefixList", "list", {
        addressFamily: "IPv4",
        maxEntries: 2,
        entries: [{ cidr: "198.51.100.0/24" }, { cidr: "192.0.2.0/24" }],
      }),
      ...table(
        "listed",
        "vpc",
        [
          { destinationPrefixListId: ref("list"), networkInterfaceId: ref("appliance") },
          { cidrBlock: "198.51.100.0/24", gatewayId: ref("igw") },
          { cidrBlock: "192.0.2.0/25", gatewayId: ref("igw") },
        ],
        ["open"],
      ),
      instance("a", "open", ["any"], "10.0.1.10", shown),
    ],
    rows: [
      {
        says: "a static route comes before one by a prefix list, where the prefix is the same",
        packets: { "a -> 198.51.100.7 tcp/443": "passes" },
      },
      {
        says: "an entry of a list is a route like others: the longer prefix is taken",
        packets: { "a -> 192.0.2.7 tcp/443": "passes", "a -> 192.0.2.200 tcp/443": "open" },
      },
    ],
  },
  {
    document: "VPC user guide, Subnet route tables: each subnet has one",
    program: [
      ...net,
      ...table("public", "vpc", [{ ...everywhere, gatewayId: ref("igw") }], ["open"]),
      ...table("closed", "vpc", [], ["inner"]),
      resource("ec2/launchTemplate:LaunchTemplate", "template", {
        networkInterfaces: [{ associatePublicIpAddress: "true", securityGroups: [ref("any")] }],
      }),
      resource("autoscaling/group:Group", "fleet", {
        vpcZoneIdentifiers: [ref("open"), ref("inner")],
        launchTemplate: { id: ref("template") },
      }),
    ],
    rows: [
      {
        says: "of a group of instances, those in one subnet go as that subnet's table says",
        packets: {
          "fleet@10.0.1.20 -> 203.0.113.7 tcp/443": "passes",
          "fleet@10.0.2.20 -> 203.0.113.7 tcp/443": "stopped",
          "203.0.113.7 -> fleet@10.0.1.20 tcp/443": "passes",
          "203.0.113.7 -> fleet@10.0.2.20 tcp/443": "stopped",
          "fleet@10.0.1.20 -> fleet@10.0.2.20 tcp/443": "passes",
        },
      },
    ],
  },
  {
    document: "aws.ec2.DefaultRouteTable: adopting removes all routes",
    program: [
      resource("ec2/defaultVpc:DefaultVpc", "default", {}),
      resource("ec2/defaultRouteTable:DefaultRouteTable", "main", {
        defaultRouteTableId: ref("default", "defaultRouteTableId"),
        routes: [],
      }),
      resource("ec2/instance:Instance", "nowhere", { associatePublicIpAddress: true }),
    ],
    rows: [
      {
        says: "the default VPC's way to the internet is gone with its table's routes",
        packets: { "nowhere -> 203.0.113.7 tcp/443": "stopped" },
      },
    ],
  },
  {
    document: tables,
    program: [
      ...net,
      resource("ec2/defaultRouteTable:DefaultRouteTable", "main", {
        defaultRouteTableId: ref("vpc", "defaultRouteTableId"),
        routes: [{ ...everywhere, gatewayId: ref("igw") }],
      }),
      ...table("own", "vpc", [], ["inner"]),
      instance("a", "open", ["any"], "10.0.1.10", shown),
      instance("b", "inner", ["any"], "10.0.2.10", shown),
    ],
    rows: [
      {
        says: "a subnet without an association has the main table",
        packets: { "a -> 203.0.113.7 tcp/443": "passes" },
      },
      {
        says: "a subnet with one has that table only",
        packets: { "b -> 203.0.113.7 tcp/443": "stopped" },
      },
    ],
  },
  {
    document: "VPC user guide, Replace the main route table",
    program: [
      ...net,
      ...table("new-main", "vpc", [{ ...everywhere, gatewayId: ref("igw") }], []),
      resource("ec2/mainRouteTableAssociation:MainRouteTableAssociation", "replaced", {
        vpcId: ref("vpc"),
        routeTableId: ref("new-main"),
      }),
      instance("a", "open", ["any"], "10.0.1.10", shown),
    ],
    rows: [
      {
        says: "another table may be made the main one",
        packets: { "a -> 203.0.113.7 tcp/443": "passes" },
      },
    ],
  },
  {
    document: "VPC user guide, Gateway endpoints",
    program: [
      ...net,
      ...table("own", "vpc", [], ["inner"]),
      resource("ec2/vpcEndpoint:VpcEndpoint", "s3", {
        vpcId: ref("vpc"),
        serviceName: "com.amazonaws.eu-central-1.s3",
        routeTableIds: [ref("own")],
      }),
      group("to-s3", "vpc", {
        egress: [inline("tcp/443", { prefixListIds: [ref("s3", "prefixListId")] })],
      }),
      instance("caller", "inner", ["to-s3"], "10.0.2.10"),
      instance("elsewhere", "open", ["to-s3"], "10.0.1.10"),
    ],
    rows: [
      {
        says: "the endpoint's prefix list is a route in the tables it is associated with",
        packets: {
          "caller -> urn:pulumi:dev::test::aws:ec2/vpcEndpoint:VpcEndpoint::s3@?4 tcp/443":
            "passes",
          "elsewhere -> urn:pulumi:dev::test::aws:ec2/vpcEndpoint:VpcEndpoint::s3@?4 tcp/443":
            "stopped",
        },
      },
      {
        says: "a rule may name that prefix list, and then means nothing else",
        packets: { "caller -> 203.0.113.7 tcp/443": "stopped" },
      },
    ],
  },
  {
    document: "VPC user guide, IPv6 CIDR blocks assigned by Amazon",
    program: [
      vpc("vpc", "10.0.0.0/16", { assignGeneratedIpv6CidrBlock: true }),
      subnet("s", "vpc", "10.0.1.0/24", { ipv6CidrBlock: later }),
      group("v6", "vpc", {
        ingress: [inline("tcp/80", { ipv6CidrBlocks: ["2600:1f18:9::/64"] })],
        egress: [inline("-1", anywhere)],
      }),
      group("all6", "vpc", { ingress: [inline("tcp/80", anywhere)] }),
      instance("a", "s", ["v6"], "10.0.1.10"),
      instance("b", "s", ["all6"], "10.0.1.11"),
      instance("c", "s", ["v6"], "10.0.1.12"),
    ],
    rows: [
      {
        says: "which block it is, is known after the VPC is there: rules for all of IPv6 hold",
        packets: { "a@?6 -> b@?6 tcp/80": "passes" },
      },
      {
        says: "and rules for a part of it cannot be told",
        packets: { "a@?6 -> c@?6 tcp/80": "open", "a@?6 -> c@?6 tcp/81": "stopped" },
      },
    ],
  },
];
