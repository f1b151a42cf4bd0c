/** VPC firewall rules and firewall policies, as Google Cloud's documentation describes them. */

import { type Row, testRows } from "../rows.ts";
import { GcpWorld, organization } from "./world.ts";

const page = "Google Cloud VPC: VPC firewall rules";
const order = "Cloud NGFW: Firewall policy rule evaluation order";
const details = "Cloud NGFW: Firewall policy rule details";
const secure = "Cloud NGFW: Secure tags for firewalls";
const vpcIn = "VPC firewall rules, ingress";
const vpcOut = "VPC firewall rules, egress";
const globalIn = "global network firewall policy, ingress";
const globalOut = "global network firewall policy, egress";
const ANY = { sourceRanges: ["0.0.0.0/0"] };

const rows: readonly Row<GcpWorld>[] = [
  {
    name: "ingress is denied unless a rule allows it",
    document: `${page}, Implied rules`,
    says: "An implied ingress rule of the lowest priority denies everything.",
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: "implied firewall rules, ingress",
    rule: /implied rule denies ingress/,
  },
  {
    name: "egress is allowed unless a rule denies it",
    document: `${page}, Implied rules`,
    says: "An implied egress rule of the lowest priority allows everything.",
    world: (w) => w.firewall("allow 1000 INGRESS tcp 8080", ANY),
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: "implied firewall rules, egress",
    rule: /implied rule allows egress/,
  },
  {
    name: "the implied rules hold for IPv6, too",
    document: `${page}, Implied rules`,
    says: "Implied IPv6 rules are there for networks with IPv6.",
    packet: "Instance::web Instance::app tcp 8080 family=6",
    verdict: "dropped",
    stage: "implied firewall rules, ingress",
    rule: /denies ingress/,
  },
  {
    name: "the lower number decides",
    document: `${page}, Priority`,
    says: "The applicable rule of the highest priority, which is the lowest number, takes precedence.",
    world: (w) => {
      w.firewall("allow 2000 INGRESS tcp 8080", ANY);
      w.firewall("deny 1000 INGRESS tcp 8080", ANY);
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: vpcIn,
    rule: /deny-1000-ingress \(1000\)/,
  },
  {
    name: "of equal numbers deny comes first",
    document: `${page}, Priority`,
    says: "A deny rule overrides an allow rule of the same priority.",
    world: (w) => {
      w.firewall("allow 1000 INGRESS tcp 8080", ANY);
      w.firewall("deny 1000 INGRESS tcp 8080", ANY);
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: vpcIn,
    rule: /deny-1000-ingress/,
  },
  {
    name: "a deny of lower priority does not undo an allow",
    document: `${page}, Priority`,
    says: "Rules of lower priority are not asked.",
    world: (w) => {
      w.firewall("allow 1000 INGRESS tcp 8080", ANY);
      w.firewall("deny 65534 INGRESS", ANY);
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: vpcIn,
    rule: /allow-1000-ingress/,
  },
  {
    name: "a rule without source means everybody of IPv4",
    document: `${page}, Sources`,
    says: "Without a source the rule uses 0.0.0.0/0.",
    world: (w) => w.firewall("allow 1000 INGRESS tcp 8080"),
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: vpcIn,
    rule: /allow-1000-ingress/,
  },
  {
    name: "0.0.0.0/0 is no IPv6 address",
    document: `${page}, Sources`,
    says: "A rule has IPv4 or IPv6 ranges, not both.",
    world: (w) => w.firewall("allow 1000 INGRESS tcp 8080"),
    packet: "Instance::web Instance::app tcp 8080 family=6",
    verdict: "dropped",
    stage: "implied firewall rules, ingress",
    rule: /denies ingress/,
  },
  {
    name: "a rule with IPv6 ranges carries IPv6",
    document: `${page}, Sources`,
    says: "IPv6 ranges need a rule of their own.",
    world: (w) => w.firewall("allow 1000 INGRESS tcp 8080", { sourceRanges: ["fd20:1:2:1::/64"] }),
    packet: "Instance::web Instance::app tcp 8080 family=6",
    verdict: "arrives",
    stage: vpcIn,
    rule: /allow-1000-ingress/,
  },
  {
    name: "a source outside of the ranges is not meant",
    document: `${page}, Sources`,
    says: "The packet's source must lie in a range.",
    world: (w) => w.firewall("allow 1000 INGRESS tcp 8080", { sourceRanges: ["10.0.9.0/24"] }),
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: "implied firewall rules, ingress",
    rule: /denies ingress/,
  },
  {
    name: "a source tag means instances with it in the network",
    document: `${page}, Source network tags`,
    says: "Packets from interfaces of the same network whose instance has the tag match.",
    world: (w) => w.firewall("allow 1000 INGRESS tcp 8080", { sourceTags: ["web"] }),
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: vpcIn,
    rule: /allow-1000-ingress/,
  },
  {
    name: "an instance without the tag is not meant",
    document: `${page}, Source network tags`,
    says: "Only instances with the tag match.",
    world: (w) => w.firewall("allow 1000 INGRESS tcp 8080", { sourceTags: ["batch"] }),
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: "implied firewall rules, ingress",
    rule: /denies ingress/,
  },
  {
    name: "a source tag does not mean instances of a peered network",
    document: `${page}, Source network tags`,
    says: "The tag is looked up in the rule's own network.",
    world: (w) => {
      const other = w.other();
      w.peering(w.shop, other);
      w.peering(other, w.shop);
      w.firewall("allow 1000 INGRESS tcp 8080", { sourceTags: ["web"] });
    },
    packet: "Instance::far Instance::app tcp 8080",
    verdict: "dropped",
    stage: "implied firewall rules, ingress",
    rule: /denies ingress/,
  },
  {
    name: "a source tag does not mean an external address",
    document: `${page}, Source network tags`,
    says: "Only internal addresses of the interfaces match a source tag.",
    world: (w) => {
      w.shownWeb();
      w.instance("gate", w.b, "10.0.2.20", { external: "203.0.113.30" });
      w.firewall("allow 1000 INGRESS tcp 443", { sourceTags: ["web"] });
    },
    packet: "Instance::shown 203.0.113.30 tcp 443",
    verdict: "dropped",
    stage: "implied firewall rules, ingress",
    rule: /denies ingress/,
  },
  {
    name: "ranges and tags of a rule are alternatives",
    document: `${page}, Sources`,
    says: "With ranges and tags a packet matches if either does.",
    world: (w) =>
      w.firewall("allow 1000 INGRESS tcp 8080", {
        sourceRanges: ["192.0.2.0/24"],
        sourceTags: ["web"],
      }),
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: vpcIn,
    rule: /allow-1000-ingress/,
  },
  {
    name: "a source may be a service account",
    document: `${page}, Source service accounts`,
    says: "Packets from interfaces of instances that run as the account match.",
    world: (w) =>
      w.firewall("allow 1000 INGRESS tcp 8080", {
        sourceServiceAccounts: ["web@shop-project.iam.gserviceaccount.com"],
      }),
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: vpcIn,
    rule: /allow-1000-ingress/,
  },
  {
    name: "another service account is not meant",
    document: `${page}, Source service accounts`,
    says: "Only instances that run as the account match.",
    world: (w) =>
      w.firewall("allow 1000 INGRESS tcp 8080", {
        sourceServiceAccounts: ["batch@shop-project.iam.gserviceaccount.com"],
      }),
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: "implied firewall rules, ingress",
    rule: /denies ingress/,
  },
  {
    name: "a rule is enforced at its targets",
    document: `${page}, Targets`,
    says: "With target tags the rule applies to instances that have one of them.",
    world: (w) => w.firewall("allow 1000 INGRESS tcp 8080", { ...ANY, targetTags: ["app"] }),
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: vpcIn,
    rule: /allow-1000-ingress/,
  },
  {
    name: "other instances are no targets",
    document: `${page}, Targets`,
    says: "A rule does not apply to instances without its target tags.",
    world: (w) => w.firewall("allow 1000 INGRESS tcp 8080", { ...ANY, targetTags: ["db"] }),
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: "implied firewall rules, ingress",
    rule: /denies ingress/,
  },
  {
    name: "a target may be a service account",
    document: `${page}, Targets`,
    says: "With target service accounts the rule applies to instances that run as one of them.",
    world: (w) => {
      w.firewall("allow 1000 INGRESS tcp 8080", ANY);
      w.firewall("deny 900 EGRESS", {
        destinationRanges: ["0.0.0.0/0"],
        targetServiceAccounts: ["web@shop-project.iam.gserviceaccount.com"],
      });
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: vpcOut,
    rule: /deny-900-egress/,
  },
  {
    name: "an egress rule names destinations",
    document: `${page}, Destinations for egress rules`,
    says: "An egress rule has destination ranges.",
    world: (w) => {
      w.firewall("allow 1000 INGRESS tcp 8080", ANY);
      w.firewall("deny 1000 EGRESS", { destinationRanges: ["10.0.2.0/24"] });
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: vpcOut,
    rule: /deny-1000-egress/,
  },
  {
    name: "another destination is not meant",
    document: `${page}, Destinations for egress rules`,
    says: "The packet's destination must lie in a range.",
    world: (w) => {
      w.firewall("allow 1000 INGRESS tcp 8080", ANY);
      w.firewall("deny 1000 EGRESS", { destinationRanges: ["10.0.3.0/24"] });
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: "implied firewall rules, egress",
    rule: /allows egress/,
  },
  {
    name: "a disabled rule is not enforced",
    document: `${page}, Enforcement`,
    says: "A rule can be disabled, and is then not enforced.",
    world: (w) => w.firewall("allow 1000 INGRESS tcp 8080", { ...ANY, disabled: true }),
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: "implied firewall rules, ingress",
    rule: /denies ingress/,
  },
  {
    name: "a rule of another network does not hold",
    document: page,
    says: "Each rule is of one network.",
    world: (w) => void w.other(),
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: "implied firewall rules, ingress",
    rule: /denies ingress/,
  },
  {
    name: "a range of ports is inclusive",
    document: `${page}, Protocols and ports`,
    says: "Ports are named one by one or as a range.",
    world: (w) => w.firewall("allow 1000 INGRESS tcp 443,8000-8080", ANY),
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: vpcIn,
    rule: /allow-1000-ingress/,
  },
  {
    name: "other ports are not meant",
    document: `${page}, Protocols and ports`,
    says: "A rule with ports holds for those.",
    world: (w) => w.firewall("allow 1000 INGRESS tcp 443,8000-8080", ANY),
    packet: "Instance::web Instance::app tcp 8081",
    verdict: "dropped",
    stage: "implied firewall rules, ingress",
    rule: /denies ingress/,
  },
  {
    name: "a protocol without ports means all of them",
    document: `${page}, Protocols and ports`,
    says: "Without ports the rule holds for all ports of the protocol.",
    world: (w) => w.firewall("allow 1000 INGRESS udp", ANY),
    packet: "Instance::web Instance::app udp 40000",
    verdict: "arrives",
    stage: vpcIn,
    rule: /allow-1000-ingress/,
  },
  {
    name: "a protocol may be a number",
    document: `${page}, Protocols and ports`,
    says: "A protocol is a name or its IANA number.",
    world: (w) => w.firewall("allow 1000 INGRESS 132", ANY),
    packet: "Instance::web Instance::app sctp 38412",
    verdict: "arrives",
    stage: vpcIn,
    rule: /allow-1000-ingress/,
  },
  {
    name: "icmp is allowed by name",
    document: `${page}, Protocols and ports`,
    says: "icmp is one of the names.",
    world: (w) => w.firewall("allow 1000 INGRESS icmp", ANY),
    packet: "Instance::web Instance::app icmp",
    verdict: "arrives",
    stage: vpcIn,
    rule: /allow-1000-ingress/,
  },
  {
    name: "icmp is not ICMPv6",
    document: `${page}, Protocols and ports`,
    says: "ICMPv6 is named by its number, 58.",
    world: (w) => w.firewall("allow 1000 INGRESS icmp", { sourceRanges: ["::/0"] }),
    packet: "Instance::web Instance::app icmp family=6",
    verdict: "dropped",
    stage: "implied firewall rules, ingress",
    rule: /denies ingress/,
  },
  {
    name: "58 is ICMPv6",
    document: `${page}, Protocols and ports`,
    says: "ICMPv6 is named by its number, 58.",
    world: (w) => w.firewall("allow 1000 INGRESS 58", { sourceRanges: ["::/0"] }),
    packet: "Instance::web Instance::app icmp family=6",
    verdict: "arrives",
    stage: vpcIn,
    rule: /allow-1000-ingress/,
  },
  {
    name: "replies need no rule",
    document: page,
    says: "Rules are stateful: once a connection is allowed, return traffic is.",
    world: (w) => {
      w.firewall("allow 1000 INGRESS tcp 8080", { ...ANY, targetTags: ["app"] });
      w.firewall("deny 1000 EGRESS", { destinationRanges: ["0.0.0.0/0"], targetTags: ["app"] });
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: vpcIn,
    rule: /allow-1000-ingress/,
  },
  {
    name: "traffic inside a subnet is judged",
    document: page,
    says: "Rules are enforced at each instance, also between instances of one network.",
    world: (w) => void w.instance("near", w.a, "10.0.1.30"),
    packet: "Instance::web Instance::near tcp 22",
    verdict: "dropped",
    stage: "implied firewall rules, ingress",
    rule: /denies ingress/,
  },
  {
    name: "VPC rules come before the network's policies",
    document: order,
    says: "By default VPC firewall rules are evaluated before global network firewall policies.",
    world: (w) => {
      w.firewall("allow 60000 INGRESS tcp 8080", ANY);
      w.policy("deny 1 INGRESS tcp 8080");
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: vpcIn,
    rule: /allow-60000-ingress/,
  },
  {
    name: "with another enforcement order policies come first",
    document: order,
    says: "With BEFORE_CLASSIC_FIREWALL network policies are evaluated before VPC firewall rules.",
    world: (w) => {
      w.lab.drift(w.shop, "networkFirewallPolicyEnforcementOrder", "BEFORE_CLASSIC_FIREWALL");
      w.firewall("allow 60000 INGRESS tcp 8080", ANY);
      w.policy("deny 1 INGRESS tcp 8080");
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: globalIn,
    rule: /rule 1 deny/,
  },
  {
    name: "what VPC rules leave open the network's policy decides",
    document: order,
    says: "If no VPC rule matches, the global network policy is evaluated.",
    world: (w) => w.policy("allow 100 INGRESS tcp 8080"),
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: globalIn,
    rule: /rule 100 allow/,
  },
  {
    name: "a policy's rules are asked by their numbers",
    document: details,
    says: "The lowest number is evaluated first; priorities are unique.",
    world: (w) => {
      w.policy("allow 200 INGRESS tcp 8080");
      w.policy("deny 100 INGRESS tcp");
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: globalIn,
    rule: /rule 100 deny/,
  },
  {
    name: "goto_next hands on to the next level",
    document: details,
    says: "goto_next continues with the next level of the evaluation order.",
    world: (w) => {
      w.policy("goto_next 100 INGRESS tcp 8080");
      w.policy("allow 200 INGRESS tcp 8080");
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: "implied firewall rules, ingress",
    rule: /denies ingress/,
  },
  {
    name: "an egress rule of a policy denies",
    document: details,
    says: "Policies have egress rules with destination ranges.",
    world: (w) => {
      w.policy("allow 100 INGRESS tcp 8080");
      w.policy("deny 200 EGRESS");
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: globalOut,
    rule: /rule 200 deny/,
  },
  {
    name: "the regional policy comes after the global one",
    document: order,
    says: "Regional network firewall policies are evaluated after global ones.",
    world: (w) => {
      w.policy("allow 100 INGRESS tcp 8080");
      w.regional("deny 1 INGRESS tcp 8080");
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: globalIn,
    rule: /rule 100 allow/,
  },
  {
    name: "the regional policy decides what is left open",
    document: order,
    says: "A regional policy applies to its region of the network.",
    world: (w) => w.regional("allow 1 INGRESS tcp 8080"),
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: "regional network firewall policy, ingress",
    rule: /rule 1 allow/,
  },
  {
    name: "a regional policy of another region does not hold",
    document: "Cloud NGFW: Regional network firewall policies",
    says: "It applies to instances in its region.",
    world: (w) => w.regional("allow 1 INGRESS tcp 8080", {}, "us-central1"),
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: "implied firewall rules, ingress",
    rule: /denies ingress/,
  },
  {
    name: "the organisation's policy comes first",
    document: order,
    says: "Hierarchical policies are evaluated before everything else.",
    world: (w) => {
      w.place();
      w.hierarchical(organization, "deny 10 INGRESS tcp 8080");
      w.firewall("allow 0 INGRESS tcp 8080", ANY);
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: "hierarchical firewall policy, ingress",
    rule: /rule 10 deny/,
  },
  {
    name: "the organisation's policy comes before the folder's",
    document: "Cloud NGFW: Hierarchical firewall policies",
    says: "Policies are evaluated from the organisation down to the folders.",
    world: (w) => {
      w.hierarchical(w.place(), "deny 1 INGRESS tcp 8080");
      w.hierarchical(organization, "allow 10 INGRESS tcp 8080");
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: "hierarchical firewall policy, ingress",
    rule: /rule 10 allow/,
  },
  {
    name: "goto_next of the organisation hands on to the folder",
    document: "Cloud NGFW: Hierarchical firewall policies",
    says: "With goto_next evaluation moves to the next lower level.",
    world: (w) => {
      const folder = w.place();
      w.hierarchical(organization, "goto_next 10 INGRESS tcp 8080");
      w.hierarchical(folder, "deny 1 INGRESS tcp 8080");
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: "hierarchical firewall policy, ingress",
    rule: /rule 1 deny/,
  },
  {
    name: "another folder's policy does not hold",
    document: "Cloud NGFW: Hierarchical firewall policies",
    says: "A policy applies to the projects below what it is associated with.",
    world: (w) => {
      w.place();
      w.hierarchical(w.folder("elsewhere"), "deny 1 INGRESS tcp 8080");
      w.firewall("allow 1000 INGRESS tcp 8080", ANY);
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: vpcIn,
    rule: /allow-1000/,
  },
  {
    name: "whether a project lies in a folder is not known without the project",
    document: "Resource Manager: Resource hierarchy",
    says: "A project's parent is a folder or the organisation.",
    world: (w) => {
      w.hierarchical(w.folder("elsewhere"), "deny 1 INGRESS tcp 8080");
      w.firewall("allow 1000 INGRESS tcp 8080", ANY);
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "cannot tell",
    stage: "hierarchical firewall policy, egress",
    rule: /whether shop-project lies in folders\/\d+/,
  },
  {
    name: "a hierarchical rule may target networks",
    document: "Cloud NGFW: Hierarchical firewall policies, Targets",
    says: "Target resources limit a rule to the named networks.",
    world: (w) => {
      w.place();
      const more = { targetResources: ["projects/shop-project/global/networks/elsewhere"] };
      w.hierarchical(organization, "deny 10 INGRESS tcp 8080", { more });
      w.firewall("allow 1000 INGRESS tcp 8080", ANY);
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: vpcIn,
    rule: /allow-1000/,
  },
  {
    name: "a secure tag as source means instances that have it",
    document: secure,
    says: "A source secure tag matches packets from interfaces of instances bound to it.",
    world: (w) => {
      const front = w.tag("front");
      w.tagged("fronted", w.a, "10.0.1.40", front);
      w.policy("allow 100 INGRESS tcp 8080", { match: { srcSecureTags: [{ name: front.id }] } });
    },
    packet: "Instance::fronted Instance::app tcp 8080",
    verdict: "arrives",
    stage: globalIn,
    rule: /rule 100 allow/,
  },
  {
    name: "an instance without the secure tag is not meant",
    document: secure,
    says: "Only bound instances match.",
    world: (w) => {
      const front = w.tag("front");
      w.policy("allow 100 INGRESS tcp 8080", { match: { srcSecureTags: [{ name: front.id }] } });
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: "implied firewall rules, ingress",
    rule: /denies ingress/,
  },
  {
    name: "a target secure tag limits a rule to its instances",
    document: secure,
    says: "With target secure tags a rule applies to instances bound to one of them.",
    world: (w) => {
      const back = w.tag("back");
      w.tagged("backed", w.b, "10.0.2.40", back);
      w.policy("allow 100 INGRESS tcp 8080", { more: { targetSecureTags: [{ name: back.id }] } });
    },
    packet: "Instance::web Instance::backed tcp 8080",
    verdict: "arrives",
    stage: globalIn,
    rule: /rule 100 allow/,
  },
  {
    name: "a network tag of the same name is no secure tag",
    document: secure,
    says: "Secure tags are bound with permission; network tags are mere text.",
    world: (w) => {
      const back = w.tag("app");
      w.policy("allow 100 INGRESS tcp 8080", { more: { targetSecureTags: [{ name: back.id }] } });
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "dropped",
    stage: "implied firewall rules, ingress",
    rule: /denies ingress/,
  },
  {
    name: "a binding of its own counts as one at creation",
    document: secure,
    says: "Tag values are bound to instances by tag bindings.",
    world: (w) => {
      const front = w.tag("front");
      w.put("gcp:tags/locationTagBinding:LocationTagBinding", "binding", {
        parent: "//compute.googleapis.com/projects/1/zones/europe-west4-a/instances/web",
        tagValue: front.id,
      });
      w.policy("allow 100 INGRESS tcp 8080", { match: { srcSecureTags: [{ name: front.id }] } });
    },
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: globalIn,
    rule: /rule 100 allow/,
  },
  {
    name: "a secure tag reaches over a peering",
    document: secure,
    says: "Source secure tags match instances of peered networks, too.",
    world: (w) => {
      const other = w.other();
      w.peering(w.shop, other);
      w.peering(other, w.shop);
      const front = w.tag("front");
      w.put("gcp:tags/locationTagBinding:LocationTagBinding", "binding", {
        parent: "//compute.googleapis.com/projects/1/zones/europe-west4-a/instances/far",
        tagValue: front.id,
      });
      w.policy("allow 100 INGRESS tcp 8080", { match: { srcSecureTags: [{ name: front.id }] } });
    },
    packet: "Instance::far Instance::app tcp 8080",
    verdict: "arrives",
    stage: globalIn,
    rule: /rule 100 allow/,
  },
  {
    name: "what inspection finds is not in the world",
    document: details,
    says: "apply_security_profile_group sends the packet to a firewall endpoint.",
    world: (w) => w.policy("apply_security_profile_group 100 INGRESS tcp 8080"),
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "cannot tell",
    stage: globalIn,
    rule: /inspection of rule 100/,
  },
  {
    name: "what a list of threats holds is not in the world",
    document: "Cloud NGFW: Threat intelligence for firewall policy rules",
    says: "Google maintains the lists.",
    world: (w) => {
      w.shownWeb();
      w.policy("deny 100 INGRESS tcp 443", {
        match: {
          srcThreatIntelligences: ["iplist-tor-exit-nodes"],
          srcIpRanges: ["203.0.113.0/30"],
        },
      });
    },
    packet: "internet Instance::shown tcp 443",
    verdict: "cannot tell",
    stage: globalIn,
    rule: /what rule 100 deny matches/,
  },
];

describe("packet probe: Google Cloud firewalls", () => {
  testRows(rows, () => new GcpWorld());
});
