/** Security groups, as the Amazon VPC User Guide describes them. */

import { type Row, testRows } from "../rows.ts";
import { AwsWorld, anything } from "./world.ts";

const rules = "Amazon VPC User Guide: Security group rules";
const basics = "Amazon VPC User Guide: Security group basics";
const tracking = "Amazon EC2 User Guide: Security group connection tracking";
const out = "security groups, outbound";
const into = "security groups, inbound";

/** `web` may send everything; what `app` takes is the row's. */
function webSends(w: AwsWorld): void {
  w.allow(w.webGroup, "egress", "-1", { cidrIpv4: "0.0.0.0/0" });
  w.allow(w.webGroup, "egress", "-1", { cidrIpv6: "::/0" });
}

const rows: readonly Row<AwsWorld>[] = [
  {
    name: "a group without egress rules lets nothing out",
    document: basics,
    says: "Without outbound rules no outbound traffic is allowed.",
    world: (w) => w.allow(w.appGroup, "ingress", "-1", { cidrIpv4: "0.0.0.0/0" }),
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: out,
    rule: /no egress rule of sg-/,
  },
  {
    name: "a group without ingress rules lets nothing in",
    document: basics,
    says: "A new group has no inbound rules, so nothing comes in until one is added.",
    world: webSends,
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: into,
    rule: /no ingress rule of sg-/,
  },
  {
    name: "both ends must allow",
    document: basics,
    says: "A group controls what reaches and what leaves the resources it is associated with.",
    world: (w) => {
      w.allow(w.webGroup, "egress", "tcp 8080", { cidrIpv4: "10.0.2.0/24" });
      w.allow(w.appGroup, "ingress", "tcp 8080", { cidrIpv4: "10.0.1.0/24" });
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: into,
    rule: /^sgr-.*Ingress/,
  },
  {
    name: "a rule that names a group means the interfaces that have it",
    document: rules,
    says: "Naming a group as source allows the private addresses of the interfaces associated with it.",
    world: (w) => {
      webSends(w);
      w.allow(w.appGroup, "ingress", "tcp 8080", { referencedSecurityGroupId: w.webGroup.id });
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: into,
    rule: /^sgr-/,
  },
  {
    name: "a rule that names a group does not mean its neighbours in the subnet",
    document: rules,
    says: "Only interfaces associated with the named group are meant.",
    world: (w) => {
      w.allow(w.appGroup, "ingress", "tcp 8080", { referencedSecurityGroupId: w.webGroup.id });
      const other = w.group(w.vpc, "other", { egress: [anything] });
      w.instance("stranger", w.a, "10.0.1.77", [other]);
    },
    packet: "Instance::stranger Instance::app tcp 8080",
    verdict: "dropped",
    stage: into,
    rule: /no ingress rule/,
  },
  {
    name: "an egress rule may name the receiver's group",
    document: rules,
    says: "A destination may be a group, in the same network or a peered one.",
    world: (w) => {
      w.allow(w.webGroup, "egress", "tcp 8080", { referencedSecurityGroupId: w.appGroup.id });
      w.allow(w.appGroup, "ingress", "tcp 8080", { cidrIpv4: "10.0.0.0/16" });
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: out,
    rule: /^sgr-.*Egress/,
  },
  {
    name: "an egress rule that names a group does not open the way to others",
    document: rules,
    says: "Only the interfaces of the named group are destinations.",
    world: (w) => {
      w.allow(w.webGroup, "egress", "tcp 8080", { referencedSecurityGroupId: w.appGroup.id });
      w.instance("lonely", w.b, "10.0.2.77", [w.webGroup]);
    },
    packet: "Instance::web Instance::lonely tcp 8080",
    verdict: "dropped",
    stage: out,
    rule: /no egress rule/,
  },
  {
    name: "self means the members of the group itself",
    document: rules,
    says: "A rule may name its own group, so that its members reach each other.",
    world: (w) => {
      const mesh = w.group(w.vpc, "mesh", {
        ingress: [{ protocol: "tcp", fromPort: 7000, toPort: 7000, self: true }],
        egress: [anything],
      });
      w.instance("left", w.a, "10.0.1.20", [mesh]);
      w.instance("right", w.b, "10.0.2.20", [mesh]);
    },
    packet: "Instance::left Instance::right tcp 7000",
    verdict: "arrives",
    stage: into,
    rule: /ingress\[0\] of sg-/,
  },
  {
    name: "self does not mean outsiders",
    document: rules,
    says: "A rule that names its own group is for its members.",
    world: (w) => {
      webSends(w);
      const mesh = w.group(w.vpc, "mesh", {
        ingress: [{ protocol: "tcp", fromPort: 7000, toPort: 7000, self: true }],
      });
      w.instance("right", w.b, "10.0.2.20", [mesh]);
    },
    packet: "Instance::web Instance::right tcp 7000",
    verdict: "dropped",
    stage: into,
    rule: /no ingress rule/,
  },
  {
    name: "the rules of all groups of an interface apply together",
    document: basics,
    says: "With several groups their rules are aggregated into one set.",
    world: (w) => {
      webSends(w);
      const more = w.group(w.vpc, "more", {
        ingress: [{ protocol: "tcp", fromPort: 9000, toPort: 9000, cidrBlocks: ["10.0.0.0/8"] }],
      });
      w.instance("both", w.b, "10.0.2.30", [w.appGroup, more]);
    },
    packet: "Instance::web Instance::both tcp 9000",
    verdict: "arrives",
    stage: into,
    rule: /ingress\[0\] of sg-/,
  },
  {
    name: "an interface without a group of its own has the default group",
    document: "Amazon VPC User Guide: Default security groups for your VPCs",
    says: "Without a group given, the network's default group is associated; it lets its own members in.",
    world: (w) => {
      w.instance("plain", w.a, "10.0.1.40", []);
      w.instance("simple", w.b, "10.0.2.40", []);
    },
    packet: "Instance::plain Instance::simple tcp 22",
    verdict: "arrives",
    stage: into,
    rule: /ingress\[0\] of sg-/,
  },
  {
    name: "the default group lets in nobody but its members",
    document: "Amazon VPC User Guide: Default security groups for your VPCs",
    says: "Its one inbound rule has the group itself as source.",
    world: (w) => {
      webSends(w);
      w.instance("simple", w.b, "10.0.2.40", []);
    },
    packet: "Instance::web Instance::simple tcp 22",
    verdict: "dropped",
    stage: into,
    rule: /no ingress rule/,
  },
  {
    name: "a default group taken over and emptied lets nothing out",
    document: "Amazon VPC User Guide: Default security groups for your VPCs",
    says: "The rules of the default group can be removed; then it allows nothing.",
    world: (w) => {
      w.lab.create("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "shut", {
        vpcId: w.vpc.id,
      });
      w.instance("plain", w.a, "10.0.1.40", []);
    },
    packet: "Instance::plain Instance::app tcp 22",
    verdict: "dropped",
    stage: out,
    rule: /no egress rule/,
  },
  {
    name: "ports outside of the range are not allowed",
    document: rules,
    says: "A TCP rule allows the range of ports it names.",
    world: (w) => {
      webSends(w);
      w.allow(w.appGroup, "ingress", "tcp 8080~8090", { cidrIpv4: "0.0.0.0/0" });
    },
    packet: "Instance::web Instance::app tcp 8091",
    verdict: "dropped",
    stage: into,
    rule: /no ingress rule/,
  },
  {
    name: "the last port of a range is in it",
    document: rules,
    says: "The range is inclusive.",
    world: (w) => {
      webSends(w);
      w.allow(w.appGroup, "ingress", "tcp 8080~8090", { cidrIpv4: "0.0.0.0/0" });
    },
    packet: "Instance::web Instance::app tcp 8090",
    verdict: "arrives",
    stage: into,
    rule: /^sgr-/,
  },
  {
    name: "a TCP rule does not carry UDP",
    document: rules,
    says: "A rule is for one protocol.",
    world: (w) => {
      webSends(w);
      w.allow(w.appGroup, "ingress", "tcp 53", { cidrIpv4: "0.0.0.0/0" });
    },
    packet: "Instance::web Instance::app udp 53",
    verdict: "dropped",
    stage: into,
    rule: /no ingress rule/,
  },
  {
    name: "all protocols means all ports as well",
    document: "Amazon EC2 API: AuthorizeSecurityGroupIngress, IpProtocol",
    says: "With -1 all protocols are allowed, and any port range is ignored.",
    world: (w) => {
      webSends(w);
      w.allow(w.appGroup, "ingress", "-1", { cidrIpv4: "10.0.1.0/24" });
    },
    packet: "Instance::web Instance::app udp 40000",
    verdict: "arrives",
    stage: into,
    rule: /^sgr-/,
  },
  {
    name: "a protocol by number other than TCP, UDP and ICMP has no ports",
    document: "Amazon EC2 API: AuthorizeSecurityGroupIngress, IpProtocol",
    says: "For other protocols traffic on all ports is allowed whatever range is written.",
    world: (w) => {
      webSends(w);
      w.allow(w.appGroup, "ingress", "132 1~2", { cidrIpv4: "0.0.0.0/0" });
    },
    packet: "Instance::web Instance::app sctp 38412",
    verdict: "arrives",
    stage: into,
    rule: /^sgr-/,
  },
  {
    name: "an ICMP rule allows one type and code",
    document: rules,
    says: "For ICMP the first number is the type and the second the code.",
    world: (w) => {
      webSends(w);
      w.allow(w.appGroup, "ingress", "icmp 3~4", { cidrIpv4: "0.0.0.0/0" });
    },
    packet: "Instance::web Instance::app icmp icmpType=3 icmpCode=4",
    verdict: "arrives",
    stage: into,
    rule: /^sgr-/,
  },
  {
    name: "an ICMP rule for one type does not carry another",
    document: rules,
    says: "Only the named type is allowed.",
    world: (w) => {
      webSends(w);
      w.allow(w.appGroup, "ingress", "icmp 3~4", { cidrIpv4: "0.0.0.0/0" });
    },
    packet: "Instance::web Instance::app icmp",
    verdict: "dropped",
    stage: into,
    rule: /no ingress rule/,
  },
  {
    name: "ICMP type -1 is every type",
    document: rules,
    says: "-1 stands for all types, and then for all codes.",
    world: (w) => {
      webSends(w);
      w.allow(w.appGroup, "ingress", "icmp -1~-1", { cidrIpv4: "0.0.0.0/0" });
    },
    packet: "Instance::web Instance::app icmp",
    verdict: "arrives",
    stage: into,
    rule: /^sgr-/,
  },
  {
    name: "0.0.0.0/0 is no IPv6 address",
    document: rules,
    says: "IPv4 and IPv6 ranges are written apart; a rule for one does not hold for the other.",
    world: (w) => {
      webSends(w);
      w.allow(w.appGroup, "ingress", "-1", { cidrIpv4: "0.0.0.0/0" });
    },
    packet: "Instance::web Instance::app tcp 8080 family=6",
    verdict: "dropped",
    stage: into,
    rule: /no ingress rule/,
  },
  {
    name: "an IPv6 rule carries IPv6",
    document: rules,
    says: "IPv6 ranges are rules of their own.",
    world: (w) => {
      webSends(w);
      w.allow(w.appGroup, "ingress", "tcp 8080", { cidrIpv6: w.six(w.vpc, 1, "/64") });
    },
    packet: "Instance::web Instance::app tcp 8080 family=6",
    verdict: "arrives",
    stage: into,
    rule: /^sgr-/,
  },
  {
    name: "icmpv6 without type is all of ICMPv6",
    document: "Amazon EC2 API: AuthorizeSecurityGroupIngress, IpProtocol",
    says: "For icmpv6 the range is optional; without it all types and codes are allowed.",
    world: (w) => {
      webSends(w);
      w.allow(w.appGroup, "ingress", "icmpv6", { cidrIpv6: "::/0" });
    },
    packet: "Instance::web Instance::app icmp family=6",
    verdict: "arrives",
    stage: into,
    rule: /^sgr-/,
  },
  {
    name: "a managed prefix list stands for its prefixes",
    document: "Amazon VPC User Guide: Reference prefix lists in your AWS resources",
    says: "A rule may name a prefix list; it holds for every entry of it.",
    world: (w) => {
      webSends(w);
      const list = w.prefixList("office", ["10.0.1.0/28"]);
      w.allow(w.appGroup, "ingress", "-1", { prefixListId: list.id });
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: into,
    rule: /^sgr-/,
  },
  {
    name: "what a list of AWS's own holds is not in the world",
    document: "Amazon VPC User Guide: AWS-managed prefix lists",
    says: "AWS maintains those lists; a customer cannot change them.",
    world: (w) => {
      webSends(w);
      w.allow(w.appGroup, "ingress", "-1", { prefixListId: "pl-0123456789abcdef0" });
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "cannot tell",
    stage: into,
    rule: /what prefix list pl-0123456789abcdef0 holds/,
  },
  {
    name: "a rule of the older kind counts as well",
    document: rules,
    says: "A group has rules, however they were written.",
    world: (w) => {
      webSends(w);
      w.lab.create("aws:ec2/securityGroupRule:SecurityGroupRule", "old", {
        securityGroupId: w.appGroup.id,
        type: "ingress",
        protocol: "tcp",
        fromPort: 8080,
        toPort: 8080,
        sourceSecurityGroupId: w.webGroup.id,
      });
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: into,
    rule: /sgrule-.*old/,
  },
  {
    name: "an older rule for egress is none for ingress",
    document: rules,
    says: "Inbound and outbound rules are apart.",
    world: (w) => {
      webSends(w);
      w.lab.create("aws:ec2/securityGroupRule:SecurityGroupRule", "old", {
        securityGroupId: w.appGroup.id,
        type: "egress",
        protocol: "tcp",
        fromPort: 8080,
        toPort: 8080,
        cidrBlocks: ["0.0.0.0/0"],
      });
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: into,
    rule: /no ingress rule/,
  },
  {
    name: "replies need no rule",
    document: tracking,
    says: "Groups are stateful: what answers an allowed request passes whatever the rules say.",
    world: (w) => {
      w.allow(w.webGroup, "egress", "tcp 8080", { cidrIpv4: "10.0.2.10/32" });
      w.allow(w.appGroup, "ingress", "tcp 8080", { cidrIpv4: "10.0.1.10/32" });
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: "reply: network ACL, inbound",
    rule: /rule 100 allows/,
  },
  {
    name: "groups judge traffic inside a subnet",
    document: basics,
    says: "A group acts at the resource, not at the subnet.",
    world: (w) => {
      webSends(w);
      w.instance("near", w.a, "10.0.1.50", [w.appGroup]);
    },
    packet: "Instance::web Instance::near tcp 8080",
    verdict: "dropped",
    stage: into,
    rule: /no ingress rule/,
  },
  {
    name: "a rule changed by hand decides at once",
    document: rules,
    says: "A changed rule applies to all instances of the group automatically.",
    world: (w) => {
      webSends(w);
      const rule = w.allow(w.appGroup, "ingress", "tcp 8080", { cidrIpv4: "10.0.1.0/24" });
      w.lab.drift(rule, "fromPort", 9090);
      w.lab.drift(rule, "toPort", 9090);
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: into,
    rule: /no ingress rule/,
  },
  {
    name: "Amazon DNS is not filtered",
    document: "Amazon VPC User Guide: Control traffic to your AWS resources using security groups",
    says: "Groups do not filter traffic to Amazon DNS, DHCP, instance metadata, task metadata, licence activation, time and the router's reserved address.",
    packet: "Instance::web 10.0.0.2 udp 53",
    verdict: "arrives",
    stage: "platform services",
    rule: /Amazon DNS/,
  },
  {
    name: "instance metadata is not filtered",
    document: "Amazon VPC User Guide: Control traffic to your AWS resources using security groups",
    says: "Traffic to the instance metadata address is not filtered.",
    packet: "Instance::web 169.254.169.254 tcp 80",
    verdict: "arrives",
    stage: "platform services",
    rule: /instance metadata/,
  },
  {
    name: "an interface endpoint has groups of its own",
    document:
      "AWS PrivateLink Guide: Access an AWS service using an interface endpoint, Security groups",
    says: "The endpoint's groups must allow what comes from the resources that use it.",
    world: (w) => {
      webSends(w);
      w.lab.create("aws:ec2/vpcEndpoint:VpcEndpoint", "kms", {
        vpcId: w.vpc.id,
        serviceName: "com.amazonaws.eu-central-1.kms",
        vpcEndpointType: "Interface",
        subnetIds: [w.b.id],
        securityGroupIds: [w.appGroup.id],
      });
    },
    packet: "Instance::web VpcEndpoint::kms tcp 443",
    verdict: "dropped",
    stage: into,
    rule: /no ingress rule/,
  },
];

describe("packet probe: AWS security groups", () => {
  testRows(rows, () => new AwsWorld());
});
