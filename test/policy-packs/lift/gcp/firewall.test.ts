/** Firewall rules and policies as Google documents them. */
import { liftGcp } from "../../../../policy-packs/lift/gcp/topology.ts";
import type { Row } from "../rows.ts";
import { testRows } from "../rows.ts";
import {
  external,
  firewall,
  instance,
  network,
  policy,
  policyRule,
  resource,
  secure,
  secureTag,
  subnet,
  tagged,
  unknown,
  withMore,
} from "./world.ts";

const implied = "Google Cloud, VPC firewall rules, Implied rules";
const components = "Google Cloud, VPC firewall rules, Firewall rule components";
const priority = "Google Cloud, VPC firewall rules, Priority";
const sources = "Google Cloud, VPC firewall rules, Sources for ingress rules";
const targetsDoc = "Google Cloud, VPC firewall rules, Targets";
const order = "Google Cloud, Evaluation order for firewall policies and rules";
const rulesDoc = "Google Cloud, Firewall policy rule details";
const contexts = "Google Cloud, Firewall policy rule details, Network contexts";
const hierarchy = "Google Cloud, Hierarchical firewall policies";
const defaultNetwork =
  "Google Cloud, VPC firewall rules, Pre-populated rules in the default network";

const openWeb = firewall("allow 1000 INGRESS tcp 443", { sourceRanges: ["0.0.0.0/0"] });
const account = (name: string) =>
  resource("gcp:serviceaccount/account:Account", name, { accountId: name, email: `${name}@p` });
const runsAs = (name: string) => ({ serviceAccount: { email: `${name}@p` } });
const first = network("net", { networkFirewallPolicyEnforcementOrder: "BEFORE_CLASSIC_FIREWALL" });
const tags = [secureTag("front"), secureTag("back")];
const project = (more: object) => [
  network("net", { project: "shop" }),
  resource("gcp:organizations/project:Project", "shop", {
    projectId: "shop",
    name: "shop",
    ...more,
  }),
];
const inherited = (target: string, ...rules: readonly [string, object?][]) => [
  resource(
    "FirewallPolicy",
    "above",
    { shortName: "above", parent: target },
    "locations/global/firewallPolicies/1",
  ),
  resource("FirewallPolicyAssociation", "hung", {
    firewallPolicy: "locations/global/firewallPolicies/1",
    attachmentTarget: target,
  }),
  ...rules.map(([text, more = {}]) => {
    const rule = policyRule(
      text,
      {},
      { firewallPolicy: "locations/global/firewallPolicies/1", ...more },
    );
    return resource("FirewallPolicyRule", `above ${text}`, rule.inputs as Record<string, unknown>);
  }),
];
const regional = (region: string, text: string) => [
  resource("RegionNetworkFirewallPolicy", "near", { name: "near", region }),
  resource("RegionNetworkFirewallPolicyAssociation", "near-attached", {
    firewallPolicy: "near",
    attachmentTarget: "net",
    region,
  }),
  resource("RegionNetworkFirewallPolicyRule", `near ${text}`, {
    ...(policyRule(text).inputs as object),
    firewallPolicy: "near",
    region,
  }),
];

