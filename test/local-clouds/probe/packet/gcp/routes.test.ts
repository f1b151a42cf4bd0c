/** Routes, peering and external connectivity, as Google Cloud's documentation describes them. */

import { type Row, testRows } from "../rows.ts";
import { GcpWorld } from "./world.ts";

const routes = "Google Cloud VPC: Routes";
const peering = "Google Cloud VPC: VPC Network Peering";
const nat = "Cloud NAT: Overview";
const addresses = "Google Cloud VPC: IP addresses";
const external = "external connectivity";

function peered(w: GcpWorld, more = {}): void {
  const other = w.other();
  w.peering(w.shop, other, more);
  w.peering(other, w.shop, more);
}

const rows: readonly Row<GcpWorld>[] = [
  {
    name: "subnets of a network reach each other by subnet routes",
    document: `${routes}, Subnet routes`,
    says: "Each subnet has a route for its primary and secondary ranges.",
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: "routes",
    rule: /subnet route of b: 10\.0\.2\.0\/24/,
  },
  {
    name: "a static route cannot overrule a subnet route",
    document: `${routes}, Routing order`,
    says: "Subnet routes come first; less specific static routes do not matter inside them.",
    world: (w) => w.route("trap", "10.0.0.0/8", { nextHopIp: "10.0.1.200" }),
    packet: "Instance::web Instance::app tcp 8080",
    verdict: "arrives",
    stage: "routes",
    rule: /subnet route of b/,
  },
  {
    name: "a new network has a default route",
    document: `${routes}, System-generated default routes`,
    says: "A network has a default route to the internet unless it is removed.",
    world: (w) => w.shownWeb(),
    packet: "Instance::shown internet tcp 443",
    verdict: "arrives",
    stage: "routes",
    rule: /system-generated default route/,
  },
  {
    name: "without an external address or Cloud NAT nothing goes out",
    document: addresses,
    says: "An instance without external address cannot reach the internet by itself.",
    packet: "Instance::web internet tcp 443",
    verdict: "dropped",
    stage: external,
    rule: /no external IPv4 address/,
  },
  {
    name: "an external address takes a packet out",
    document: addresses,
    says: "An external address connects an instance with the internet.",
    world: (w) => w.shownWeb(),
    packet: "Instance::shown internet tcp 443",
    verdict: "arrives",
    stage: external,
    rule: /10\.0\.1\.20 becomes 203\.0\.113\.20/,
  },
  {
    name: "Cloud NAT takes instances without external address out",
    document: nat,
    says: "It gives outbound connectivity to instances without external addresses.",
    world: (w) => w.nat(),
    packet: "Instance::web internet tcp 443",
    verdict: "arrives",
    stage: external,
    rule: /@ shop-project\/europe-west4\/router\/nat/,
  },
  {
    name: "Cloud NAT serves the subnets it is told",
    document: nat,
    says: "A gateway may be limited to a list of subnets.",
    world: (w) =>
      w.nat({
        sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
        subnetworks: [{ name: w.b.id, sourceIpRangesToNats: ["ALL_IP_RANGES"] }],
      }),
    packet: "Instance::web internet tcp 443",
    verdict: "dropped",
    stage: external,
    rule: /no Cloud NAT serves it/,
  },
  {
    name: "Cloud NAT serves its own region",
    document: nat,
    says: "A gateway is regional.",
    world: (w) => {
      w.nat();
      const remote = w.subnet(w.shop, "remote", "10.0.7.0/24", { region: "us-central1" });
      w.instance("distant", remote, "10.0.7.10");
    },
    packet: "Instance::distant internet tcp 443",
    verdict: "dropped",
    stage: external,
    rule: /no Cloud NAT/,
  },
  {
    name: "Cloud NAT does not carry other protocols",
    document: nat,
    says: "TCP, UDP and ICMP are translated.",
    world: (w) => w.nat(),
    packet: "Instance::web internet esp",
    verdict: "dropped",
    stage: external,
    rule: /no Cloud NAT/,
  },
  {
    name: "nobody comes in by Cloud NAT",
    document: nat,
    says: "Cloud NAT does not allow unsolicited inbound connections.",
    world: (w) => {
      w.nat();
      w.firewall("allow 1 INGRESS");
    },
    packet: "internet Instance::web tcp 443",
    verdict: "dropped",
    stage: "internet",
    rule: /not routed/,
  },
  {
    name: "mail to the outside is blocked",
    document: "Google Cloud VPC: VPC firewall rules, Blocked traffic",
    says: "Egress to external addresses on TCP port 25 is always blocked in most projects.",
    world: (w) => w.shownWeb(),
    packet: "Instance::shown internet tcp 25",
    verdict: "dropped",
    stage: "always blocked traffic",
    rule: /port 25/,
  },
  {
    name: "other protocols to the outside are blocked",
    document: "Google Cloud VPC: VPC firewall rules, Blocked traffic",
    says: "To external addresses only TCP, UDP, ICMP, AH, ESP, SCTP and GRE are carried.",
    world: (w) => w.shownWeb(),
    packet: "Instance::shown internet 89",
    verdict: "dropped",
    stage: "always blocked traffic",
    rule: /protocol 89/,
  },
  {
    name: "a new interface has the secure tags and accounts it is given",
    document: "Cloud NGFW: Secure tags for firewalls",
    says: "A tag value bound to an instance makes it a source or target of rules.",
    world: (w) => {
      const front = w.tag("front");
      w.lab.drift(w.shop, "networkFirewallPolicyEnforcementOrder", "BEFORE_CLASSIC_FIREWALL");
      w.policy("deny 200 INGRESS tcp 8080");
      w.policy("allow 100 INGRESS tcp 8080", { match: { srcSecureTags: [{ name: front.id }] } });
    },
    packet: "Subnetwork::a@TagValue::front,web Instance::app tcp 8080",
    verdict: "arrives",
    stage: "global network firewall policy, ingress",
    rule: /rule 100 allow/,
  },
  {
    name: "a new interface without them is not meant",
    document: "Cloud NGFW: Secure tags for firewalls",
    says: "Only bound instances match.",
    world: (w) => {
      const front = w.tag("front");
      w.lab.drift(w.shop, "networkFirewallPolicyEnforcementOrder", "BEFORE_CLASSIC_FIREWALL");
      w.policy("deny 200 INGRESS tcp 8080");
      w.policy("allow 100 INGRESS tcp 8080", { match: { srcSecureTags: [{ name: front.id }] } });
    },
    packet: "Subnetwork::a@front Instance::app tcp 8080",
    verdict: "dropped",
    stage: "global network firewall policy, ingress",
    rule: /rule 200 deny/,
  },
  {
    name: "a new interface is a target by its secure tags",
    document: "Cloud NGFW: Secure tags for firewalls",
    says: "With target secure tags a rule applies to instances bound to one of them.",
    world: (w) => {
      const back = w.tag("back");
      w.lab.drift(w.shop, "networkFirewallPolicyEnforcementOrder", "BEFORE_CLASSIC_FIREWALL");
      w.policy("deny 100 INGRESS tcp 8080", { more: { targetSecureTags: [{ name: back.id }] } });
    },
    packet: "Instance::web Subnetwork::b@TagValue::back tcp 8080",
    verdict: "dropped",
    stage: "global network firewall policy, ingress",
    rule: /rule 100 deny/,
  },
  {
    name: "the metadata server is always reached",
    document: "Google Cloud VPC: VPC firewall rules, Always allowed traffic",
    says: "Traffic with the metadata server is allowed whatever rules say.",
    world: (w) => w.firewall("deny 0 EGRESS", { destinationRanges: ["0.0.0.0/0"] }),
    packet: "Instance::web 169.254.169.254 tcp 80",
    verdict: "arrives",
    stage: "metadata server",
    rule: /always allowed/,
  },
  {
    name: "Private Google Access reaches Google without external address",
    document: "Google Cloud VPC: Private Google Access",
    says: "Instances without external address reach Google's interfaces if their subnet has it on.",
    world: (w) => w.lab.drift(w.a, "privateIpGoogleAccess", true),
    packet: "Instance::web 199.36.153.9 tcp 443",
    verdict: "arrives",
    stage: external,
    rule: /Private Google Access is on/,
  },
  {
    name: "without Private Google Access Google is not reached",
    document: "Google Cloud VPC: Private Google Access",
    says: "It is enabled subnet by subnet.",
    packet: "Instance::web 199.36.153.9 tcp 443",
    verdict: "dropped",
    stage: external,
    rule: /no external/,
  },
  {
    name: "of static routes the longest prefix decides",
    document: `${routes}, Routing order`,
    says: "The route with the most specific destination is used.",
    world: (w) => {
      w.shownWeb();
      w.route("out", "0.0.0.0/0", { nextHopGateway: "default-internet-gateway" });
      w.route("inspect", "192.0.2.0/24", { nextHopIp: "10.0.2.200" });
    },
    packet: "Instance::shown internet tcp 443",
    verdict: "cannot tell",
    stage: "routes",
    rule: /inspect: 192\.0\.2\.0\/24 -> 10\.0\.2\.200/,
  },
  {
    name: "of equal prefixes the lower priority number decides",
    document: `${routes}, Routing order`,
    says: "Among routes of one destination the lowest number is preferred.",
    world: (w) => {
      w.shownWeb();
      w.route("second", "0.0.0.0/0", { nextHopIp: "10.0.2.200" }, { priority: 900 });
      w.route(
        "first",
        "0.0.0.0/0",
        { nextHopGateway: "default-internet-gateway" },
        { priority: 100 },
      );
    },
    packet: "Instance::shown internet tcp 443",
    verdict: "arrives",
    stage: "routes",
    rule: /^first: 0\.0\.0\.0\/0/,
  },
  {
    name: "a route with tags serves instances that have one",
    document: `${routes}, Applicable routes`,
    says: "A static route with network tags applies only to instances with one of them.",
    world: (w) => {
      w.shownWeb();
      w.route("tagged", "192.0.2.0/24", { nextHopIp: "10.0.2.200" }, { tags: ["batch"] });
    },
    packet: "Instance::shown internet tcp 443",
    verdict: "arrives",
    stage: "routes",
    rule: /default route/,
  },
  {
    name: "peered networks exchange subnet routes",
    document: peering,
    says: "Subnet routes are always exchanged between peered networks.",
    world: (w) => peered(w),
    packet: "Instance::web Instance::far tcp 443",
    verdict: "arrives",
    stage: "routes",
    rule: /peering .*10\.1\.1\.0\/24/,
  },
  {
    name: "a peering of one side only is not active",
    document: peering,
    says: "It becomes active once both networks have a peering with the other.",
    world: (w) => w.peering(w.shop, w.other()),
    packet: "Instance::web Instance::far tcp 443",
    verdict: "dropped",
    stage: external,
    rule: /no external/,
  },
  {
    name: "peering is not transitive",
    document: `${peering}, Transitive peering`,
    says: "Only directly peered networks communicate.",
    world: (w) => {
      peered(w);
      const third = w.network("third");
      w.instance("third", w.subnet(third, "third-subnet", "10.2.1.0/24"), "10.2.1.10");
      w.lab.create("gcp:compute/networkPeering:NetworkPeering", "other-third", {
        name: "other-third",
        network: "projects/shop-project/global/networks/other",
        peerNetwork: third.id,
      });
      w.peering(third, w.shop);
    },
    packet: "Instance::web Instance::third tcp 443",
    verdict: "dropped",
    stage: external,
    rule: /no external/,
  },
  {
    name: "static routes of a peer are taken over where it exports and the network imports them",
    document: `${peering}, Static route exchange`,
    says: "Static routes are exchanged if one side exports and the other imports custom routes.",
    world: (w) => {
      const other = w.other();
      w.peering(w.shop, other, { importCustomRoutes: true });
      w.peering(other, w.shop, { exportCustomRoutes: true });
      w.route("office", "172.20.0.0/16", { nextHopIp: "10.1.1.200" }, { network: other.id });
    },
    packet: "Instance::web 172.20.1.1 tcp 443",
    verdict: "cannot tell",
    stage: "routes",
    rule: /office: 172\.20\.0\.0\/16 -> 10\.1\.1\.200/,
  },
  {
    name: "static routes of a peer that nobody imports stay there",
    document: `${peering}, Static route exchange`,
    says: "By default static routes are not exchanged.",
    world: (w) => {
      const other = w.other();
      w.peering(w.shop, other);
      w.peering(other, w.shop, { exportCustomRoutes: true });
      w.route("office", "172.20.0.0/16", { nextHopIp: "10.1.1.200" }, { network: other.id });
    },
    packet: "Instance::web 172.20.1.1 tcp 443",
    verdict: "dropped",
    stage: external,
    rule: /no external/,
  },
  {
    name: "firewalls of the peer decide what comes in",
    document: `${peering}, Firewall rules`,
    says: "Firewall rules are not exchanged; each network has its own.",
    world: (w) => {
      peered(w);
      const rule = w.lab.clouds.world
        .ofToken("gcp:compute/firewall:Firewall", {})
        .find(({ id }) => id.endsWith("/allow-1001-ingress"));
      if (rule !== undefined) w.lab.clouds.world.remove(rule);
    },
    packet: "Instance::web Instance::far tcp 443",
    verdict: "dropped",
    stage: "implied firewall rules, ingress",
    rule: /denies ingress/,
  },
  {
    name: "the internet reaches an external address",
    document: addresses,
    says: "Resources outside communicate with the instance by its external address.",
    world: (w) => {
      w.shownWeb();
      w.firewall("allow 10 INGRESS tcp 443", { sourceRanges: ["192.0.2.0/24"] });
    },
    packet: "internet Instance::shown tcp 443",
    verdict: "arrives",
    stage: "VPC firewall rules, ingress",
    rule: /allow-10-ingress/,
  },
  {
    name: "the reply to the internet needs a route",
    document: `${routes}, System-generated default routes`,
    says: "Without a default route packets to the internet are dropped.",
    world: (w) => {
      w.shownWeb();
      w.lab.drift(w.shop, "deleteDefaultRoutesOnCreate", true);
    },
    packet: "internet Instance::shown tcp 443",
    verdict: "dropped",
    stage: "reply: routes",
    rule: /no route back/,
  },
  {
    name: "health checks reach internal addresses",
    document: "Cloud Load Balancing: Health checks overview, Probe IP ranges and firewall rules",
    says: "Probes come from 35.191.0.0/16 and 130.211.0.0/22 and need an ingress rule.",
    packet: "35.191.0.10 Instance::app tcp 8080",
    verdict: "arrives",
    stage: "VPC firewall rules, ingress",
    rule: /allow-1000-ingress/,
  },
  {
    name: "a network without the default route leads nowhere",
    document: `${routes}, System-generated default routes`,
    says: "The default route can be left out when the network is made.",
    world: (w) => {
      w.shownWeb();
      w.lab.drift(w.shop, "deleteDefaultRoutesOnCreate", true);
    },
    packet: "Instance::shown internet tcp 443",
    verdict: "dropped",
    stage: "routes",
    rule: /no route to 192\.0\.2\.1/,
  },
  {
    name: "internal IPv6 does not reach the internet",
    document: "Google Cloud VPC: IPv6 support, Internal IPv6 specifications",
    says: "Internal IPv6 ranges are unique local addresses and not routed on the internet.",
    packet: "Instance::web internet tcp 443 family=6",
    verdict: "dropped",
    stage: "routes",
    rule: /no route to 2001:db8/,
  },
];

describe("packet probe: Google Cloud routes", () => {
  testRows(rows, () => {
    const world = new GcpWorld();
    world.firewall("allow 1000 INGRESS");
    return world;
  });
});
