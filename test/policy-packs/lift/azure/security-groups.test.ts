/** Network security groups as Microsoft documents them. */
import { liftAzure } from "../../../../policy-packs/lift/azure/topology.ts";
import type { Row } from "../rows.ts";
import { testRows } from "../rows.ts";
import {
  id,
  nic,
  nsg,
  publicWeb,
  resource,
  rule,
  ruleProps,
  subnet,
  subnetId,
  unknown,
  withMore,
} from "./world.ts";

const defaults = "Microsoft Learn, Network security groups, Default security rules";
const rules = "Microsoft Learn, Network security groups, Security rules";
const augmented = "Microsoft Learn, Network security groups, Augmented security rules";
const filtering = "Microsoft Learn, How network security groups filter network traffic";
const tags = "Microsoft Learn, Virtual network service tags, Available service tags";
const groups = "Microsoft Learn, Application security groups";

const asg = (name: string) =>
  resource(
    "ApplicationSecurityGroup",
    name,
    { applicationSecurityGroupName: name },
    id("applicationSecurityGroups", name),
  );
const asgRef = (name: string) => ({ id: id("applicationSecurityGroups", name) });
const member = (name: string, net: string, address: string, ...of: readonly string[]) =>
  nic(name, subnetId(net), address, { ip: { applicationSecurityGroups: of.map(asgRef) } });
const nicGroup = (name: string) => ({
  networkSecurityGroup: { id: id("networkSecurityGroups", name) },
});

