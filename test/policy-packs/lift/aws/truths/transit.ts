/** Transit gateways. */

import type { Written } from "../program.ts";
import { ref } from "../program.ts";
import {
  aclEntry,
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

const tables = "Transit Gateways guide, Route tables";
const acls = "Transit Gateways guide, How network ACLs work with transit gateways";
const attachments = "Transit Gateways guide, VPC attachments";
const referencing = "Transit Gateways guide, Security group referencing";

function spoke(name: string, block: string, more: object = {}, to = "10.0.0.0/8"): Written[] {
  return [
    vpc(`${name}-vpc`, `${block}.0.0/16`),
    subnet(`${name}-subnet`, `${name}-vpc`, `${block}.1.0/24`, { availabilityZone: "zone-a" }),
    ...table(
      `${name}-routes`,
      `${name}-vpc`,
      [{ cidrBlock: to, transitGatewayId: ref("tgw") }],
      [`${name}-subnet`],
    ),
    openGroup(`${name}-any`, `${name}-vpc`),
    instance(name, `${name}-subnet`, [`${name}-any`], `${block}.1.10`),
    resource("ec2transitgateway/vpcAttachment:VpcAttachment", `${name}-attachment`, {
      transitGatewayId: ref("tgw"),
      vpcId: ref(`${name}-vpc`),
      subnetIds: [ref(`${name}-subnet`)],
      ...more,
    }),
  ];
}

function tgw(more: object = {}): Written {
  return resource("ec2transitgateway/transitGateway:TransitGateway", "tgw", { ...more });
}

const manual = {
  transitGatewayDefaultRouteTableAssociation: false,
  transitGatewayDefaultRouteTablePropagation: false,
};

function attach(kind: "Association" | "Propagation", on: string, spokeName: string): Written {
  const type = `ec2transitgateway/routeTable${kind}:RouteTable${kind}`;
  return resource(type, `${on}-${kind}-${spokeName}`, {
    transitGatewayRouteTableId: ref(on),
    transitGatewayAttachmentId: ref(`${spokeName}-attachment`),
  });
}

function tgwRoute(name: string, on: string, cidr: string, to: string | undefined): Written {
  return resource("ec2transitgateway/route:Route", name, {
    transitGatewayRouteTableId: ref(on),
    destinationCidrBlock: cidr,
    ...(to === undefined
      ? { blackhole: true }
      : { transitGatewayAttachmentId: ref(`${to}-attachment`) }),
  });
}

const tgwTable = (name: string): Written =>
  resource("ec2transitgateway/routeTable:RouteTable", name, { transitGatewayId: ref("tgw") });

function acl(subnetId: string, ingress: readonly object[], egress: readonly object[]): Written {
  const more = { vpcId: ref("a-vpc"), subnetIds: [ref(subnetId)], ingress, egress };
  return resource("ec2/networkAcl:NetworkAcl", "acl", more);
}

const everything = aclEntry(100, "allow", "-1", { cidrBlock: "0.0.0.0/0" });
const ownBlock = { cidrBlock: "10.1.1.0/24" };

export const transitTruths: readonly Truth[] = [
  {
    document: acls,
    program: [
      tgw(),
      ...spoke("a", "10.1"),
      ...spoke("b", "10.2"),
      acl("a-subnet", [aclEntry(100, "allow", "-1", ownBlock)], [everything]),
    ],
    rows: [
      {
        says: "what comes from the gateway into its own subnet is not asked",
        packets: { "b -> a tcp/80": "passes" },
      },
      {
        says: "inbound rules are asked about what instances send, by its source",
        packets: { "a -> b tcp/80": "passes" },
      },
    ],
  },
  {
    document: acls,
    program: [
      tgw(),
      ...spoke("a", "10.1"),
      ...spoke("b", "10.2"),
      acl("a-subnet", [aclEntry(100, "allow", "tcp/443", ownBlock)], [everything]),
    ],
    rows: [
      {
        says: "inbound rules refuse what instances send to the gateway",
        packets: { "a -> b tcp/443": "passes", "a -> b tcp/80": "stopped" },
      },
    ],
  },
  {
    document: acls,
    program: [
      tgw(),
      ...spoke("a", "10.1", { subnetIds: [ref("a-landing")] }),
      subnet("a-landing", "a-vpc", "10.1.9.0/24", { availabilityZone: "zone-a" }),
      ...spoke("b", "10.2"),
      acl(
        "a-landing",
        [aclEntry(100, "allow", "tcp/80", ownBlock)],
        [aclEntry(100, "allow", "tcp/1024-65535", ownBlock)],
      ),
    ],
    rows: [
      {
        says: "inbound rules of the gateway's subnet judge what instances elsewhere send to it",
        packets: { "a -> b tcp/80": "passes", "a -> b tcp/81": "stopped" },
      },
      {
        says: "its outbound rules judge what goes on to other subnets",
        packets: { "b -> a tcp/80": "stopped", "b -> a tcp/8080": "no reply" },
      },
    ],
  },
  {
    document: tables,
    program: [tgw(), ...spoke("a", "10.1"), ...spoke("b", "10.2")],
    rows: [
      {
        says: "attachments join and propagate to the default table unless told otherwise",
        packets: { "a -> b tcp/80": "passes", "b -> a tcp/80": "passes" },
      },
    ],
  },
  {
    document: tables,
    program: [
      tgw(),
      ...spoke("a", "10.1", manual),
      ...spoke("b", "10.2", manual),
      ...spoke("shared", "10.3", manual),
      tgwTable("spokes"),
      tgwTable("services"),
      attach("Association", "spokes", "a"),
      attach("Association", "spokes", "b"),
      attach("Association", "services", "shared"),
      attach("Propagation", "spokes", "shared"),
      attach("Propagation", "services", "a"),
      attach("Propagation", "services", "b"),
    ],
    rows: [
      {
        says: "the table associated with an attachment decides for what comes out of it",
        packets: { "a -> shared tcp/80": "passes", "shared -> b tcp/80": "passes" },
      },
      {
        says: "networks that do not propagate to that table are not reached",
        packets: { "a -> b tcp/80": "stopped", "b -> a tcp/80": "stopped" },
      },
    ],
  },
  {
    document: tables,
    program: [
      tgw(),
      ...spoke("a", "10.1", manual),
      ...spoke("b", "10.2", manual),
      tgwTable("one"),
      attach("Association", "one", "a"),
      attach("Propagation", "one", "b"),
    ],
    rows: [
      {
        says: "an attachment with no table sends nothing, not even an answer",
        packets: { "a -> b tcp/80": "no reply", "b -> a tcp/80": "stopped" },
      },
    ],
  },
  {
    document: "Transit Gateways guide, Static routes",
    program: [
      tgw(),
      ...spoke("a", "10.1"),
      ...spoke("b", "10.2"),
      subnet("b-far", "b-vpc", "10.2.9.0/24", { availabilityZone: "zone-a" }),
      instance("far", "b-far", ["b-any"], "10.2.9.10"),
      resource("ec2transitgateway/route:Route", "hole", {
        transitGatewayRouteTableId: ref("tgw", "associationDefaultRouteTableId"),
        destinationCidrBlock: "10.2.9.0/24",
        blackhole: true,
      }),
    ],
    rows: [
      {
        says: "a blackhole route drops what matches it",
        packets: { "a -> far tcp/80": "stopped", "a -> b tcp/80": "passes" },
      },
    ],
  },
  {
    document: "re:Post, Transit gateway routes: static before propagated",
    program: [
      tgw(),
      ...spoke("a", "10.1", manual),
      ...spoke("b", "10.2", manual),
      ...spoke("c", "10.3", manual),
      tgwTable("main"),
      ...["a", "b", "c"].map((name) => attach("Association", "main", name)),
      ...["a", "b", "c"].map((name) => attach("Propagation", "main", name)),
      tgwRoute("hole-b", "main", "10.2.0.0/16", undefined),
      tgwRoute("narrow", "main", "10.3.0.0/24", undefined),
    ],
    rows: [
      {
        says: "a static route takes precedence over a propagated one for the same prefix",
        packets: { "a -> b tcp/80": "stopped" },
      },
      {
        says: "a longer prefix takes precedence, and only for itself",
        packets: { "a -> c tcp/80": "passes" },
      },
    ],
  },
  {
    document: attachments,
    program: [
      tgw(),
      ...spoke("a", "10.1"),
      ...spoke("b", "10.2"),
      subnet("other-zone", "a-vpc", "10.1.2.0/24", { availabilityZone: "zone-b" }),
      resource("ec2/routeTableAssociation:RouteTableAssociation", "other-zone-routes", {
        routeTableId: ref("a-routes"),
        subnetId: ref("other-zone"),
      }),
      instance("astray", "other-zone", ["a-any"], "10.1.2.10"),
    ],
    rows: [
      {
        says: "resources in a zone without an attachment cannot reach the gateway",
        packets: { "astray -> b tcp/80": "stopped", "a -> b tcp/80": "passes" },
      },
    ],
  },
  {
    document: "Transit Gateways guide, Centralized outbound routing",
    program: [
      tgw(),
      ...spoke("a", "10.1", {}, "0.0.0.0/0"),
      ...spoke("hub", "10.9", {}, "10.0.0.0/8"),
      subnet("hub-public", "hub-vpc", "10.9.2.0/24"),
      gateway("igw", "hub-vpc"),
      resource("ec2/natGateway:NatGateway", "nat", { subnetId: ref("hub-public") }),
      ...table(
        "hub-public-routes",
        "hub-vpc",
        [{ cidrBlock: "0.0.0.0/0", gatewayId: ref("igw") }],
        ["hub-public"],
      ),
      resource("ec2/route:Route", "hub-out", {
        routeTableId: ref("hub-routes"),
        destinationCidrBlock: "0.0.0.0/0",
        natGatewayId: ref("nat"),
      }),
      tgwTable("unused"),
      resource("ec2transitgateway/route:Route", "out", {
        transitGatewayRouteTableId: ref("tgw", "associationDefaultRouteTableId"),
        destinationCidrBlock: "0.0.0.0/0",
        transitGatewayAttachmentId: ref("hub-attachment"),
      }),
    ],
    rows: [
      {
        says: "a hub's NAT gateway serves attached VPCs, in that direction only",
        packets: {
          "a -> 203.0.113.7 tcp/443": "passes",
          "203.0.113.7 -> a tcp/443": "stopped",
        },
      },
    ],
  },
  {
    document: "VPC user guide, Internet gateways: public addresses only",
    program: [
      tgw(),
      ...spoke("a", "10.1", {}, "0.0.0.0/0"),
      ...spoke("hub", "10.9"),
      gateway("igw", "hub-vpc"),
      resource("ec2/route:Route", "hub-out", {
        routeTableId: ref("hub-routes"),
        destinationCidrBlock: "0.0.0.0/0",
        gatewayId: ref("igw"),
      }),
      resource("ec2transitgateway/route:Route", "out", {
        transitGatewayRouteTableId: ref("tgw", "associationDefaultRouteTableId"),
        destinationCidrBlock: "0.0.0.0/0",
        transitGatewayAttachmentId: ref("hub-attachment"),
      }),
    ],
    rows: [
      {
        says: "a hub with no translation takes nobody else's packets to the internet",
        packets: { "a -> 203.0.113.7 tcp/443": "stopped", "a -> hub tcp/443": "passes" },
      },
    ],
  },
  ...(
    [
      { gatewayOn: true, attachmentOn: true, fate: "passes" },
      { gatewayOn: false, attachmentOn: true, fate: "stopped" },
      { gatewayOn: true, attachmentOn: false, fate: "stopped" },
    ] as const
  ).map(
    ({ gatewayOn, attachmentOn, fate }): Truth => ({
      document: referencing,
      program: [
        tgw(gatewayOn ? { securityGroupReferencingSupport: "enable" } : {}),
        ...spoke("a", "10.1", attachmentOn ? {} : { securityGroupReferencingSupport: "disable" }),
        ...spoke("b", "10.2"),
        group("web", "a-vpc", { egress: [inline("-1", anywhere)] }),
        group("app", "b-vpc", { ingress: [inline("tcp/80", { securityGroups: [ref("web")] })] }),
        group("out", "a-vpc", { egress: [inline("tcp/80", { securityGroups: [ref("app")] })] }),
        instance("w", "a-subnet", ["web"], "10.1.1.11"),
        instance("p", "b-subnet", ["app"], "10.2.1.11"),
        instance("o", "a-subnet", ["web", "out"], "10.1.1.12"),
        instance("only-out", "a-subnet", ["out"], "10.1.1.13"),
      ],
      rows: [
        {
          says: `inbound rules name groups over a gateway (${gatewayOn}) and attachments (${attachmentOn}) that support it`,
          packets: { "w -> p tcp/80": fate },
        },
        {
          says: "outbound rules never do",
          packets: { "only-out -> b tcp/80": "stopped", "only-out -> p tcp/80": "stopped" },
        },
      ],
    }),
  ),
];
