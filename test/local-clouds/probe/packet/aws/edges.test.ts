/** Load balancers, gateway endpoints and VPN connections, as AWS's user guides describe them. */

import type { ValueObject } from "../../../../../local-clouds/protocol/value.ts";
import type { Made } from "../../../kit/lab.ts";
import { type Row, testRows } from "../rows.ts";
import { AwsWorld, anything, entry } from "./world.ts";

const balancers = "Elastic Load Balancing";
const preservation = `${balancers}: Edit target group attributes for your Network Load Balancer, Client IP preservation`;
const albGroups = `${balancers}: Security groups for your Application Load Balancer`;
const endpoints = "AWS PrivateLink: Gateway endpoints";
const vpn = "AWS Site-to-Site VPN User Guide: Static and dynamic routing in AWS Site-to-Site VPN";
const propagation =
  "Amazon VPC User Guide: How route priority works, Route priority for static and dynamically propagated routes";
const target = "load balancer target";
const into = "security groups, inbound";

class Edges extends AwsWorld {
  /** `c` in another zone, which every load balancer of two zones needs. */
  readonly c: Made;

  constructor() {
    super();
    this.c = this.subnet(this.vpc, "c", "10.0.3.0/24", "b");
  }

  /** A group of the balancer that lets HTTPS in from everybody and everything out. */
  front(rules: ValueObject = {}): Made {
    const https = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] };
    return this.group(this.vpc, "front", { ingress: [https], egress: [anything], ...rules });
  }

  /** A balancer in `a` and `c` that forwards 443 to port 8080 of `app`, or of other targets. */
  balancer(
    type: "application" | "network",
    groups: readonly Made[],
    more: { target?: ValueObject; targets?: readonly string[]; internal?: boolean } = {},
  ): Made {
    const balancer = this.lab.create("aws:lb/loadBalancer:LoadBalancer", "front", {
      internal: more.internal ?? true,
      loadBalancerType: type,
      subnets: [this.a.id, this.c.id],
      ...(groups.length > 0 ? { securityGroups: groups.map(({ id }) => id) } : {}),
    });
    const group = this.lab.create("aws:lb/targetGroup:TargetGroup", "apps", {
      port: 8080,
      protocol: type === "application" ? "HTTP" : "TCP",
      vpcId: this.vpc.id,
      ...more.target,
    });
    for (const targetId of more.targets ?? [this.app.id]) {
      this.lab.create("aws:lb/targetGroupAttachment:TargetGroupAttachment", targetId, {
        targetGroupArn: String(group.outputs["arn"]),
        targetId,
      });
    }
    this.lab.create("aws:lb/listener:Listener", "https", {
      loadBalancerArn: String(balancer.outputs["arn"]),
      port: 443,
      protocol: type === "application" ? "HTTP" : "TCP",
      defaultActions: [{ type: "forward", targetGroupArn: String(group.outputs["arn"]) }],
    });
    return balancer;
  }

  /** A gateway endpoint of S3 for some tables. */
  s3(...tables: readonly Made[]): Made {
    return this.lab.create("aws:ec2/vpcEndpoint:VpcEndpoint", "s3", {
      vpcId: this.vpc.id,
      serviceName: "com.amazonaws.eu-central-1.s3",
      routeTableIds: tables.map(({ id }) => id),
    });
  }
}

