/** The small world that every row of the Google Cloud tables begins with. */

import type { ValueObject } from "../../../../../local-clouds/protocol/value.ts";
import { type Lab, type Made, openLab } from "../../../kit/lab.ts";
import { put } from "../rows.ts";

const project = "shop-project";
const region = "europe-west4";

/** The organisation of the tables. */
export const organization = "organizations/1";

/** A rule of a firewall policy as text: `allow 100 INGRESS tcp 443`. */
interface PolicyOptions {
  readonly match?: ValueObject;
  readonly more?: ValueObject;
}

/**
 * The network `shop` with the subnets `a` (10.0.1.0/24) and `b` (10.0.2.0/24) in one region, dual-stack
 * with internal IPv6, and the instances `web` in `a` (10.0.1.10, tag `web`, an account of its own) and
 * `app` in `b` (10.0.2.10, tag `app`).
 */
export class GcpWorld {
  readonly lab: Lab = openLab("gcp", { project, region });
  readonly shop: Made;
  readonly a: Made;
  readonly b: Made;

  constructor(network: ValueObject = {}) {
    this.shop = this.network("shop", {
      enableUlaInternalIpv6: true,
      internalIpv6Range: "fd20:1:2::/48",
      ...network,
    });
    this.a = this.subnet(this.shop, "a", "10.0.1.0/24", { internalIpv6Prefix: "fd20:1:2:1::/64" });
    this.b = this.subnet(this.shop, "b", "10.0.2.0/24", { internalIpv6Prefix: "fd20:1:2:2::/64" });
    this.instance("web", this.a, "10.0.1.10", {
      tags: ["web"],
      serviceAccount: {
        email: "web@shop-project.iam.gserviceaccount.com",
        scopes: ["cloud-platform"],
      },
      ipv6Address: "fd20:1:2:1::10",
    });
    this.instance("app", this.b, "10.0.2.10", { tags: ["app"], ipv6Address: "fd20:1:2:2::10" });
  }

  network(name: string, more: ValueObject = {}): Made {
    return this.lab.create("gcp:compute/network:Network", name, {
      name,
      autoCreateSubnetworks: false,
      ...more,
    });
  }

  subnet(network: Made, name: string, ipCidrRange: string, more: ValueObject = {}): Made {
    const dual =
      "internalIpv6Prefix" in more ? { stackType: "IPV4_IPV6", ipv6AccessType: "INTERNAL" } : {};
    return this.lab.create("gcp:compute/subnetwork:Subnetwork", name, {
      name,
      network: network.id,
      ipCidrRange,
      ...dual,
      ...more,
    });
  }

  /** An instance; `external` gives it an address outside, `secureTags` values of tags by their keys. */
  instance(name: string, subnet: Made, networkIp: string, more: ValueObject = {}): Made {
    const { external, ipv6Address, secureTags = {}, ...rest } = more;
    // An instance takes only external addresses that the project has reserved.
    if (typeof external === "string") this.reserve(`${name}-address`, external, subnet);
    return this.lab.create("gcp:compute/instance:Instance", name, {
      name,
      zone: `${String(subnet.outputs["region"])}-a`,
      machineType: "e2-micro",
      bootDisk: { initializeParams: { image: "debian-cloud/debian-12" } },
      networkInterfaces: [
        {
          subnetwork: subnet.id,
          networkIp,
          ...(ipv6Address === undefined ? {} : { ipv6Address }),
          ...(external === undefined ? {} : { accessConfigs: [{ natIp: external }] }),
        },
      ],
      params: { resourceManagerTags: secureTags },
      ...rest,
    });
  }

  private reserve(name: string, address: string, subnet: Made): void {
    const region = String(subnet.outputs["region"]);
    this.lab.create("gcp:compute/address:Address", name, { name, address, region });
  }

  /** `web` again, with an address outside. */
  shownWeb(): void {
    this.instance("shown", this.a, "10.0.1.20", { external: "203.0.113.20", tags: ["web"] });
  }

  /** A VPC firewall rule: `firewall("allow 1000 INGRESS tcp 443", { sourceRanges: … })`. */
  firewall(text: string, more: ValueObject = {}, network: Made = this.shop): Made {
    const [action, priority = "", direction = "", protocol = "all", ports] = text.split(" ");
    const entries = [{ protocol, ...(ports === undefined ? {} : { ports: ports.split(",") }) }];
    const name = `${action}-${priority}-${direction.toLowerCase()}`;
    return this.lab.create(
      "gcp:compute/firewall:Firewall",
      `${name}-${String(network.outputs["name"])}`,
      {
        name,
        network: network.id,
        direction,
        priority: Number(priority),
        ...(action === "allow" ? { allows: entries } : { denies: entries }),
        ...more,
      },
    );
  }

  /** A rule of the network's global policy, which is made and associated with the first one. */
  policy(text: string, options: PolicyOptions = {}): Made {
    const name = "global";
    const id = `projects/${project}/global/firewallPolicies/${name}`;
    if (
      this.lab.clouds.world.ofToken("gcp:compute/networkFirewallPolicy:NetworkFirewallPolicy", {})
        .length === 0
    ) {
      this.lab.create("gcp:compute/networkFirewallPolicy:NetworkFirewallPolicy", name, { name });
      this.lab.create(
        "gcp:compute/networkFirewallPolicyAssociation:NetworkFirewallPolicyAssociation",
        name,
        {
          name,
          firewallPolicy: id,
          attachmentTarget: this.shop.id,
        },
      );
    }
    return this.lab.create(
      "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule",
      text,
      {
        firewallPolicy: id,
        ...ruleOf(text, options),
      },
    );
  }