const rows: readonly Row[] = [
  {
    document: defaults,
    says: "AllowVNetInBound 65000 allows VirtualNetwork to VirtualNetwork, any protocol",
    resources: withMore(),
    packet: "web app tcp/22",
    fate: "arrives",
    by: /network-security-group in .*AllowVnetInBound \(65000\)/,
  },
  {
    document: defaults,
    says: "AllowVnetOutBound 65000 allows VirtualNetwork to VirtualNetwork",
    resources: withMore(),
    packet: "web app udp/53",
    fate: "arrives",
    by: /network-security-group out .*AllowVnetOutBound \(65000\)/,
  },
  {
    document: defaults,
    says: "AllowInternetOutBound 65001 allows everything to Internet",
    resources: withMore(),
    packet: "web 203.0.113.7 tcp/443",
    fate: "arrives",
    by: /network-security-group out .*AllowInternetOutBound \(65001\)/,
  },
  {
    document: defaults,
    says: "DenyAllInbound 65500 denies what nothing before it allows",
    resources: withMore(...publicWeb),
    packet: "203.0.113.7 web tcp/443",
    fate: "is dropped",
    by: /network-security-group in DenyAllInBound \(65500\)/,
  },
  {
    document: defaults,
    says: "AllowAzureLoadBalancerInBound 65001 allows the tag AzureLoadBalancer",
    resources: withMore(),
    packet: "168.63.129.16 app tcp/80",
    fate: "arrives",
    by: /network-security-group in .*Allow.*InBound \(6500[01]\)/,
  },
  {
    document: defaults,
    says: "default rules can be overridden by rules of higher priority",
    resources: withMore(rule("app-nsg", "Deny 4096 Inbound")),
    packet: "web app tcp/22",
    fate: "is dropped",
    by: /network-security-group in .*app-nsg Deny 4096/,
  },
  {
    document: tags,
    says: "AzureLoadBalancer is the host's address, from where probes come; a deny before stops them",
    resources: withMore(rule("app-nsg", "Deny 4096 Inbound")),
    packet: "168.63.129.16 app tcp/80",
    fate: "is dropped",
    by: /network-security-group in .*Deny 4096/,
  },
  {
    document: tags,
    says: "a rule for AzureLoadBalancer before the deny keeps the probes",
    resources: withMore(
      rule("app-nsg", "Deny 4096 Inbound"),
      rule("app-nsg", "Allow 4000 Inbound", { sourceAddressPrefix: "AzureLoadBalancer" }),
    ),
    packet: "168.63.129.16 app tcp/80",
    fate: "arrives",
    by: /Allow 4000/,
  },
  {
    document: tags,
    says: "AzureLoadBalancer only includes probe traffic, not real traffic to the backend",
    resources: withMore(
      ...publicWeb,
      rule("web-nsg", "Allow 100 Inbound", { sourceAddressPrefix: "AzureLoadBalancer" }),
    ),
    packet: "203.0.113.7 web tcp/443",
    fate: "is dropped",
    by: /DenyAllInBound/,
  },
  {
    document: rules,
    says: "lower numbers are processed first, and processing stops at the first match",
    resources: withMore(
      rule("app-nsg", "Allow 200 Inbound Tcp 8080"),
      rule("app-nsg", "Deny 100 Inbound Tcp 8080"),
    ),
    packet: "web app tcp/8080",
    fate: "is dropped",
    by: /app-nsg Deny 100/,
  },
  {
    document: rules,
    says: "a rule with a higher number and the same attributes is not processed",
    resources: withMore(
      rule("app-nsg", "Deny 200 Inbound Tcp 8080"),
      rule("app-nsg", "Allow 100 Inbound Tcp 8080"),
    ),
    packet: "web app tcp/8080",
    fate: "arrives",
    by: /app-nsg Allow 100/,
  },
  {
    document: rules,
    says: "a rule's protocol is TCP, UDP, ICMP, ESP, AH or any: a TCP rule says nothing of UDP",
    resources: withMore(
      rule("app-nsg", "Allow 100 Inbound Tcp 53"),
      rule("app-nsg", "Deny 200 Inbound"),
    ),
    packet: "web app udp/53",
    fate: "is dropped",
    by: /app-nsg Deny 200/,
  },
  {
    document: rules,
    says: "an ICMP rule matches ICMP whatever its port fields say",
    resources: withMore(
      rule("app-nsg", "Allow 100 Inbound Icmp 443"),
      rule("app-nsg", "Deny 200 Inbound"),
    ),
    packet: "web app icmp",
    fate: "arrives",
    by: /app-nsg Allow 100/,
  },
  {
    document: rules,
    says: "ESP is a protocol of its own",
    resources: withMore(
      rule("app-nsg", "Allow 100 Inbound Esp"),
      rule("app-nsg", "Deny 200 Inbound"),
    ),
    packet: "web app protocol/50",
    fate: "arrives",
    by: /app-nsg Allow 100/,
  },
  {
    document: rules,
    says: "AH is a protocol of its own, and a rule for it lets no ESP in",
    resources: withMore(
      rule("app-nsg", "Allow 100 Inbound Ah"),
      rule("app-nsg", "Deny 200 Inbound"),
    ),
    packet: "web app protocol/50",
    fate: "is dropped",
    by: /app-nsg Deny 200/,
  },
  {
    document: rules,
    says: "protocol Any matches ICMP too",
    resources: withMore(rule("app-nsg", "Deny 100 Inbound *")),
    packet: "web app icmp",
    fate: "is dropped",
    by: /app-nsg Deny 100/,
  },
  {
    document: rules,
    says: "a port range holds its ends",
    resources: withMore(
      rule("app-nsg", "Allow 100 Inbound Tcp 10000-10005"),
      rule("app-nsg", "Deny 200 Inbound"),
    ),
    packet: "web app tcp/10005",
    fate: "arrives",
    by: /app-nsg Allow 100/,
  },
  {
    document: rules,
    says: "a port beyond the range does not match",
    resources: withMore(
      rule("app-nsg", "Allow 100 Inbound Tcp 10000-10005"),
      rule("app-nsg", "Deny 200 Inbound"),
    ),
    packet: "web app tcp/10006",
    fate: "is dropped",
    by: /app-nsg Deny 200/,
  },
  {
    document: rules,
    says: "the five-tuple decides: a rule may tell source ports apart",
    resources: withMore(
      rule("app-nsg", "Allow 100 Inbound Tcp 8080", { sourcePortRange: "1024-2047" }),
      rule("app-nsg", "Deny 200 Inbound"),
    ),
    packet: "web app tcp/8080 from:1500",
    fate: "arrives",
    by: /app-nsg Allow 100/,
  },
  {
    document: rules,
    says: "a packet from another source port is not matched",
    resources: withMore(
      rule("app-nsg", "Allow 100 Inbound Tcp 8080", { sourcePortRange: "1024-2047" }),
      rule("app-nsg", "Deny 200 Inbound"),
    ),
    packet: "web app tcp/8080 from:3000",
    fate: "is dropped",
    by: /app-nsg Deny 200/,
  },
  {
    document: rules,
    says: "an address without a length is that one address",
    resources: withMore(
      rule("app-nsg", "Allow 100 Inbound Tcp 8080", { sourceAddressPrefix: "10.1.1.4" }),
      rule("app-nsg", "Deny 200 Inbound"),
    ),
    packet: "web-net@10.1.1.5 app tcp/8080",
    fate: "is dropped",
    by: /app-nsg Deny 200/,
  },
  {
    document: rules,
    says: "a rule may limit the destination, which is the private address after translation",
    resources: withMore(
      ...publicWeb,
      rule("web-nsg", "Allow 100 Inbound Tcp 443", { destinationAddressPrefix: "10.1.1.4" }),
    ),
    packet: "203.0.113.7 web tcp/443",
    fate: "arrives",
    by: /web-nsg Allow 100/,
  },
  {
    document: rules,
    says: "a rule for another destination in the subnet does not hold",
    resources: withMore(
      ...publicWeb,
      rule("web-nsg", "Allow 100 Inbound Tcp 443", { destinationAddressPrefix: "10.1.1.9" }),
    ),
    packet: "203.0.113.7 web tcp/443",
    fate: "is dropped",
    by: /DenyAllInBound/,
  },
  {
    document: rules,
    says: "groups are stateful: a reply needs no rule of its own",
    resources: withMore(rule("web-nsg", "Deny 100 Inbound"), rule("app-nsg", "Deny 100 Outbound")),
    packet: "web app tcp/8080",
    fate: "arrives",
    by: /AllowVnetInBound/,
  },
  {
    document: augmented,
    says: "several prefixes and several ports stand in one rule",
    resources: withMore(
      rule("app-nsg", "Allow 100 Inbound Tcp", {
        sourceAddressPrefixes: ["10.9.0.0/16", "10.1.1.0/24"],
        destinationPortRange: undefined,
        destinationPortRanges: ["22", "8000-8100"],
      }),
      rule("app-nsg", "Deny 200 Inbound"),
    ),
    packet: "web app tcp/8080",
    fate: "arrives",
    by: /app-nsg Allow 100/,
  },
  {
    document: augmented,
    says: "a rule with a list only does not mean every source",
    resources: withMore(
      rule("app-nsg", "Allow 100 Inbound Tcp", { sourceAddressPrefixes: ["10.9.0.0/16"] }),
      rule("app-nsg", "Deny 200 Inbound"),
    ),
    packet: "web app tcp/8080",
    fate: "is dropped",
    by: /app-nsg Deny 200/,
  },
  {
    document: augmented,
    says: "rules may be written inside the group",
    resources: withMore(
      nsg("app-nsg", { securityRules: [{ name: "no", ...ruleProps("Deny 100 Inbound Tcp 22") }] }),
    ),
    packet: "web app tcp/22",
    fate: "is dropped",
    by: /app-nsg securityRules\[0\]/,
  },
  {
    document: filtering,
    says: "inside and standalone rules of one group are one list",
    resources: withMore(
      nsg("app-nsg", { securityRules: [{ name: "no", ...ruleProps("Deny 200 Inbound") }] }),
      rule("app-nsg", "Allow 100 Inbound Tcp 22"),
    ),
    packet: "web app tcp/22",
    fate: "arrives",
    by: /app-nsg Allow 100/,
  },
  {
    document: filtering,
    says: "without any group on subnet and interface all traffic is allowed",
    resources: withMore(subnet("app-net", "net", { addressPrefix: "10.1.2.0/24" })),
    packet: "web app tcp/22",
    fate: "arrives",
    by: /route in/,
  },
  {
    document: filtering,
    says: "where both have a group, both must allow what comes in",
    resources: withMore(
      nsg("own"),
      rule("own", "Deny 100 Inbound Tcp 8080"),
      nic("app", subnetId("app-net"), "10.1.2.4", nicGroup("own")),
    ),
    packet: "web app tcp/8080",
    fate: "is dropped",
    by: /own Deny 100/,
  },
  {
    document: filtering,
    says: "the subnet's group is read first, so the interface's allow does not help",
    resources: withMore(
      nsg("own"),
      rule("app-nsg", "Deny 100 Inbound Tcp 8080"),
      rule("own", "Allow 100 Inbound Tcp 8080"),
      nic("app", subnetId("app-net"), "10.1.2.4", nicGroup("own")),
    ),
    packet: "web app tcp/8080",
    fate: "is dropped",
    by: /app-nsg Deny 100/,
  },
  {
    document: filtering,
    says: "either group may stop what goes out",
    resources: withMore(
      nsg("own"),
      rule("own", "Deny 100 Outbound Tcp 443"),
      nic("web", subnetId("web-net"), "10.1.1.4", nicGroup("own")),
    ),
    packet: "web 203.0.113.7 tcp/443",
    fate: "is dropped",
    by: /network-security-group out .*own Deny 100/,
  },
  {
    document: filtering,
    says: "a group on the interface decides where the subnet has none",
    resources: withMore(
      subnet("app-net", "net", { addressPrefix: "10.1.2.0/24" }),
      nsg("own"),
      rule("own", "Deny 100 Inbound"),
      nic("app", subnetId("app-net"), "10.1.2.4", nicGroup("own")),
    ),
    packet: "web app tcp/8080",
    fate: "is dropped",
    by: /own Deny 100/,
  },
  {
    document: filtering,
    says: "traffic inside a subnet is filtered as well",
    resources: withMore(
      rule("app-nsg", "Deny 100 Inbound"),
      nic("app2", subnetId("app-net"), "10.1.2.5"),
    ),
    packet: "app2 app tcp/8080",
    fate: "is dropped",
    by: /app-nsg Deny 100/,
  },
  {
    document: tags,
    says: "Internet is the address space outside the virtual network",
    resources: withMore(
      rule("web-nsg", "Deny 100 Outbound * *", { destinationAddressPrefix: "Internet" }),
    ),
    packet: "web 203.0.113.7 tcp/443",
    fate: "is dropped",
    by: /web-nsg Deny 100/,
  },
  {
    document: tags,
    says: "Internet leaves out the virtual network itself",
    resources: withMore(
      rule("web-nsg", "Deny 100 Outbound * *", { destinationAddressPrefix: "Internet" }),
    ),
    packet: "web app tcp/443",
    fate: "arrives",
    by: /AllowVnetOutBound/,
  },
  {
    document: tags,
    says: "Internet includes the public addresses of Azure's own services",
    resources: withMore(
      rule("web-nsg", "Deny 100 Outbound * *", { destinationAddressPrefix: "Internet" }),
      rule("web-nsg", "Allow 200 Outbound Tcp 443", { destinationAddressPrefix: "Storage" }),
    ),
    packet: "web service|tag|Storage tcp/443",
    fate: "is dropped",
    by: /web-nsg Deny 100/,
  },
  {
    document: tags,
    says: "a service tag may be allowed before Internet is denied",
    resources: withMore(
      rule("web-nsg", "Deny 200 Outbound * *", { destinationAddressPrefix: "Internet" }),
      rule("web-nsg", "Allow 100 Outbound Tcp 443", { destinationAddressPrefix: "Storage" }),
    ),
    packet: "web service|tag|Storage tcp/443",
    fate: "arrives",
    by: /web-nsg Allow 100/,
  },
  {
    document: tags,
    says: "AzureCloud holds the addresses of every service",
    resources: withMore(
      rule("web-nsg", "Deny 100 Outbound * *", { destinationAddressPrefix: "AzureCloud" }),
      rule("web-nsg", "Allow 200 Outbound Tcp 443", {
        destinationAddressPrefix: "Storage.WestEurope",
      }),
    ),
    packet: "web service|tag|Storage.WestEurope tcp/443",
    fate: "is dropped",
    by: /web-nsg Deny 100/,
  },
  {
    document: tags,
    says: "Storage.WestUS narrows Storage, so a rule for Storage covers it",
    resources: withMore(
      rule("web-nsg", "Allow 100 Outbound Tcp 443", { destinationAddressPrefix: "Storage" }),
      rule("web-nsg", "Deny 200 Outbound * *", { destinationAddressPrefix: "Storage.WestUS" }),
    ),
    packet: "web service|tag|Storage.WestUS tcp/443",
    fate: "arrives",
    by: /web-nsg Allow 100/,
  },
  {
    document: tags,
    says: "a tag of another service is not meant",
    resources: withMore(
      rule("web-nsg", "Allow 100 Outbound Tcp 443", { destinationAddressPrefix: "Storage" }),
      rule("web-nsg", "Deny 200 Outbound * *", { destinationAddressPrefix: "Sql" }),
    ),
    packet: "web service|tag|Sql tcp/443",
    fate: "is dropped",
    by: /web-nsg Deny 200/,
  },
  {
    document: groups,
    says: "a rule whose source is a group holds for the group's members",
    resources: withMore(
      asg("logic"),
      member("web", "web-net", "10.1.1.4", "logic"),
      rule("app-nsg", "Allow 100 Inbound Tcp 1433", {
        sourceApplicationSecurityGroups: [asgRef("logic")],
      }),
      rule("app-nsg", "Deny 200 Inbound"),
    ),
    packet: "web app tcp/1433",
    fate: "arrives",
    by: /app-nsg Allow 100/,
  },
  {
    document: groups,
    says: "who is no member is not meant, in whatever subnet it stands",
    resources: withMore(
      asg("logic"),
      member("web", "web-net", "10.1.1.4", "logic"),
      nic("web2", subnetId("web-net"), "10.1.1.5"),
      rule("app-nsg", "Allow 100 Inbound Tcp 1433", {
        sourceApplicationSecurityGroups: [asgRef("logic")],
      }),
      rule("app-nsg", "Deny 200 Inbound"),
    ),
    packet: "web2 app tcp/1433",
    fate: "is dropped",
    by: /app-nsg Deny 200/,
  },
  {
    document: groups,
    says: "a rule whose destination is a group is applied to the group's members",
    resources: withMore(
      asg("db"),
      member("app", "app-net", "10.1.2.4", "db"),
      rule("app-nsg", "Deny 120 Inbound * 1433", {
        destinationApplicationSecurityGroups: [asgRef("db")],
      }),
    ),
    packet: "web app tcp/1433",
    fate: "is dropped",
    by: /app-nsg Deny 120/,
  },
  {
    document: groups,
    says: "such a rule is not applied to others in the same subnet",
    resources: withMore(
      asg("db"),
      member("app", "app-net", "10.1.2.4", "db"),
      nic("app2", subnetId("app-net"), "10.1.2.5"),
      rule("app-nsg", "Deny 120 Inbound * 1433", {
        destinationApplicationSecurityGroups: [asgRef("db")],
      }),
    ),
    packet: "web app2 tcp/1433",
    fate: "arrives",
    by: /AllowVnetInBound/,
  },
  {
    document: groups,
    says: "an interface may be a member of several groups",
    resources: withMore(
      asg("logic"),
      asg("jobs"),
      member("web", "web-net", "10.1.1.4", "logic", "jobs"),
      rule("app-nsg", "Allow 100 Inbound Tcp 1433", {
        sourceApplicationSecurityGroups: [asgRef("jobs")],
      }),
      rule("app-nsg", "Deny 200 Inbound"),
    ),
    packet: "web app tcp/1433",
    fate: "arrives",
    by: /app-nsg Allow 100/,
  },
  {
    document: rules,
    says: "a rule of unknown port may let the packet through",
    resources: withMore(
      rule("app-nsg", `Allow 100 Inbound Tcp ${unknown}`),
      rule("app-nsg", "Deny 200 Inbound"),
    ),
    packet: "web app tcp/8080",
    fate: "perhaps arrives",
    by: /app-nsg Deny 200/,
  },
  {
    document: rules,
    says: "a deny of unknown source may stop the packet",
    resources: withMore(
      rule("app-nsg", "Deny 100 Inbound Tcp 8080", { sourceAddressPrefix: unknown }),
    ),
    packet: "web app tcp/8080",
    fate: "perhaps arrives",
    by: /app-nsg Deny 100/,
  },
  {
    document: rules,
    says: "a deny of unknown priority may come first",
    resources: withMore(
      rule("app-nsg", "Allow 100 Inbound Tcp 8080"),
      rule("app-nsg", "Deny 200 Inbound Tcp 8080", { priority: unknown }),
    ),
    packet: "web app tcp/8080",
    fate: "perhaps arrives",
    by: /app-nsg Deny 200/,
  },
  {
    document: rules,
    says: "of a rule whose action is not known nobody can tell what it does",
    resources: withMore(rule("app-nsg", "Allow 100 Inbound Tcp 8080", { access: unknown })),
    packet: "web app tcp/8080",
    fate: "perhaps arrives",
    by: /app-nsg Allow 100.*deny/,
  },
  {
    document: filtering,
    says: "a group outside the plan is not seen",
    resources: withMore(
      subnet("app-net", "net", {
        addressPrefix: "10.1.2.0/24",
        networkSecurityGroup: { id: id("networkSecurityGroups", "elsewhere") },
      }),
    ),
    packet: "web app tcp/8080",
    fate: "perhaps arrives",
    by: /DenyAllInBound/,
  },
  {
    document: rules,
    says: "IPv6 prefixes stand in rules like IPv4 prefixes",
    resources: withMore(
      nic("web6", subnetId("web-net"), "fd00:db8:1:1::4"),
      rule("web-nsg", "Deny 100 Outbound * *", { destinationAddressPrefix: "2001:db8::/32" }),
    ),
    packet: "web6 2001:db8::7 tcp/443",
    fate: "is dropped",
    by: /web-nsg Deny 100/,
  },
];

