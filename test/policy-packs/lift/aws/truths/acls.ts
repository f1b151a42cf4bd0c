/** Network ACLs. */
import type { Written } from "../program.ts";
import { ref } from "../program.ts";
import { aclEntry, instance, openGroup, resource, subnet, vpc } from "../resources.ts";
import type { Truth } from "./truth.ts";

const basics = "VPC user guide, Network ACL basics";
const all4 = { cidrBlock: "0.0.0.0/0" };

const net = [
  vpc("vpc", "10.0.0.0/16", { ipv6CidrBlock: "2001:db8:1::/56" }),
  subnet("left", "vpc", "10.0.1.0/24", { ipv6CidrBlock: "2001:db8:1:1::/64" }),
  subnet("right", "vpc", "10.0.2.0/24", { ipv6CidrBlock: "2001:db8:1:2::/64" }),
  openGroup("any", "vpc"),
  instance("a", "left", ["any"], "10.0.1.10"),
  instance("b", "right", ["any"], "10.0.2.10"),
  instance("c", "right", ["any"], "10.0.2.11"),
];

function acl(name: string, ingress: readonly object[], egress: readonly object[]): Written {
  return resource("ec2/networkAcl:NetworkAcl", name, {
    vpcId: ref("vpc"),
    subnetIds: [ref("right")],
    ingress,
    egress,
  });
}

