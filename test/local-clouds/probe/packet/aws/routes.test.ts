/** Route tables and gateways, as the Amazon VPC User Guide describes them. */

import type { Made } from "../../../kit/lab.ts";
import { type Row, testRows } from "../rows.ts";
import { AwsWorld, entry } from "./world.ts";

const priority = "Amazon VPC User Guide: How route priority works";
const tables = "Amazon VPC User Guide: Route table concepts";
const gateways = "Amazon VPC User Guide: Enable internet access using internet gateways";
const nats = "Amazon VPC User Guide: NAT gateway basics";
const shutting = "Amazon VPC User Guide: Block public access to VPCs and subnets";

/** `web`'s subnet has a route to the internet gateway. */
function publicSubnet(w: AwsWorld): void {
  const gateway = w.gateway();
  w.table("public", w.a, [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }]);
}

/** `app`'s subnet reaches the internet by a NAT gateway in `a`. */
function privateSubnet(w: AwsWorld): void {
  publicSubnet(w);
  const nat = w.nat(w.a);
  w.table("private", w.b, [{ cidrBlock: "0.0.0.0/0", natGatewayId: nat.id }]);
}

function publicAccess(w: AwsWorld, internetGatewayBlockMode: string): void {
  const token = "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions";
  w.lab.create(token, "shut", { internetGatewayBlockMode });
}

/** `web`'s subnet with a route to a gateway for the prefixes of a list. */
function listed(w: AwsWorld, list: Made, gateway: Made): Made {
  const table = w.table("listed", w.a, []);
  w.lab.create("aws:ec2/route:Route", "listed", {
    routeTableId: table.id,
    destinationPrefixListId: list.id,
    gatewayId: gateway.id,
  });
  return table;
}

