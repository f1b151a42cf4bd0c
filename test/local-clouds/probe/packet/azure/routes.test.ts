/** Admin rules, routes, peering and outbound connectivity, as Azure's documentation describes them. */

import type { ValueObject } from "../../../../../local-clouds/protocol/value.ts";
import { type Row, testRows } from "../rows.ts";
import { AzureWorld } from "./world.ts";

const routing = "Azure Virtual Network: Virtual network traffic routing";
const vpn = "Azure VPN Gateway: About VPN Gateway configuration settings";
const peering = "Azure Virtual Network: Virtual network peering";
const admin =
  "Azure Virtual Network Manager: Security admin rules in Azure Virtual Network Manager";
const outbound = "Azure Virtual Network: Default outbound access in Azure";
const tags = "Azure Virtual Network: Virtual network service tags";
const balancing = "Azure Load Balancer: Load Balancer components";
const effective = "effective routes";
const subnetIn = "network security group of the subnet, inbound";

/** `web`'s subnet with a route table. */
function routed(w: AzureWorld, routes: readonly Record<string, string>[]): void {
  const table = w.routes("table", routes);
  w.lab.drift(w.a, "routeTable", { id: table.id });
}

/** A VPN gateway of `hub` with an office behind it. */
function office(w: AzureWorld, more: ValueObject = {}): void {
  w.gateway("hub", { prefixes: ["172.20.0.0/16"], ...more });
}

