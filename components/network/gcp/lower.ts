/** What a place of the intent becomes in GCP: one VPC network with a subnetwork per segment. */
import { planPlace } from "../../../model/network/address-plan.ts";
import type { NetworkIntent, PlaceIntent } from "../../../model/network/intent.ts";
import { meetsInternet, translatedSegments } from "../../../model/network/internet-use.ts";
import type { LinkIntent } from "../../../model/network/link.ts";
import { markDescription } from "../../../model/network/marks.ts";

/** A segment's subnetwork, dual stack, IPv6 from the network's own unique local range. */
export interface GcpSubnetRecord {
  readonly name: string;
  readonly segment: string;
  readonly ipCidrRange: string;
  readonly internalIpv6Prefix?: string;
  readonly description: string;
  /** Alias ranges of the cluster that lives here. */
  readonly secondaryIpRanges: readonly {
    readonly rangeName: string;
    readonly ipCidrRange: string;
  }[];
}

/** A peering with an existing network. */
export interface GcpPeeringRecord {
  readonly name: string;
  readonly peerNetwork: string;
  readonly stackType: "IPV4_ONLY" | "IPV4_IPV6";
}

/** Everything GCP needs for one place. */
export interface GcpNetworkPlan {
  readonly cloud: "gcp";
  readonly place: string;
  readonly region: string;
  readonly network: {
    readonly name: string;
    readonly internalIpv6Range?: string;
    readonly description: string;
  };
  readonly subnets: readonly GcpSubnetRecord[];
  readonly defaultRoute?: { readonly name: string; readonly destRange: string };
  readonly nat?: {
    readonly name: string;
    readonly router: string;
    /** Logical names of the subnets whose calls are translated. */
    readonly subnets: readonly string[];
  };
  readonly peerings: readonly GcpPeeringRecord[];
}

/** Names of the alias ranges by which the cluster finds its pods and services. */
export const aliasRanges = { pods: "pods", services: "services" } as const;

/** Lowers one GCP place; the intent and the links must have been checked. */
export function lowerGcpNetwork(
  name: string,
  intent: NetworkIntent,
  place: PlaceIntent,
  links: readonly LinkIntent[],
): GcpNetworkPlan {
  const base = `${name}-${place.name}`;
  const translated = translatedSegments(intent, place).map((segment) => `${base}-${segment.name}`);
  return {
    cloud: "gcp",
    place: place.name,
    region: place.region,
    network: {
      name: `${base}-network`,
      ...(place.cidr6 === undefined ? {} : { internalIpv6Range: place.cidr6 }),
      description: markDescription({ place: place.name }),
    },
    subnets: lowerSubnets(base, intent, place),
    // Routes are the whole network's in GCP; which segment may use it is the firewall's to say.
    ...(meetsInternet(intent, place)
      ? { defaultRoute: { name: `${base}-default4`, destRange: "0.0.0.0/0" } }
      : {}),
    ...(translated.length > 0
      ? { nat: { name: `${base}-nat`, router: `${base}-router`, subnets: translated } }
      : {}),
    peerings: links.map((link) => ({
      name: `${base}-link-${link.name}`,
      peerNetwork: link.network,
      stackType: link.cidrs.some((cidr) => cidr.includes(":")) ? "IPV4_IPV6" : "IPV4_ONLY",
    })),
  };
}

function lowerSubnets(base: string, intent: NetworkIntent, place: PlaceIntent): GcpSubnetRecord[] {
  const plan = planPlace(place, intent.segments);
  return plan.segments.map(({ segment, cidr4, cidr6, pods4 }) => ({
    name: `${base}-${segment}`,
    segment,
    ipCidrRange: cidr4,
    ...(cidr6 === undefined ? {} : { internalIpv6Prefix: cidr6 }),
    description: markDescription({ place: place.name, segment }),
    secondaryIpRanges:
      pods4 === undefined
        ? []
        : [
            { rangeName: aliasRanges.pods, ipCidrRange: pods4 },
            { rangeName: aliasRanges.services, ipCidrRange: plan.services4 },
          ],
  }));
}
