/** The small world that every row of the AWS tables begins with. */

import type { ValueObject } from "../../../../../local-clouds/protocol/value.ts";
import { type Lab, type Made, openLab } from "../../../kit/lab.ts";
import { put } from "../rows.ts";

const account = "123456789012";
const region = "eu-central-1";

/** Everything, for a rule of a group. */
export const anything = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };

/** A transit gateway and its two attachments. */
export interface Joint {
  readonly gateway: Made;
  readonly near: Made;
  readonly far: Made;
}

/** A network ACL's entry. */
export function entry(
  ruleNo: number,
  action: "allow" | "deny",
  more: ValueObject = {},
): ValueObject {
  return {
    ruleNo,
    action,
    protocol: "-1",
    fromPort: 0,
    toPort: 0,
    cidrBlock: "0.0.0.0/0",
    ...more,
  };
}

/**
 * A network `10.0.0.0/16` with the subnets `a` and `b` in one zone and `c` in another; the instances
 * `web` in `a` (10.0.1.10) and `app` in `b` (10.0.2.10), each with a group of its own without rules.
 */
export class AwsWorld {
  readonly lab: Lab = openLab("aws", { region });
  readonly vpc: Made;
  readonly a: Made;
  readonly b: Made;
  readonly webGroup: Made;
  readonly appGroup: Made;
  readonly web: Made;
  readonly app: Made;

  constructor() {
    this.vpc = this.network("main", "10.0.0.0/16", { assignGeneratedIpv6CidrBlock: true });
    this.a = this.subnet(this.vpc, "a", "10.0.1.0/24", "a", 1);
    this.b = this.subnet(this.vpc, "b", "10.0.2.0/24", "a", 2);
    this.webGroup = this.group(this.vpc, "web-group");
    this.appGroup = this.group(this.vpc, "app-group");
    this.web = this.instance("web", this.a, "10.0.1.10", [this.webGroup], 1);
    this.app = this.instance("app", this.b, "10.0.2.10", [this.appGroup], 2);
  }

  network(name: string, cidrBlock: string, more: ValueObject = {}): Made {
    return this.lab.create("aws:ec2/vpc:Vpc", name, { cidrBlock, ...more });
  }

  /** A subnet; with `six` it has the `six`-th /64 of its network's block, too. */
  subnet(vpc: Made, name: string, cidrBlock: string, zone = "a", six?: number): Made {
    const ipv6CidrBlock = six === undefined ? {} : { ipv6CidrBlock: this.six(vpc, six, "/64") };
    const availabilityZone = `${region}${zone}`;
    return this.lab.create("aws:ec2/subnet:Subnet", name, {
      vpcId: vpc.id,
      cidrBlock,
      availabilityZone,
      ...ipv6CidrBlock,
    });
  }

  /** The `six`-th /64 of a network's IPv6 block, or an address in it. */
  six(vpc: Made, six: number, rest: string): string {
    const block = String(vpc.outputs["ipv6CidrBlock"]);
    const groups = block.replace(/::\/56$/, "").split(":");
    const last = groups.length === 4 ? Number.parseInt(groups[3] ?? "0", 16) : 0;
    return `${groups.slice(0, 3).join(":")}:${(last + six).toString(16)}::${rest}`;
  }

  group(vpc: Made, name: string, rules: ValueObject = {}): Made {
    return this.lab.create("aws:ec2/securityGroup:SecurityGroup", name, {
      vpcId: vpc.id,
      ...rules,
    });
  }

  instance(
    name: string,
    subnet: Made,
    privateIp: string,
    groups: readonly Made[],
    six?: number,
  ): Made {
    const ipv6 = six === undefined ? {} : { ipv6Addresses: [this.six(this.vpc, six, "10")] };
    return this.lab.create("aws:ec2/instance:Instance", name, {
      ami: "ami-0123456789abcdef0",
      instanceType: "t3.micro",
      subnetId: subnet.id,
      privateIp,
      ...(groups.length > 0 ? { vpcSecurityGroupIds: groups.map(({ id }) => id) } : {}),
      ...ipv6,
    });
  }