const rows: readonly Row<AzureWorld>[] = [
  {
    name: "the network's own space is routed inside it",
    document: `${routing}, System routes, Default`,
    says: "Each prefix of the address space has a system route to the virtual network.",
    packet: "NetworkInterface::web NetworkInterface::app tcp 443",
    verdict: "arrives",
    stage: effective,
    rule: /10\.0\.0\.0\/16 -> VnetLocal/,
  },
  {
    name: "everything else goes to the internet",
    document: `${routing}, System routes, Default`,
    says: "0.0.0.0/0 has a system route to the internet.",
    packet: "NetworkInterface::web internet tcp 443",
    verdict: "arrives",
    stage: effective,
    rule: /0\.0\.0\.0\/0 -> Internet/,
  },
  {
    name: "other private ranges are dropped",
    document: `${routing}, System routes, Default`,
    says: "10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 and 100.64.0.0/10 lead to none.",
    packet: "NetworkInterface::web 192.168.7.7 tcp 443",
    verdict: "dropped",
    stage: effective,
    rule: /192\.168\.0\.0\/16 -> None/,
  },
  {
    name: "shared address space leads nowhere",
    document: `${routing}, System routes, Default`,
    says: "100.64.0.0/10 has the next hop none.",
    packet: "NetworkInterface::web 100.64.1.1 tcp 443",
    verdict: "dropped",
    stage: effective,
    rule: /100\.64\.0\.0\/10 -> None/,
  },
  {
    name: "a route to none drops",
    document: `${routing}, Custom routes`,
    says: "Traffic to the next hop none is dropped.",
    world: (w) => routed(w, [{ addressPrefix: "0.0.0.0/0", nextHopType: "None" }]),
    packet: "NetworkInterface::web internet tcp 443",
    verdict: "dropped",
    stage: effective,
    rule: /0\.0\.0\.0\/0 -> None @ .*routeTables/,
  },
  {
    name: "of equal prefixes the user's route comes first",
    document: `${routing}, How Azure selects a route`,
    says: "User-defined routes come before BGP routes, and these before system routes.",
    world: (w) => routed(w, [{ addressPrefix: "10.0.0.0/16", nextHopType: "None" }]),
    packet: "NetworkInterface::web NetworkInterface::app tcp 443",
    verdict: "dropped",
    stage: effective,
    rule: /10\.0\.0\.0\/16 -> None/,
  },
  {
    name: "the longest prefix comes first, whoever wrote it",
    document: `${routing}, How Azure selects a route`,
    says: "The route with the longest matching prefix is selected.",
    world: (w) =>
      routed(w, [
        { addressPrefix: "10.0.0.0/8", nextHopType: "None" },
        { addressPrefix: "0.0.0.0/0", nextHopType: "None" },
      ]),
    packet: "NetworkInterface::web NetworkInterface::app tcp 443",
    verdict: "arrives",
    stage: effective,
    rule: /10\.0\.0\.0\/16 -> VnetLocal/,
  },
  {
    name: "a narrower route of the user wins inside the network, too",
    document: `${routing}, How Azure selects a route`,
    says: "A longer prefix overrides the network's own route.",
    world: (w) =>
      routed(w, [
        {
          addressPrefix: "10.0.2.0/24",
          nextHopType: "VirtualAppliance",
          nextHopIpAddress: "10.0.9.4",
        },
      ]),
    packet: "NetworkInterface::web NetworkInterface::app tcp 443",
    verdict: "cannot tell",
    stage: effective,
    rule: /VirtualAppliance 10\.0\.9\.4: what the appliance/,
  },
  {
    name: "a route as a resource of its own counts",
    document: `${routing}, Custom routes`,
    says: "A route table holds routes, however they were added.",
    world: (w) => {
      const table = w.routes("table", []);
      w.lab.drift(w.a, "routeTable", { id: table.id });
      w.lab.create("azure-native:network:Route", "shut", {
        resourceGroupName: "shop",
        routeTableName: "table",
        routeName: "shut",
        addressPrefix: "0.0.0.0/0",
        nextHopType: "None",
      });
    },
    packet: "NetworkInterface::web internet tcp 443",
    verdict: "dropped",
    stage: effective,
    rule: /0\.0\.0\.0\/0 -> None/,
  },
  {
    name: "a route table serves its own subnets only",
    document: `${routing}, Custom routes`,
    says: "A route table is associated with subnets.",
    world: (w) => routed(w, [{ addressPrefix: "0.0.0.0/0", nextHopType: "None" }]),
    packet: "NetworkInterface::app internet tcp 443",
    verdict: "arrives",
    stage: effective,
    rule: /0\.0\.0\.0\/0 -> Internet @ system/,
  },
  {
    name: "a route to a gateway that is not there drops",
    document: `${routing}, Custom routes`,
    says: "The next hop virtual network gateway needs a gateway in the network.",
    world: (w) => routed(w, [{ addressPrefix: "0.0.0.0/0", nextHopType: "VirtualNetworkGateway" }]),
    packet: "NetworkInterface::web internet tcp 443",
    verdict: "dropped",
    stage: "virtual network gateway",
    rule: /has no gateway/,
  },
  {
    name: "a local network gateway says what lies behind a connection",
    document: `${vpn}, Local network gateways`,
    says: "It names the device and the address prefixes at the on-premises location.",
    world: office,
    packet: "NetworkInterface::web 172.20.1.1 tcp 443",
    verdict: "arrives",
    stage: "virtual network gateway",
    rule: /172\.20\.0\.0\/16 -> .*localNetworkGateways\/office/,
  },
  {
    name: "its prefixes are routes of the subnets",
    document: `${routing}, Optional default routes`,
    says: "A gateway adds routes of the source virtual network gateway.",
    world: office,
    packet: "NetworkInterface::web 172.20.1.1 tcp 443",
    verdict: "arrives",
    stage: effective,
    rule: /172\.20\.0\.0\/16 -> VirtualNetworkGateway/,
  },
  {
    name: "a gateway without a connection for it drops",
    document: `${vpn}, Local network gateways`,
    says: "The gateway sends what is for the prefixes of its local network gateways.",
    world: (w) => {
      office(w);
      routed(w, [{ addressPrefix: "172.30.0.0/16", nextHopType: "VirtualNetworkGateway" }]);
    },
    packet: "NetworkInterface::web 172.30.1.1 tcp 443",
    verdict: "dropped",
    stage: "virtual network gateway",
    rule: /no connection leads to 172\.30\.1\.1/,
  },
  {
    name: "what a device announces by BGP is not in the world",
    document: "Azure VPN Gateway: About BGP and VPN Gateway",
    says: "With BGP the prefixes are exchanged by the devices.",
    world: (w) => {
      office(w, { enableBgp: true });
      routed(w, [{ addressPrefix: "172.30.0.0/16", nextHopType: "VirtualNetworkGateway" }]);
    },
    packet: "NetworkInterface::web 172.30.1.1 tcp 443",
    verdict: "cannot tell",
    stage: "virtual network gateway",
    rule: /learnt by BGP/,
  },
  {
    name: "two networks' gateways may be connected",
    document: "Azure VPN Gateway: About VPN Gateway topology and design, VNet-to-VNet connections",
    says: "A VNet-to-VNet connection takes the address space of the other network over.",
    world: (w) => {
      w.spoke();
      const [here, there] = [
        w.bareGateway("hub", "10.0.255.0/27"),
        w.bareGateway("spoke", "10.1.255.0/27"),
      ];
      for (const [near, far] of [
        [here, there],
        [there, here],
      ] as const) {
        w.connect(`${near.id.split("/").at(-1)}`, near, {
          connectionType: "Vnet2Vnet",
          virtualNetworkGateway2: { id: far.id },
        });
      }
    },
    packet: "NetworkInterface::web NetworkInterface::far tcp 443",
    verdict: "arrives",
    stage: "virtual network gateway",
    rule: /10\.1\.0\.0\/16 -> .*spoke-vpn/,
  },
  {
    name: "the office reaches the network by its connection",
    document: `${vpn}, Local network gateways`,
    says: "Addresses of its prefixes come in by the gateway.",
    world: office,
    packet: "172.20.1.1 NetworkInterface::app tcp 443",
    verdict: "arrives",
    stage: "network security group of the subnet, inbound",
    rule: /AllowVnetInBound/,
  },
  {
    name: "the reply must go back by the gateway",
    document: `${routing}, Custom routes`,
    says: "A route of the user overrides those of the gateway.",
    world: (w) => {
      office(w);
      const table = w.routes("table", [{ addressPrefix: "172.20.0.0/16", nextHopType: "None" }]);
      w.lab.drift(w.b, "routeTable", { id: table.id });
    },
    packet: "172.20.1.1 NetworkInterface::app tcp 443",
    verdict: "dropped",
    stage: "reply: effective routes",
    rule: /172\.20\.0\.0\/16 -> None/,
  },
  {
    name: "a table may refuse what the gateway learns",
    document: `${routing}, Border gateway protocol`,
    says: "With propagation of gateway routes disabled they are not added to the subnet.",
    world: (w) => {
      office(w);
      const table = w.routes("table", [], { disableBgpRoutePropagation: true });
      w.lab.drift(w.a, "routeTable", { id: table.id });
    },
    packet: "NetworkInterface::web 172.20.1.1 tcp 443",
    verdict: "dropped",
    stage: effective,
    rule: /172\.16\.0\.0\/12 -> None/,
  },
  {
    name: "VirtualNetwork takes in what lies behind the gateway",
    document: tags,
    says: "VirtualNetwork includes connected on-premises address spaces.",
    world: office,
    packet: "NetworkInterface::web 172.20.1.1 tcp 443",
    verdict: "arrives",
    stage: "network security group of the subnet, outbound",
    rule: /AllowVnetOutBound/,
  },
  {
    name: "VirtualNetwork takes in prefixes of user-defined routes",
    document: tags,
    says: "VirtualNetwork includes the address prefixes used in user-defined routes.",
    world: (w) => {
      routed(w, [{ addressPrefix: "192.0.2.0/24", nextHopType: "Internet" }]);
      w.publicWeb();
    },
    packet: "internet NetworkInterface::shown-web tcp 443",
    verdict: "arrives",
    stage: subnetIn,
    rule: /AllowVnetInBound \(65000\)/,
  },
  {
    name: "whether VirtualNetwork takes in a default route nobody can tell",
    document: tags,
    says: "VirtualNetwork might also contain default routes.",
    world: (w) => {
      routed(w, [{ addressPrefix: "0.0.0.0/0", nextHopType: "Internet" }]);
      w.publicWeb();
    },
    packet: "internet NetworkInterface::shown-web tcp 443",
    verdict: "cannot tell",
    stage: subnetIn,
    rule: /AllowVnetInBound/,
  },
  {
    name: "outwards a default route does not matter, for both default rules allow",
    document: tags,
    says: "Internet is the space outside of the virtual network that the public internet reaches.",
    world: (w) => routed(w, [{ addressPrefix: "0.0.0.0/0", nextHopType: "Internet" }]),
    packet: "NetworkInterface::web internet tcp 443",
    verdict: "arrives",
    stage: "network security group of the subnet, outbound",
    rule: /AllowInternetOutBound/,
  },
  {
    name: "peered networks reach each other",
    document: peering,
    says: "Resources in peered networks connect with each other directly.",
    world: (w) => w.peered(),
    packet: "NetworkInterface::web NetworkInterface::far tcp 443",
    verdict: "arrives",
    stage: effective,
    rule: /10\.1\.0\.0\/16 -> VNetPeering/,
  },
  {
    name: "a peering of one side only is not connected",
    document: `${peering}, Peering status`,
    says: "The state is Initiated until the other side has its peering, then Connected.",
    world: (w) => {
      const spoke = w.spoke();
      w.peering("hub", spoke);
      w.rule(w.groupA, "Allow 100 Outbound");
    },
    packet: "NetworkInterface::web NetworkInterface::far tcp 443",
    verdict: "dropped",
    stage: effective,
    rule: /10\.0\.0\.0\/8 -> None/,
  },
  {
    name: "a disconnected peering carries nothing",
    document: `${peering}, Peering status`,
    says: "Once one side is deleted the other is Disconnected.",
    world: (w) => {
      const spoke = w.spoke();
      w.lab.drift(w.peering("hub", spoke), "peeringState", "Disconnected");
      w.peering("spoke", w.hub);
      w.rule(w.groupA, "Allow 100 Outbound");
    },
    packet: "NetworkInterface::web NetworkInterface::far tcp 443",
    verdict: "dropped",
    stage: effective,
    rule: /10\.0\.0\.0\/8 -> None/,
  },
  {
    name: "peering is not transitive",
    document: `${peering}, Constraints`,
    says: "Networks peered with the same hub are not peered with each other.",
    world: (w) => {
      w.peered();
      const third = w.network("third", ["10.2.0.0/16"]);
      w.interface("third", w.subnet("third", "third-subnet", ["10.2.1.0/24"]), ["10.2.1.10"]);
      w.peering("third", w.hub);
      w.lab.create("azure-native:network:VirtualNetworkPeering", "hub-third", {
        resourceGroupName: "shop",
        virtualNetworkName: "hub",
        virtualNetworkPeeringName: "hub-third",
        remoteVirtualNetwork: { id: third.id },
      });
    },
    packet: "NetworkInterface::far NetworkInterface::third tcp 443",
    verdict: "dropped",
    stage: effective,
    rule: /10\.0\.0\.0\/8 -> None/,
  },
  {
    name: "VirtualNetwork takes in peered networks",
    document: tags,
    says: "VirtualNetwork includes all peered virtual networks.",
    world: (w) => w.peered(),
    packet: "NetworkInterface::far NetworkInterface::web tcp 443",
    verdict: "arrives",
    stage: subnetIn,
    rule: /AllowVnetInBound/,
  },
  {
    name: "without virtual network access the peer is not in VirtualNetwork",
    document: `${peering}, Create a peering, allowVirtualNetworkAccess`,
    says: "With access off the peer's space is left out of VirtualNetwork, so default rules do not allow it.",
    world: (w) => w.peered({ allowVirtualNetworkAccess: false }),
    packet: "NetworkInterface::far NetworkInterface::web tcp 443",
    verdict: "dropped",
    stage: subnetIn,
    rule: /DenyAllInBound/,
  },
  {
    name: "a rule of the user may still allow the peer",
    document: `${peering}, Create a peering, allowVirtualNetworkAccess`,
    says: "Traffic may still flow where a rule allows it explicitly.",
    world: (w) => {
      w.peered({ allowVirtualNetworkAccess: false });
      w.rule(w.groupA, "Allow 100 Inbound Tcp 443", { sourceAddressPrefix: "10.1.0.0/16" });
    },
    packet: "NetworkInterface::far NetworkInterface::web tcp 443",
    verdict: "arrives",
    stage: subnetIn,
    rule: /Allow-100-Inbound/,
  },
  {
    name: "a peered network may lend its gateway",
    document: `${peering}, Gateways and on-premises connectivity`,
    says: "A network can use the gateway of a peered one instead of its own.",
    world: (w) => {
      office(w);
      const spoke = w.spoke();
      w.peering("hub", spoke, { allowGatewayTransit: true });
      w.peering("spoke", w.hub, { useRemoteGateways: true });
    },
    packet: "NetworkInterface::far 172.20.1.1 tcp 443",
    verdict: "arrives",
    stage: effective,
    rule: /VirtualNetworkGateway/,
  },
  {
    name: "admin rules come before groups",
    document: admin,
    says: "Security admin rules are evaluated before network security group rules.",
    world: (w) => {
      w.adminRule("Deny 10 Inbound Tcp 8080");
      w.rule(w.groupB, "Allow 100 Inbound Tcp 8080");
    },
    packet: "NetworkInterface::web NetworkInterface::app tcp 8080",
    verdict: "dropped",
    stage: "security admin rules, inbound",
    rule: /Deny-10-Inbound/,
  },
  {
    name: "Allow goes on to the groups",
    document: admin,
    says: "With Allow the groups still decide.",
    world: (w) => {
      w.adminRule("Allow 10 Inbound Tcp 8080");
      w.rule(w.groupB, "Deny 100 Inbound Tcp 8080");
    },
    packet: "NetworkInterface::web NetworkInterface::app tcp 8080",
    verdict: "dropped",
    stage: subnetIn,
    rule: /Deny-100-Inbound/,
  },
  {
    name: "Always allow passes the groups by",
    document: admin,
    says: "With Always allow the traffic is delivered, whatever groups say.",
    world: (w) => {
      w.adminRule("AlwaysAllow 10 Inbound Tcp 8080");
      w.rule(w.groupB, "Deny 100 Inbound Tcp 8080");
    },
    packet: "NetworkInterface::web NetworkInterface::app tcp 8080",
    verdict: "arrives",
    stage: "security admin rules, inbound",
    rule: /AlwaysAllow-10-Inbound/,
  },
  {
    name: "admin rules are asked by priority",
    document: `${admin}, Priority`,
    says: "The lower number is evaluated first.",
    world: (w) => {
      w.adminRule("Deny 20 Inbound Tcp 8080");
      w.adminRule("AlwaysAllow 10 Inbound Tcp 8080");
    },
    packet: "NetworkInterface::web NetworkInterface::app tcp 8080",
    verdict: "arrives",
    stage: "security admin rules, inbound",
    rule: /AlwaysAllow-10/,
  },
  {
    name: "admin rules hold where they are deployed to",
    document: "Azure Virtual Network Manager: Configuration deployments",
    says: "When committing a deployment, you select the regions to which it applies.",
    world: (w) => {
      w.adminRule("Deny 10 Inbound Tcp 8080", {}, w.hub, "northeurope");
      w.rule(w.groupB, "Allow 100 Inbound Tcp 8080");
    },
    packet: "NetworkInterface::web NetworkInterface::app tcp 8080",
    verdict: "arrives",
    stage: subnetIn,
    rule: /Allow-100-Inbound/,
  },
  {
    name: "admin rules hold outbound as well",
    document: admin,
    says: "A rule is for inbound or outbound traffic.",
    world: (w) => w.adminRule("Deny 10 Outbound Tcp 443"),
    packet: "NetworkInterface::web internet tcp 443",
    verdict: "dropped",
    stage: "security admin rules, outbound",
    rule: /Deny-10-Outbound/,
  },
  {
    name: "admin rules hold for the networks of their groups only",
    document: `${admin}, Management at scale`,
    says: "A rule collection applies to the network groups it names.",
    world: (w) => {
      w.peered();
      const [spoke] = w.lab.clouds.world
        .ofToken("azure-native:network:VirtualNetwork", {})
        .filter(({ id }) => id.endsWith("/spoke"));
      w.adminRule("Deny 10 Inbound Tcp 8080", {}, { ...w.hub, id: spoke?.id ?? "" });
    },
    packet: "NetworkInterface::web NetworkInterface::app tcp 8080",
    verdict: "arrives",
    stage: subnetIn,
    rule: /AllowVnetInBound/,
  },
  {
    name: "an admin rule may name a source",
    document: admin,
    says: "Rules name sources and destinations by prefixes or tags.",
    world: (w) =>
      w.adminRule("Deny 10 Inbound Tcp 8080", {
        sources: [{ addressPrefix: "10.0.9.0/24", addressPrefixType: "IPPrefix" }],
      }),
    packet: "NetworkInterface::web NetworkInterface::app tcp 8080",
    verdict: "arrives",
    stage: subnetIn,
    rule: /AllowVnetInBound/,
  },
  {
    name: "default outbound access serves a machine without anything else",
    document: outbound,
    says: "A machine without explicit outbound connectivity gets a default outbound address.",
    packet: "NetworkInterface::web internet tcp 443",
    verdict: "arrives",
    stage: "outbound connectivity",
    rule: /@ default outbound access/,
  },
  {
    name: "a private subnet has no default outbound access",
    document: outbound,
    says: "With default outbound access disabled the subnet is private.",
    world: (w) => w.lab.drift(w.a, "defaultOutboundAccess", false),
    packet: "NetworkInterface::web internet tcp 443",
    verdict: "dropped",
    stage: "outbound connectivity",
    rule: /subnet is private/,
  },
  {
    name: "a NAT gateway serves a private subnet",
    document: "Azure NAT Gateway: What is Azure NAT Gateway",
    says: "It gives outbound connectivity to all machines of the subnet.",
    world: (w) => {
      w.lab.drift(w.a, "defaultOutboundAccess", false);
      w.lab.drift(w.a, "natGateway", { id: w.nat().id });
    },
    packet: "NetworkInterface::web internet tcp 443",
    verdict: "arrives",
    stage: "outbound connectivity",
    rule: /@ .*natGateways/,
  },
  {
    name: "a NAT gateway comes before the interface's own address",
    document: "Azure NAT Gateway: What is Azure NAT Gateway",
    says: "It takes precedence over other outbound connectivity, instance public addresses included.",
    world: (w) => {
      w.publicWeb();
      w.lab.drift(w.a, "natGateway", { id: w.nat().id });
    },
    packet: "NetworkInterface::shown-web internet tcp 443",
    verdict: "arrives",
    stage: "outbound connectivity",
    rule: /@ .*natGateways/,
  },
  {
    name: "there is no default outbound access for IPv6",
    document: outbound,
    says: "Default outbound access is for IPv4.",
    packet: "NetworkInterface::web internet tcp 443 family=6",
    verdict: "dropped",
    stage: "outbound connectivity",
    rule: /IPv6/,
  },
  {
    name: "a reply to the internet takes the routes of its own subnet",
    document: `${routing}, Custom routes`,
    says: "A route table's routes are taken by all traffic that leaves its subnets.",
    world: (w) => {
      routed(w, [{ addressPrefix: "192.0.2.0/24", nextHopType: "None" }]);
      w.publicWeb();
    },
    packet: "internet NetworkInterface::shown-web tcp 443",
    verdict: "dropped",
    stage: "reply: effective routes",
    rule: /back to 192\.0\.2\.1: 192\.0\.2\.0\/24 -> None/,
  },
  {
    name: "a reply inside the network does so, too",
    document: `${routing}, Custom routes`,
    says: "A route table's routes are taken by all traffic that leaves its subnets.",
    world: (w) => routed(w, [{ addressPrefix: "10.0.2.0/24", nextHopType: "None" }]),
    packet: "NetworkInterface::app NetworkInterface::web tcp 443",
    verdict: "dropped",
    stage: "reply: effective routes",
    rule: /back to 10\.0\.2\.\d+: 10\.0\.2\.0\/24 -> None/,
  },
  {
    name: "a Standard address is closed without a group",
    document: "Azure Virtual Network: Public IP addresses, SKU",
    says: "Standard addresses are closed to inbound traffic until a network security group allows it.",
    world: (w) => {
      const open = w.subnet("hub", "open", ["10.0.3.0/24"]);
      w.interface("bare", open, ["10.0.3.10"], { publicAddress: w.publicAddress("bare").id });
    },
    packet: "internet NetworkInterface::bare tcp 443",
    verdict: "dropped",
    stage: "public IP address",
    rule: /Standard address is closed/,
  },
  {
    name: "a Basic address is open without a group",
    document: "Azure Virtual Network: Public IP addresses, SKU",
    says: "Basic addresses are open by default.",
    world: (w) => {
      const open = w.subnet("hub", "open", ["10.0.3.0/24"]);
      w.interface("bare", open, ["10.0.3.10"], {
        publicAddress: w.publicAddress("bare", "Basic").id,
      });
    },
    packet: "internet NetworkInterface::bare tcp 443",
    verdict: "arrives",
    stage: "public IP address",
    rule: /\(Basic\) leads to/,
  },
  {
    name: "a load balancer hands a packet on to its backend port",
    document: balancing,
    says: "A rule maps a frontend's address and port to a port of the backend pool.",
    world: (w) => w.balancer({ privateIPAddress: "10.0.1.99", subnet: { id: w.a.id } }),
    packet: "NetworkInterface::web LoadBalancer::lb tcp 443",
    verdict: "arrives",
    stage: "load balancer",
    rule: /https: tcp 443 -> 10\.0\.2\.70 8443/,
  },
  {
    name: "a load balancer without a rule for a port drops",
    document: balancing,
    says: "Only what a rule names is distributed.",
    world: (w) => w.balancer({ privateIPAddress: "10.0.1.99", subnet: { id: w.a.id } }),
    packet: "NetworkInterface::web LoadBalancer::lb tcp 80",
    verdict: "dropped",
    stage: "load balancer",
    rule: /no rule for tcp 80/,
  },
  {
    name: "groups judge balanced packets at the machine, by its port",
    document: "Azure Virtual Network: How network security groups filter network traffic",
    says: "Groups of the backend's subnet and interface are evaluated, with the backend port.",
    world: (w) => {
      w.balancer({ privateIPAddress: "10.0.1.99", subnet: { id: w.a.id } });
      w.rule(w.groupB, "Deny 100 Inbound Tcp 8443");
    },
    packet: "NetworkInterface::web LoadBalancer::lb tcp 443",
    verdict: "dropped",
    stage: subnetIn,
    rule: /Deny-100-Inbound/,
  },
  {
    name: "groups see the client's address behind a load balancer",
    document: `${balancing}, Floating and source addresses`,
    says: "The balancer keeps the client's source address.",
    world: (w) => {
      w.balancer({ publicIPAddress: { id: w.publicAddress("front").id } });
      w.rule(w.groupB, "Allow 100 Inbound Tcp 8443", { sourceAddressPrefix: "192.0.2.1" });
    },
    packet: "internet LoadBalancer::lb tcp 443",
    verdict: "arrives",
    stage: subnetIn,
    rule: /Allow-100-Inbound/,
  },
  {
    name: "the default rules deny clients of a public load balancer",
    document: balancing,
    says: "A Standard balancer is secure by default: groups must allow the clients.",
    world: (w) => w.balancer({ publicIPAddress: { id: w.publicAddress("front").id } }),
    packet: "internet LoadBalancer::lb tcp 443",
    verdict: "dropped",
    stage: subnetIn,
    rule: /DenyAllInBound/,
  },
  {
    name: "a Standard load balancer is closed without a group",
    document: balancing,
    says: "Without a network security group at subnet or interface traffic is blocked.",
    world: (w) => {
      const open = w.subnet("hub", "open", ["10.0.3.0/24"]);
      w.balancer({ publicIPAddress: { id: w.publicAddress("front").id } }, "Standard", open);
    },
    packet: "internet LoadBalancer::lb tcp 443",
    verdict: "dropped",
    stage: "load balancer",
    rule: /Standard balancer is closed/,
  },
  {
    name: "an interface without a public address is not reached from the internet",
    document: "Azure Virtual Network: Public IP addresses",
    says: "Public addresses let internet resources communicate inbound.",
    packet: "internet NetworkInterface::web tcp 443",
    verdict: "dropped",
    stage: "internet",
    rule: /not routed/,
  },
  {
    name: "of machines that differ nobody can tell which a balancer takes",
    document: `${balancing}, Backend pool`,
    says: "Traffic is distributed among the machines of the pool.",
    world: (w) => {
      w.balancer({ privateIPAddress: "10.0.1.99", subnet: { id: w.a.id } });
      const pools = [{ id: `${w.path("loadBalancers")}/lb/backendAddressPools/pool` }];
      const shut = w.group("shut");
      w.rule(shut, "Deny 100 Inbound");
      w.interface("second", w.b, ["10.0.2.71"], { pools, networkSecurityGroup: { id: shut.id } });
    },
    packet: "NetworkInterface::web 10.0.1.99 tcp 443",
    verdict: "cannot tell",
    stage: "load balancer",
    rule: /which of .*pooled \(arrives\) and .*second \(Deny-100-Inbound/,
  },
];

describe("packet probe: Azure routes and admin rules", () => {
  testRows(rows, () => new AzureWorld());
});
