/** Load balancers and Private Service Connect, as Google Cloud's documentation describes them. */

import type { ValueObject } from "../../../../../local-clouds/protocol/value.ts";
import type { Made } from "../../../kit/lab.ts";
import { type Row, testRows } from "../rows.ts";
import { GcpWorld } from "./world.ts";

const forwarding = "Cloud Load Balancing: Forwarding rules overview";
const internal = "Cloud Load Balancing: Internal passthrough Network Load Balancer overview";
const external = "Cloud Load Balancing: External passthrough Network Load Balancer overview";
const firewalls = "Cloud Load Balancing: Firewall rules";
const apis = "Google Cloud VPC: About accessing Google APIs through endpoints";
const services = "Google Cloud VPC: About published services";

const vpcIn = "VPC firewall rules, ingress";
const front = "10.0.2.100";
const probes = { sourceRanges: ["35.191.0.0/16", "130.211.0.0/22"] };

class Balanced extends GcpWorld {
  /** An instance group with some of the world's instances, and the port `http` 8080. */
  group(...names: readonly string[]): Made {
    return this.lab.create("gcp:compute/instanceGroup:InstanceGroup", `group-${this.lab.size()}`, {
      name: `group-${this.lab.size()}`,
      zone: "europe-west4-a",
      instances: names.map(
        (name) => `projects/shop-project/zones/europe-west4-a/instances/${name}`,
      ),
      namedPorts: [{ name: "http", port: 8080 }],
    });
  }

  check(): Made {
    return this.lab.create("gcp:compute/healthCheck:HealthCheck", "check", {
      name: "check",
      tcpHealthCheck: { port: 8080 },
    });
  }

  /** A passthrough balancer in front of `app`; internal unless told otherwise. */
  passthrough(rule: ValueObject = {}, ...names: readonly string[]): Made {
    const scheme = String(rule["loadBalancingScheme"] ?? "INTERNAL");
    const service = this.lab.create(
      "gcp:compute/regionBackendService:RegionBackendService",
      "pass",
      {
        name: "pass",
        region: "europe-west4",
        loadBalancingScheme: scheme,
        healthChecks: this.check().id,
        backends: [{ group: this.group(...(names.length > 0 ? names : ["app"])).id }],
      },
    );
    const inside =
      scheme === "INTERNAL"
        ? { network: this.shop.id, subnetwork: this.b.id, ipAddress: front }
        : { ipAddress: "203.0.113.80" };
    return this.lab.create("gcp:compute/forwardingRule:ForwardingRule", "front", {
      name: "front",
      region: "europe-west4",
      loadBalancingScheme: scheme,
      backendService: service.id,
      ports: ["443"],
      ...inside,
      ...rule,
    });
  }

  /** A global proxy in front of `app` with the address 203.0.113.90. */
  proxy(service: ValueObject = {}): Made {
    const backend = this.lab.create("gcp:compute/backendService:BackendService", "web", {
      name: "web",
      loadBalancingScheme: "EXTERNAL_MANAGED",
      healthChecks: this.check().id,
      backends: [{ group: this.group("app").id }],
      ...service,
    });
    const urlMap = this.lab.create("gcp:compute/uRLMap:URLMap", "map", {
      name: "map",
      defaultService: backend.id,
    });
    const target = this.lab.create("gcp:compute/targetHttpProxy:TargetHttpProxy", "target", {
      name: "target",
      urlMap: urlMap.id,
    });
    return this.lab.create("gcp:compute/globalForwardingRule:GlobalForwardingRule", "site", {
      name: "site",
      target: target.id,
      loadBalancingScheme: "EXTERNAL_MANAGED",
      ipAddress: "203.0.113.90",
      portRange: "80",
    });
  }

