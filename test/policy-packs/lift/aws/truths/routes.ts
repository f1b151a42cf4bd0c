/** Route tables, gateways to the internet, services. */
import { ref } from "../program.ts";
import { gateway, instance, openGroup, resource, subnet, table, vpc } from "../resources.ts";
import type { Truth } from "./truth.ts";

const tables = "VPC user guide, Route tables";
const internet = "VPC user guide, Internet gateways";
const translation = "VPC user guide, NAT gateways";
const everywhere = { cidrBlock: "0.0.0.0/0" };
const everywhere6 = { ipv6CidrBlock: "::/0" };

const net = [
  vpc("vpc", "10.0.0.0/16", { ipv6CidrBlock: "2001:db8:1::/56" }),
  subnet("open", "vpc", "10.0.1.0/24", { ipv6CidrBlock: "2001:db8:1:1::/64" }),
  subnet("inner", "vpc", "10.0.2.0/24", { ipv6CidrBlock: "2001:db8:1:2::/64" }),
  openGroup("any", "vpc"),
  gateway("igw", "vpc"),
];
const shown = { associatePublicIpAddress: true };

export const routeTruths: readonly Truth[] = [
  {
    document: tables,
    program: [
      ...net,
      instance("a", "open", ["any"], "10.0.1.10", shown),
      instance("b", "inner", ["any"], "10.0.2.10"),
    ],
    rows: [
      {
        says: "every table has a local route: the VPC's subnets reach each other",
        packets: {
          "a -> b tcp/80": "passes",
          "a@2001:db8:1:1::9 -> b@2001:db8:1:2::9 tcp/80": "passes",
        },
      },
      {
        says: "without another route nothing leaves the VPC, gateway or not",
        packets: { "a -> 203.0.113.7 tcp/80": "stopped", "203.0.113.7 -> a tcp/80": "stopped" },
      },
    ],
  },
  {
    document: internet,
    program: [
      ...net,
      ...table("public", "vpc", [{ ...everywhere, gatewayId: ref("igw") }], ["open"]),
      instance("shown", "open", ["any"], "10.0.1.10", shown),
      instance("hidden", "open", ["any"], "10.0.1.11", { associatePublicIpAddress: false }),
      instance("inside", "inner", ["any"], "10.0.2.10", shown),
      instance("elastic", "open", ["any"], "10.0.1.12"),
      resource("ec2/eip:Eip", "address", { instance: ref("elastic") }),
    ],
    rows: [
      {
        says: "a public address and a route to the gateway let both sides begin",
        packets: {
          "shown -> 203.0.113.7 tcp/443": "passes",
          "203.0.113.7 -> shown tcp/443": "passes",
        },
      },
      {
        says: "what the internet does not route ends there (RFC 1918, RFC 6598, RFC 4193)",
        packets: {
          "shown -> 192.168.7.7 tcp/443": "stopped",
          "shown -> 100.64.1.1 tcp/443": "stopped",
          "192.168.7.7 -> shown tcp/443": "stopped",
        },
      },
      {
        says: "addresses of the VPC go by its local route, whoever has them",
        packets: { "shown -> 10.0.77.7 tcp/443": "stopped" },
      },
      {
        says: "without a public address nothing passes the gateway",
        packets: {
          "hidden -> 203.0.113.7 tcp/443": "stopped",
          "203.0.113.7 -> hidden tcp/443": "stopped",
        },
      },
      {
        says: "without the route a public address is of no use",
        packets: {
          "inside -> 203.0.113.7 tcp/443": "stopped",
          "203.0.113.7 -> inside tcp/443": "stopped",
        },
      },
      {
        says: "an Elastic IP address is a public address",
        packets: { "203.0.113.7 -> elastic tcp/443": "passes" },
      },
      {
        says: "a route for IPv4 carries no IPv6",
        packets: { "shown@2001:db8:1:1::9 -> 2001:db8:f::1 tcp/443": "stopped" },
      },
    ],
  },
  {
    document: "VPC user guide, IP addressing: subnets may assign public addresses at launch",
    program: [
      ...net,
      subnet("mapping", "vpc", "10.0.3.0/24", { mapPublicIpOnLaunch: true }),
      ...table("public", "vpc", [{ ...everywhere, gatewayId: ref("igw") }], ["mapping", "open"]),
      instance("mapped", "mapping", ["any"], "10.0.3.10"),
      instance("unmapped", "open", ["any"], "10.0.1.10"),
    ],
    rows: [
      {
        says: "an instance that says nothing gets what its subnet says",
        packets: {
          "203.0.113.7 -> mapped tcp/443": "passes",
          "203.0.113.7 -> unmapped tcp/443": "stopped",
        },
      },
    ],
  },
  {
    document: "VPC user guide, IPv6: addresses are public",
    program: [
      ...net,
      ...table("public6", "vpc", [{ ...everywhere6, gatewayId: ref("igw") }], ["open"]),
      resource("ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway", "eigw", {
        vpcId: ref("vpc"),
      }),
      ...table(
        "private6",
        "vpc",
        [{ ...everywhere6, egressOnlyGatewayId: ref("eigw") }],
        ["inner"],
      ),
      instance("a", "open", ["any"], "10.0.1.10", { associatePublicIpAddress: false }),
      instance("b", "inner", ["any"], "10.0.2.10"),
    ],
    rows: [
      {
        says: "an internet gateway carries IPv6 both ways",
        packets: {
          "a@2001:db8:1:1::9 -> 2001:db8:f::1 tcp/443": "passes",
          "2001:db8:f::1 -> a@2001:db8:1:1::9 tcp/443": "passes",
        },
      },
      {
        says: "an egress-only gateway lets IPv6 out and its answers in",
        packets: { "b@2001:db8:1:2::9 -> 2001:db8:f::1 tcp/443": "passes" },
      },
      {
        says: "and lets nobody begin from outside",
        packets: { "2001:db8:f::1 -> b@2001:db8:1:2::9 tcp/443": "stopped" },
      },
    ],
  },
  {
    document: translation,
    program: [
      ...net,
      subnet("dead", "vpc", "10.0.3.0/24"),
      resource("ec2/natGateway:NatGateway", "nat", { subnetId: ref("open") }),
      resource("ec2/natGateway:NatGateway", "lost", { subnetId: ref("inner") }),
      resource("ec2/natGateway:NatGateway", "private", {
        subnetId: ref("open"),
        connectivityType: "private",
      }),
      ...table("public", "vpc", [{ ...everywhere, gatewayId: ref("igw") }], ["open"]),
      ...table("private-routes", "vpc", [{ ...everywhere, natGatewayId: ref("nat") }], ["inner"]),
      ...table("dead-routes", "vpc", [{ ...everywhere, natGatewayId: ref("lost") }], ["dead"]),
      instance("inside", "inner", ["any"], "10.0.2.10", shown),
      instance("stuck", "dead", ["any"], "10.0.3.10"),
    ],
    rows: [
      {
        says: "instances without public addresses call out, and are answered",
        packets: { "inside -> 203.0.113.7 tcp/443": "passes" },
      },
      {
        says: "connections that others begin are not let in",
        packets: { "203.0.113.7 -> inside tcp/443": "stopped" },
      },
      {
        says: "a public NAT gateway must stand in a subnet that leads to an internet gateway",
        packets: { "stuck -> 203.0.113.7 tcp/443": "stopped" },
      },
      {
        says: "a NAT gateway supports TCP, UDP and ICMP",
        packets: {
          "inside -> 203.0.113.7 udp/53": "passes",
          "inside -> 203.0.113.7 icmp/8.0": "passes",
          "inside -> 203.0.113.7 sctp/443": "stopped",
          "inside -> 203.0.113.7 50": "stopped",
        },
      },
    ],
  },
  {
    document: translation,
    program: [
      ...net,
      vpc("far-vpc", "10.9.0.0/16"),
      subnet("far-subnet", "far-vpc", "10.9.1.0/24"),
      openGroup("far-any", "far-vpc"),
      instance("far", "far-subnet", ["far-any"], "10.9.1.10"),
      resource("ec2/vpcPeeringConnection:VpcPeeringConnection", "pcx", {
        vpcId: ref("vpc"),
        peerVpcId: ref("far-vpc"),
        autoAccept: true,
      }),
      resource("ec2/natGateway:NatGateway", "nat", { subnetId: ref("open") }),
      ...table(
        "public",
        "vpc",
        [
          { ...everywhere, gatewayId: ref("igw") },
          { cidrBlock: "10.9.0.0/16", vpcPeeringConnectionId: ref("pcx") },
        ],
        ["open"],
      ),
      ...table("private-routes", "vpc", [{ ...everywhere, natGatewayId: ref("nat") }], ["inner"]),
      ...table(
        "far-routes",
        "far-vpc",
        [{ cidrBlock: "10.0.0.0/16", vpcPeeringConnectionId: ref("pcx") }],
        ["far-subnet"],
      ),
      instance("inside", "inner", ["any"], "10.0.2.10"),
    ],
    rows: [
      {
        says: "a NAT gateway connects to other VPCs, too, where its own subnet's table leads there",
        packets: { "inside -> far tcp/443": "open", "inside -> far sctp/443": "stopped" },
      },
    ],
  },
];
