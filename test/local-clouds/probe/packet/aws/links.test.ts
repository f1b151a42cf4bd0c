/** Peering and transit gateways, as their guides describe them. */

import { type Row, testRows } from "../rows.ts";
import { AwsWorld, entry } from "./world.ts";

const peering = "VPC Peering Guide: How VPC peering connections work";
const transit = "AWS Transit Gateway: How transit gateways work";
const acls = "AWS Transit Gateway: How network ACLs work with transit gateways";

/** Both networks peered, with routes on both sides. */
function peered(w: AwsWorld): ReturnType<AwsWorld["farNetwork"]> {
  const far = w.farNetwork();
  const connection = w.peering(far.vpc);
  w.table("near", w.a, [{ cidrBlock: "10.1.0.0/16", vpcPeeringConnectionId: connection.id }]);
  w.table("far", far.subnet, [{ cidrBlock: "10.0.0.0/16", vpcPeeringConnectionId: connection.id }]);
  return far;
}

/** Both networks attached to one transit gateway, with routes on both sides. */
function joined(w: AwsWorld, more = {}) {
  const far = w.farNetwork();
  const joint = w.transit(far, more);
  const near = w.table("near", w.a, []);
  w.route(near, "10.1.0.0/16", { transitGatewayId: joint.gateway.id });
  const back = w.table("far", far.subnet, []);
  w.route(back, "10.0.0.0/16", { transitGatewayId: joint.gateway.id });
  return { ...far, joint, near };
}