  /** A regional internal proxy in front of `app` at {@link front}. */
  innerProxy(): Made {
    const backend = this.lab.create(
      "gcp:compute/regionBackendService:RegionBackendService",
      "inner",
      {
        name: "inner",
        region: "europe-west4",
        protocol: "HTTP",
        portName: "http",
        loadBalancingScheme: "INTERNAL_MANAGED",
        healthChecks: this.check().id,
        backends: [{ group: this.group("app").id, balancingMode: "UTILIZATION" }],
      },
    );
    const urlMap = this.lab.create("gcp:compute/regionUrlMap:RegionUrlMap", "inner", {
      name: "inner",
      region: "europe-west4",
      defaultService: backend.id,
    });
    const target = this.lab.create(
      "gcp:compute/regionTargetHttpProxy:RegionTargetHttpProxy",
      "inner",
      { name: "inner", region: "europe-west4", urlMap: urlMap.id },
    );
    return this.lab.create("gcp:compute/forwardingRule:ForwardingRule", "inner", {
      name: "inner",
      region: "europe-west4",
      target: target.id,
      loadBalancingScheme: "INTERNAL_MANAGED",
      network: this.shop.id,
      subnetwork: this.b.id,
      ipAddress: front,
      portRange: "80",
    });
  }

  proxyOnly(): Made {
    return this.subnet(this.shop, "proxies", "10.0.200.0/24", {
      purpose: "REGIONAL_MANAGED_PROXY",
      role: "ACTIVE",
    });
  }

  /** An endpoint for a bundle of Google's APIs at 10.3.0.5. */
  apis(bundle: string): Made {
    const address = this.lab.create("gcp:compute/globalAddress:GlobalAddress", "apis", {
      name: "apis",
      addressType: "INTERNAL",
      purpose: "PRIVATE_SERVICE_CONNECT",
      network: this.shop.id,
      address: "10.3.0.5",
    });
    return this.lab.create("gcp:compute/globalForwardingRule:GlobalForwardingRule", "apis", {
      name: "apis",
      target: bundle,
      network: this.shop.id,
      ipAddress: address.id,
      loadBalancingScheme: "",
    });
  }

  /** The network `other` with a client (10.9.0.10) and an endpoint (10.9.0.20) for what `shop` publishes. */
  published(preference: ValueObject): void {
    const nat = this.subnet(this.shop, "nat", "10.0.250.0/24", {
      purpose: "PRIVATE_SERVICE_CONNECT",
    });
    const service = this.passthrough();
    const attachment = this.lab.create("gcp:compute/serviceAttachment:ServiceAttachment", "shop", {
      name: "shop",
      region: "europe-west4",
      enableProxyProtocol: false,
      natSubnets: [nat.id],
      targetService: service.id,
      ...preference,
    });
    const other = this.network("consumer");
    const subnet = this.subnet(other, "consumer", "10.9.0.0/24");
    this.instance("client", subnet, "10.9.0.10");
    this.lab.create("gcp:compute/forwardingRule:ForwardingRule", "endpoint", {
      name: "endpoint",
      region: "europe-west4",
      target: attachment.id,
      loadBalancingScheme: "",
      network: other.id,
      subnetwork: subnet.id,
      ipAddress: "10.9.0.20",
    });
  }
}

