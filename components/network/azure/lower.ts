/** What a place of the intent becomes in Azure: one virtual network, each segment born closed. */
import type { SegmentAddresses } from "../../../model/network/address-plan.ts";
import { planPlace } from "../../../model/network/address-plan.ts";
import type { NetworkIntent, PlaceIntent } from "../../../model/network/intent.ts";
import { translatedSegments } from "../../../model/network/internet-use.ts";
import type { LinkIntent } from "../../../model/network/link.ts";
import { markKeys, markTags } from "../../../model/network/marks.ts";

type Tags = Readonly<Record<string, string>>;

/** A rule that denies everything in one direction, after every rule a person may write. */
export interface AzureDenyAllRecord {
  readonly name: string;
  /** Its name inside the group. */
  readonly ruleName: string;
  readonly direction: "Inbound" | "Outbound";
  readonly priority: number;
  readonly description: string;
}

/** A segment: its subnet and the security group on it. */
export interface AzureSegmentRecord {
  readonly segment: string;
  readonly group: { readonly name: string; readonly tags: Tags };
  readonly denies: readonly AzureDenyAllRecord[];
  readonly subnet: {
    readonly name: string;
    readonly addressPrefixes: readonly string[];
    /** Whether its calls to the internet go through the place's NAT gateway. */
    readonly translated: boolean;
  };
}

/** A peering with an existing virtual network. */
export interface AzurePeeringRecord {
  readonly name: string;
  readonly remoteId: string;
}

/** Everything Azure needs for one place. */
export interface AzureNetworkPlan {
  readonly cloud: "azure";
  readonly place: string;
  readonly location: string;
  readonly tags: Tags;
  readonly resourceGroup: { readonly name: string };
  readonly vnet: { readonly name: string; readonly addressPrefixes: readonly string[] };
  readonly nat?: { readonly name: string; readonly address: string };
  readonly segments: readonly AzureSegmentRecord[];
  readonly peerings: readonly AzurePeeringRecord[];
}

/** The last priority a rule may have; Azure's own allows stand behind it (NSG overview). */
const priorityMax = 4096;

/** Lowers one Azure place; the intent and the links must have been checked. */
export function lowerAzureNetwork(
  name: string,
  environment: string,
  intent: NetworkIntent,
  place: PlaceIntent,
  links: readonly LinkIntent[],
): AzureNetworkPlan {
  const base = `${name}-${place.name}`;
  const shared = { [markKeys.environment]: environment };
  const translated = new Set(translatedSegments(intent, place).map((segment) => segment.name));
  return {
    cloud: "azure",
    place: place.name,
    location: place.region,
    tags: { ...shared, ...markTags({ place: place.name }) },
    resourceGroup: { name: `${base}-group` },
    vnet: {
      name: `${base}-vnet`,
      addressPrefixes: [place.cidr4, place.cidr6].filter((cidr) => cidr !== undefined),
    },
    ...(translated.size > 0
      ? { nat: { name: `${base}-nat`, address: `${base}-nat-address` } }
      : {}),
    segments: planPlace(place, intent.segments).segments.map((addresses) => ({
      segment: addresses.segment,
      group: {
        name: `${base}-${addresses.segment}-nsg`,
        tags: { ...shared, ...markTags({ place: place.name, segment: addresses.segment }) },
      },
      denies: denyAll(`${base}-${addresses.segment}`),
      subnet: {
        name: `${base}-${addresses.segment}`,
        addressPrefixes: subnetPrefixes(addresses),
        translated: translated.has(addresses.segment),
      },
    })),
    peerings: links.map((link) => ({ name: `${base}-link-${link.name}`, remoteId: link.network })),
  };
}

/**
 * The two rules that close a group. They stand before Azure's own rules 65000 and 65001, which
 * would let the whole virtual network in and everything out. The load balancer's probes need no
 * exception: the rule of a flow from the internet admits them on the port that is served.
 */
export function denyAll(base: string): AzureDenyAllRecord[] {
  return (["Inbound", "Outbound"] as const).map((direction) => ({
    name: `${base}-deny-${direction.toLowerCase()}`,
    ruleName: `deny-${direction.toLowerCase()}`,
    direction,
    priority: priorityMax,
    description: "Whatever no flow allows is denied.",
  }));
}

/** Pods of an overlay have no subnet, so their range is not among these. */
function subnetPrefixes(addresses: SegmentAddresses): string[] {
  return [addresses.cidr4, addresses.cidr6].filter((cidr) => cidr !== undefined);
}
