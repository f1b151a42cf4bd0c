/** Cloud VPN and the routes that it brings, as Google Cloud's documentation describes them. */

import type { ValueObject } from "../../../../../local-clouds/protocol/value.ts";
import type { Made } from "../../../kit/lab.ts";
import { type Row, testRows } from "../rows.ts";
import { GcpWorld } from "./world.ts";

const routing = "Cloud VPN: Networks and tunnel routing";
const advertised = "Cloud Router: Advertised routes";
const learned = "Cloud Router: Custom learned routes";
const dynamic = "Google Cloud VPC: Routes, Dynamic routes";

class Tunnels extends GcpWorld {
  /** A tunnel without BGP to an office, and a static route for its range. */
  classic(): void {
    const gateway = this.lab.create("gcp:compute/vPNGateway:VPNGateway", "classic", {
      name: "classic",
      network: this.shop.id,
      region: "europe-west4",
    });
    const tunnel = this.lab.create("gcp:compute/vPNTunnel:VPNTunnel", "office", {
      name: "office",
      region: "europe-west4",
      targetVpnGateway: gateway.id,
      peerIp: "198.51.100.9",
      sharedSecret: "kept",
    });
    this.route("office", "172.20.0.0/16", { nextHopVpnTunnel: tunnel.id });
  }

  /** A router of a network, and its HA VPN gateway. */
  gateway(network: Made, more: ValueObject = {}): { router: Made; gateway: Made } {
    const name = `${String(network.outputs["name"])}-vpn`;
    const router = this.lab.create("gcp:compute/router:Router", name, {
      name,
      network: network.id,
      region: "europe-west4",
      bgp: { asn: 64_512 },
      ...more,
    });
    const gateway = this.lab.create("gcp:compute/haVpnGateway:HaVpnGateway", name, {
      name,
      network: network.id,
      region: "europe-west4",
    });
    return { router, gateway };
  }

  /** One tunnel of a gateway with a BGP session. */
  session(
    { router, gateway }: { router: Made; gateway: Made },
    peer: ValueObject,
    more: ValueObject = {},
  ): void {
    const name = `${String(gateway.outputs["name"])}-tunnel`;
    const tunnel = this.lab.create("gcp:compute/vPNTunnel:VPNTunnel", name, {
      name,
      region: "europe-west4",
      vpnGateway: gateway.id,
      vpnGatewayInterface: 0,
      router: String(router.outputs["name"]),
      sharedSecret: "kept",
      ...peer,
    });
    const shared = { region: "europe-west4", router: String(router.outputs["name"]) };
    this.lab.create("gcp:compute/routerInterface:RouterInterface", name, {
      ...shared,
      name,
      ipRange: "169.254.0.1/30",
      vpnTunnel: tunnel.id,
    });
    this.lab.create("gcp:compute/routerPeer:RouterPeer", name, {
      ...shared,
      name,
      peerAsn: 64_513,
      interface: name,
      ...more,
    });
  }

  /** `shop` and `other` with an HA VPN between them; `there` is said of the other side's session, `here` of this one's. */
  joined(there: ValueObject = {}, here: ValueObject = {}): void {
    const other = this.other();
    const [near, far] = [this.gateway(this.shop), this.gateway(other)];
    this.session(near, { peerGcpGateway: far.gateway.id }, here);
    this.session(far, { peerGcpGateway: near.gateway.id }, there);
  }

  /** An HA VPN to an office whose device speaks BGP. */
  office(more: ValueObject = {}): void {
    const external = this.lab.create(
      "gcp:compute/externalVpnGateway:ExternalVpnGateway",
      "office",
      {
        name: "office",
        redundancyType: "SINGLE_IP_INTERNALLY_REDUNDANT",
        interfaces: [{ id: 0, ipAddress: "198.51.100.9" }],
      },
    );
    const peer = { peerExternalGateway: external.id, peerExternalGatewayInterface: 0 };
    this.session(this.gateway(this.shop), peer, more);
  }
}