const rows: readonly Row<Edges>[] = [
  {
    name: "an application load balancer's groups must let the client in",
    document: albGroups,
    says: "The balancer's groups must allow what comes to its listeners.",
    world: (w) => {
      w.balancer("application", [w.group(w.vpc, "shut")]);
      w.allow(w.webGroup, "egress", "-1", { cidrIpv4: "0.0.0.0/0" });
    },
    packet: "Instance::web LoadBalancer::front tcp 443",
    verdict: "dropped",
    stage: into,
    rule: /no ingress rule/,
  },
  {
    name: "a port without a listener is closed",
    document: `${balancers}: Listeners for your Application Load Balancers`,
    says: "A listener checks for connection requests on the port that it has.",
    world: (w) => {
      w.balancer("application", [w.front({ ingress: [anything] })]);
      w.allow(w.webGroup, "egress", "-1", { cidrIpv4: "0.0.0.0/0" });
    },
    packet: "Instance::web LoadBalancer::front tcp 444",
    verdict: "dropped",
    stage: "load balancer listener",
    rule: /no listener for tcp 444/,
  },
  {
    name: "the targets' groups name the balancer's group",
    document: albGroups,
    says: "Targets must allow traffic from the balancer; its group may be referenced.",
    world: (w) => {
      const front = w.front();
      w.balancer("application", [front]);
      w.allow(w.webGroup, "egress", "-1", { cidrIpv4: "0.0.0.0/0" });
      w.allow(w.appGroup, "ingress", "tcp 8080", { referencedSecurityGroupId: front.id });
    },
    packet: "Instance::web LoadBalancer::front tcp 443",
    verdict: "arrives",
    stage: target,
    rule: /to i-.* port 8080 with the balancer's address/,
  },
  {
    name: "the client's address does not help at a target of an application load balancer",
    document: albGroups,
    says: "The balancer makes the connection to the target.",
    world: (w) => {
      w.balancer("application", [w.front()]);
      w.allow(w.webGroup, "egress", "-1", { cidrIpv4: "0.0.0.0/0" });
      w.allow(w.appGroup, "ingress", "tcp 8080", { cidrIpv4: "10.0.1.10/32" });
    },
    packet: "Instance::web LoadBalancer::front tcp 443",
    verdict: "dropped",
    stage: into,
    rule: /no ingress rule of sg-/,
  },
  {
    name: "the balancer's own outbound rules judge what it sends",
    document: albGroups,
    says: "Outbound rules must allow traffic to the targets' port.",
    world: (w) => {
      const front = w.front({ egress: [] });
      w.balancer("application", [front]);
      w.allow(w.webGroup, "egress", "-1", { cidrIpv4: "0.0.0.0/0" });
      w.allow(w.appGroup, "ingress", "tcp 8080", { referencedSecurityGroupId: front.id });
    },
    packet: "Instance::web LoadBalancer::front tcp 443",
    verdict: "dropped",
    stage: "security groups, outbound",
    rule: /no egress rule/,
  },
  {
    name: "network ACLs of the targets' subnets judge the balancer",
    document: `${balancers}: Security groups for your Application Load Balancer, Recommended network ACLs`,
    says: "Network ACLs must allow traffic between the balancer and the targets.",
    world: (w) => {
      const front = w.front();
      w.balancer("application", [front]);
      w.allow(w.webGroup, "egress", "-1", { cidrIpv4: "0.0.0.0/0" });
      w.allow(w.appGroup, "ingress", "tcp 8080", { referencedSecurityGroupId: front.id });
      w.acl("shut", w.b, [entry(100, "deny")], [entry(100, "allow")]);
    },
    packet: "Instance::web LoadBalancer::front tcp 443",
    verdict: "dropped",
    stage: "network ACL, inbound",
    rule: /rule 100 denies/,
  },
  {
    name: "a group without targets gives the packet to nobody",
    document: `${balancers}: Target groups for your Application Load Balancers`,
    says: "A group routes requests to its registered targets.",
    world: (w) => {
      w.balancer("application", [w.front()], { targets: [] });
      w.allow(w.webGroup, "egress", "-1", { cidrIpv4: "0.0.0.0/0" });
    },
    packet: "Instance::web LoadBalancer::front tcp 443",
    verdict: "dropped",
    stage: target,
    rule: /no target is registered/,
  },
  {
    name: "of targets that differ nobody can tell which is taken",
    document: `${balancers}: Target groups for your Application Load Balancers`,
    says: "Requests are routed to the targets of a group in turn.",
    world: (w) => {
      const front = w.front();
      const shut = w.instance("shut", w.b, "10.0.2.20", [w.group(w.vpc, "nobody")]);
      w.balancer("application", [front], { targets: [w.app.id, shut.id] });
      w.allow(w.webGroup, "egress", "-1", { cidrIpv4: "0.0.0.0/0" });
      w.allow(w.appGroup, "ingress", "tcp 8080", { referencedSecurityGroupId: front.id });
    },
    packet: "Instance::web LoadBalancer::front tcp 443",
    verdict: "cannot tell",
    stage: target,
    rule: /which of i-.* \(arrives\) and i-.* \(no ingress rule/,
  },
  {
    name: "tasks of a service are targets by their subnets and groups",
    document: "Amazon ECS: Use an Application Load Balancer for Amazon ECS",
    says: "A service registers its tasks, with awsvpc by their own addresses.",
    world: (w) => {
      const front = w.front();
      w.balancer("application", [front], {
        target: { targetType: "ip" },
        targets: [],
      });
      const group = w.lab.clouds.world.ofToken("aws:lb/targetGroup:TargetGroup", {})[0];
      w.put("aws:ecs/service:Service", "arn:aws:ecs:eu-central-1:123456789012:service/shop/api", {
        loadBalancers: [
          { targetGroupArn: group?.id ?? "", containerName: "api", containerPort: 9000 },
        ],
        networkConfiguration: { subnets: [w.b.id], securityGroups: [w.appGroup.id] },
      });
      w.allow(w.webGroup, "egress", "-1", { cidrIpv4: "0.0.0.0/0" });
      w.allow(w.appGroup, "ingress", "tcp 9000", { referencedSecurityGroupId: front.id });
    },
    packet: "Instance::web LoadBalancer::front tcp 443",
    verdict: "arrives",
    stage: target,
    rule: /to a task of arn:.*service\/shop\/api in subnet-.* port 9000/,
  },
  {
    name: "a network load balancer keeps the client's address for instances",
    document: preservation,
    says: "For targets registered as instances client addresses are preserved by default.",
    world: (w) => {
      w.balancer("network", []);
      w.allow(w.webGroup, "egress", "-1", { cidrIpv4: "0.0.0.0/0" });
      w.allow(w.appGroup, "ingress", "tcp 8080", { cidrIpv4: "10.0.1.10/32" });
    },
    packet: "Instance::web LoadBalancer::front tcp 443",
    verdict: "arrives",
    stage: target,
    rule: /with the client's address/,
  },
  {
    name: "for TCP targets by address it does not",
    document: preservation,
    says: "For targets by address client addresses are not preserved by default for TCP and TLS.",
    world: (w) => {
      w.balancer("network", [], { target: { targetType: "ip" }, targets: ["10.0.2.10"] });
      w.allow(w.webGroup, "egress", "-1", { cidrIpv4: "0.0.0.0/0" });
      w.allow(w.appGroup, "ingress", "tcp 8080", { cidrIpv4: "10.0.1.10/32" });
    },
    packet: "Instance::web LoadBalancer::front tcp 443",
    verdict: "dropped",
    stage: into,
    rule: /no ingress rule/,
  },
  {
    name: "the attribute decides otherwise",
    document: preservation,
    says: "For TCP and TLS preservation may be switched on or off.",
    world: (w) => {
      w.balancer("network", [], {
        target: { targetType: "ip", preserveClientIp: "true" },
        targets: ["10.0.2.10"],
      });
      w.allow(w.webGroup, "egress", "-1", { cidrIpv4: "0.0.0.0/0" });
      w.allow(w.appGroup, "ingress", "tcp 8080", { cidrIpv4: "10.0.1.10/32" });
    },
    packet: "Instance::web LoadBalancer::front tcp 443",
    verdict: "arrives",
    stage: into,
    rule: /^sgr-/,
  },
  {
    name: "a network load balancer without groups is open to the internet",
    document: `${balancers}: Update the security groups for your Network Load Balancer`,
    says: "A balancer created without groups has none; targets then judge the clients.",
    world: (w) => {
      const gateway = w.gateway();
      w.table("public", w.a, [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }]);
      w.balancer("network", [], { internal: false });
      w.allow(w.appGroup, "ingress", "tcp 8080", { cidrIpv4: "192.0.2.0/24" });
    },
    packet: "internet LoadBalancer::front tcp 443",
    verdict: "arrives",
    stage: target,
    rule: /with the client's address/,
  },
  {
    name: "a gateway endpoint serves the tables it is associated with",
    document: `${endpoints}, Routing`,
    says: "A route from the service's prefix list to the endpoint is added to the chosen tables.",
    world: (w) => {
      w.s3(w.table("a", w.a, []));
      w.allow(w.webGroup, "egress", "tcp 443", { cidrIpv4: "0.0.0.0/0" });
    },
    packet: "Instance::web VpcEndpoint::s3 tcp 443",
    verdict: "arrives",
    stage: "gateway endpoint",
    rule: /pl-.* by rtb-/,
  },
  {
    name: "another table's subnets have no way to it",
    document: `${endpoints}, Routing`,
    says: "Only subnets of the chosen tables reach the service by the endpoint.",
    world: (w) => {
      w.s3(w.table("b", w.b, []));
      w.allow(w.webGroup, "egress", "tcp 443", { cidrIpv4: "0.0.0.0/0" });
    },
    packet: "Instance::web VpcEndpoint::s3 tcp 443",
    verdict: "dropped",
    stage: "gateway endpoint",
    rule: /not associated/,
  },
  {
    name: "a group's rule may name the service's prefix list",
    document: `${endpoints}, Security`,
    says: "Outbound rules must allow traffic to the service; they may name its prefix list.",
    world: (w) => {
      const s3 = w.s3(w.table("a", w.a, []));
      w.allow(w.webGroup, "egress", "tcp 443", {
        prefixListId: String(s3.outputs["prefixListId"]),
      });
    },
    packet: "Instance::web VpcEndpoint::s3 tcp 443",
    verdict: "arrives",
    stage: "security groups, outbound",
    rule: /^sgr-/,
  },
  {
    name: "without such a rule nothing goes to the service",
    document: `${endpoints}, Security`,
    says: "Outbound rules must allow traffic to the service.",
    world: (w) => {
      w.s3(w.table("a", w.a, []));
      w.allow(w.webGroup, "egress", "tcp 443", { cidrIpv4: "10.0.0.0/16" });
    },
    packet: "Instance::web VpcEndpoint::s3 tcp 443",
    verdict: "dropped",
    stage: "security groups, outbound",
    rule: /no egress rule/,
  },
  {
    name: "a gateway endpoint cannot be used from outside of its network",
    document: `${endpoints}, Considerations`,
    says: "Endpoint connections cannot be extended out of a VPC.",
    world: (w) => {
      w.s3(w.table("a", w.a, []));
      w.farNetwork();
    },
    packet: "Instance::far VpcEndpoint::s3 tcp 443",
    verdict: "dropped",
    stage: "gateway endpoint",
    rule: /serves vpc-.* only/,
  },
  {
    name: "a static VPN connection leads to the prefixes written for it",
    document: vpn,
    says: "With static routing the prefixes of the customer's network are entered for the connection.",
    world: (w) => {
      w.open();
      const gateway = w.vpn(["172.20.0.0/16"]);
      w.route(w.table("a", w.a, []), "172.16.0.0/12", { gatewayId: gateway.id });
    },
    packet: "Instance::web 172.20.1.1 tcp 443",
    verdict: "arrives",
    stage: "virtual private gateway",
    rule: /172\.20\.0\.0\/16 -> cgw-/,
  },
  {
    name: "and to no others",
    document: vpn,
    says: "Only what is for those prefixes is sent over the connection.",
    world: (w) => {
      w.open();
      const gateway = w.vpn(["172.20.0.0/16"]);
      w.route(w.table("a", w.a, []), "172.16.0.0/12", { gatewayId: gateway.id });
    },
    packet: "Instance::web 172.21.1.1 tcp 443",
    verdict: "dropped",
    stage: "virtual private gateway",
    rule: /no connection has a static route for 172\.21\.1\.1/,
  },
  {
    name: "what a customer's device announces by BGP is not in the world",
    document: vpn,
    says: "With dynamic routing the device advertises its prefixes to the gateway.",
    world: (w) => {
      w.open();
      const gateway = w.vpn([]);
      w.route(w.table("a", w.a, []), "172.16.0.0/12", { gatewayId: gateway.id });
    },
    packet: "Instance::web 172.20.1.1 tcp 443",
    verdict: "cannot tell",
    stage: "virtual private gateway",
    rule: /whether 172\.20\.1\.1 was announced by BGP/,
  },
  {
    name: "a table takes the connection's routes over where propagation is on",
    document: propagation,
    says: "With route propagation the VPN connection's routes appear in the table.",
    world: (w) => {
      w.open();
      w.propagate(w.vpn(["172.20.0.0/16"]), w.table("a", w.a, []));
    },
    packet: "Instance::web 172.20.1.1 tcp 443",
    verdict: "arrives",
    stage: "route table",
    rule: /172\.20\.0\.0\/16 -> vgw-/,
  },
  {
    name: "and does not where it is off",
    document: propagation,
    says: "Without propagation the routes must be entered by hand.",
    world: (w) => {
      w.open();
      w.vpn(["172.20.0.0/16"]);
      w.table("a", w.a, []);
    },
    packet: "Instance::web 172.20.1.1 tcp 443",
    verdict: "dropped",
    stage: "route table",
    rule: /no route to 172\.20\.1\.1/,
  },
  {
    name: "a static route comes before a propagated one of the same prefix",
    document: propagation,
    says: "Static routes take priority over propagated ones with the same destination.",
    world: (w) => {
      w.open();
      const table = w.table("a", w.a, []);
      w.propagate(w.vpn(["172.20.0.0/16"]), table);
      const firewall = w.interface("firewall", w.b, "10.0.2.200", [w.appGroup]);
      w.route(table, "172.20.0.0/16", { networkInterfaceId: firewall.id });
    },
    packet: "Instance::web 172.20.1.1 tcp 443",
    verdict: "cannot tell",
    stage: "route target",
    rule: /appliance/,
  },
  {
    name: "which routes a table has learnt by BGP is not in the world",
    document: propagation,
    says: "Routes that the device advertises are propagated.",
    world: (w) => {
      w.open();
      w.propagate(w.vpn([]), w.table("a", w.a, []));
    },
    packet: "Instance::web 172.20.1.1 tcp 443",
    verdict: "cannot tell",
    stage: "route table",
    rule: /whether vgw-.* has learnt a route/,
  },
  {
    name: "the customer's network comes in by the connection",
    document: vpn,
    says: "The gateway is the VPC's end of the connection, for both directions.",
    world: (w) => {
      w.open();
      w.propagate(w.vpn(["172.20.0.0/16"]), w.table("a", w.a, []));
    },
    packet: "172.20.1.1 Instance::web tcp 443",
    verdict: "arrives",
    stage: "virtual private gateway",
    rule: /from 172\.20\.0\.0\/16/,
  },
  {
    name: "its reply must find the way back to the gateway",
    document: propagation,
    says: "Subnets need a route to the customer's network.",
    world: (w) => {
      w.open();
      w.vpn(["172.20.0.0/16"]);
      w.table("a", w.a, []);
    },
    packet: "172.20.1.1 Instance::web tcp 443",
    verdict: "dropped",
    stage: "reply: route table",
    rule: /no route back to 172\.20\.1\.1/,
  },
  {
    name: "an address that no connection declares may come from anywhere",
    document: vpn,
    says: "With dynamic routing the prefixes are the device's.",
    world: (w) => {
      w.open();
      w.vpn([]);
    },
    packet: "172.20.1.1 Instance::web tcp 443",
    verdict: "cannot tell",
    stage: "source",
    rule: /by which network a private address comes in/,
  },
];

describe("packet probe: AWS load balancers, endpoints and VPNs", () => {
  testRows(rows, () => new Edges());
});