const rows: readonly Row<AwsWorld>[] = [
  {
    name: "an accepted peering with routes on both sides carries traffic",
    document: peering,
    says: "Both owners add routes that point to the peer's range.",
    world: peered,
    packet: "Instance::web Instance::far tcp 443",
    verdict: "arrives",
    stage: "VPC peering",
    rule: /active, to vpc-/,
  },
  {
    name: "a peering that nobody accepted carries nothing",
    document: peering,
    says: "The connection is active only once the other owner accepts it.",
    world: (w) => {
      const far = w.farNetwork();
      const connection = w.peering(far.vpc, {});
      w.table("near", w.a, [{ cidrBlock: "10.1.0.0/16", vpcPeeringConnectionId: connection.id }]);
    },
    packet: "Instance::web Instance::far tcp 443",
    verdict: "dropped",
    stage: "VPC peering",
    rule: /not active/,
  },
  {
    name: "an accepter makes it active",
    document: peering,
    says: "The owner of the accepter network accepts the request.",
    world: (w) => {
      const far = w.farNetwork();
      const connection = w.peering(far.vpc, {});
      const token = "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter";
      w.lab.create(token, "accept", { vpcPeeringConnectionId: connection.id, autoAccept: true });
      const route = { vpcPeeringConnectionId: connection.id };
      w.table("near", w.a, [{ cidrBlock: "10.1.0.0/16", ...route }]);
      w.table("far", far.subnet, [{ cidrBlock: "10.0.0.0/16", ...route }]);
    },
    packet: "Instance::web Instance::far tcp 443",
    verdict: "arrives",
    stage: "VPC peering",
    rule: /active, to vpc-/,
  },
  {
    name: "without a route nothing goes to the peer",
    document: peering,
    says: "A route must be added on each side.",
    world: (w) => w.peering(w.farNetwork().vpc),
    packet: "Instance::web Instance::far tcp 443",
    verdict: "dropped",
    stage: "route table",
    rule: /no route to 10\.1\.1\.10/,
  },
  {
    name: "without a route back nothing answers",
    document: peering,
    says: "Both sides need the route.",
    world: (w) => {
      const connection = w.peering(w.farNetwork().vpc);
      w.table("near", w.a, [{ cidrBlock: "10.1.0.0/16", vpcPeeringConnectionId: connection.id }]);
    },
    packet: "Instance::web Instance::far tcp 443",
    verdict: "dropped",
    stage: "reply: route table",
    rule: /no route back to 10\.0\.1\.10/,
  },
  {
    name: "peering leads no further than the peer",
    document: "VPC Peering Guide: VPC peering limitations",
    says: "There is no transitive peering.",
    world: (w) => {
      const far = w.farNetwork();
      const connection = w.peering(far.vpc);
      w.table("near", w.a, [{ cidrBlock: "10.0.0.0/8", vpcPeeringConnectionId: connection.id }]);
    },
    packet: "Instance::web 10.2.0.9 tcp 443",
    verdict: "dropped",
    stage: "VPC peering",
    rule: /leads no further/,
  },
  {
    name: "peering does not lead to the peer's internet gateway",
    document: "VPC Peering Guide: VPC peering limitations",
    says: "There is no edge to edge routing through a gateway of the peer.",
    world: (w) => {
      const far = w.farNetwork();
      const connection = w.peering(far.vpc);
      w.table("near", w.a, [{ cidrBlock: "0.0.0.0/0", vpcPeeringConnectionId: connection.id }]);
    },
    packet: "Instance::web internet tcp 443",
    verdict: "dropped",
    stage: "VPC peering",
    rule: /leads no further/,
  },
  {
    name: "groups of the peer may be referenced within a Region",
    document: "VPC Peering Guide: Update your security groups to reference peer security groups",
    says: "Inbound and outbound rules may reference groups of the peered network in the same Region.",
    world: (w) => {
      const far = peered(w);
      const picky = w.group(far.vpc, "picky", {
        ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, securityGroups: [w.webGroup.id] }],
      });
      w.instance("choosy", far.subnet, "10.1.1.20", [picky]);
    },
    packet: "Instance::web Instance::choosy tcp 443",
    verdict: "arrives",
    stage: "security groups, inbound",
    rule: /ingress\[0\] of sg-/,
  },
  {
    name: "groups of a peer in another Region cannot be referenced",
    document: "VPC Peering Guide: Update your security groups to reference peer security groups",
    says: "The peer must be in the same Region.",
    world: (w) => {
      const far = peered(w);
      const picky = w.group(far.vpc, "picky", {
        ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, securityGroups: [w.webGroup.id] }],
      });
      w.instance("choosy", far.subnet, "10.1.1.20", [picky]);
      const [connection] = w.lab.clouds.world.ofToken(
        "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
        {},
      );
      if (connection === undefined) throw new Error("no connection");
      const outputs = { ...connection.outputs, peerRegion: "us-east-1" };
      w.lab.clouds.world.change(connection, connection.inputs, outputs, { names: [], links: [] });
    },
    packet: "Instance::web Instance::choosy tcp 443",
    verdict: "dropped",
    stage: "security groups, inbound",
    rule: /no ingress rule/,
  },
  {
    name: "a transit gateway joins attached networks",
    document: transit,
    says: "Attached networks propagate their ranges to the default table, by which all are routed.",
    world: (w) => void joined(w),
    packet: "Instance::web Instance::far tcp 443",
    verdict: "arrives",
    stage: "transit gateway",
    rule: /10\.1\.0\.0\/16 -> tgw-attach-/,
  },
  {
    name: "a network that is not attached is not joined",
    document: transit,
    says: "A network takes part by its attachment.",
    world: (w) => {
      const far = w.farNetwork();
      const gateway = w.lab.create(
        "aws:ec2transitgateway/transitGateway:TransitGateway",
        "hub",
        {},
      );
      w.attach(gateway, "far", far.vpc, [far.subnet]);
      w.route(w.table("near", w.a, []), "10.1.0.0/16", { transitGatewayId: gateway.id });
    },
    packet: "Instance::web Instance::far tcp 443",
    verdict: "dropped",
    stage: "transit gateway attachment",
    rule: /is not attached/,
  },
  {
    name: "only zones of the attachment are served",
    document: "AWS Transit Gateway: Transit gateway VPC attachments",
    says: "Resources reach the gateway only from zones in which the attachment has a subnet.",
    world: (w) => {
      const { joint } = joined(w);
      const c = w.subnet(w.vpc, "c", "10.0.3.0/24", "b");
      w.instance("remote", c, "10.0.3.10", [w.webGroup]);
      w.route(w.table("other", c, []), "10.1.0.0/16", { transitGatewayId: joint.gateway.id });
    },
    packet: "Instance::remote Instance::far tcp 443",
    verdict: "dropped",
    stage: "transit gateway attachment",
    rule: /no subnet in eu-central-1b/,
  },
  {
    name: "an attachment without association is routed by no table",
    document: "AWS Transit Gateway: Transit gateway route tables, Route table association",
    says: "An attachment is associated with one table, by which its packets are routed.",
    world: (w) => void joined(w, { defaultRouteTableAssociation: "disable" }),
    packet: "Instance::web Instance::far tcp 443",
    verdict: "dropped",
    stage: "transit gateway",
    rule: /associated with no route table/,
  },
  {
    name: "without propagation a table knows no network",
    document: "AWS Transit Gateway: Transit gateway route tables, Route propagation",
    says: "Routes come into a table by propagation or are written.",
    world: (w) => void joined(w, { defaultRouteTablePropagation: "disable" }),
    packet: "Instance::web Instance::far tcp 443",
    verdict: "dropped",
    stage: "transit gateway",
    rule: /no route to 10\.1\.1\.10/,
  },
  {
    name: "a written blackhole drops",
    document: "AWS Transit Gateway: Transit gateway route tables, Blackhole routes",
    says: "Traffic that matches a blackhole route is dropped.",
    world: (w) => {
      w.transitRoute(joined(w).joint, "10.1.1.0/24", { blackhole: true });
    },
    packet: "Instance::web Instance::far tcp 443",
    verdict: "dropped",
    stage: "transit gateway",
    rule: /10\.1\.1\.0\/24 is a blackhole/,
  },
  {
    name: "a table of its own isolates an attachment",
    document: "AWS Transit Gateway: Example, Isolated VPCs",
    says: "Networks that share no table's routes cannot reach each other.",
    world: (w) => {
      const { joint } = joined(w);
      w.isolate(joint, joint.near);
    },
    packet: "Instance::web Instance::far tcp 443",
    verdict: "dropped",
    stage: "transit gateway",
    rule: /no route to/,
  },
  {
    name: "the way back is routed by the other attachment's table",
    document: transit,
    says: "Packets are routed by the table of the attachment they come from.",
    world: (w) => {
      const { joint } = joined(w);
      w.isolate(joint, joint.far);
    },
    packet: "Instance::web Instance::far tcp 443",
    verdict: "dropped",
    stage: "reply: transit gateway",
    rule: /no route/,
  },
  {
    name: "groups cannot be referenced over a transit gateway by default",
    document: "AWS Transit Gateway: Security group referencing",
    says: "Support for referencing groups is off until it is enabled at the gateway.",
    world: (w) => {
      const far = joined(w);
      const picky = w.group(far.vpc, "picky", {});
      w.allow(picky, "ingress", "-1", { referencedSecurityGroupId: w.webGroup.id });
      w.instance("choosy", far.subnet, "10.1.1.20", [picky]);
    },
    packet: "Instance::web Instance::choosy tcp 443",
    verdict: "dropped",
    stage: "security groups, inbound",
    rule: /no ingress rule/,
  },
  {
    name: "once enabled, inbound rules may reference groups over a transit gateway",
    document: "AWS Transit Gateway: Security group referencing",
    says: "With support at gateway and attachments, inbound rules may name groups of attached networks.",
    world: (w) => {
      const far = joined(w, { securityGroupReferencingSupport: "enable" });
      const picky = w.group(far.vpc, "picky", {});
      w.allow(picky, "ingress", "-1", { referencedSecurityGroupId: w.webGroup.id });
      w.instance("choosy", far.subnet, "10.1.1.20", [picky]);
    },
    packet: "Instance::web Instance::choosy tcp 443",
    verdict: "arrives",
    stage: "security groups, inbound",
    rule: /^sgr-/,
  },
  {
    name: "inbound rules of the attachment's subnet judge what instances of others send",
    document: acls,
    says: "With different subnets, inbound rules of the transit gateway's subnet are evaluated with the source address.",
    world: (w) => {
      const { joint } = joined(w);
      w.route(w.table("b", w.b, []), "10.1.0.0/16", { transitGatewayId: joint.gateway.id });
      w.acl("tgw", w.a, [entry(100, "deny", { cidrBlock: "10.0.2.0/24" })], [entry(100, "allow")]);
    },
    packet: "Instance::app Instance::far tcp 443",
    verdict: "dropped",
    stage: "network ACL, inbound",
    rule: /rule 100 denies/,
  },
  {
    name: "in the attachment's own subnet what comes from the gateway meets no ACL",
    document: acls,
    says: "With one subnet for both, traffic from the transit gateway is not evaluated.",
    world: (w) => {
      const far = joined(w);
      const ingress = [entry(100, "deny", { cidrBlock: "10.0.1.0/24" }), entry(200, "allow")];
      w.acl("far", far.subnet, ingress, [entry(100, "allow")]);
    },
    packet: "Instance::web Instance::far tcp 443",
    verdict: "arrives",
    stage: "reply: network ACL, inbound",
    rule: /rule 200 allows/,
  },
  {
    name: "in the attachment's own subnet what instances send meets inbound rules, too",
    document: acls,
    says: "With one subnet for both, inbound rules are evaluated with the instance's address as source.",
    world: (w) => {
      const far = joined(w);
      const ingress = [entry(100, "deny", { cidrBlock: "10.1.1.0/24" }), entry(200, "allow")];
      w.acl("far", far.subnet, ingress, [entry(100, "allow")]);
    },
    packet: "Instance::web Instance::far tcp 443",
    verdict: "dropped",
    stage: "reply: network ACL, inbound",
    rule: /rule 100 denies/,
  },
  {
    name: "a VPN attachment hands the packet to the customer's device",
    document: "AWS Transit Gateway: Site-to-Site VPN attachments",
    says: "A VPN connection is attached to a gateway, and routes lead to it.",
    world: (w) => {
      const { joint, near } = joined(w);
      const vpn = w.connection({ transitGatewayId: joint.gateway.id, staticRoutesOnly: true });
      w.transitRoute(joint, "172.20.0.0/16", {
        transitGatewayAttachmentId: String(vpn.outputs["transitGatewayAttachmentId"]),
      });
      w.route(near, "172.20.0.0/16", { transitGatewayId: joint.gateway.id });
    },
    packet: "Instance::web 172.20.1.1 tcp 443",
    verdict: "arrives",
    stage: "transit gateway",
    rule: /172\.20\.0\.0\/16 -> vpn-/,
  },
  {
    name: "what a dynamic VPN attachment has announced is not in the world",
    document: "AWS Transit Gateway: Transit gateway route tables, Route propagation",
    says: "Routes of a VPN connection come by BGP.",
    world: (w) => {
      const { joint, near } = joined(w);
      w.connection({ transitGatewayId: joint.gateway.id });
      w.route(near, "172.20.0.0/16", { transitGatewayId: joint.gateway.id });
    },
    packet: "Instance::web 172.20.1.1 tcp 443",
    verdict: "cannot tell",
    stage: "transit gateway",
    rule: /announced by BGP/,
  },
  {
    name: "what lies behind another transit gateway is not walked",
    document: "AWS Transit Gateway: Transit gateway peering attachments",
    says: "Transit gateways may be peered, with static routes on both sides.",
    world: (w) => {
      const { joint, near } = joined(w);
      const other = w.lab.create(
        "aws:ec2transitgateway/transitGateway:TransitGateway",
        "other",
        {},
      );
      const peering = w.lab.create(
        "aws:ec2transitgateway/peeringAttachment:PeeringAttachment",
        "peering",
        {
          peerRegion: "eu-central-1",
          peerTransitGatewayId: other.id,
          transitGatewayId: joint.gateway.id,
        },
      );
      w.transitRoute(joint, "172.20.0.0/16", { transitGatewayAttachmentId: peering.id });
      w.route(near, "172.20.0.0/16", { transitGatewayId: joint.gateway.id });
    },
    packet: "Instance::web 172.20.1.1 tcp 443",
    verdict: "cannot tell",
    stage: "transit gateway",
    rule: /the network behind tgw-attach-/,
  },
  {
    name: "with appliance mode the zone of the far subnet is chosen by the flow",
    document: "AWS Transit Gateway: Transit gateway VPC attachments, Appliance mode",
    says: "With appliance mode a flow hash chooses one of the attachment's zones for the flow.",
    world: (w) => {
      const far = w.farNetwork();
      const second = w.subnet(far.vpc, "far-b", "10.1.2.0/24", "b");
      w.acl("far-b", second, [entry(100, "allow")], []);
      const gateway = w.lab.create(
        "aws:ec2transitgateway/transitGateway:TransitGateway",
        "hub",
        {},
      );
      w.attach(gateway, "near", w.vpc, [w.a]);
      w.attach(gateway, "far", far.vpc, [far.subnet, second], { applianceModeSupport: "enable" });
      w.route(w.table("near", w.a, []), "10.1.0.0/16", { transitGatewayId: gateway.id });
    },
    packet: "Instance::web Instance::far tcp 443",
    verdict: "cannot tell",
    stage: "transit gateway attachment",
    rule: /appliance mode: by which of subnet-.*, subnet-/,
  },
];

describe("packet probe: AWS peering and transit gateways", () => {
  testRows(rows, () => {
    const world = new AwsWorld();
    world.open();
    return world;
  });
});
