/** What a place of the intent becomes in AWS: one VPC with zonal subnets and the routes flows need. */
import type { PlaceAddresses, SegmentAddresses } from "../../../model/network/address-plan.ts";
import { planPlace, zonesPerSegment } from "../../../model/network/address-plan.ts";
import { segmentsIn } from "../../../model/network/ends.ts";
import type { NetworkIntent, PlaceIntent, SegmentIntent } from "../../../model/network/intent.ts";
import {
  internetUse,
  meetsInternet,
  translatedSegments,
} from "../../../model/network/internet-use.ts";
import type { LinkIntent } from "../../../model/network/link.ts";
import { markTags } from "../../../model/network/marks.ts";
import { roadsFrom } from "../../../model/network/road.ts";

/** A resource with a logical name and tags. */
export interface NamedRecord {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** A zonal subnet. */
export interface AwsSubnetRecord extends NamedRecord {
  /** Absent on the subnet of the NAT gateway, in which no workload stands. */
  readonly segment?: string;
  readonly cidrBlock: string;
  /** Which /64 of the VPC's /56 it takes; absent where it has no IPv6. */
  readonly ipv6Part?: number;
  readonly availabilityZone: string;
  /** Logical name of its route table. */
  readonly routeTable: string;
}

/** A route; exactly one of the destinations is there. */
export interface AwsRouteRecord {
  readonly name: string;
  readonly routeTable: string;
  readonly destinationCidrBlock?: string;
  readonly destinationIpv6CidrBlock?: string;
  readonly via:
    | "internetGateway"
    | "natGateway"
    | "egressOnlyGateway"
    /** Logical name of the peering or attachment. */
    | { readonly link: string };
}

/** The place's network on a transit gateway that exists already. */
export interface AwsAttachmentRecord extends NamedRecord {
  readonly transitGatewayId: string;
  /** Logical names of one subnet in each zone, by which packets leave. */
  readonly subnets: readonly string[];
}

/** A peering with an existing VPC. */
export interface AwsPeeringRecord extends NamedRecord {
  readonly peerVpcId: string;
  readonly peerOwnerId?: string;
  readonly peerRegion?: string;
  /** Only a VPC of the same account and region can be accepted from this side. */
  readonly autoAccept: boolean;
}

/** Everything AWS needs for one place. */
export interface AwsNetworkPlan {
  readonly cloud: "aws";
  readonly place: string;
  readonly region: string;
  readonly vpc: NamedRecord & { readonly cidrBlock: string };
  readonly defaultSecurityGroup: NamedRecord;
  readonly internetGateway?: NamedRecord;
  readonly egressOnlyGateway?: NamedRecord;
  readonly natGateway?: NamedRecord & { readonly address: string; readonly subnet: string };
  readonly routeTables: readonly NamedRecord[];
  readonly routes: readonly AwsRouteRecord[];
  readonly subnets: readonly AwsSubnetRecord[];
  readonly peerings: readonly AwsPeeringRecord[];
  readonly attachments: readonly AwsAttachmentRecord[];
}

/** Regions in which not every account has zones `a` and `b` (EC2 user guide, "Regions and Zones"). */
const zoneLetters: Readonly<Record<string, readonly string[]>> = {
  "ap-northeast-1": ["a", "c"],
  "us-west-1": ["a", "c"],
};
const defaultZoneLetters = ["a", "b"];
const everywhere4 = "0.0.0.0/0";
const everywhere6 = "::/0";

/** Lowers one AWS place; the intent and the links must have been checked. */
export function lowerAwsNetwork(
  name: string,
  intent: NetworkIntent,
  place: PlaceIntent,
  links: readonly LinkIntent[],
): AwsNetworkPlan {
  const base = `${name}-${place.name}`;
  const tags = markTags({ place: place.name });
  const addresses = planPlace(place, intent.segments);
  const translated = translatedSegments(intent, place).length > 0;
  return {
    cloud: "aws",
    place: place.name,
    region: place.region,
    vpc: { name: `${base}-vpc`, cidrBlock: place.cidr4, tags },
    defaultSecurityGroup: { name: `${base}-default-group`, tags },
    ...(meetsInternet(intent, place)
      ? { internetGateway: { name: `${base}-internet`, tags } }
      : {}),
    ...(translated ? gateways(base, tags) : {}),
    routeTables: [
      ...segmentsIn(intent, place).map((segment) => ({
        name: tableName(base, segment.name),
        tags: markTags({ place: place.name, segment: segment.name }),
      })),
      ...(translated ? [{ name: `${base}-nat-routes`, tags }] : []),
    ],
    routes: [
      ...segmentsIn(intent, place).flatMap((segment) =>
        segmentRoutes(base, intent, place, segment, links),
      ),
      ...(translated ? [gatewayRoute(base)] : []),
    ],
    subnets: [
      ...addresses.segments.flatMap((segment) => segmentSubnets(base, place, segment)),
      ...(translated ? [gatewaySubnet(base, place, addresses)] : []),
    ],
    peerings: links.map((link) => peering(base, link, tags)),
    attachments: roadsFrom(intent, place).map(({ name: road, gateway }) => ({
      name: linkName(base, road),
      transitGatewayId: gateway,
      subnets: addresses.segments
        .slice(0, 1)
        .flatMap((segment) => segmentSubnets(base, place, segment).map((subnet) => subnet.name)),
      tags,
    })),
  };
}

function tableName(base: string, segment: string): string {
  return `${base}-${segment}-routes`;
}

/** Translation for IPv4 and its one-way counterpart for IPv6, which knows no translation. */
function gateways(base: string, tags: NamedRecord["tags"]) {
  return {
    egressOnlyGateway: { name: `${base}-egress-only`, tags },
    natGateway: {
      name: `${base}-nat`,
      address: `${base}-nat-address`,
      subnet: `${base}-nat-subnet`,
      tags,
    },
  };
}

function segmentSubnets(
  base: string,
  place: PlaceIntent,
  segment: SegmentAddresses,
): AwsSubnetRecord[] {
  return segment.zonal4.map((cidrBlock, zone) => ({
    name: `${base}-${segment.segment}-${zone}`,
    segment: segment.segment,
    cidrBlock,
    ipv6Part: segment.block * zonesPerSegment + zone,
    availabilityZone: zoneName(place.region, zone),
    routeTable: tableName(base, segment.segment),
    tags: markTags({ place: place.name, segment: segment.segment }),
  }));
}

function zoneName(region: string, zone: number): string {
  const letters = zoneLetters[region] ?? defaultZoneLetters;
  return `${region}${letters[zone] ?? ""}`;
}

function gatewaySubnet(
  base: string,
  place: PlaceIntent,
  addresses: PlaceAddresses,
): AwsSubnetRecord {
  return {
    name: `${base}-nat-subnet`,
    cidrBlock: addresses.gateway4,
    availabilityZone: zoneName(place.region, 0),
    routeTable: `${base}-nat-routes`,
    tags: markTags({ place: place.name }),
  };
}

function gatewayRoute(base: string): AwsRouteRecord {
  return {
    name: `${base}-nat-default4`,
    routeTable: `${base}-nat-routes`,
    destinationCidrBlock: everywhere4,
    via: "internetGateway",
  };
}

/**
 * A segment that the internet calls answers through the internet gateway, so its own calls take
 * the same way, whatever its `egress` says: a subnet has one default route per family.
 */
function segmentRoutes(
  base: string,
  intent: NetworkIntent,
  place: PlaceIntent,
  segment: SegmentIntent,
  links: readonly LinkIntent[],
): AwsRouteRecord[] {
  const { reached, calls } = internetUse(intent, segment, place);
  const routeTable = tableName(base, segment.name);
  const defaults = (via4: AwsRouteRecord["via"], via6: AwsRouteRecord["via"]) => [
    {
      name: `${base}-${segment.name}-default4`,
      routeTable,
      destinationCidrBlock: everywhere4,
      via: via4,
    },
    {
      name: `${base}-${segment.name}-default6`,
      routeTable,
      destinationIpv6CidrBlock: everywhere6,
      via: via6,
    },
  ];
  const direct = reached || calls === "direct";
  return [
    ...(direct ? defaults("internetGateway", "internetGateway") : []),
    ...(!direct && calls === "nat" ? defaults("natGateway", "egressOnlyGateway") : []),
    ...[...links, ...roadsFrom(intent, place)].flatMap((link) =>
      linkRoutes(base, segment.name, routeTable, link),
    ),
  ];
}

function linkRoutes(
  base: string,
  segment: string,
  routeTable: string,
  { name, cidrs }: Pick<LinkIntent, "name" | "cidrs">,
): AwsRouteRecord[] {
  return cidrs.map((cidr, index) => ({
    name: `${base}-${segment}-link-${name}-${index}`,
    routeTable,
    ...(cidr.includes(":") ? { destinationIpv6CidrBlock: cidr } : { destinationCidrBlock: cidr }),
    via: { link: linkName(base, name) },
  }));
}

function peering(base: string, link: LinkIntent, tags: NamedRecord["tags"]): AwsPeeringRecord {
  return {
    name: linkName(base, link.name),
    peerVpcId: link.network,
    ...(link.account === undefined ? {} : { peerOwnerId: link.account }),
    ...(link.region === undefined ? {} : { peerRegion: link.region }),
    autoAccept: link.account === undefined && link.region === undefined,
    tags,
  };
}

function linkName(base: string, link: string): string {
  return `${base}-link-${link}`;
}
