/**
 * Which addresses each segment has in each place. Deterministic: the same intent always gives the
 * same ranges, so a plan can be reviewed before anything exists and packs can recompute it.
 *
 * A place's IPv4 range is cut into 16 blocks: blocks 0–7 for segments in the order declared,
 * blocks 8–11 for pods, the first /28 of block 14 for gateways (no workloads, so no segment),
 * block 15 for cluster services.
 */
import type { Cidr } from "../base/address.ts";
import { formatCidr, parseCidr, subnet } from "../base/address.ts";
import { existsIn, hasSubnets } from "./ends.ts";
import type { NetworkIntent, PlaceIntent } from "./intent.ts";

/** Segments a place can hold. */
export const segmentsPerPlaceMax = 8;
/** Zones over which AWS spreads a segment's subnets. */
export const zonesPerSegment = 2;

const blockBits = 4;
const podBlock = { newBits: 2, index: 2 };
const gatewayBlock = 14;
const gatewayLength = 28;
const serviceBlock = { newBits: 4, index: 15 };
const segment6Bits = 16;

/** Addresses of one segment in one place. */
export interface SegmentAddresses {
  readonly segment: string;
  /** Number of its block, the same in every place. */
  readonly block: number;
  readonly cidr4: string;
  /** /64 of the segment; absent where the cloud assigns it at creation. */
  readonly cidr6?: string;
  /** `cidr4` cut into one part per zone, for clouds whose subnets are zonal. */
  readonly zonal4: readonly string[];
  /** Addresses of pods that belong to this segment beside its own; absent where it holds none. */
  readonly pods4?: string;
}

/** Every prefix of a segment that is known before anything exists, IPv4 first. */
export function segmentPrefixes(segment: SegmentAddresses): string[] {
  return [segment.cidr4, segment.pods4, segment.cidr6].filter((cidr) => cidr !== undefined);
}

/** Addresses of one place. */
export interface PlaceAddresses {
  readonly place: string;
  readonly segments: readonly SegmentAddresses[];
  readonly pods4: string;
  readonly services4: string;
  /** Where address translation stands on clouds that need a subnet for it. */
  readonly gateway4: string;
}

/** The address plan of one place; the intent must have been checked (`checkNetworkIntent`). */
export function planPlace(place: PlaceIntent, segments: NetworkIntent["segments"]): PlaceAddresses {
  const where = `places.${place.name}.cidr4`;
  const range4 = parseCidr(place.cidr4, where);
  const range6 =
    place.cidr6 === undefined ? undefined : parseCidr(place.cidr6, `places.${place.name}.cidr6`);
  const pods4 = formatCidr(subnet(range4, podBlock.newBits, podBlock.index, where));
  // A segment keeps its block in every place, so that one more place moves nobody.
  const inside = segments.filter(hasSubnets);
  const planned = inside.flatMap((segment, index) => {
    if (!existsIn(segment, place.name)) return [];
    const range = subnet(range4, blockBits, index, where);
    const addresses = planSegment(segment.name, range, range6, index);
    return [segment.holdsPods === true ? { ...addresses, pods4 } : addresses];
  });
  return {
    place: place.name,
    segments: planned,
    pods4,
    services4: formatCidr(subnet(range4, serviceBlock.newBits, serviceBlock.index, where)),
    gateway4: planGateway(range4, where),
  };
}

function planGateway(range4: Cidr, where: string): string {
  const block = subnet(range4, blockBits, gatewayBlock, where);
  return formatCidr(subnet(block, gatewayLength - block.length, 0, where));
}

function planSegment(
  segment: string,
  range4: Cidr,
  place6: Cidr | undefined,
  index: number,
): SegmentAddresses {
  const zonal4 = Array.from({ length: zonesPerSegment }, (_, zone) =>
    formatCidr(subnet(range4, Math.log2(zonesPerSegment), zone, segment)),
  );
  const base = { segment, block: index, cidr4: formatCidr(range4), zonal4 };
  if (place6 === undefined) return base;
  return { ...base, cidr6: formatCidr(subnet(place6, segment6Bits, index, segment)) };
}