  /** A rule of its own: `allow(webGroup, "egress", "tcp 8080", { cidrIpv4: … })`. */
  allow(group: Made, direction: "ingress" | "egress", what: string, peer: ValueObject): Made {
    const [ipProtocol = "-1", ports] = what.split(" ");
    const [fromPort, toPort = fromPort] = (ports ?? "").split("~");
    const range = ports === undefined ? {} : { fromPort: Number(fromPort), toPort: Number(toPort) };
    const kind = direction === "ingress" ? "Ingress" : "Egress";
    return this.lab.create(
      `aws:vpc/securityGroup${kind}Rule:SecurityGroup${kind}Rule`,
      `${kind}-${this.lab.size()}`,
      { securityGroupId: group.id, ipProtocol, ...range, ...peer },
    );
  }

  /** Both groups let everything of both families through. */
  open(): void {
    for (const group of [this.webGroup, this.appGroup]) {
      for (const direction of ["ingress", "egress"] as const) {
        this.allow(group, direction, "-1", { cidrIpv4: "0.0.0.0/0" });
        this.allow(group, direction, "-1", { cidrIpv6: "::/0" });
      }
    }
  }

  acl(
    name: string,
    subnet: Made,
    ingress: readonly ValueObject[],
    egress: readonly ValueObject[],
  ): Made {
    return this.lab.create("aws:ec2/networkAcl:NetworkAcl", name, {
      vpcId: String(subnet.outputs["vpcId"]),
      subnetIds: [subnet.id],
      ingress,
      egress,
    });
  }

  /** A route table of a subnet's own. */
  table(name: string, subnet: Made, routes: readonly ValueObject[]): Made {
    const vpcId = String(subnet.outputs["vpcId"]);
    const table = this.lab.create("aws:ec2/routeTable:RouteTable", name, { vpcId, routes });
    this.lab.create("aws:ec2/routeTableAssociation:RouteTableAssociation", name, {
      routeTableId: table.id,
      subnetId: subnet.id,
    });
    return table;
  }

  gateway(): Made {
    return this.lab.create("aws:ec2/internetGateway:InternetGateway", "internet", {
      vpcId: this.vpc.id,
    });
  }

  /** An Elastic IP of an instance. */
  elastic(instance: Made): Made {
    return this.lab.create("aws:ec2/eip:Eip", `eip-${instance.id}`, { instance: instance.id });
  }

  /** A NAT gateway in a subnet. */
  nat(subnet: Made, more: ValueObject = {}): Made {
    const allocationId = this.lab.create("aws:ec2/eip:Eip", "nat-address", {}).id;
    return this.lab.create("aws:ec2/natGateway:NatGateway", "nat", {
      subnetId: subnet.id,
      ...(more["connectivityType"] === "private" ? {} : { allocationId }),
      ...more,
    });
  }

  /** A second network `10.1.0.0/16` with `far` in it (10.1.1.10) that lets everything in and out. */
  farNetwork(): { vpc: Made; subnet: Made; group: Made; far: Made } {
    const vpc = this.network("far", "10.1.0.0/16");
    const subnet = this.subnet(vpc, "far-a", "10.1.1.0/24");
    const group = this.group(vpc, "far-group", { ingress: [anything], egress: [anything] });
    return { vpc, subnet, group, far: this.instance("far", subnet, "10.1.1.10", [group]) };
  }

