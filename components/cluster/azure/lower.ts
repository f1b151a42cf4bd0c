/** What a cluster of the intent becomes in Azure: a private AKS cluster without local accounts. */
import type { AzureAccount } from "../../../model/base/accounts.ts";
import { cidrInterval, formatAddress, parseCidr } from "../../../model/base/address.ts";
import { azureClusterCategories } from "../../../model/logging/sources.ts";
import { planPlace } from "../../../model/network/address-plan.ts";
import type { ClusterPlaceIntent, NodeSize } from "../../../model/network/cluster-intent.ts";
import type { NetworkIntent, PlaceIntent, SegmentIntent } from "../../../model/network/intent.ts";
import { internetUse } from "../../../model/network/internet-use.ts";
import { markKeys, markTags } from "../../../model/network/marks.ts";

/** Everything Azure needs for one cluster. */
export interface AksPlan {
  readonly cloud: "azure";
  readonly place: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly segment: string;
  readonly tenantId: string;
  readonly identity: {
    readonly name: string;
    /** Lets the control plane join machines and load balancers to the segment's subnet only. */
    readonly grant: { readonly name: string; readonly roleDefinitionId: string };
  };
  readonly cluster: {
    readonly name: string;
    readonly version: string;
    readonly dnsPrefix: string;
    readonly vmSize: string;
    readonly min: number;
    readonly max: number;
    readonly podCidr: string;
    readonly serviceCidr: string;
    readonly dnsServiceIP: string;
    readonly outboundType: "userAssignedNATGateway" | "loadBalancer" | "none";
  };
  /** Present where the cluster must not be deleted. */
  readonly lock?: { readonly name: string };
  readonly diagnostics: { readonly name: string; readonly categories: readonly string[] };
}

/** System pools of AKS need four processors at least (AKS documentation, "Use system node pools"). */
const vmSizes: Record<NodeSize, string> = {
  small: "Standard_D4ds_v5",
  medium: "Standard_D8ds_v5",
  large: "Standard_D16ds_v5",
};

const outboundTypes: Record<SegmentIntent["egress"], AksPlan["cluster"]["outboundType"]> = {
  nat: "userAssignedNATGateway",
  direct: "loadBalancer",
  none: "none",
};

/** Network Contributor (Azure built-in roles, networking). */
const networkContributor = "4d97b98b-1d4f-4787-a291-c67834d212e7";
/** Address of the cluster's name service within the range of services, as AKS itself counts. */
const nameServiceOffset = 10n;

/** Lowers one cluster; intent, network and place must have been checked. */
export function lowerAks(
  name: string,
  environment: string,
  segment: string,
  cluster: ClusterPlaceIntent,
  place: PlaceIntent,
  network: NetworkIntent,
  account: AzureAccount,
): AksPlan {
  const base = `${name}-${place.name}`;
  return {
    cloud: "azure",
    place: place.name,
    location: place.region,
    tags: { [markKeys.environment]: environment, ...markTags({ place: place.name, segment }) },
    segment,
    tenantId: account.tenantId,
    identity: {
      name: `${base}-identity`,
      grant: {
        name: `${base}-subnet-grant`,
        roleDefinitionId: `/subscriptions/${account.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${networkContributor}`,
      },
    },
    cluster: {
      name: base,
      version: cluster.kubernetesVersion,
      dnsPrefix: `bulkhead-${environment}-${place.name}`,
      vmSize: vmSizes[cluster.nodes.size],
      min: cluster.nodes.min,
      max: cluster.nodes.max,
      ...lowerAddresses(segment, place, network),
    },
    ...(cluster.deletionProtection ? { lock: { name: `${base}-lock` } } : {}),
    diagnostics: {
      name: `${base}-audit`,
      categories: azureClusterCategories,
    },
  };
}

function lowerAddresses(segment: string, place: PlaceIntent, network: NetworkIntent) {
  const plan = planPlace(place, network.segments);
  const home = network.segments.find((candidate) => candidate.name === segment);
  const services = cidrInterval(parseCidr(plan.services4, place.name));
  return {
    podCidr: plan.pods4,
    serviceCidr: plan.services4,
    dnsServiceIP: formatAddress(services.from + nameServiceOffset),
    outboundType:
      outboundTypes[home === undefined ? "none" : internetUse(network, home, place).calls],
  };
}