export const aclTruths: readonly Truth[] = [
  {
    document: basics,
    program: net,
    rows: [
      {
        says: "the default ACL allows everything in and out, IPv6 too",
        packets: {
          "a -> b tcp/80": "passes",
          "a@2001:db8:1:1::9 -> b@2001:db8:1:2::9 udp/9": "passes",
        },
      },
    ],
  },
  {
    document: basics,
    program: [...net, acl("custom", [], [])],
    rows: [
      {
        says: "a custom ACL without rules denies everything that crosses the subnet's border",
        packets: { "a -> b tcp/80": "stopped", "b -> a tcp/80": "stopped" },
      },
      {
        says: "it is not asked about what is routed within a subnet",
        packets: {
          "b -> c tcp/80": "passes",
          "b@2001:db8:1:2::9 -> c@2001:db8:1:2::a tcp/80": "passes",
        },
      },
    ],
  },
  {
    document: basics,
    program: [...net, acl("stateless", [aclEntry(100, "allow", "tcp/80", all4)], [])],
    rows: [
      {
        says: "responses to allowed inbound traffic are not allowed by that",
        packets: { "a -> b tcp/80": "no reply" },
      },
    ],
  },
  {
    document: "VPC user guide, Custom network ACLs: ephemeral ports",
    program: [
      ...net,
      acl(
        "paired",
        [aclEntry(100, "allow", "tcp/80", all4)],
        [aclEntry(100, "allow", "tcp/32768-65535", all4)],
      ),
    ],
    rows: [
      {
        says: "responses leave by an outbound rule for the client's ephemeral ports",
        packets: { "a -> b tcp/80 from 40000": "passes" },
      },
      {
        says: "clients choose the range: one that takes a lower port gets no answer",
        packets: { "a -> b tcp/80 from 1030": "no reply" },
      },
      {
        says: "an outbound rule is for a destination port, so it is no rule for calls to port 80",
        packets: { "b -> a tcp/80": "stopped", "b -> a tcp/40000": "no reply" },
      },
    ],
  },
  {
    document: basics,
    program: [
      ...net,
      acl(
        "ordered",
        [
          aclEntry(200, "allow", "-1", all4),
          aclEntry(100, "deny", "tcp/22", { cidrBlock: "10.0.1.0/24" }),
          aclEntry(90, "allow", "tcp/22", { cidrBlock: "10.0.1.128/25" }),
          aclEntry(300, "deny", "tcp/443", all4),
        ],
        [aclEntry(100, "allow", "-1", all4)],
      ),
      instance("high", "left", ["any"], "10.0.1.200"),
    ],
    rows: [
      {
        says: "rules are read from the lowest number, in whatever order they are written",
        packets: { "a -> b tcp/22": "stopped", "high -> b tcp/22": "passes" },
      },
      {
        says: "after the first match no further rule is read",
        packets: { "a -> b tcp/443": "passes" },
      },
      {
        says: "each rule may allow or deny",
        packets: { "a -> b tcp/80": "passes" },
      },
      {
        says: "a rule for IPv4 says nothing about IPv6: its * denies",
        packets: { "a@2001:db8:1:1::9 -> b@2001:db8:1:2::9 tcp/80": "stopped" },
      },
    ],
  },
  {
    document: "VPC user guide, Network ACL rules",
    program: [
      ...net,
      acl(
        "families",
        [
          { ...aclEntry(100, "allow", "icmp", all4), icmpType: 8, icmpCode: -1 },
          {
            ...aclEntry(110, "allow", "58", { ipv6CidrBlock: "::/0" }),
            icmpType: -1,
            icmpCode: -1,
          },
          aclEntry(120, "allow", "47/5-6", all4),
          aclEntry(130, "allow", "udp/53", { ipv6CidrBlock: "2001:db8:1:1::/64" }),
        ],
        [
          aclEntry(100, "allow", "-1", all4),
          aclEntry(101, "allow", "-1", { ipv6CidrBlock: "::/0" }),
        ],
      ),
    ],
    rows: [
      {
        says: "for ICMP, type and code are given; -1 is all of them",
        packets: { "a -> b icmp/8.3": "passes", "a -> b icmp/13.0": "stopped" },
      },
      {
        says: "ICMPv6 is protocol 58",
        packets: { "a@2001:db8:1:1::9 -> b@2001:db8:1:2::9 icmp6/135.0": "passes" },
      },
      {
        says: "of other protocols all ports are meant, whatever is written",
        packets: { "a -> b 47": "passes", "a -> b 50": "stopped" },
      },
      {
        says: "IPv6 prefixes are matched as prefixes",
        packets: {
          "a@2001:db8:1:1::9 -> b@2001:db8:1:2::9 udp/53": "passes",
          "2001:db8:9::1 -> b@2001:db8:1:2::9 udp/53": "stopped",
        },
      },
    ],
  },
  {
    document: "VPC user guide, Subnet network ACL associations",
    program: [
      ...net,
      acl("first", [], []),
      resource("ec2/networkAcl:NetworkAcl", "second", { vpcId: ref("vpc") }),
      resource("ec2/networkAclRule:NetworkAclRule", "second-in", {
        networkAclId: ref("second"),
        ruleNumber: 100,
        ruleAction: "allow",
        egress: false,
        protocol: "tcp",
        fromPort: 80,
        toPort: 80,
        cidrBlock: "10.0.0.0/16",
      }),
      resource("ec2/networkAclRule:NetworkAclRule", "second-out", {
        networkAclId: ref("second"),
        ruleNumber: 100,
        ruleAction: "allow",
        egress: true,
        protocol: "-1",
        cidrBlock: "10.0.0.0/16",
      }),
      resource("ec2/networkAclAssociation:NetworkAclAssociation", "association", {
        networkAclId: ref("second"),
        subnetId: ref("right"),
      }),
    ],
    rows: [
      {
        says: "a new association takes the place of the one before",
        packets: { "a -> b tcp/80": "passes", "a -> b tcp/81": "stopped" },
      },
    ],
  },
  {
    document: "aws.ec2.DefaultNetworkAcl: adopting removes all rules",
    program: [
      ...net,
      resource("ec2/defaultNetworkAcl:DefaultNetworkAcl", "adopted", {
        defaultNetworkAclId: ref("vpc", "defaultNetworkAclId"),
        ingress: [aclEntry(100, "allow", "tcp/80", all4)],
        egress: [aclEntry(100, "allow", "-1", all4)],
      }),
    ],
    rows: [
      {
        says: "subnets without an association of their own have the default ACL as written",
        packets: { "a -> b tcp/81": "stopped", "a -> b tcp/80": "no reply" },
      },
    ],
  },
  {
    document: "VPC user guide, Internetwork traffic: both groups and ACLs must allow",
    program: [
      ...net,
      acl("open", [aclEntry(1, "allow", "-1", all4)], [aclEntry(1, "allow", "-1", all4)]),
      resource("ec2/securityGroup:SecurityGroup", "closed", { vpcId: ref("vpc") }),
      instance("shut", "right", ["closed"], "10.0.2.12"),
    ],
    rows: [
      {
        says: "what the ACL allows, the group may still not",
        packets: { "a -> shut tcp/80": "stopped", "a -> b tcp/80": "passes" },
      },
    ],
  },
];