/** At a first preview ids are unknown; the engine records what each property waits for. */
const logic = asg("logic");
const jobs = asg("jobs");
const twoUnknown = { id: unknown };
const unknownMember = {
  ...nic("web", subnetId("web-net"), "10.1.1.4", {
    ip: { applicationSecurityGroups: [twoUnknown, twoUnknown] },
  }),
  propertyDependencies: { ipConfigurations: [logic.urn, jobs.urn] },
};
const fromBoth = (waits: readonly string[]) => ({
  ...rule("app-nsg", "Allow 100 Inbound Tcp 1433", {
    sourceApplicationSecurityGroups: [twoUnknown, twoUnknown],
  }),
  propertyDependencies: { sourceApplicationSecurityGroups: waits },
});
const previewRows: readonly Row[] = [
  {
    document: groups,
    says: "members and rules are matched by what the engine recorded",
    resources: withMore(
      logic,
      jobs,
      unknownMember,
      fromBoth([logic.urn, jobs.urn]),
      rule("app-nsg", "Deny 200 Inbound"),
    ),
    packet: "web app tcp/1433",
    fate: "arrives",
    by: /app-nsg Allow 100/,
  },
  {
    document: groups,
    says: "who is in none of the recorded groups is not meant",
    resources: withMore(
      logic,
      jobs,
      fromBoth([logic.urn, jobs.urn]),
      rule("app-nsg", "Deny 200 Inbound"),
    ),
    packet: "web app tcp/1433",
    fate: "is dropped",
    by: /app-nsg Deny 200/,
  },
  {
    document: groups,
    says: "where more are recorded than meant, nobody can tell which",
    resources: withMore(
      logic,
      jobs,
      unknownMember,
      {
        ...rule("app-nsg", "Allow 100 Inbound Tcp 1433", {
          sourceApplicationSecurityGroups: [twoUnknown],
        }),
        propertyDependencies: { sourceApplicationSecurityGroups: [logic.urn, jobs.urn] },
      },
      rule("app-nsg", "Deny 200 Inbound"),
    ),
    packet: "web app tcp/1433",
    fate: "perhaps arrives",
    by: /app-nsg Deny 200/,
  },
];

describe("Azure security groups, lifted", () => {
  testRows(rows, liftAzure);
  testRows(previewRows, liftAzure);
});