const rows: readonly Row<AwsWorld>[] = [
  {
    name: "every table has the network's local route",
    document: tables,
    says: "Each route table contains a local route for communication within the network.",
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: "route table",
    rule: /10\.0\.0\.0\/16 -> local/,
  },
  {
    name: "a subnet without association uses the main table, which leads nowhere else",
    document: tables,
    says: "A subnet not associated explicitly uses the main route table.",
    world: (w) => {
      w.gateway();
      w.elastic(w.web);
    },
    packet: "Instance::web internet tcp 443",
    verdict: "dropped",
    stage: "route table",
    rule: /no route to 192\.0\.2\.1/,
  },
  {
    name: "a main table taken over is the one that counts",
    document: tables,
    says: "The main route table controls every subnet without a table of its own.",
    world: (w) => {
      const gateway = w.gateway();
      w.elastic(w.web);
      w.lab.create("aws:ec2/defaultRouteTable:DefaultRouteTable", "main", {
        defaultRouteTableId: String(w.vpc.outputs["defaultRouteTableId"]),
        routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }],
      });
    },
    packet: "Instance::web internet tcp 443",
    verdict: "arrives",
    stage: "internet gateway",
    rule: /10\.0\.1\.10 becomes 3\./,
  },
  {
    name: "another table made the main one replaces it",
    document: tables,
    says: "Another table may be set as the main route table.",
    world: (w) => {
      const gateway = w.gateway();
      w.elastic(w.web);
      const table = w.lab.create("aws:ec2/routeTable:RouteTable", "other", {
        vpcId: w.vpc.id,
        routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }],
      });
      w.lab.create("aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation", "other", {
        vpcId: w.vpc.id,
        routeTableId: table.id,
      });
    },
    packet: "Instance::web internet tcp 443",
    verdict: "arrives",
    stage: "route table",
    rule: /0\.0\.0\.0\/0 -> igw-/,
  },
  {
    name: "the most specific route decides",
    document: priority,
    says: "The most specific route that matches the traffic is used.",
    world: (w) => {
      const gateway = w.gateway();
      const nat = w.nat(w.b);
      w.elastic(w.web);
      w.table("public", w.a, [
        { cidrBlock: "0.0.0.0/0", natGatewayId: nat.id },
        { cidrBlock: "192.0.2.0/24", gatewayId: gateway.id },
      ]);
    },
    packet: "Instance::web internet tcp 443",
    verdict: "arrives",
    stage: "route table",
    rule: /192\.0\.2\.0\/24 -> igw-/,
  },
  {
    name: "a route may be for the prefixes of a list",
    document: "Amazon VPC User Guide: How route priority works, Route priority for prefix lists",
    says: "A route whose destination is a managed prefix list holds for each of its prefixes.",
    world: (w) => {
      const gateway = w.gateway();
      w.elastic(w.web);
      listed(w, w.prefixList("somebody", ["192.0.2.0/24"], true), gateway);
    },
    packet: "Instance::web internet tcp 443",
    verdict: "arrives",
    stage: "route table",
    rule: /192\.0\.2\.0\/24 -> igw-/,
  },
  {
    name: "a static route comes before one of a prefix list",
    document: "Amazon VPC User Guide: How route priority works, Route priority for prefix lists",
    says: "A static route that matches one of a prefix list takes priority over it.",
    world: (w) => {
      const gateway = w.gateway();
      w.elastic(w.web);
      const firewall = w.interface("firewall", w.b, "10.0.2.200", [w.appGroup]);
      const table = listed(w, w.prefixList("somebody", ["192.0.2.0/24"]), gateway);
      w.route(table, "192.0.2.0/24", { networkInterfaceId: firewall.id });
    },
    packet: "Instance::web internet tcp 443",
    verdict: "cannot tell",
    stage: "route target",
    rule: /appliance/,
  },
  {
    name: "an entry of another list does not matter",
    document: "Amazon VPC User Guide: How route priority works, Route priority for prefix lists",
    says: "A list has its own entries.",
    world: (w) => {
      const gateway = w.gateway();
      w.elastic(w.web);
      w.prefixList("somebody", ["192.0.2.0/24"], true);
      listed(w, w.prefixList("nobody", []), gateway);
    },
    packet: "Instance::web internet tcp 443",
    verdict: "dropped",
    stage: "route table",
    rule: /no route to 192\.0\.2\.1/,
  },
  {
    name: "a route to a destroyed gateway is a blackhole",
    document: "Amazon EC2 API: Route, State",
    says: "Blackhole means that the route's target is not available.",
    world: (w) => {
      const table = w.table("lost", w.a, []);
      w.putRoute(table, "0.0.0.0/0", { natGatewayId: "nat-gone" });
    },
    packet: "Instance::web internet tcp 443",
    verdict: "dropped",
    stage: "NAT gateway",
    rule: /blackhole/,
  },
  {
    name: "without a public address the internet gateway carries nothing",
    document: gateways,
    says: "To use an internet gateway an instance needs a public IPv4 address or an IPv6 address.",
    world: publicSubnet,
    packet: "Instance::web internet tcp 443",
    verdict: "dropped",
    stage: "internet gateway",
    rule: /has no public IPv4 address/,
  },
  {
    name: "the gateway translates to the public address",
    document: gateways,
    says: "The gateway does one-to-one NAT for instances with a public IPv4 address.",
    world: (w) => {
      publicSubnet(w);
      w.elastic(w.web);
    },
    packet: "Instance::web internet tcp 443",
    verdict: "arrives",
    stage: "internet gateway",
    rule: /10\.0\.1\.10 becomes 3\./,
  },
  {
    name: "the internet reaches a public address",
    document: gateways,
    says: "Resources on the internet connect to an instance by its public address.",
    world: (w) => {
      publicSubnet(w);
      w.elastic(w.web);
    },
    packet: "internet Instance::web tcp 443",
    verdict: "arrives",
    stage: "reply: route table",
    rule: /0\.0\.0\.0\/0 -> igw-/,
  },
  {
    name: "a private address is not reached from the internet",
    document: "RFC 1918: Address Allocation for Private Internets, 3",
    says: "Routes for private networks are not propagated between enterprises.",
    world: publicSubnet,
    packet: "internet Instance::app tcp 8080",
    verdict: "dropped",
    stage: "internet",
    rule: /private address is not routed/,
  },
  {
    name: "an instance with a public address in a private subnet cannot answer",
    document: "Amazon VPC User Guide: Subnet types",
    says: "A subnet is public only if its table has a route to an internet gateway.",
    world: (w) => {
      w.gateway();
      w.elastic(w.web);
    },
    packet: "internet Instance::web tcp 443",
    verdict: "dropped",
    stage: "reply: route table",
    rule: /no route back/,
  },
  {
    name: "an answer by a NAT gateway does not belong to the connection",
    document: nats,
    says: "A NAT gateway is for connections that instances begin.",
    world: (w) => {
      w.gateway();
      w.elastic(w.web);
      const nat = w.nat(w.b);
      w.table("mixed", w.a, [{ cidrBlock: "0.0.0.0/0", natGatewayId: nat.id }]);
    },
    packet: "internet Instance::web tcp 443",
    verdict: "dropped",
    stage: "reply: route table",
    rule: /-> nat-.*not igw-/,
  },
  {
    name: "a gateway table may send what comes in to an appliance",
    document: "Amazon VPC User Guide: Route tables, Gateway route tables",
    says: "A table associated with an internet gateway can direct traffic to a middlebox.",
    world: (w) => {
      publicSubnet(w);
      w.elastic(w.web);
      const [gateway] = w.lab.clouds.world.ofToken("aws:ec2/internetGateway:InternetGateway", {});
      const table = w.lab.create("aws:ec2/routeTable:RouteTable", "edge", { vpcId: w.vpc.id });
      w.lab.create("aws:ec2/routeTableAssociation:RouteTableAssociation", "edge", {
        routeTableId: table.id,
        gatewayId: gateway?.id ?? "",
      });
      w.putRoute(table, "10.0.1.0/24", { networkInterfaceId: "eni-firewall" });
    },
    packet: "internet Instance::web tcp 443",
    verdict: "cannot tell",
    stage: "gateway route table",
    rule: /what eni-firewall does/,
  },
  {
    name: "a NAT gateway takes a private subnet out",
    document: nats,
    says: "Instances in private subnets connect outwards with the gateway's address.",
    world: privateSubnet,
    packet: "Instance::app internet tcp 443",
    verdict: "arrives",
    stage: "NAT gateway",
    rule: /10\.0\.2\.10 becomes/,
  },
  {
    name: "nobody comes in by a NAT gateway",
    document: nats,
    says: "External services cannot begin a connection with instances behind it.",
    world: privateSubnet,
    packet: "internet NatGateway::nat tcp 443",
    verdict: "dropped",
    stage: "internet gateway",
    rule: /takes no connections from outside/,
  },
  {
    name: "the ACL of the NAT gateway's subnet judges its traffic",
    document: "Amazon VPC User Guide: NAT gateways, Control traffic with network ACLs",
    says: "The ACL of the NAT gateway's subnet controls traffic to and from it.",
    world: (w) => {
      privateSubnet(w);
      w.acl("nat", w.a, [entry(100, "deny", { cidrBlock: "10.0.2.0/24" })], [entry(100, "allow")]);
    },
    packet: "Instance::app internet tcp 443",
    verdict: "dropped",
    stage: "network ACL, inbound",
    rule: /rule 100 denies/,
  },
  {
    name: "a NAT gateway carries TCP, UDP and ICMP only",
    document: nats,
    says: "The protocols are TCP, UDP and ICMP.",
    world: privateSubnet,
    packet: "Instance::app internet esp",
    verdict: "dropped",
    stage: "NAT gateway",
    rule: /TCP, UDP and ICMP/,
  },
  {
    name: "a private NAT gateway does not reach the internet",
    document: nats,
    says: "What a private NAT gateway sends to an internet gateway is dropped.",
    world: (w) => {
      publicSubnet(w);
      const nat = w.nat(w.a, { connectivityType: "private" });
      w.table("private", w.b, [{ cidrBlock: "0.0.0.0/0", natGatewayId: nat.id }]);
    },
    packet: "Instance::app internet tcp 443",
    verdict: "dropped",
    stage: "internet gateway",
    rule: /has no public IPv4 address/,
  },
  {
    name: "IPv6 leaves by an egress-only gateway",
    document: "Amazon VPC User Guide: Egress-only internet gateways",
    says: "It lets IPv6 out and what answers in.",
    world: (w) => {
      const token = "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway";
      const gateway = w.lab.create(token, "six", { vpcId: w.vpc.id });
      w.table("six", w.a, [{ ipv6CidrBlock: "::/0", egressOnlyGatewayId: gateway.id }]);
    },
    packet: "Instance::web internet tcp 443 family=6",
    verdict: "arrives",
    stage: "egress-only internet gateway",
    rule: /outbound IPv6/,
  },
  {
    name: "nobody comes in by an egress-only gateway",
    document: "Amazon VPC User Guide: Egress-only internet gateways",
    says: "It prevents the internet from beginning an IPv6 connection.",
    world: (w) => {
      const token = "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway";
      const gateway = w.lab.create(token, "six", { vpcId: w.vpc.id });
      w.table("six", w.a, [{ ipv6CidrBlock: "::/0", egressOnlyGatewayId: gateway.id }]);
    },
    packet: "internet Instance::web tcp 443 family=6",
    verdict: "dropped",
    stage: "internet gateway",
    rule: /no internet gateway is attached/,
  },
  {
    name: "IPv6 needs no translation at an internet gateway",
    document: gateways,
    says: "IPv6 addresses are globally unique and public by themselves.",
    world: (w) => {
      const gateway = w.gateway();
      w.table("six", w.a, [{ ipv6CidrBlock: "::/0", gatewayId: gateway.id }]);
    },
    packet: "internet Instance::web tcp 443 family=6",
    verdict: "arrives",
    stage: "internet gateway",
    rule: /is 2600:/,
  },
  {
    name: "block-bidirectional shuts the internet gateway",
    document: shutting,
    says: "Bidirectional blocks all traffic to and from internet gateways of the Region.",
    world: (w) => {
      publicSubnet(w);
      w.elastic(w.web);
      publicAccess(w, "block-bidirectional");
    },
    packet: "Instance::web internet tcp 443",
    verdict: "dropped",
    stage: "VPC block public access",
    rule: /block-bidirectional/,
  },
  {
    name: "block-ingress shuts what comes in",
    document: shutting,
    says: "Ingress-only blocks what comes from the internet to the networks of the Region.",
    world: (w) => {
      publicSubnet(w);
      w.elastic(w.web);
      publicAccess(w, "block-ingress");
    },
    packet: "internet Instance::web tcp 443",
    verdict: "dropped",
    stage: "VPC block public access",
    rule: /block-ingress/,
  },
  {
    name: "block-ingress leaves the NAT gateway's way out open",
    document: shutting,
    says: "With ingress-only, traffic through NAT and egress-only gateways is allowed.",
    world: (w) => {
      privateSubnet(w);
      publicAccess(w, "block-ingress");
    },
    packet: "Instance::app internet tcp 443",
    verdict: "arrives",
    stage: "VPC block public access",
    rule: /block-ingress/,
  },
  {
    name: "an exclusion opens a subnet again",
    document: shutting,
    says: "An exclusion exempts a network or subnet, in both directions or outwards only.",
    world: (w) => {
      publicSubnet(w);
      w.elastic(w.web);
      publicAccess(w, "block-bidirectional");
      w.put("aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion", "vpcbpa-1", {
        subnetId: w.a.id,
        internetGatewayExclusionMode: "allow-bidirectional",
      });
    },
    packet: "internet Instance::web tcp 443",
    verdict: "arrives",
    stage: "VPC block public access",
    rule: /allow-bidirectional/,
  },
  {
    name: "an appliance behind a route is not in the world",
    document: "Amazon VPC User Guide: Middlebox routing",
    says: "A route may send traffic to an interface of an appliance, which decides what to do.",
    world: (w) => {
      const firewall = w.interface("firewall", w.b, "10.0.2.200", [w.appGroup]);
      const table = w.table("inspected", w.a, []);
      w.route(table, "0.0.0.0/0", { networkInterfaceId: firewall.id });
    },
    packet: "Instance::web internet tcp 443",
    verdict: "cannot tell",
    stage: "route target",
    rule: /appliance/,
  },
  {
    name: "an address outside of every subnet is nobody's",
    document: "Amazon VPC User Guide: Subnet CIDR blocks",
    says: "A network's addresses are used in its subnets.",
    packet: "Instance::web 10.0.99.1 tcp 443",
    verdict: "dropped",
    stage: "network interface",
    rule: /no subnet of vpc-.* holds 10\.0\.99\.1/,
  },
];

describe("packet probe: AWS routes and gateways", () => {
  testRows(rows, () => {
    const world = new AwsWorld();
    world.open();
    return world;
  });
});