  /** A rule of a regional policy, which is made and associated with the network with the first one. */
  regional(text: string, options: PolicyOptions = {}, where = region): Made {
    const policy = "gcp:compute/regionNetworkFirewallPolicy:RegionNetworkFirewallPolicy";
    const shared = { firewallPolicy: "regional", region: where };
    if (this.lab.clouds.world.ofToken(policy, {}).length === 0) {
      this.lab.create(policy, "regional", { name: "regional", region: where });
      this.lab.create(
        "gcp:compute/regionNetworkFirewallPolicyAssociation:RegionNetworkFirewallPolicyAssociation",
        "regional",
        { ...shared, name: "regional", attachmentTarget: this.shop.id },
      );
    }
    return this.lab.create(
      "gcp:compute/regionNetworkFirewallPolicyRule:RegionNetworkFirewallPolicyRule",
      text,
      { ...shared, ...ruleOf(text, options) },
    );
  }

  /** A rule of a policy of its own of an organisation or folder. */
  hierarchical(attachmentTarget: string, text: string, options: PolicyOptions = {}): Made {
    const name = `${attachmentTarget} ${text}`;
    const policy = this.lab.create("gcp:compute/firewallPolicy:FirewallPolicy", name, {
      shortName: `policy-${this.lab.size()}`,
      parent: organization,
    });
    this.lab.create("gcp:compute/firewallPolicyAssociation:FirewallPolicyAssociation", name, {
      name: `association-${this.lab.size()}`,
      attachmentTarget,
      firewallPolicy: policy.id,
    });
    return this.lab.create("gcp:compute/firewallPolicyRule:FirewallPolicyRule", name, {
      firewallPolicy: policy.id,
      ...ruleOf(text, options),
    });
  }

  /** A folder of the organisation. */
  folder(displayName: string): string {
    const token = "gcp:organizations/folder:Folder";
    return this.lab.create(token, displayName, { displayName, parent: organization }).id;
  }

  /** The project's place: in a folder of the organisation, which is given back. */
  place(): string {
    const folder = this.folder("place");
    this.lab.create("gcp:organizations/project:Project", project, {
      projectId: project,
      name: "shop",
      folderId: folder,
    });
    return folder;
  }

  /** A secure tag of the network and its value. */
  tag(shortName: string): Made {
    const keys = this.lab.clouds.world.ofToken("gcp:tags/tagKey:TagKey", {});
    const parent =
      keys[0]?.id ??
      this.lab.create("gcp:tags/tagKey:TagKey", "tier", {
        parent: `projects/${project}`,
        shortName: "tier",
        purpose: "GCE_FIREWALL",
        purposeData: { network: `${project}/shop` },
      }).id;
    return this.lab.create("gcp:tags/tagValue:TagValue", shortName, { parent, shortName });
  }

  /** `name` in `subnet` with a secure tag's value. */
  tagged(name: string, subnet: Made, address: string, value: Made): void {
    this.instance(name, subnet, address, { secureTags: { tier: value.id } });
  }

  route(name: string, destRange: string, hop: ValueObject, more: ValueObject = {}): Made {
    return this.lab.create("gcp:compute/route:Route", name, {
      name,
      destRange,
      network: this.shop.id,
      ...hop,
      ...more,
    });
  }

  /** Cloud NAT for a network's subnets of the region. */
  nat(more: ValueObject = {}): void {
    this.lab.create("gcp:compute/router:Router", "router", {
      name: "router",
      network: this.shop.id,
      region,
    });
    this.lab.create("gcp:compute/routerNat:RouterNat", "nat", {
      name: "nat",
      router: "router",
      region,
      natIpAllocateOption: "AUTO_ONLY",
      sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
      ...more,
    });
  }

  /** One direction of a peering. */
  peering(from: Made, to: Made, more: ValueObject = {}): void {
    const name = `${String(from.outputs["name"])}-peering`;
    this.lab.create("gcp:compute/networkPeering:NetworkPeering", name, {
      name,
      network: from.id,
      peerNetwork: to.id,
      ...more,
    });
  }

  /** The network `other` with the instance `far` (10.1.1.10) that lets everything in. */
  other(): Made {
    const other = this.network("other");
    const subnet = this.subnet(other, "far-subnet", "10.1.1.0/24");
    this.instance("far", subnet, "10.1.1.10", { tags: ["web"] });
    this.firewall("allow 1001 INGRESS", {}, other);
    return other;
  }

  /** A resource whose type has no table entry yet. */
  put(token: string, id: string, outputs: ValueObject): string {
    return put(this.lab, { token, id, account: project, region: "" }, outputs);
  }
}

function ruleOf(text: string, { match = {}, more = {} }: PolicyOptions): ValueObject {
  const [action = "", priority = "", direction = "", ipProtocol = "all", ports] = text.split(" ");
  const everybody =
    direction === "INGRESS" ? { srcIpRanges: ["0.0.0.0/0"] } : { destIpRanges: ["0.0.0.0/0"] };
  const layer4Configs = [
    { ipProtocol, ...(ports === undefined ? {} : { ports: ports.split(",") }) },
  ];
  const peers = Object.keys(match).length > 0 ? match : everybody;
  return {
    action,
    priority: Number(priority),
    direction,
    match: { layer4Configs, ...peers },
    ...more,
  };
}
