/** Network ACLs, as the Amazon VPC User Guide describes them. */

import { type Row, testRows } from "../rows.ts";
import { AwsWorld, entry } from "./world.ts";

const basics = "Amazon VPC User Guide: Network ACL basics";
const rulesPage = "Amazon VPC User Guide: Network ACL rules";
const out = "network ACL, outbound";
const into = "network ACL, inbound";
const all = [entry(100, "allow")];

const rows: readonly Row<AwsWorld>[] = [
  {
    name: "the default ACL allows everything",
    document: "Amazon VPC User Guide: Default network ACL for a VPC",
    says: "The default ACL lets all IPv4 traffic in and out.",
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: into,
    rule: /rule 100 allows/,
  },
  {
    name: "the default ACL of a network with IPv6 allows IPv6, too",
    document: "Amazon VPC User Guide: Default network ACL for a VPC",
    says: "With an IPv6 range the default ACL gets rules 101 that allow all IPv6.",
    packet: "Instance::web Instance::app tcp 8080 family=6",
    verdict: "arrives",
    stage: into,
    rule: /rule 101 allows ::\/0/,
  },
  {
    name: "a new ACL denies everything",
    document: "Amazon VPC User Guide: Custom network ACLs",
    says: "A custom ACL denies all traffic until rules are added.",
    world: (w) => w.acl("empty", w.b, [], []),
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: into,
    rule: /rule \* denies/,
  },
  {
    name: "the rule with the lowest number decides",
    document: rulesPage,
    says: "Rules are evaluated from the lowest number on; the first that matches is applied.",
    world: (w) =>
      w.acl(
        "ordered",
        w.b,
        [entry(200, "allow"), entry(100, "deny", { cidrBlock: "10.0.1.0/24" })],
        all,
      ),
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: into,
    rule: /rule 100 denies/,
  },
  {
    name: "a later deny does not undo an earlier allow",
    document: rulesPage,
    says: "As soon as a rule matches it is applied, whatever a higher number says.",
    world: (w) => w.acl("ordered", w.b, [entry(100, "allow"), entry(200, "deny")], all),
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: into,
    rule: /rule 100 allows/,
  },
  {
    name: "the ACL of the sender's subnet judges what leaves it",
    document: basics,
    says: "An ACL allows or denies inbound and outbound traffic at the subnet.",
    world: (w) => w.acl("sender", w.a, all, [entry(100, "deny", { cidrBlock: "10.0.2.0/24" })]),
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: out,
    rule: /denies it/,
  },
  {
    name: "traffic inside a subnet meets no ACL",
    document: basics,
    says: "ACLs act at the edge of a subnet: traffic within it is not judged.",
    world: (w) => {
      w.acl("shut", w.a, [], []);
      w.instance("near", w.a, "10.0.1.50", [w.appGroup]);
    },
    packet: "Instance::web Instance::near tcp 8080",
    verdict: "arrives",
    stage: "security groups, inbound",
    rule: /^sgr-/,
  },
  {
    name: "a reply needs rules of its own",
    document: basics,
    says: "ACLs are stateless: what answers allowed traffic is judged by the outbound rules.",
    world: (w) =>
      w.acl("stateless", w.b, all, [
        entry(100, "allow", { protocol: "tcp", fromPort: 443, toPort: 443 }),
      ]),
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: "reply: network ACL, outbound",
    rule: /rule \* denies/,
  },
  {
    name: "with ephemeral ports open the reply passes",
    document: "Amazon VPC User Guide: Network ACLs, Ephemeral ports",
    says: "The client's ephemeral range must be open for what answers it.",
    world: (w) =>
      w.acl("stateless", w.b, all, [
        entry(100, "allow", { protocol: "tcp", fromPort: 1024, toPort: 65535 }),
      ]),
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: "reply: network ACL, outbound",
    rule: /rule 100 allows/,
  },
  {
    name: "a source port below the opened range gets no reply",
    document: "Amazon VPC User Guide: Network ACLs, Ephemeral ports",
    says: "Which range is used depends on the client; a narrower rule refuses the rest.",
    world: (w) =>
      w.acl("stateless", w.b, all, [
        entry(100, "allow", { protocol: "tcp", fromPort: 32768, toPort: 65535 }),
      ]),
    packet: "Instance::web Instance::app tcp 8080 sourcePort=2000",
    verdict: "dropped",
    stage: "reply: network ACL, outbound",
    rule: /rule \* denies/,
  },
  {
    name: "the reply enters the sender's subnet by its inbound rules",
    document: basics,
    says: "Stateless rules hold at both subnets, for both directions.",
    world: (w) => w.acl("sender", w.a, [entry(100, "allow", { protocol: "udp" })], all),
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: "reply: network ACL, inbound",
    rule: /rule \* denies/,
  },
  {
    name: "a TCP entry does not carry UDP",
    document: rulesPage,
    says: "A rule names a protocol; other protocols fall to the next rule.",
    world: (w) =>
      w.acl(
        "tcp",
        w.b,
        [entry(100, "allow", { protocol: "tcp", fromPort: 0, toPort: 65535 })],
        all,
      ),
    packet: "Instance::web Instance::app udp 8080",
    verdict: "dropped",
    stage: into,
    rule: /rule \* denies/,
  },
  {
    name: "a protocol may be given by its number",
    document: rulesPage,
    says: "Any protocol with a standard number may be named.",
    world: (w) =>
      w.acl(
        "six",
        w.b,
        [entry(100, "allow", { protocol: "6", fromPort: 8080, toPort: 8080 })],
        all,
      ),
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: into,
    rule: /rule 100 allows/,
  },
  {
    name: "an ICMP entry names type and code",
    document: rulesPage,
    says: "For ICMP all or certain types and codes are named.",
    world: (w) =>
      w.acl(
        "icmp",
        w.b,
        [entry(100, "allow", { protocol: "icmp", icmpType: 3, icmpCode: 4 })],
        all,
      ),
    packet: "Instance::web Instance::app icmp",
    verdict: "dropped",
    stage: into,
    rule: /rule \* denies/,
  },
  {
    name: "an IPv4 entry does not carry IPv6",
    document: rulesPage,
    says: "IPv4 and IPv6 ranges are entries of their own.",
    world: (w) => w.acl("four", w.b, all, all),
    packet: "Instance::web Instance::app tcp 8080 family=6",
    verdict: "dropped",
    stage: into,
    rule: /rule \* denies/,
  },
  {
    name: "an entry of its own counts as one written inside",
    document: rulesPage,
    says: "An ACL has numbered rules, however they were added.",
    world: (w) => {
      const acl = w.acl("apart", w.b, [entry(100, "allow")], all);
      w.lab.create("aws:ec2/networkAclRule:NetworkAclRule", "quarantine", {
        networkAclId: acl.id,
        ruleNumber: 50,
        protocol: "-1",
        ruleAction: "deny",
        cidrBlock: "10.0.1.10/32",
      });
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: into,
    rule: /rule 50 denies/,
  },
  {
    name: "an egress entry does not judge what comes in",
    document: rulesPage,
    says: "Inbound and outbound rules are numbered apart.",
    world: (w) => {
      const acl = w.acl("apart", w.b, [entry(100, "allow")], all);
      w.lab.create("aws:ec2/networkAclRule:NetworkAclRule", "out", {
        networkAclId: acl.id,
        ruleNumber: 50,
        protocol: "-1",
        ruleAction: "deny",
        egress: true,
        cidrBlock: "10.0.9.0/24",
      });
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: into,
    rule: /rule 100 allows/,
  },
  {
    name: "a default ACL taken over without rules denies everything",
    document: "Amazon VPC User Guide: Default network ACL for a VPC",
    says: "The rules of the default ACL can be changed; without any the last rule denies.",
    world: (w) =>
      w.lab.create("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", "shut", {
        defaultNetworkAclId: String(w.vpc.outputs["defaultNetworkAclId"]),
      }),
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: out,
    rule: /rule \* denies/,
  },
  {
    name: "Amazon DNS passes an ACL that denies everything",
    document: basics,
    says: "ACLs cannot block DNS requests to or from the Route 53 Resolver.",
    world: (w) => w.acl("shut", w.a, [], []),
    packet: "Instance::web 169.254.169.253 udp 53",
    verdict: "arrives",
    stage: "platform services",
    rule: /Amazon DNS/,
  },
];

describe("packet probe: AWS network ACLs", () => {
  testRows(rows, () => {
    const world = new AwsWorld();
    world.open();
    return world;
  });
});
