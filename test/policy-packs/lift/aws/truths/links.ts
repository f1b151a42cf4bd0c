/** Peerings and VPN connections. */

import type { Written } from "../program.ts";
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

const peeringRoutes = "VPC peering guide, Update your route tables";
const peeringGroups = "VPC peering guide, Update your security groups";
const limits = "VPC peering guide, Limitations";

type Route = { readonly cidrBlock: string } & Readonly<Record<string, unknown>>;

function place(name: string, block: string, route: readonly Route[]): Written[] {
  return [
    vpc(`${name}-vpc`, `${block}.0.0/16`),
    subnet(`${name}-subnet`, `${name}-vpc`, `${block}.1.0/24`),
    ...table(`${name}-routes`, `${name}-vpc`, [], [`${name}-subnet`]),
    ...route.map(({ cidrBlock, ...target }, index) =>
      resource("ec2/route:Route", `${name}-route-${index}`, {
        routeTableId: ref(`${name}-routes`),
        destinationCidrBlock: cidrBlock,
        ...target,
      }),
    ),
    openGroup(`${name}-any`, `${name}-vpc`),
    instance(name, `${name}-subnet`, [`${name}-any`], `${block}.1.10`),
  ];
}

function peering(name: string, from: string, to: string, more: object = { autoAccept: true }) {
  return resource("ec2/vpcPeeringConnection:VpcPeeringConnection", name, {
    vpcId: ref(`${from}-vpc`),
    peerVpcId: ref(`${to}-vpc`),
    ...more,
  });
}

function over(name: string, block: string) {
  return { cidrBlock: `${block}.0.0/16`, vpcPeeringConnectionId: ref(name) };
}