const rows: readonly Row[] = [
  {
    document: implied,
    says: "an implied rule of priority 65535 denies all that comes in",
    resources: withMore(),
    packet: "web app tcp/8080",
    fate: "is dropped",
    by: /firewall in implied rule: ingress is denied/,
  },
  {
    document: implied,
    says: "an implied rule of priority 65535 allows all that goes out",
    resources: withMore(instance("web", "web-net", "10.2.1.4", external)),
    packet: "web 203.0.113.7 tcp/443",
    fate: "arrives",
    by: /route out/,
  },
  {
    document: implied,
    says: "there are implied rules for IPv6, too",
    resources: withMore(
      subnet("app-net", "net", "10.2.2.0/24", {
        stackType: "IPV4_IPV6",
        ipv6AccessType: "INTERNAL",
        internalIpv6Prefix: "fd20:1:2:3::/64",
      }),
    ),
    packet: "web app-net@fd20:1:2:3::9 tcp/22",
    fate: "is dropped",
    by: /implied rule: ingress is denied/,
  },
  {
    document: components,
    says: "an ingress rule that allows lets the source in",
    resources: withMore(firewall("allow 1000 INGRESS tcp 8080", { sourceRanges: ["10.2.1.0/24"] })),
    packet: "web app tcp/8080",
    fate: "arrives",
    by: /firewall in .*allow 1000/,
  },
  {
    document: components,
    says: "a source outside the ranges is not meant",
    resources: withMore(firewall("allow 1000 INGRESS tcp 8080", { sourceRanges: ["10.9.0.0/16"] })),
    packet: "web app tcp/8080",
    fate: "is dropped",
    by: /implied rule/,
  },
  {
    document: components,
    says: "an egress rule that denies stops what goes out",
    resources: withMore(
      instance("web", "web-net", "10.2.1.4", external),
      firewall("deny 1000 EGRESS tcp 443", { destinationRanges: ["203.0.113.0/24"] }),
    ),
    packet: "web 203.0.113.7 tcp/443",
    fate: "is dropped",
    by: /firewall out .*deny 1000/,
  },
  {
    document: components,
    says: "a rule that is disabled is not enforced",
    resources: withMore(firewall("allow 1000 INGRESS tcp 8080", { disabled: true })),
    packet: "web app tcp/8080",
    fate: "is dropped",
    by: /implied rule/,
  },
  {
    document: components,
    says: "rules belong to their network and apply there only",
    resources: withMore(
      network("elsewhere"),
      firewall("allow 1000 INGRESS tcp 8080", { network: "elsewhere" }),
    ),
    packet: "web app tcp/8080",
    fate: "is dropped",
    by: /implied rule/,
  },
  {
    document: components,
    says: "a protocol without ports means all its ports",
    resources: withMore(firewall("allow 1000 INGRESS tcp")),
    packet: "web app tcp/9",
    fate: "arrives",
    by: /allow 1000/,
  },
  {
    document: components,
    says: "several ports and ranges stand in one rule",
    resources: withMore(firewall("allow 1000 INGRESS tcp 22,8000-8100")),
    packet: "web app tcp/8100",
    fate: "arrives",
    by: /allow 1000/,
  },
  {
    document: components,
    says: "a protocol may be named by its number",
    resources: withMore(firewall("allow 1000 INGRESS 58")),
    packet: "web app protocol/58",
    fate: "arrives",
    by: /allow 1000/,
  },
  {
    document: components,
    says: "icmp means ICMP of IPv4",
    resources: withMore(firewall("allow 1000 INGRESS icmp")),
    packet: "web app protocol/58",
    fate: "is dropped",
    by: /implied rule/,
  },
  {
    document: components,
    says: "sctp, esp and ah have names",
    resources: withMore(firewall("allow 1000 INGRESS esp")),
    packet: "web app protocol/50",
    fate: "arrives",
    by: /allow 1000/,
  },
  {
    document: "Google Cloud, VPC firewall rules, Specifications",
    says: "rules are stateful: a reply needs no rule of its own",
    resources: withMore(
      firewall("allow 1000 INGRESS tcp 8080", { targetTags: ["app-tier"] }),
      firewall("deny 1000 EGRESS all", { targetTags: ["app-tier"] }),
    ),
    packet: "web app tcp/8080",
    fate: "arrives",
    by: /allow 1000/,
  },
  {
    document: priority,
    says: "the lower number has the higher priority",
    resources: withMore(
      firewall("allow 2000 INGRESS tcp 8080"),
      firewall("deny 1000 INGRESS tcp 8080"),
    ),
    packet: "web app tcp/8080",
    fate: "is dropped",
    by: /deny 1000/,
  },
  {
    document: priority,
    says: "of equal priorities the rule that denies takes precedence",
    resources: withMore(
      firewall("allow 1000 INGRESS tcp 8080"),
      firewall("deny 1000 INGRESS tcp 8080"),
    ),
    packet: "web app tcp/8080",
    fate: "is dropped",
    by: /deny 1000/,
  },
  {
    document: priority,
    says: "a rule without a priority has 1000",
    resources: withMore(
      firewall("allow 1000 INGRESS tcp 8080", { priority: undefined }),
      firewall("deny 1001 INGRESS tcp 8080"),
    ),
    packet: "web app tcp/8080",
    fate: "arrives",
    by: /allow 1000/,
  },
  {
    document: targetsDoc,
    says: "without targets a rule is for every instance in the network",
    resources: withMore(firewall("allow 1000 INGRESS tcp 22")),
    packet: "app web tcp/22",
    fate: "arrives",
    by: /allow 1000/,
  },
  {
    document: targetsDoc,
    says: "target tags limit it to instances that carry one of them",
    resources: withMore(firewall("allow 1000 INGRESS tcp 22", { targetTags: ["app-tier"] })),
    packet: "app web tcp/22",
    fate: "is dropped",
    by: /implied rule/,
  },
  {
    document: targetsDoc,
    says: "target service accounts limit it to instances that run as one of them",
    resources: withMore(
      account("shop"),
      instance("app", "app-net", "10.2.2.4", runsAs("shop")),
      firewall("allow 1000 INGRESS tcp 22", { targetServiceAccounts: ["shop@p"] }),
    ),
    packet: "web app tcp/22",
    fate: "arrives",
    by: /allow 1000/,
  },
  {
    document: targetsDoc,
    says: "an instance that runs as another account is no target",
    resources: withMore(
      account("shop"),
      account("other"),
      instance("app", "app-net", "10.2.2.4", runsAs("other")),
      firewall("allow 1000 INGRESS tcp 22", { targetServiceAccounts: ["shop@p"] }),
    ),
    packet: "web app tcp/22",
    fate: "is dropped",
    by: /implied rule/,
  },
  {
    document: sources,
    says: "without any source a rule means every IPv4 address",
    resources: withMore(firewall("allow 1000 INGRESS tcp 22")),
    packet: "web app tcp/22",
    fate: "arrives",
    by: /allow 1000/,
  },
  {
    document: sources,
    says: "and no IPv6 address",
    resources: withMore(
      subnet("app-net", "net", "10.2.2.0/24", {
        stackType: "IPV4_IPV6",
        ipv6AccessType: "INTERNAL",
        internalIpv6Prefix: "fd20:1:2:3::/64",
      }),
      firewall("allow 1000 INGRESS tcp 22"),
    ),
    packet: "app-net@fd20:1:2:3::8 app-net@fd20:1:2:3::9 tcp/22",
    fate: "is dropped",
    by: /implied rule/,
  },
  {
    document: sources,
    says: "a source tag means interfaces of instances that carry it, in the same network",
    resources: withMore(firewall("allow 1000 INGRESS tcp 22", { sourceTags: ["web"] })),
    packet: "web app tcp/22",
    fate: "arrives",
    by: /allow 1000/,
  },
  {
    document: sources,
    says: "who carries another tag is not meant",
    resources: withMore(
      firewall("allow 1000 INGRESS tcp 22", { sourceTags: ["web"] }),
      instance("batch", "web-net", "10.2.1.9", { tags: ["batch"] }),
    ),
    packet: "batch app tcp/22",
    fate: "is dropped",
    by: /implied rule/,
  },
  {
    document: sources,
    says: "source ranges and source tags are added up",
    resources: withMore(
      firewall("allow 1000 INGRESS tcp 22", { sourceTags: ["web"], sourceRanges: ["10.2.2.0/24"] }),
      instance("app2", "app-net", "10.2.2.9"),
    ),
    packet: "app2 app tcp/22",
    fate: "arrives",
    by: /allow 1000/,
  },
  {
    document: sources,
    says: "a source service account means instances that run as it",
    resources: withMore(
      account("shop"),
      instance("web", "web-net", "10.2.1.4", runsAs("shop")),
      firewall("allow 1000 INGRESS tcp 22", { sourceServiceAccounts: ["shop@p"] }),
    ),
    packet: "web app tcp/22",
    fate: "arrives",
    by: /allow 1000/,
  },
  {
    document: sources,
    says: "an ingress rule may limit the destination to ranges",
    resources: withMore(
      firewall("allow 1000 INGRESS tcp 22", { destinationRanges: ["10.2.2.9/32"] }),
    ),
    packet: "web app tcp/22",
    fate: "is dropped",
    by: /implied rule/,
  },
  {
    document: defaultNetwork,
    says: "default-allow-ssh lets everybody in on tcp/22 at 65534",
    resources: [
      instance("old", "", "", {
        nic: {
          subnetwork: undefined,
          networkIp: undefined,
          network: "default",
          accessConfigs: [{}],
        },
      }),
    ],
    packet: "203.0.113.7 old tcp/22",
    fate: "arrives",
    by: /default-allow-ssh/,
  },
  {
    document: defaultNetwork,
    says: "default-allow-internal holds for 10.128.0.0/9",
    resources: [
      instance("old", "", "", {
        nic: { subnetwork: undefined, networkIp: "10.132.0.2", network: "default" },
      }),
      instance("older", "", "", {
        nic: { subnetwork: undefined, networkIp: "10.132.0.3", network: "default" },
      }),
    ],
    packet: "old older tcp/8080",
    fate: "arrives",
    by: /default-allow-internal/,
  },
  {
    document: defaultNetwork,
    says: "a deny of the same priority wins over them",
    resources: [
      instance("old", "", "", {
        nic: {
          subnetwork: undefined,
          networkIp: undefined,
          network: "default",
          accessConfigs: [{}],
        },
      }),
      firewall("deny 65534 INGRESS all", { network: "default" }),
    ],
    packet: "203.0.113.7 old tcp/22",
    fate: "is dropped",
    by: /deny 65534/,
  },
  {
    document: order,
    says: "by default VPC firewall rules are read before network firewall policies",
    resources: withMore(
      firewall("allow 65000 INGRESS tcp 8080"),
      ...policy(policyRule("deny 10 INGRESS all")),
    ),
    packet: "web app tcp/8080",
    fate: "arrives",
    by: /Firewall::allow 65000/,
  },
  {
    document: order,
    says: "with BEFORE_CLASSIC_FIREWALL the policies come first",
    resources: withMore(
      first,
      firewall("allow 65000 INGRESS tcp 8080"),
      ...policy(policyRule("deny 10 INGRESS all")),
    ),
    packet: "web app tcp/8080",
    fate: "is dropped",
    by: /policy deny 10/,
  },
  {
    document: order,
    says: "what no VPC firewall rule matches goes on to the policy",
    resources: withMore(
      firewall("allow 65000 INGRESS tcp 22"),
      ...policy(policyRule("allow 10 INGRESS tcp 8080")),
    ),
    packet: "web app tcp/8080",
    fate: "arrives",
    by: /policy allow 10/,
  },
  {
    document: order,
    says: "goto_next ends this policy and hands the packet on",
    resources: withMore(
      first,
      firewall("allow 65000 INGRESS tcp 8080"),
      ...policy(policyRule("goto_next 10 INGRESS tcp 8080"), policyRule("deny 20 INGRESS all")),
    ),
    packet: "web app tcp/8080",
    fate: "arrives",
    by: /Firewall::allow 65000/,
  },
  {
    document: order,
    says: "the global policy is read before the regional one",
    resources: withMore(
      ...policy(policyRule("allow 10 INGRESS tcp 8080")),
      ...regional("europe-west4", "deny 1 INGRESS all"),
    ),
    packet: "web app tcp/8080",
    fate: "arrives",
    by: /policy allow 10/,
  },
  {
    document: order,
    says: "a regional policy decides where the global one does not",
    resources: withMore(
      ...policy(policyRule("allow 10 INGRESS tcp 22")),
      ...regional("europe-west4", "allow 1 INGRESS tcp 8080"),
    ),
    packet: "web app tcp/8080",
    fate: "arrives",
    by: /near allow 1/,
  },
  {
    document: order,
    says: "a regional policy is for interfaces in its region",
    resources: withMore(...regional("us-central1", "allow 1 INGRESS tcp 8080")),
    packet: "web app tcp/8080",
    fate: "is dropped",
    by: /implied rule/,
  },
  {
    document: order,
    says: "after all policies the implied rules decide",
    resources: withMore(...policy(policyRule("goto_next 10 INGRESS all"))),
    packet: "web app tcp/8080",
    fate: "is dropped",
    by: /implied rule/,
  },
  {
    document: rulesDoc,
    says: "a policy without an association is not enforced",
    resources: withMore(
      ...policy(policyRule("allow 10 INGRESS tcp 8080")).filter(({ name }) => name !== "attached"),
    ),
    packet: "web app tcp/8080",
    fate: "is dropped",
    by: /implied rule/,
  },
  {
    document: rulesDoc,
    says: "a source secure tag means instances that carry it",
    resources: withMore(
      ...tags,
      instance("web", "web-net", "10.2.1.4", tagged("front")),
      ...policy(policyRule("allow 10 INGRESS tcp 8080", { srcSecureTags: secure("front") })),
    ),
    packet: "web app tcp/8080",
    fate: "arrives",
    by: /policy allow 10/,
  },
  {
    document: rulesDoc,
    says: "a network tag of the same name is no secure tag",
    resources: withMore(
      ...tags,
      instance("web", "web-net", "10.2.1.4", { tags: ["front"] }),
      ...policy(policyRule("allow 10 INGRESS tcp 8080", { srcSecureTags: secure("front") })),
    ),
    packet: "web app tcp/8080",
    fate: "is dropped",
    by: /implied rule/,
  },
  {
    document: rulesDoc,
    says: "target secure tags limit a rule to their carriers",
    resources: withMore(
      ...tags,
      instance("app", "app-net", "10.2.2.4", tagged("back")),
      ...policy(policyRule("allow 10 INGRESS tcp 8080", {}, { targetSecureTags: secure("back") })),
    ),
    packet: "web app tcp/8080",
    fate: "arrives",
    by: /policy allow 10/,
  },
  {
    document: rulesDoc,
    says: "who does not carry the tag is no target",
    resources: withMore(
      ...tags,
      ...policy(policyRule("allow 10 INGRESS tcp 8080", {}, { targetSecureTags: secure("back") })),
    ),
    packet: "web app tcp/8080",
    fate: "is dropped",
    by: /implied rule/,
  },
  {
    document: rulesDoc,
    says: "a tag may be bound to the instance by a binding of its own",
    resources: withMore(
      ...tags,
      resource("gcp:tags/locationTagBinding:LocationTagBinding", "bound", {
        parent: "projects/p/zones/a/instances/app",
        tagValue: "tagValues/back",
        location: "a",
      }),
      ...policy(policyRule("allow 10 INGRESS tcp 8080", {}, { targetSecureTags: secure("back") })),
    ),
    packet: "web app tcp/8080",
    fate: "arrives",
    by: /policy allow 10/,
  },
  {
    document: "Google Cloud, Tags for firewalls, Secure tags and VPC Network Peering",
    says: "a source secure tag also names instances of a peered network",
    resources: withMore(
      ...tags,
      network("near"),
      subnet("near-net", "near", "10.4.1.0/24"),
      instance("neighbour", "near-net", "10.4.1.4", tagged("front")),
      resource("NetworkPeering", "one", { network: "net", peerNetwork: "near" }),
      resource("NetworkPeering", "two", { network: "near", peerNetwork: "net" }),
      ...policy(policyRule("allow 10 INGRESS tcp 8080", { srcSecureTags: secure("front") })),
    ),
    packet: "neighbour app tcp/8080",
    fate: "arrives",
    by: /policy allow 10/,
  },
  {
    document: rulesDoc,
    says: "whoever carries a tag that rules name is an end of its own",
    resources: withMore(
      ...tags,
      ...policy(policyRule("allow 10 INGRESS tcp 8080", {}, { targetSecureTags: secure("back") })),
    ),
    packet: "web secure|tag|back tcp/8080",
    fate: "arrives",
    by: /policy allow 10/,
  },
  {
    document: rulesDoc,
    says: "an address group stands for its ranges",
    resources: withMore(
      resource(
        "gcp:networksecurity/addressGroup:AddressGroup",
        "friends",
        { name: "friends", items: ["10.2.1.0/24"] },
        "projects/p/locations/global/addressGroups/friends",
      ),
      ...policy(
        policyRule("allow 10 INGRESS tcp 8080", {
          srcAddressGroups: ["projects/p/locations/global/addressGroups/friends"],
        }),
      ),
    ),
    packet: "web app tcp/8080",
    fate: "arrives",
    by: /policy allow 10/,
  },
  {
    document: rulesDoc,
    says: "what addresses a country has is not known",
    resources: withMore(
      instance("web", "web-net", "10.2.1.4", external),
      ...policy(policyRule("deny 10 EGRESS all", { destRegionCodes: ["XX"] })),
    ),
    packet: "web 203.0.113.7 tcp/443",
    fate: "perhaps arrives",
    by: /policy deny 10/,
  },
  {
    document: rulesDoc,
    says: "what a security profile group lets pass is not told by addresses and ports",
    resources: withMore(...policy(policyRule("apply_security_profile_group 10 INGRESS tcp 8080"))),
    packet: "web app tcp/8080",
    fate: "perhaps arrives",
    by: /policy apply/,
  },
  {
    document: rulesDoc,
    says: "a rule of unknown priority may come first",
    resources: withMore(
      ...policy(
        policyRule("allow 10 INGRESS tcp 8080"),
        policyRule("deny 20 INGRESS tcp 8080", {}, { priority: unknown }),
      ),
    ),
    packet: "web app tcp/8080",
    fate: "perhaps arrives",
    by: /policy deny 20/,
  },
  {
    document: rulesDoc,
    says: "rules may be written inside the policy",
    resources: withMore(
      resource("NetworkFirewallPolicyWithRules", "whole", {
        name: "whole",
        rules: [
          {
            priority: 10,
            direction: "INGRESS",
            action: "allow",
            match: {
              srcIpRanges: ["0.0.0.0/0"],
              layer4Configs: [{ ipProtocol: "tcp", ports: ["8080"] }],
            },
          },
        ],
      }),
      resource("NetworkFirewallPolicyAssociation", "attached", {
        firewallPolicy: "whole",
        attachmentTarget: "net",
      }),
    ),
    packet: "web app tcp/8080",
    fate: "arrives",
    by: /whole rules\[0\]/,
  },
  {
    document: contexts,
    says: "INTERNET means what comes from outside Google's networks",
    resources: withMore(
      instance("web", "web-net", "10.2.1.4", external),
      ...policy(
        policyRule("allow 10 INGRESS tcp 443", {
          srcNetworkScope: "INTERNET",
          srcIpRanges: ["0.0.0.0/0"],
        }),
      ),
    ),
    packet: "203.0.113.7 web tcp/443",
    fate: "arrives",
    by: /policy allow 10/,
  },
  {
    document: contexts,
    says: "INTERNET does not mean an instance of the network",
    resources: withMore(
      ...policy(
        policyRule("allow 10 INGRESS tcp 443", {
          srcNetworkScope: "INTERNET",
          srcIpRanges: ["0.0.0.0/0"],
        }),
      ),
    ),
    packet: "app web tcp/443",
    fate: "is dropped",
    by: /implied rule/,
  },
  {
    document: contexts,
    says: "INTRA_VPC means the same network",
    resources: withMore(
      ...policy(
        policyRule("allow 10 INGRESS tcp 443", {
          srcNetworkScope: "INTRA_VPC",
          srcIpRanges: ["0.0.0.0/0"],
        }),
      ),
    ),
    packet: "app web tcp/443",
    fate: "arrives",
    by: /policy allow 10/,
  },
  {
    document: hierarchy,
    says: "a policy of the organisation is read before everything of the network",
    resources: withMore(
      ...project({ orgId: "7" }),
      ...inherited("organizations/7", ["deny 10 INGRESS tcp 22"]),
      firewall("allow 1 INGRESS tcp 22"),
    ),
    packet: "web app tcp/22",
    fate: "is dropped",
    by: /above deny 10/,
  },
  {
    document: hierarchy,
    says: "what it allows, nothing below can deny",
    resources: withMore(
      ...project({ orgId: "7" }),
      ...inherited("organizations/7", ["allow 10 INGRESS tcp 22"]),
      firewall("deny 1 INGRESS tcp 22"),
    ),
    packet: "web app tcp/22",
    fate: "arrives",
    by: /above allow 10/,
  },
  {
    document: hierarchy,
    says: "goto_next delegates to what is below",
    resources: withMore(
      ...project({ orgId: "7" }),
      ...inherited("organizations/7", ["goto_next 10 INGRESS tcp 22"], ["deny 20 INGRESS all"]),
      firewall("allow 1 INGRESS tcp 22"),
    ),
    packet: "web app tcp/22",
    fate: "arrives",
    by: /Firewall::allow 1/,
  },
  {
    document: hierarchy,
    says: "a policy of another organisation says nothing here",
    resources: withMore(
      ...project({ orgId: "7" }),
      ...inherited("organizations/8", ["deny 10 INGRESS tcp 22"]),
      firewall("allow 1 INGRESS tcp 22"),
    ),
    packet: "web app tcp/22",
    fate: "arrives",
    by: /Firewall::allow 1/,
  },
  {
    document: hierarchy,
    says: "a policy of a folder is for the projects in it",
    resources: withMore(
      ...project({ folderId: "folders/5" }),
      resource(
        "gcp:organizations/folder:Folder",
        "team",
        { displayName: "team", parent: "organizations/7" },
        "folders/5",
      ),
      ...inherited("folders/5", ["deny 10 INGRESS tcp 22"]),
      firewall("allow 1 INGRESS tcp 22"),
    ),
    packet: "web app tcp/22",
    fate: "is dropped",
    by: /above deny 10/,
  },
  {
    document: hierarchy,
    says: "where the project stands is not known, so the policy may be above it",
    resources: withMore(
      ...inherited("organizations/7", ["deny 10 INGRESS tcp 22"]),
      firewall("allow 1 INGRESS tcp 22"),
    ),
    packet: "web app tcp/22",
    fate: "perhaps arrives",
    by: /above deny 10/,
  },
  {
    document: hierarchy,
    says: "target resources limit a rule to networks",
    resources: withMore(
      ...project({ orgId: "7" }),
      network("elsewhere"),
      ...inherited("organizations/7", [
        "deny 10 INGRESS tcp 22",
        { targetResources: ["elsewhere"] },
      ]),
      firewall("allow 1 INGRESS tcp 22"),
    ),
    packet: "web app tcp/22",
    fate: "arrives",
    by: /Firewall::allow 1/,
  },
  {
    document: "Google Cloud, Cloud NGFW, IPv6",
    says: "a rule holds ranges of one family: 0.0.0.0/0 says nothing of IPv6",
    resources: withMore(
      subnet("web-net", "net", "10.2.1.0/24", {
        stackType: "IPV4_IPV6",
        ipv6AccessType: "EXTERNAL",
        externalIpv6Prefix: "2600:1900:1:2::/64",
      }),
      firewall("deny 1000 EGRESS all", { destinationRanges: ["0.0.0.0/0"] }),
    ),
    packet: "web-net@2600:1900:1:2::9 2001:db8::7 tcp/443",
    fate: "arrives",
    by: /firewall out implied rule/,
  },
  {
    document: components,
    says: "an allow for the internet opens the tier only where the rule is for it",
    resources: withMore(openWeb, instance("web", "web-net", "10.2.1.4", external)),
    packet: "203.0.113.7 web tcp/443",
    fate: "arrives",
    by: /firewall in .*allow 1000/,
  },
];

describe("GCP firewalls, lifted", () => {
  testRows(rows, liftGcp);
});
