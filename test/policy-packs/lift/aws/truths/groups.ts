/** Security groups. */
import { ref } from "../program.ts";
import {
  anywhere,
  group,
  inline,
  instance,
  openGroup,
  resource,
  subnet,
  vpc,
} from "../resources.ts";
import type { Truth } from "./truth.ts";

const rules = "VPC user guide, Security group rules";
const groupsPage = "VPC user guide, Security groups";
const api = "EC2 API, IpPermission";

const net = [
  vpc("vpc", "10.0.0.0/16"),
  subnet("s", "vpc", "10.0.1.0/24"),
  openGroup("any", "vpc"),
  instance("client", "s", ["any"], "10.0.1.10"),
];

function standalone(name: string, kind: "Ingress" | "Egress", on: string, more: object) {
  const type = `vpc/securityGroup${kind}Rule:SecurityGroup${kind}Rule`;
  return resource(type, name, { securityGroupId: ref(on), ipProtocol: "tcp", ...more });
}

const http = { fromPort: 80, toPort: 80 };

export const groupTruths: readonly Truth[] = [
  {
    document: rules,
    program: [
      ...net,
      group("empty", "vpc"),
      group("web", "vpc", { ingress: [inline("tcp/80", { cidrBlocks: ["10.0.1.0/24"] })] }),
      group("ssh", "vpc", { ingress: [inline("tcp/22", { cidrBlocks: ["10.0.1.10/32"] })] }),
      instance("shut", "s", ["empty"], "10.0.1.11"),
      instance("both", "s", ["web", "ssh"], "10.0.1.12"),
      instance("one", "s", ["web"], "10.0.1.13"),
    ],
    rows: [
      {
        says: "a new group has no inbound rules: nothing comes in",
        packets: { "client -> shut tcp/80": "stopped", "client -> shut icmp/8.0": "stopped" },
      },
      {
        says: "without outbound rules nothing goes out",
        packets: { "shut -> client tcp/80": "stopped", "one -> client tcp/80": "stopped" },
      },
      {
        says: "the rules of several groups are one set of rules",
        packets: { "client -> both tcp/80": "passes", "client -> both tcp/22": "passes" },
      },
      {
        says: "what no rule allows is not allowed",
        packets: { "client -> one tcp/22": "stopped", "client -> one udp/80": "stopped" },
      },
      {
        says: "a source of one address is /32 and no other",
        packets: { "one -> both tcp/22": "stopped" },
      },
    ],
  },
  {
    document: groupsPage,
    program: [
      ...net,
      group("in-only", "vpc", { ingress: [inline("tcp/80", { cidrBlocks: ["10.0.0.0/16"] })] }),
      instance("server", "s", ["in-only"], "10.0.1.11"),
    ],
    rows: [
      {
        says: "responses to allowed inbound traffic leave whatever the outbound rules are",
        packets: { "client -> server tcp/80": "passes" },
      },
      {
        says: "groups filter between instances of one subnet too",
        packets: { "client -> server tcp/81": "stopped" },
      },
    ],
  },
  {
    document: rules,
    program: [
      ...net,
      group("web", "vpc"),
      group("app", "vpc"),
      standalone("app-in", "Ingress", "app", { ...http, referencedSecurityGroupId: ref("web") }),
      standalone("web-out", "Egress", "web", { ...http, referencedSecurityGroupId: ref("app") }),
      instance("web-1", "s", ["web"], "10.0.1.11"),
      instance("web-any", "s", ["web", "any"], "10.0.1.13"),
      instance("app-1", "s", ["app"], "10.0.1.12"),
    ],
    rows: [
      {
        says: "a reference to a group means the private addresses of its members",
        packets: { "web-1 -> app-1 tcp/80": "passes", "web-any -> app-1 tcp/80": "passes" },
      },
      {
        says: "an interface that is no member is not meant, wherever it stands",
        packets: { "client -> app-1 tcp/80": "stopped" },
      },
      {
        says: "a reference does not add the rules of the group that is named",
        packets: { "web-any -> app-1 tcp/22": "stopped" },
      },
      {
        says: "public addresses of members are not meant",
        packets: { "203.0.113.9 -> app-1 tcp/80": "stopped" },
      },
    ],
  },
  {
    document: rules,
    program: [
      ...net,
      group("mesh", "vpc", {
        ingress: [inline("-1", { self: true })],
        egress: [inline("-1", { self: true })],
      }),
      instance("one", "s", ["mesh"], "10.0.1.11"),
      instance("two", "s", ["mesh"], "10.0.1.12"),
    ],
    rows: [
      {
        says: "a rule whose source is the group itself is for its members",
        packets: { "one -> two tcp/4000": "passes", "one -> two 47": "passes" },
      },
      {
        says: "and for nobody else",
        packets: { "client -> one tcp/4000": "stopped", "one -> client tcp/4000": "stopped" },
      },
    ],
  },
  {
    document: api,
    program: [
      ...net,
      group("protocols", "vpc", {
        ingress: [
          inline("icmp/8.-1", anywhere),
          inline("50", anywhere),
          { protocol: "132", fromPort: 9, toPort: 9, cidrBlocks: ["0.0.0.0/0"] },
          { protocol: "17", fromPort: 53, toPort: 53, cidrBlocks: ["0.0.0.0/0"] },
        ],
      }),
      group("unreachable", "vpc", {
        ingress: [{ protocol: "icmp", fromPort: 3, toPort: 4, cidrBlocks: ["0.0.0.0/0"] }],
      }),
      group("all-icmp", "vpc", {
        ingress: [{ protocol: "icmp", fromPort: -1, toPort: -1, cidrBlocks: ["0.0.0.0/0"] }],
      }),
      group("everything", "vpc", {
        ingress: [{ protocol: "-1", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }],
      }),
      instance("a", "s", ["protocols"], "10.0.1.11"),
      instance("b", "s", ["unreachable"], "10.0.1.12"),
      instance("c", "s", ["all-icmp"], "10.0.1.13"),
      instance("d", "s", ["everything"], "10.0.1.14"),
    ],
    rows: [
      {
        says: "for ICMP the first port is the type, and -1 as last is every code",
        packets: {
          "client -> a icmp/8.0": "passes",
          "client -> a icmp/8.7": "passes",
          "client -> a icmp/13.0": "stopped",
        },
      },
      {
        says: "type and code together are one message",
        packets: { "client -> b icmp/3.4": "passes", "client -> b icmp/3.1": "stopped" },
      },
      {
        says: "type -1 is every type",
        packets: { "client -> c icmp/13.0": "passes", "client -> c tcp/1": "stopped" },
      },
      {
        says: "a protocol may be given by its number",
        packets: { "client -> a 50": "passes", "client -> a 51": "stopped" },
      },
      {
        says: "of a protocol other than TCP, UDP and ICMP all ports are open",
        packets: { "client -> a sctp/9": "passes", "client -> a sctp/99": "passes" },
      },
      {
        says: "the number 17 is UDP, and its ports count",
        packets: { "client -> a udp/53": "passes", "client -> a udp/54": "stopped" },
      },
      {
        says: "-1 is all traffic, whatever ports are written",
        packets: { "client -> d tcp/443": "passes", "client -> d 89": "passes" },
      },
    ],
  },
  {
    document: rules,
    program: [
      vpc("vpc", "10.0.0.0/16", { ipv6CidrBlock: "2001:db8:1::/56" }),
      subnet("s", "vpc", "10.0.1.0/24", { ipv6CidrBlock: "2001:db8:1::/64" }),
      openGroup("any", "vpc"),
      group("v4", "vpc", { ingress: [inline("tcp/443", { cidrBlocks: ["0.0.0.0/0"] })] }),
      group("v6", "vpc", { ingress: [inline("tcp/443", { ipv6CidrBlocks: ["::/0"] })] }),
      group("ping6", "vpc", {
        ingress: [{ protocol: "icmpv6", fromPort: 128, toPort: 0, ipv6CidrBlocks: ["::/0"] }],
      }),
      group("all-icmp6", "vpc", {
        ingress: [{ protocol: "58", fromPort: -1, toPort: -1, ipv6CidrBlocks: ["::/0"] }],
      }),
      instance("client", "s", ["any"], "10.0.1.10"),
      instance("a", "s", ["v4"], "10.0.1.11"),
      instance("b", "s", ["v6"], "10.0.1.12"),
      instance("c", "s", ["ping6"], "10.0.1.13"),
      instance("d", "s", ["all-icmp6"], "10.0.1.14"),
    ],
    rows: [
      {
        says: "0.0.0.0/0 is every IPv4 address and no IPv6 address",
        packets: {
          "client -> a tcp/443": "passes",
          "client@2001:db8:1::10 -> a@2001:db8:1::11 tcp/443": "stopped",
        },
      },
      {
        says: "::/0 is every IPv6 address and no IPv4 address",
        packets: {
          "client -> b tcp/443": "stopped",
          "client@2001:db8:1::10 -> b@2001:db8:1::12 tcp/443": "passes",
        },
      },
      {
        says: "ICMPv6 has types of its own: 128 is its echo request",
        packets: {
          "client@2001:db8:1::10 -> c@2001:db8:1::13 icmp6/128.0": "passes",
          "client@2001:db8:1::10 -> c@2001:db8:1::13 icmp6/135.0": "stopped",
        },
      },
      {
        says: "protocol 58 is ICMPv6, and not ICMP",
        packets: {
          "client@2001:db8:1::10 -> d@2001:db8:1::14 icmp6/135.0": "passes",
          "client -> d icmp/8.0": "stopped",
        },
      },
    ],
  },
];