  peering(other: Made, more: ValueObject = { autoAccept: true }): Made {
    return this.lab.create("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "peering", {
      vpcId: this.vpc.id,
      peerVpcId: other.id,
      ...more,
    });
  }

  /** A transit gateway to which both networks are attached. */
  transit(far: { vpc: Made; subnet: Made }, more: ValueObject = {}): Joint {
    const gateway = this.lab.create(
      "aws:ec2transitgateway/transitGateway:TransitGateway",
      "hub",
      more,
    );
    const near = this.attach(gateway, "near", this.vpc, [this.a]);
    return { gateway, near, far: this.attach(gateway, "far", far.vpc, [far.subnet]) };
  }

  attach(
    gateway: Made,
    name: string,
    vpc: Made,
    subnets: readonly Made[],
    more: ValueObject = {},
  ): Made {
    return this.lab.create("aws:ec2transitgateway/vpcAttachment:VpcAttachment", name, {
      transitGatewayId: gateway.id,
      vpcId: vpc.id,
      subnetIds: subnets.map(({ id }) => id),
      ...more,
    });
  }

  /** Routes an attachment by a table without routes, in place of the gateway's usual one. */
  isolate({ gateway }: Joint, attachment: Made): void {
    const table = this.lab.create("aws:ec2transitgateway/routeTable:RouteTable", "isolated", {
      transitGatewayId: gateway.id,
    });
    this.lab.create("aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation", "own", {
      transitGatewayAttachmentId: attachment.id,
      transitGatewayRouteTableId: table.id,
      replaceExistingAssociation: true,
    });
  }

  /** A route of a transit gateway's usual table. */
  transitRoute({ gateway }: Joint, destinationCidrBlock: string, target: ValueObject): Made {
    return this.lab.create("aws:ec2transitgateway/route:Route", destinationCidrBlock, {
      transitGatewayRouteTableId: String(gateway.outputs["associationDefaultRouteTableId"]),
      destinationCidrBlock,
      ...target,
    });
  }

  /** A route of its own in a table. */
  route(table: Made, destinationCidrBlock: string, target: ValueObject): Made {
    return this.lab.create("aws:ec2/route:Route", `${table.id}-${destinationCidrBlock}`, {
      routeTableId: table.id,
      destinationCidrBlock,
      ...target,
    });
  }

  /** An interface of its own, as an appliance's. */
  interface(name: string, subnet: Made, privateIp: string, groups: readonly Made[]): Made {
    return this.lab.create("aws:ec2/networkInterface:NetworkInterface", name, {
      subnetId: subnet.id,
      privateIps: [privateIp],
      securityGroups: groups.map(({ id }) => id),
    });
  }

  /** A customer managed prefix list, with entries of its own as resources where `apart`. */
  prefixList(name: string, cidrs: readonly string[], apart = false): Made {
    const list = this.lab.create("aws:ec2/managedPrefixList:ManagedPrefixList", name, {
      name,
      addressFamily: "IPv4",
      maxEntries: 5,
      entries: apart ? [] : cidrs.map((cidr) => ({ cidr })),
    });
    if (apart) {
      for (const cidr of cidrs) {
        this.lab.create(
          "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry",
          `${name} ${cidr}`,
          {
            prefixListId: list.id,
            cidr,
          },
        );
      }
    }
    return list;
  }

  /** A virtual private gateway with a connection to an office. */
  vpn(routes: readonly string[], more: ValueObject = {}): Made {
    const gateway = this.lab.create("aws:ec2/vpnGateway:VpnGateway", "vpn", { vpcId: this.vpc.id });
    const connection = this.connection({
      vpnGatewayId: gateway.id,
      staticRoutesOnly: routes.length > 0,
      ...more,
    });
    for (const destinationCidrBlock of routes) {
      this.lab.create("aws:ec2/vpnConnectionRoute:VpnConnectionRoute", destinationCidrBlock, {
        vpnConnectionId: connection.id,
        destinationCidrBlock,
      });
    }
    return gateway;
  }

  /** A VPN connection to the office. */
  connection(more: ValueObject): Made {
    const customer = this.lab.create("aws:ec2/customerGateway:CustomerGateway", "office", {
      type: "ipsec.1",
      ipAddress: "198.51.100.9",
      bgpAsn: "65000",
    });
    return this.lab.create("aws:ec2/vpnConnection:VpnConnection", "office", {
      customerGatewayId: customer.id,
      type: "ipsec.1",
      ...more,
    });
  }

  /** Lets a table take a gateway's routes over. */
  propagate(gateway: Made, table: Made): void {
    this.lab.create("aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation", table.id, {
      vpnGatewayId: gateway.id,
      routeTableId: table.id,
    });
  }

  /** A resource, or a rule, that the services would refuse, or whose type has no table entry. */
  put(token: string, id: string, outputs: ValueObject): string {
    return put(this.lab, { token, id, account, region }, outputs);
  }

  /** A route to what no longer exists. */
  putRoute(table: Made, destinationCidrBlock: string, target: ValueObject): void {
    this.put("aws:ec2/route:Route", `r-${table.id}-${destinationCidrBlock}`, {
      routeTableId: table.id,
      destinationCidrBlock,
      ...target,
    });
  }
}