const rows: readonly Row<Balanced>[] = [
  {
    name: "an internal passthrough balancer hands the client's packet to a backend",
    document: internal,
    says: "Backends receive packets with source and destination addresses unchanged.",
    world: (w) => {
      w.passthrough();
      w.firewall("allow 1000 INGRESS tcp 443", { sourceRanges: ["10.0.1.10/32"] });
    },
    packet: `Instance::web ${front} tcp 443`,
    verdict: "arrives",
    stage: vpcIn,
    rule: /allow-1000-ingress/,
  },
  {
    name: "the backend's firewall judges the client",
    document: firewalls,
    says: "Internal passthrough balancers need a rule for the clients' internal addresses.",
    world: (w) => {
      w.passthrough();
      w.firewall("allow 1000 INGRESS tcp 443", probes);
    },
    packet: `Instance::web ${front} tcp 443`,
    verdict: "dropped",
    stage: "implied firewall rules, ingress",
    rule: /denies ingress/,
  },
  {
    name: "a client is still known by its network tags",
    document: internal,
    says: "The client's packet comes with its own source.",
    world: (w) => {
      w.passthrough();
      w.firewall("allow 1000 INGRESS tcp 443", { sourceTags: ["web"] });
    },
    packet: `Instance::web ${front} tcp 443`,
    verdict: "arrives",
    stage: vpcIn,
    rule: /allow-1000-ingress/,
  },
  {
    name: "a forwarding rule takes its own ports",
    document: `${forwarding}, Port specifications`,
    says: "A rule forwards packets to the ports that it lists.",
    world: (w) => {
      w.passthrough();
      w.firewall("allow 1000 INGRESS all", { sourceRanges: ["0.0.0.0/0"] });
    },
    packet: `Instance::web ${front} tcp 444`,
    verdict: "dropped",
    stage: "load balancer",
    rule: /no rule for tcp 444/,
  },
  {
    name: "all ports, where it says so",
    document: `${forwarding}, Port specifications`,
    says: "Internal passthrough rules may forward all ports.",
    world: (w) => {
      w.passthrough({ ports: [], allPorts: true });
      w.firewall("allow 1000 INGRESS tcp 444", { sourceRanges: ["0.0.0.0/0"] });
    },
    packet: `Instance::web ${front} tcp 444`,
    verdict: "arrives",
    stage: vpcIn,
    rule: /allow-1000/,
  },
  {
    name: "a rule of one protocol takes no other",
    document: `${forwarding}, IP protocol specifications`,
    says: "A forwarding rule has one protocol, TCP by default.",
    world: (w) => {
      w.passthrough();
      w.firewall("allow 1000 INGRESS all", { sourceRanges: ["0.0.0.0/0"] });
    },
    packet: `Instance::web ${front} udp 443`,
    verdict: "dropped",
    stage: "load balancer",
    rule: /no rule for udp 443/,
  },
  {
    name: "L3_DEFAULT takes every protocol",
    document: `${forwarding}, IP protocol specifications`,
    says: "L3_DEFAULT forwards all protocols of the backend service UNSPECIFIED.",
    world: (w) => {
      w.passthrough({ ports: [], allPorts: true, ipProtocol: "L3_DEFAULT" });
      w.firewall("allow 1000 INGRESS udp 53", { sourceRanges: ["0.0.0.0/0"] });
    },
    packet: `Instance::web ${front} udp 53`,
    verdict: "arrives",
    stage: vpcIn,
    rule: /allow-1000/,
  },
  {
    name: "clients of another region need global access",
    document: `${internal}, Global access`,
    says: "Without it clients must be in the balancer's region.",
    world: (w) => {
      w.passthrough();
      w.firewall("allow 1000 INGRESS all", { sourceRanges: ["0.0.0.0/0"] });
      const far = w.subnet(w.shop, "far", "10.0.9.0/24", { region: "us-central1" });
      w.instance("far", far, "10.0.9.10");
    },
    packet: `Instance::far ${front} tcp 443`,
    verdict: "dropped",
    stage: "load balancer",
    rule: /no global access, and the client is in us-central1/,
  },
  {
    name: "global access lets them in",
    document: `${internal}, Global access`,
    says: "With global access clients may be in any region.",
    world: (w) => {
      w.passthrough({ allowGlobalAccess: true });
      w.firewall("allow 1000 INGRESS all", { sourceRanges: ["0.0.0.0/0"] });
      const far = w.subnet(w.shop, "far", "10.0.9.0/24", { region: "us-central1" });
      w.instance("far", far, "10.0.9.10");
    },
    packet: `Instance::far ${front} tcp 443`,
    verdict: "arrives",
    stage: vpcIn,
    rule: /allow-1000/,
  },
  {
    name: "of several backends that differ nobody can tell which is taken",
    document: `${internal}, Traffic distribution`,
    says: "New connections are distributed among the backends.",
    world: (w) => {
      w.passthrough({}, "app", "web");
      w.firewall("allow 1000 INGRESS tcp 443", {
        sourceRanges: ["0.0.0.0/0"],
        targetTags: ["app"],
      });
    },
    packet: `Instance::app ${front} tcp 443`,
    verdict: "cannot tell",
    stage: "load balancer",
    rule: /which of .*app \(arrives\) and .*web \(the implied rule denies ingress\)/,
  },
  {
    name: "an external passthrough balancer keeps the client's address, too",
    document: external,
    says: "Backends receive packets with the client's source address.",
    world: (w) => {
      w.passthrough({ loadBalancingScheme: "EXTERNAL" });
      w.firewall("allow 1000 INGRESS tcp 443", { sourceRanges: ["192.0.2.0/24"] });
    },
    packet: "internet ForwardingRule::front tcp 443",
    verdict: "arrives",
    stage: vpcIn,
    rule: /allow-1000/,
  },
  {
    name: "it needs a rule for the internet's clients",
    document: firewalls,
    says: "External passthrough balancers need a rule for external sources, beside the probes'.",
    world: (w) => {
      w.passthrough({ loadBalancingScheme: "EXTERNAL" });
      w.firewall("allow 1000 INGRESS tcp 443", probes);
    },
    packet: "internet 203.0.113.80 tcp 443",
    verdict: "dropped",
    stage: "implied firewall rules, ingress",
    rule: /denies ingress/,
  },
  {
    name: "a proxy connects from the ranges of Google's front ends",
    document: firewalls,
    says: "Proxies based on Google front ends use the ranges of the health check probes.",
    world: (w) => {
      w.proxy();
      w.firewall("allow 1000 INGRESS tcp 8080", probes);
    },
    packet: "internet GlobalForwardingRule::site tcp 80",
    verdict: "arrives",
    stage: "load balancer",
    rule: /to .*app port 8080/,
  },
  {
    name: "clients need no rule of their own at a proxy's backends, and theirs does not help",
    document: firewalls,
    says: "The proxy ends the client's connection and makes a new one.",
    world: (w) => {
      w.proxy();
      w.firewall("allow 1000 INGRESS tcp 8080", { sourceRanges: ["192.0.2.0/24"] });
    },
    packet: "internet 203.0.113.90 tcp 80",
    verdict: "dropped",
    stage: "health check",
    rule: /unhealthy, 35\.191\.0\.0\/16 does not reach it: the implied rule denies/,
  },
  {
    name: "both ranges of the probes must come through",
    document: "Cloud Load Balancing: Health checks overview, Probe IP ranges and firewall rules",
    says: "Firewall rules must allow all probe ranges.",
    world: (w) => {
      w.proxy();
      w.firewall("allow 1000 INGRESS tcp 8080", { sourceRanges: ["35.191.0.0/16"] });
    },
    packet: "internet 203.0.113.90 tcp 80",
    verdict: "dropped",
    stage: "health check",
    rule: /130\.211\.0\.0\/22/,
  },
  {
    name: "Cloud Armor shuts addresses out before any backend",
    document: "Cloud Armor: Security policy overview, Rule evaluation order",
    says: "The rule with the lowest number that matches is applied first.",
    world: (w) => {
      const rule = (priority: number, action: string, srcIpRanges: readonly string[]) => ({
        action,
        priority,
        match: { versionedExpr: "SRC_IPS_V1", config: { srcIpRanges } },
      });
      const policy = w.lab.create("gcp:compute/securityPolicy:SecurityPolicy", "armor", {
        name: "armor",
        rules: [rule(1000, "deny(403)", ["192.0.2.0/24"]), rule(2_147_483_647, "allow", ["*"])],
      });
      w.proxy({ securityPolicy: policy.id });
      w.firewall("allow 1000 INGRESS tcp 8080", probes);
    },
    packet: "internet 203.0.113.90 tcp 80",
    verdict: "dropped",
    stage: "Cloud Armor",
    rule: /rule 1000 deny\(403\)/,
  },
  {
    name: "a regional proxy needs a proxy-only subnet",
    document: "Cloud Load Balancing: Proxy-only subnets for Envoy-based load balancers",
    says: "One is needed in each region and network in which such balancers are used.",
    world: (w) => {
      w.innerProxy();
      w.firewall("allow 1000 INGRESS tcp 8080", probes);
    },
    packet: `Instance::web ${front} tcp 80`,
    verdict: "dropped",
    stage: "proxy-only subnet",
    rule: /no proxy-only subnet in europe-west4/,
  },
  {
    name: "its proxies connect from that subnet",
    document: firewalls,
    says: "Envoy proxies connect from the proxy-only subnet.",
    world: (w) => {
      w.proxyOnly();
      w.innerProxy();
      w.firewall("allow 1000 INGRESS tcp 8080", {
        sourceRanges: [...probes.sourceRanges, "10.0.200.0/24"],
      });
    },
    packet: `Instance::web ${front} tcp 80`,
    verdict: "arrives",
    stage: "load balancer",
    rule: /to .*app port 8080/,
  },
  {
    name: "without a rule for that subnet no backend is reached",
    document: firewalls,
    says: "An ingress rule must allow the proxy-only subnet.",
    world: (w) => {
      w.proxyOnly();
      w.innerProxy();
      w.firewall("allow 1000 INGRESS tcp 8080", probes);
    },
    packet: `Instance::web ${front} tcp 80`,
    verdict: "dropped",
    stage: "implied firewall rules, ingress",
    rule: /proxies of 10\.0\.200\.0\/24: the implied rule denies/,
  },
  {
    name: "an endpoint for Google's APIs needs no external address",
    document: apis,
    says: "Clients send to the endpoint's internal address in their network.",
    world: (w) => w.apis("all-apis"),
    packet: "Instance::web 10.3.0.5 tcp 443",
    verdict: "arrives",
    stage: "Private Service Connect endpoint",
    rule: /to Google's APIs: all-apis/,
  },
  {
    name: "egress rules judge what goes to the endpoint",
    document: apis,
    says: "Egress firewall rules must allow traffic to the endpoint.",
    world: (w) => {
      w.apis("all-apis");
      w.firewall("deny 1000 EGRESS", { destinationRanges: ["10.3.0.0/24"] });
    },
    packet: "Instance::web 10.3.0.5 tcp 443",
    verdict: "dropped",
    stage: "VPC firewall rules, egress",
    rule: /deny-1000-egress/,
  },
  {
    name: "a published service sees consumers by an address of its NAT subnet",
    document: `${services}, NAT subnets`,
    says: "The consumer's source address is translated to one of the NAT subnet.",
    world: (w) => {
      w.published({ connectionPreference: "ACCEPT_AUTOMATIC" });
      w.firewall("allow 1000 INGRESS tcp 443", { sourceRanges: ["10.0.250.0/24"] });
    },
    packet: "Instance::client 10.9.0.20 tcp 443",
    verdict: "arrives",
    stage: "service attachment",
    rule: /10\.9\.0\.10 becomes 10\.0\.250\./,
  },
  {
    name: "the consumer's own address does not help at the producer's firewall",
    document: `${services}, NAT subnets`,
    says: "The producer's firewall must allow the NAT subnets.",
    world: (w) => {
      w.published({ connectionPreference: "ACCEPT_AUTOMATIC" });
      w.firewall("allow 1000 INGRESS tcp 443", { sourceRanges: ["10.9.0.0/24"] });
    },
    packet: "Instance::client 10.9.0.20 tcp 443",
    verdict: "dropped",
    stage: "implied firewall rules, ingress",
    rule: /denies ingress/,
  },
  {
    name: "a service may accept named consumers only",
    document: `${services}, Consumer accept and reject lists`,
    says: "With explicit acceptance only consumers of the accept list are connected.",
    world: (w) => {
      w.published({
        connectionPreference: "ACCEPT_MANUAL",
        consumerAcceptLists: [{ projectIdOrNum: "another-project", connectionLimit: 4 }],
      });
      w.firewall("allow 1000 INGRESS tcp 443", { sourceRanges: ["10.0.250.0/24"] });
    },
    packet: "Instance::client 10.9.0.20 tcp 443",
    verdict: "dropped",
    stage: "service attachment",
    rule: /no list of shop accepts shop-project/,
  },
];

describe("packet probe: Google Cloud load balancers", () => {
  testRows(rows, () => new Balanced());
});