const rows: readonly Row<Tunnels>[] = [
  {
    name: "a static route may lead into a tunnel",
    document: `${routing}`,
    says: "A tunnel without BGP is the next hop of static routes for the peer's ranges.",
    world: (w) => w.classic(),
    packet: "Instance::web 172.20.1.1 tcp 443",
    verdict: "arrives",
    stage: "Cloud VPN tunnel",
    rule: /to 198\.51\.100\.9/,
  },
  {
    name: "what comes out of a tunnel is judged by the firewall",
    document: `${routing}`,
    says: "Firewall rules apply to traffic from the peer's network.",
    world: (w) => w.classic(),
    packet: "172.20.1.1 Instance::app tcp 443",
    verdict: "dropped",
    stage: "implied firewall rules, ingress",
    rule: /denies ingress/,
  },
  {
    name: "and enters where a rule allows its source",
    document: `${routing}`,
    says: "Firewall rules apply to traffic from the peer's network.",
    world: (w) => {
      w.classic();
      w.firewall("allow 1000 INGRESS tcp 443", { sourceRanges: ["172.20.0.0/16"] });
    },
    packet: "172.20.1.1 Instance::app tcp 443",
    verdict: "arrives",
    stage: "Cloud VPN tunnel",
    rule: /from 172\.20\.0\.0\/16/,
  },
  {
    name: "two networks with an HA VPN learn each other's subnets",
    document: advertised,
    says: "By default a router advertises the subnets that are available to it.",
    world: (w) => w.joined(),
    packet: "Instance::web Instance::far tcp 443",
    verdict: "arrives",
    stage: "routes",
    rule: /dynamic route by shop-vpn-tunnel: 10\.1\.1\.0\/24/,
  },
  {
    name: "a router may advertise other ranges instead",
    document: `${advertised}, Custom advertised routes`,
    says: "With custom advertisement only the named groups and ranges are announced.",
    world: (w) =>
      w.joined({ advertiseMode: "CUSTOM", advertisedIpRanges: [{ range: "10.50.0.0/16" }] }),
    packet: "Instance::web Instance::far tcp 443",
    verdict: "dropped",
    stage: "external connectivity",
    rule: /no external IPv4/,
  },
  {
    name: "with regional routing only the subnets of the router's region are advertised",
    document: `${advertised}, Default route advertisement`,
    says: "The routing mode regional advertises the subnets of the router's region only.",
    world: (w) => {
      w.joined();
      const network = w.lab.clouds.world
        .ofToken("gcp:compute/network:Network", {})
        .find(({ outputs }) => outputs["name"] === "other");
      const link = { id: network?.id ?? "" } as Made;
      const subnet = w.subnet(link, "remote", "10.1.9.0/24", { region: "us-central1" });
      w.instance("remote", subnet, "10.1.9.10");
    },
    packet: "Instance::web Instance::remote tcp 443",
    verdict: "dropped",
    stage: "external connectivity",
    rule: /no external IPv4/,
  },
  {
    name: "the reply needs what the other side has learnt",
    document: advertised,
    says: "Each side's routes are those that the other advertises.",
    world: (w) => w.joined({}, { advertiseMode: "CUSTOM" }),
    packet: "Instance::web Instance::far tcp 443",
    verdict: "dropped",
    stage: "reply: routes",
    rule: /back to 10\.0\.1\.10/,
  },
  {
    name: "what an outside peer announces is not in the world",
    document: dynamic,
    says: "Dynamic routes come from BGP sessions.",
    world: (w) => w.office(),
    packet: "Instance::web 172.20.1.1 tcp 443",
    verdict: "cannot tell",
    stage: "routes",
    rule: /announced a route to 172\.20\.1\.1 by BGP/,
  },
  {
    name: "a range written for a session counts as announced",
    document: learned,
    says: "Custom learned routes behave as if the peer had advertised them.",
    world: (w) => w.office({ customLearnedIpRanges: [{ range: "172.20.0.0/16" }] }),
    packet: "Instance::web 172.20.1.1 tcp 443",
    verdict: "arrives",
    stage: "Cloud VPN tunnel",
    rule: /shop-vpn-tunnel/,
  },
  {
    name: "a session that is switched off brings nothing",
    document: learned,
    says: "A session may be disabled.",
    world: (w) => w.office({ enable: false, customLearnedIpRanges: [{ range: "172.20.0.0/16" }] }),
    packet: "Instance::web 172.20.1.1 tcp 443",
    verdict: "dropped",
    stage: "external connectivity",
    rule: /no external IPv4/,
  },
];

describe("packet probe: Google Cloud tunnels", () => {
  testRows(rows, () => new Tunnels());
});
