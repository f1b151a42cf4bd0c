/** Network security groups, as the Azure Virtual Network documentation describes them. */

import { type Row, testRows } from "../rows.ts";
import { AzureWorld } from "./world.ts";

const overview = "Azure Virtual Network: Network security groups, Security rules";
const defaults = "Azure Virtual Network: Network security groups, Default security rules";
const filtering = "Azure Virtual Network: How network security groups filter network traffic";
const augmented = "Azure Virtual Network: Network security groups, Augmented security rules";
const application = "Azure Virtual Network: Application security groups";
const tags = "Azure Virtual Network: Virtual network service tags";
const subnetIn = "network security group of the subnet, inbound";
const subnetOut = "network security group of the subnet, outbound";
const nicIn = "network security group of the network interface, inbound";
const nicOut = "network security group of the network interface, outbound";

const rows: readonly Row<AzureWorld>[] = [
  {
    name: "by default everything inside the network is allowed in",
    document: defaults,
    says: "AllowVNetInBound 65000 allows VirtualNetwork to VirtualNetwork.",
    packet: "NetworkInterface::web NetworkInterface::app tcp 22",
    verdict: "arrives",
    stage: subnetIn,
    rule: /AllowVnetInBound \(65000\) Allow/,
  },
  {
    name: "by default everything inside the network is allowed out",
    document: defaults,
    says: "AllowVnetOutBound 65000 allows VirtualNetwork to VirtualNetwork.",
    packet: "NetworkInterface::web NetworkInterface::app udp 9999",
    verdict: "arrives",
    stage: subnetOut,
    rule: /AllowVnetOutBound \(65000\)/,
  },
  {
    name: "by default the internet is allowed out",
    document: defaults,
    says: "AllowInternetOutBound 65001 allows everything to Internet.",
    packet: "NetworkInterface::web internet tcp 443",
    verdict: "arrives",
    stage: subnetOut,
    rule: /AllowInternetOutBound \(65001\)/,
  },
  {
    name: "by default the internet is denied in",
    document: defaults,
    says: "DenyAllInbound 65500 denies what no rule before it allows.",
    world: (w) => w.publicWeb(),
    packet: "internet NetworkInterface::shown-web tcp 443",
    verdict: "dropped",
    stage: subnetIn,
    rule: /DenyAllInBound \(65500\) Deny/,
  },
  {
    name: "health probes are allowed in",
    document: defaults,
    says: "AllowAzureLoadBalancerInBound 65001 allows AzureLoadBalancer, which is 168.63.129.16.",
    world: (w) => {
      w.rule(w.groupB, "Deny 4000 Inbound", { sourceAddressPrefix: "10.0.0.0/8" });
    },
    packet: "168.63.129.16 NetworkInterface::app tcp 80",
    verdict: "arrives",
    stage: subnetIn,
    rule: /Allow.*InBound \(6500[01]\)/,
  },
  {
    name: "0-65535 is every port, whatever the protocol",
    document: defaults,
    says: "The default rules for any protocol have the ports 0-65535.",
    world: (w) => w.rule(w.groupB, "Deny 100 Inbound", { destinationPortRange: "0-65535" }),
    packet: "NetworkInterface::web NetworkInterface::app gre",
    verdict: "dropped",
    stage: subnetIn,
    rule: /Deny-100-Inbound/,
  },
  {
    name: "a deny for everything stops health probes, too",
    document: tags,
    says: "AzureLoadBalancer is the host's virtual address, where probes come from; rules before the default ones decide on it.",
    world: (w) => w.rule(w.groupB, "Deny 4096 Inbound"),
    packet: "168.63.129.16 NetworkInterface::app tcp 80",
    verdict: "dropped",
    stage: subnetIn,
    rule: /Deny-4096-Inbound/,
  },
  {
    name: "an allow for AzureLoadBalancer before the deny lets probes in",
    document: tags,
    says: "A rule may name the tag AzureLoadBalancer.",
    world: (w) => {
      w.rule(w.groupB, "Deny 4096 Inbound");
      w.rule(w.groupB, "Allow 4000 Inbound", { sourceAddressPrefix: "AzureLoadBalancer" });
    },
    packet: "168.63.129.16 NetworkInterface::app tcp 80",
    verdict: "arrives",
    stage: subnetIn,
    rule: /Allow-4000-Inbound/,
  },
  {
    name: "AzureLoadBalancer does not take in the clients of a load balancer",
    document: tags,
    says: "The tag means probes, not the traffic that is balanced.",
    world: (w) => {
      w.publicWeb();
      w.rule(w.groupA, "Allow 100 Inbound", { sourceAddressPrefix: "AzureLoadBalancer" });
    },
    packet: "internet NetworkInterface::shown-web tcp 443",
    verdict: "dropped",
    stage: subnetIn,
    rule: /DenyAllInBound/,
  },
  {
    name: "the lowest number decides",
    document: overview,
    says: "Rules are processed in priority order; once traffic matches, processing stops.",
    world: (w) => {
      w.rule(w.groupB, "Allow 200 Inbound Tcp 8080");
      w.rule(w.groupB, "Deny 100 Inbound Tcp 8080");
    },
    packet: "NetworkInterface::web NetworkInterface::app tcp 8080",
    verdict: "dropped",
    stage: subnetIn,
    rule: /Deny-100-Inbound \(100\)/,
  },
  {
    name: "a later deny does not undo an earlier allow",
    document: overview,
    says: "Rules with higher numbers are not processed once one matched.",
    world: (w) => {
      w.rule(w.groupB, "Allow 100 Inbound Tcp 8080");
      w.rule(w.groupB, "Deny 200 Inbound");
    },
    packet: "NetworkInterface::web NetworkInterface::app tcp 8080",
    verdict: "arrives",
    stage: subnetIn,
    rule: /Allow-100-Inbound/,
  },
  {
    name: "inbound and outbound rules are apart",
    document: overview,
    says: "A rule is for inbound or for outbound traffic.",
    world: (w) => w.rule(w.groupB, "Deny 100 Outbound Tcp 8080"),
    packet: "NetworkInterface::web NetworkInterface::app tcp 8080",
    verdict: "arrives",
    stage: subnetIn,
    rule: /AllowVnetInBound/,
  },
  {
    name: "replies need no rule",
    document: overview,
    says: "Flow records make groups stateful: no inbound rule is needed for the response to what an outbound rule allowed.",
    world: (w) => {
      w.rule(w.groupA, "Deny 100 Inbound");
      w.rule(w.groupB, "Deny 100 Outbound");
    },
    packet: "NetworkInterface::web NetworkInterface::app tcp 8080",
    verdict: "arrives",
    stage: subnetIn,
    rule: /AllowVnetInBound/,
  },
  {
    name: "without any group everything is allowed",
    document: filtering,
    says: "With no group at subnet and interface all traffic is allowed.",
    world: (w) => {
      const open = w.subnet("hub", "open", ["10.0.3.0/24"]);
      w.interface("bare", open, ["10.0.3.10"]);
    },
    packet: "NetworkInterface::web NetworkInterface::bare tcp 22",
    verdict: "arrives",
    stage: "network security groups, inbound",
    rule: /no network security group applies/,
  },
  {
    name: "outbound the interface's group comes first",
    document: filtering,
    says: "Outbound, rules of the group at the interface are processed first, then those at the subnet.",
    world: (w) => {
      const own = w.group("own");
      w.rule(own, "Deny 100 Outbound Tcp 8080");
      w.rule(w.groupA, "Deny 100 Outbound Tcp 8080");
      w.interface("guarded", w.a, ["10.0.1.30"], { networkSecurityGroup: { id: own.id } });
    },
    packet: "NetworkInterface::guarded NetworkInterface::app tcp 8080",
    verdict: "dropped",
    stage: nicOut,
    rule: /Deny-100-Outbound/,
  },
  {
    name: "inbound the subnet's group comes first",
    document: filtering,
    says: "Inbound, rules of the group at the subnet are processed first, then those at the interface.",
    world: (w) => {
      const own = w.group("own");
      w.rule(own, "Deny 100 Inbound Tcp 8080");
      w.rule(w.groupB, "Deny 100 Inbound Tcp 8080");
      w.interface("guarded", w.b, ["10.0.2.30"], { networkSecurityGroup: { id: own.id } });
    },
    packet: "NetworkInterface::web NetworkInterface::guarded tcp 8080",
    verdict: "dropped",
    stage: subnetIn,
    rule: /Deny-100-Inbound/,
  },
  {
    name: "both groups must allow",
    document: filtering,
    says: "Traffic that one group allows is still denied if the other does.",
    world: (w) => {
      const own = w.group("own");
      w.rule(own, "Deny 100 Inbound Tcp 8080");
      w.rule(w.groupB, "Allow 100 Inbound Tcp 8080");
      w.interface("guarded", w.b, ["10.0.2.30"], { networkSecurityGroup: { id: own.id } });
    },
    packet: "NetworkInterface::web NetworkInterface::guarded tcp 8080",
    verdict: "dropped",
    stage: nicIn,
    rule: /Deny-100-Inbound/,
  },
  {
    name: "a group at the interface alone decides alone",
    document: filtering,
    says: "Without a group at the subnet the interface's is processed only.",
    world: (w) => {
      const open = w.subnet("hub", "open", ["10.0.3.0/24"]);
      const own = w.group("own");
      w.rule(own, "Deny 100 Inbound Tcp 22");
      w.interface("guarded", open, ["10.0.3.10"], { networkSecurityGroup: { id: own.id } });
    },
    packet: "NetworkInterface::web NetworkInterface::guarded tcp 22",
    verdict: "dropped",
    stage: nicIn,
    rule: /Deny-100-Inbound/,
  },
  {
    name: "traffic inside a subnet is judged",
    document: `${filtering}, Intra-Subnet traffic`,
    says: "Rules of the subnet's group hold between machines in it as well.",
    world: (w) => {
      w.rule(w.groupA, "Deny 100 Inbound");
      w.interface("near", w.a, ["10.0.1.40"]);
    },
    packet: "NetworkInterface::web NetworkInterface::near tcp 22",
    verdict: "dropped",
    stage: subnetIn,
    rule: /Deny-100-Inbound/,
  },
  {
    name: "a rule may name several ports and ranges",
    document: augmented,
    says: "Multiple ports and ranges can be combined in one rule.",
    world: (w) => {
      w.rule(w.groupB, "Deny 200 Inbound");
      w.rule(w.groupB, "Allow 100 Inbound Tcp", { destinationPortRanges: ["443", "8080-8090"] });
    },
    packet: "NetworkInterface::web NetworkInterface::app tcp 8085",
    verdict: "arrives",
    stage: subnetIn,
    rule: /Allow-100-Inbound/,
  },
  {
    name: "a port outside of all ranges does not match",
    document: augmented,
    says: "A rule matches the ports it lists.",
    world: (w) => {
      w.rule(w.groupB, "Deny 200 Inbound");
      w.rule(w.groupB, "Allow 100 Inbound Tcp", { destinationPortRanges: ["443", "8080-8090"] });
    },
    packet: "NetworkInterface::web NetworkInterface::app tcp 8091",
    verdict: "dropped",
    stage: subnetIn,
    rule: /Deny-200-Inbound/,
  },
  {
    name: "a rule may name several prefixes",
    document: augmented,
    says: "Multiple explicit addresses and ranges can be combined in one rule.",
    world: (w) =>
      w.rule(w.groupB, "Deny 100 Inbound", {
        sourceAddressPrefixes: ["10.0.7.0/24", "10.0.1.0/28"],
      }),
    packet: "NetworkInterface::web NetworkInterface::app tcp 8080",
    verdict: "dropped",
    stage: subnetIn,
    rule: /Deny-100-Inbound/,
  },
  {
    name: "a single address is a prefix",
    document: overview,
    says: "Source and destination are any, an address, a range, a tag or an application security group.",
    world: (w) => w.rule(w.groupB, "Deny 100 Inbound", { sourceAddressPrefix: "10.0.1.11" }),
    packet: "NetworkInterface::web NetworkInterface::app tcp 8080",
    verdict: "arrives",
    stage: subnetIn,
    rule: /AllowVnetInBound/,
  },
  {
    name: "a rule may name the source port",
    document: overview,
    says: "A rule has source ports as well as destination ports.",
    world: (w) => w.rule(w.groupB, "Deny 100 Inbound Tcp 8080", { sourcePortRange: "1-1023" }),
    packet: "NetworkInterface::web NetworkInterface::app tcp 8080 sourcePort=500",
    verdict: "dropped",
    stage: subnetIn,
    rule: /Deny-100-Inbound/,
  },
  {
    name: "another source port does not match",
    document: overview,
    says: "All five parts of the tuple must match.",
    world: (w) => w.rule(w.groupB, "Deny 100 Inbound Tcp 8080", { sourcePortRange: "1-1023" }),
    packet: "NetworkInterface::web NetworkInterface::app tcp 8080 sourcePort=5000",
    verdict: "arrives",
    stage: subnetIn,
    rule: /AllowVnetInBound/,
  },
  {
    name: "a rule for TCP does not match UDP",
    document: overview,
    says: "The protocol is TCP, UDP, ICMP, ESP, AH or any.",
    world: (w) => w.rule(w.groupB, "Deny 100 Inbound Tcp 53"),
    packet: "NetworkInterface::web NetworkInterface::app udp 53",
    verdict: "arrives",
    stage: subnetIn,
    rule: /AllowVnetInBound/,
  },
  {
    name: "a rule for ICMP matches ICMP",
    document: overview,
    says: "ICMP is one of the protocols.",
    world: (w) => w.rule(w.groupB, "Deny 100 Inbound Icmp"),
    packet: "NetworkInterface::web NetworkInterface::app icmp",
    verdict: "dropped",
    stage: subnetIn,
    rule: /Deny-100-Inbound/,
  },
  {
    name: "any is ICMP, too",
    document: overview,
    says: "Any includes TCP, UDP and ICMP.",
    world: (w) => w.rule(w.groupB, "Deny 100 Inbound *"),
    packet: "NetworkInterface::web NetworkInterface::app icmp",
    verdict: "dropped",
    stage: subnetIn,
    rule: /Deny-100-Inbound/,
  },
  {
    name: "a rule for ICMP does not match ICMPv6",
    document: "Azure Virtual Network: IPv6 for Azure Virtual Network, Limitations",
    says: "ICMPv6 is not supported in network security groups.",
    world: (w) => w.rule(w.groupB, "Deny 100 Inbound Icmp"),
    packet: "NetworkInterface::web NetworkInterface::app icmp family=6",
    verdict: "arrives",
    stage: subnetIn,
    rule: /AllowVnetInBound/,
  },
  {
    name: "ESP may be named",
    document: overview,
    says: "ESP and AH are available by templates.",
    world: (w) => w.rule(w.groupB, "Deny 100 Inbound Esp"),
    packet: "NetworkInterface::web NetworkInterface::app esp",
    verdict: "dropped",
    stage: subnetIn,
    rule: /Deny-100-Inbound/,
  },
  {
    name: "IPv6 is judged by the same default rules",
    document: "Azure Virtual Network: IPv6 for Azure Virtual Network",
    says: "Default rules hold for IPv6 as for IPv4.",
    packet: "NetworkInterface::web NetworkInterface::app tcp 22 family=6",
    verdict: "arrives",
    stage: subnetIn,
    rule: /AllowVnetInBound/,
  },
  {
    name: "an IPv4 prefix does not match IPv6",
    document: "Azure Virtual Network: IPv6 for Azure Virtual Network",
    says: "A rule holds prefixes of one family; the other needs a rule of its own.",
    world: (w) => w.rule(w.groupB, "Deny 100 Inbound", { sourceAddressPrefix: "0.0.0.0/0" }),
    packet: "NetworkInterface::web NetworkInterface::app tcp 22 family=6",
    verdict: "arrives",
    stage: subnetIn,
    rule: /AllowVnetInBound/,
  },
  {
    name: "an application security group means the interfaces in it",
    document: application,
    says: "A rule that names a group holds only for interfaces that are its members.",
    world: (w) => {
      const webs = w.applicationGroup("webs");
      w.rule(w.groupB, "Deny 200 Inbound");
      w.rule(w.groupB, "Allow 100 Inbound Tcp 8080", {
        sourceApplicationSecurityGroups: [{ id: webs.id }],
      });
      w.interface("member", w.a, ["10.0.1.50"], { applicationGroups: [{ id: webs.id }] });
    },
    packet: "NetworkInterface::member NetworkInterface::app tcp 8080",
    verdict: "arrives",
    stage: subnetIn,
    rule: /Allow-100-Inbound/,
  },
  {
    name: "who is in no application security group is not meant",
    document: application,
    says: "An interface that is no member is not affected by the rule.",
    world: (w) => {
      const webs = w.applicationGroup("webs");
      w.rule(w.groupB, "Deny 200 Inbound");
      w.rule(w.groupB, "Allow 100 Inbound Tcp 8080", {
        sourceApplicationSecurityGroups: [{ id: webs.id }],
      });
    },
    packet: "NetworkInterface::web NetworkInterface::app tcp 8080",
    verdict: "dropped",
    stage: subnetIn,
    rule: /Deny-200-Inbound/,
  },
  {
    name: "an application security group may be the destination",
    document: application,
    says: "Groups may be source and destination.",
    world: (w) => {
      const apps = w.applicationGroup("apps");
      w.rule(w.groupB, "Deny 100 Inbound Tcp 8080", {
        destinationApplicationSecurityGroups: [{ id: apps.id }],
      });
      w.interface("member", w.b, ["10.0.2.50"], { applicationGroups: [{ id: apps.id }] });
    },
    packet: "NetworkInterface::web NetworkInterface::member tcp 8080",
    verdict: "dropped",
    stage: subnetIn,
    rule: /Deny-100-Inbound/,
  },
  {
    name: "VirtualNetwork is the network's own space, whatever it is",
    document: tags,
    says: "VirtualNetwork includes the network's address space.",
    world: (w) => {
      w.network("public-space", ["20.1.0.0/16"]);
      const own = w.group("own");
      const subnet = w.subnet("public-space", "p", ["20.1.1.0/24"], {
        networkSecurityGroup: { id: own.id },
      });
      w.interface("left", subnet, ["20.1.1.10"]);
      w.interface("right", subnet, ["20.1.1.11"]);
    },
    packet: "NetworkInterface::left NetworkInterface::right tcp 22",
    verdict: "arrives",
    stage: subnetIn,
    rule: /AllowVnetInBound/,
  },
  {
    name: "Internet is everything outside of the virtual network",
    document: tags,
    says: "Internet is the space outside of VirtualNetwork that is reachable by the public internet.",
    world: (w) => {
      w.publicWeb();
      w.rule(w.groupA, "Allow 100 Inbound Tcp 443", { sourceAddressPrefix: "Internet" });
    },
    packet: "internet NetworkInterface::shown-web tcp 443",
    verdict: "arrives",
    stage: subnetIn,
    rule: /Allow-100-Inbound/,
  },
  {
    name: "Internet does not take in the own network",
    document: tags,
    says: "Addresses of VirtualNetwork are not Internet.",
    world: (w) => w.rule(w.groupB, "Deny 100 Inbound", { sourceAddressPrefix: "Internet" }),
    packet: "NetworkInterface::web NetworkInterface::app tcp 443",
    verdict: "arrives",
    stage: subnetIn,
    rule: /AllowVnetInBound/,
  },
  {
    name: "what other tags hold is not in the world",
    document: tags,
    says: "Microsoft manages the prefixes of a tag and changes them.",
    world: (w) =>
      w.rule(w.groupA, "Deny 100 Outbound", { destinationAddressPrefix: "Storage.WestEurope" }),
    packet: "NetworkInterface::web internet tcp 443",
    verdict: "cannot tell",
    stage: subnetOut,
    rule: /service tag of Deny-100-Outbound/,
  },
  {
    name: "no tag of Microsoft's holds a private address",
    document: tags,
    says: "A tag is a group of prefixes of an Azure service.",
    world: (w) =>
      w.rule(w.groupA, "Deny 100 Outbound", { destinationAddressPrefix: "Storage.WestEurope" }),
    packet: "NetworkInterface::web NetworkInterface::app tcp 443",
    verdict: "arrives",
    stage: subnetOut,
    rule: /AllowVnetOutBound/,
  },
  {
    name: "a rule changed by hand decides at once",
    document: overview,
    says: "New connections follow the changed rules.",
    world: (w) => {
      const rule = w.rule(w.groupB, "Allow 100 Inbound Tcp 8080");
      w.lab.drift(rule, "access", "Deny");
    },
    packet: "NetworkInterface::web NetworkInterface::app tcp 8080",
    verdict: "dropped",
    stage: subnetIn,
    rule: /Deny/,
  },
  {
    name: "groups see addresses behind translation",
    document: "Azure Virtual Network: Network security groups, Security rules",
    says: "Rules are evaluated after the public address is translated to the private one.",
    world: (w) => {
      w.publicWeb();
      w.rule(w.groupA, "Allow 100 Inbound Tcp 443", { destinationAddressPrefix: "10.0.1.20" });
    },
    packet: "internet NetworkInterface::shown-web tcp 443",
    verdict: "arrives",
    stage: subnetIn,
    rule: /Allow-100-Inbound/,
  },
  {
    name: "platform addresses are not subject to groups",
    document: "Azure Virtual Network: Network security groups, Azure platform considerations",
    says: "DNS, metadata and the host's services are reached whatever rules say.",
    world: (w) => w.rule(w.groupA, "Deny 100 Outbound"),
    packet: "NetworkInterface::web 168.63.129.16 udp 53",
    verdict: "arrives",
    stage: "platform services",
    rule: /no rule denies AzurePlatformDNS/,
  },
  {
    name: "a tag of the platform can deny it",
    document: "Azure Virtual Network: Network security groups, Azure platform considerations",
    says: "The tags AzurePlatformDNS, AzurePlatformIMDS and AzurePlatformLKM can be denied.",
    world: (w) =>
      w.rule(w.groupA, "Deny 100 Outbound", { destinationAddressPrefix: "AzurePlatformIMDS" }),
    packet: "NetworkInterface::web 169.254.169.254 tcp 80",
    verdict: "dropped",
    stage: "platform services",
    rule: /denies AzurePlatformIMDS/,
  },
  {
    name: "groups pass private endpoints by unless policies are enabled",
    document: "Azure Private Link: Manage network policies for private endpoints",
    says: "By default network policies are disabled for the private endpoints of a subnet.",
    world: (w) => {
      w.rule(w.groupB, "Deny 100 Inbound");
      w.privateEndpoint("vault", w.b);
    },
    packet: "NetworkInterface::web PrivateEndpoint::vault tcp 443",
    verdict: "arrives",
    stage: "network security groups, inbound",
    rule: /no network security group applies/,
  },
  {
    name: "with policies enabled groups judge private endpoints",
    document: "Azure Private Link: Manage network policies for private endpoints",
    says: "Once enabled for groups, their rules hold for the private endpoints of the subnet.",
    world: (w) => {
      w.lab.drift(w.b, "privateEndpointNetworkPolicies", "NetworkSecurityGroupEnabled");
      w.rule(w.groupB, "Deny 100 Inbound");
      w.privateEndpoint("vault", w.b);
    },
    packet: "NetworkInterface::web PrivateEndpoint::vault tcp 443",
    verdict: "dropped",
    stage: subnetIn,
    rule: /Deny-100-Inbound/,
  },
];

describe("packet probe: Azure network security groups", () => {
  testRows(rows, () => new AzureWorld());
});