export const linkTruths: readonly Truth[] = [
  {
    document: peeringRoutes,
    program: [
      ...place("left", "10.1", [over("pcx", "10.2")]),
      ...place("right", "10.2", [over("pcx", "10.1")]),
      ...place("mute", "10.3", []),
      peering("pcx", "left", "right"),
      peering("pcx-mute", "mute", "left"),
    ],
    rows: [
      {
        says: "routes on both sides carry traffic by private addresses",
        packets: { "left -> right tcp/80": "passes", "right -> left tcp/80": "passes" },
      },
      {
        says: "a peering without routes carries nothing",
        packets: { "left -> mute tcp/80": "stopped", "mute -> left tcp/80": "stopped" },
      },
    ],
  },
  {
    document: peeringRoutes,
    program: [
      ...place("left", "10.1", [over("pcx", "10.2")]),
      ...place("right", "10.2", []),
      peering("pcx", "left", "right"),
    ],
    rows: [
      {
        says: "with a route on one side only, nothing comes back",
        packets: { "left -> right tcp/80": "no reply", "right -> left tcp/80": "stopped" },
      },
    ],
  },
  {
    document: "VPC peering guide, Accept a peering",
    program: [
      ...place("left", "10.1", [over("pcx", "10.2")]),
      ...place("right", "10.2", [over("pcx", "10.1")]),
      peering("pcx", "left", "right", {}),
    ],
    rows: [
      {
        says: "a request that nobody accepts is not active, as far as this plan can tell",
        packets: { "left -> right tcp/80": "open" },
      },
    ],
  },
  {
    document: "VPC peering guide, Accept a peering",
    program: [
      ...place("left", "10.1", [over("accepted", "10.2")]),
      ...place("right", "10.2", [over("accepted", "10.1")]),
      peering("pcx", "left", "right", {}),
      resource("ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter", "accepted", {
        vpcPeeringConnectionId: ref("pcx"),
        autoAccept: true,
      }),
    ],
    rows: [
      {
        says: "the accepter's side makes it active",
        packets: { "left -> right tcp/80": "passes" },
      },
    ],
  },
  {
    document: limits,
    program: [
      ...place("a", "10.1", [over("ab", "10.2"), { ...over("ab", "10.3") }]),
      ...place("b", "10.2", [over("ab", "10.1"), over("bc", "10.3")]),
      ...place("c", "10.3", [over("bc", "10.2"), over("bc", "10.1")]),
      peering("ab", "a", "b"),
      peering("bc", "b", "c"),
    ],
    rows: [
      {
        says: "peering is not transitive, whatever the tables say",
        packets: { "a -> c tcp/80": "stopped", "a -> b tcp/80": "passes" },
      },
    ],
  },
  {
    document: limits,
    program: [
      ...place("spoke", "10.1", [{ cidrBlock: "0.0.0.0/0", vpcPeeringConnectionId: ref("pcx") }]),
      ...place("hub", "10.2", [
        over("pcx", "10.1"),
        { cidrBlock: "0.0.0.0/0", gatewayId: ref("igw") },
      ]),
      gateway("igw", "hub-vpc"),
      peering("pcx", "spoke", "hub"),
    ],
    rows: [
      {
        says: "the peer's internet gateway cannot be used",
        packets: { "spoke -> 203.0.113.7 tcp/443": "stopped", "spoke -> hub tcp/443": "passes" },
      },
    ],
  },
  {
    document: limits,
    program: [
      ...place("spoke", "10.1", [
        { cidrBlock: "0.0.0.0/0", vpcPeeringConnectionId: ref("pcx") },
        { cidrBlock: "172.16.0.0/16", vpcPeeringConnectionId: ref("pcx") },
      ]),
      resource("ec2/vpcPeeringConnection:VpcPeeringConnection", "pcx", {
        vpcId: ref("spoke-vpc"),
        peerVpcId: "vpc-elsewhere",
        peerOwnerId: "123456789012",
      }),
    ],
    rows: [
      {
        says: "of a peer beyond the plan nothing but its own addresses is reached",
        packets: {
          "spoke -> 203.0.113.7 tcp/443": "stopped",
          "spoke -> vpc-elsewhere@172.16.0.9 tcp/443": "passes",
          "vpc-elsewhere@172.16.0.9 -> spoke tcp/443": "passes",
        },
      },
    ],
  },
  ...([true, false] as const).map(
    (same): Truth => ({
      document: peeringGroups,
      program: [
        ...place("left", "10.1", [over("pcx", "10.2")]),
        ...place("right", "10.2", [over("pcx", "10.1")]),
        peering("pcx", "left", "right", { autoAccept: true, ...(same ? {} : { peerRegion: "x" }) }),
        group("web", "left-vpc", { egress: [inline("-1", anywhere)] }),
        group("app", "right-vpc", {
          ingress: [inline("tcp/80", { securityGroups: [ref("web")] })],
        }),
        instance("w", "left-subnet", ["web"], "10.1.1.11"),
        instance("p", "right-subnet", ["app"], "10.2.1.11"),
      ],
      rows: [
        {
          says: same
            ? "rules may name groups of a peered VPC"
            : "rules cannot name groups of a peered VPC in another Region",
          packets: { "w -> p tcp/80": same ? "passes" : "stopped", "left -> p tcp/80": "stopped" },
        },
      ],
    }),
  ),
  {
    document: "VPC user guide, Security group rules: stale rules",
    program: [
      ...place("left", "10.1", []),
      ...place("right", "10.2", []),
      group("web", "left-vpc"),
      group("app", "right-vpc", { ingress: [inline("tcp/80", { securityGroups: [ref("web")] })] }),
      instance("w", "left-subnet", ["web", "left-any"], "10.1.1.11"),
      instance("p", "right-subnet", ["app"], "10.2.1.11"),
    ],
    rows: [
      {
        says: "a rule that names a group beyond reach lets nobody in",
        packets: { "w -> p tcp/80": "stopped" },
      },
    ],
  },
  {
    document: "Site-to-Site VPN user guide, Route priority",
    program: [
      ...place("left", "10.1", []),
      resource("ec2/vpnGateway:VpnGateway", "vgw", { vpcId: ref("left-vpc") }),
      resource("ec2/vpnConnection:VpnConnection", "vpn", {
        vpnGatewayId: ref("vgw"),
        customerGatewayId: "cgw-1",
        type: "ipsec.1",
        staticRoutesOnly: true,
      }),
      ...["10.1.0.0/17", "192.168.0.0/16"].map((destinationCidrBlock, index) =>
        resource("ec2/vpnConnectionRoute:VpnConnectionRoute", `static-${index}`, {
          vpnConnectionId: ref("vpn"),
          destinationCidrBlock,
        }),
      ),
      resource("ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation", "propagation", {
        vpnGatewayId: ref("vgw"),
        routeTableId: ref("left-routes"),
      }),
      instance("near", "left-subnet", ["left-any"], "10.1.1.11"),
    ],
    rows: [
      {
        says: "static routes of a connection are propagated to the tables that ask for them",
        packets: {
          "left -> urn:pulumi:dev::test::aws:ec2/vpnGateway:VpnGateway::vgw@192.168.1.1 tcp/80":
            "passes",
          "urn:pulumi:dev::test::aws:ec2/vpnGateway:VpnGateway::vgw@192.168.1.1 -> left tcp/80":
            "passes",
        },
      },
      {
        says: "the local route is preferred even to a more specific one that is propagated",
        packets: { "left -> near tcp/80": "passes" },
      },
      {
        says: "what no route names is not sent there",
        packets: { "left -> 172.20.0.1 tcp/80": "stopped" },
      },
    ],
  },
  {
    document: "Site-to-Site VPN user guide, Static and dynamic routing",
    program: [
      ...place("left", "10.1", []),
      resource("ec2/vpnGateway:VpnGateway", "vgw", { vpcId: ref("left-vpc") }),
      resource("ec2/vpnConnection:VpnConnection", "vpn", {
        vpnGatewayId: ref("vgw"),
        customerGatewayId: "cgw-1",
        type: "ipsec.1",
      }),
      resource("ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation", "propagation", {
        vpnGatewayId: ref("vgw"),
        routeTableId: ref("left-routes"),
      }),
    ],
    rows: [
      {
        says: "what BGP will tell is not known before",
        packets: {
          "left -> urn:pulumi:dev::test::aws:ec2/vpnGateway:VpnGateway::vgw@?4 tcp/80": "open",
        },
      },
    ],
  },
];
