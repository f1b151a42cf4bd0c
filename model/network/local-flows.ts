/**
 * The flows as one place sees them: for each end that lies in it, what may come in or go out there.
 * This is what every cloud's lowering turns into rules.
 */
import type { Family } from "../base/address.ts";
import type { Cloud } from "../base/cloud.ts";
import { planPlace, segmentPrefixes } from "./address-plan.ts";
import { asCloudSees } from "./cloud-view.ts";
import type { FlowEnd } from "./ends.ts";
import { existsIn, isOutside, parseEnd, segmentsIn } from "./ends.ts";
import type { ParsedFlow } from "./flow-key.ts";
import { parseFlows } from "./flow-key.ts";
import type { NetworkIntent, PlaceIntent, SegmentIntent } from "./intent.ts";
import { internet } from "./intent.ts";
import { roadBetween } from "./road.ts";
import type { Direction } from "./topology.ts";

/** The other side of a local flow. */
export type LocalPeer =
  | { readonly kind: "everybody" }
  /** A segment of the same place, by what the cloud knows its members by. */
  | { readonly kind: "segment"; readonly segment: string }
  /** Who lies elsewhere, and the cloud's own machinery, is known by addresses only. */
  | {
      readonly kind: "elsewhere" | "platform";
      /** `office`, `app@azure`, `probes`. */
      readonly name: string;
      readonly prefixes: readonly string[];
    };

/** One end of a flow, in one place. */
export interface LocalFlow {
  /** Unique among the local flows of one direction: `web_to_app_tcp-8080`. */
  readonly key: string;
  readonly direction: Direction;
  /** The segment at this end. */
  readonly segment: string;
  readonly peer: LocalPeer;
  readonly range: ParsedFlow["range"];
  /** As written: `tcp/8080`. */
  readonly ports: string;
  readonly families: readonly Family[];
  readonly because: string;
}

/** What is meant of one plane of a place. */
export interface PlaceFlows {
  readonly place: string;
  /** Names of the segments whose members the plane guards. */
  readonly segments: readonly string[];
  /** What must pass: the declared flows. */
  readonly least: readonly LocalFlow[];
  /** What may pass besides: health probes, what stages leave open. */
  readonly most: readonly LocalFlow[];
}

/** What is meant of the cloud's own filters. */
export function placeFlows(intent: NetworkIntent, place: PlaceIntent): PlaceFlows {
  return {
    place: place.name,
    segments: segmentsIn(intent, place).map(({ name }) => name),
    least: declaredFlows(intent, place),
    most: localFlows(intent, place),
  };
}

/** All that the place's rules let pass: what is declared, health probes, what stages leave open. */
export function localFlows(intent: NetworkIntent, place: PlaceIntent): LocalFlow[] {
  const declared = declaredFlows(intent, place);
  return [
    ...declared,
    ...declared.flatMap((flow) => probesOf(place, flow)),
    ...segmentsIn(intent, place).flatMap(openEnds),
  ];
}

/** What the declared flows say of the place, to its cloud. */
export function declaredFlows(intent: NetworkIntent, place: PlaceIntent): LocalFlow[] {
  return flowsAt(intent, place, parseFlows(asCloudSees(intent)));
}

/** These flows at their ends in the place. */
export function flowsAt(
  intent: NetworkIntent,
  place: PlaceIntent,
  flows: readonly ParsedFlow[],
): LocalFlow[] {
  return flows.flatMap((flow) => ends(intent, place, flow));
}

function ends(intent: NetworkIntent, place: PlaceIntent, flow: ParsedFlow): LocalFlow[] {
  const [from, to] = [parseEnd(flow.from), parseEnd(flow.to)];
  const own = (end: FlowEnd, other: FlowEnd, direction: Direction): LocalFlow[] => {
    const here = end.place ?? (isEverywhere(intent, other) ? undefined : other.place);
    const segment = intent.segments.find(({ name }) => name === end.name);
    if (segment === undefined || !existsIn(segment, place.name)) return [];
    if (here !== undefined && here !== place.name) return [];
    const peer = peerOf(intent, place, other);
    if (peer === undefined) return [];
    const { key, range, ports, because } = flow;
    const families = flow.families.filter((family) => peer.families.includes(family));
    return [
      {
        key,
        direction,
        segment: end.name,
        peer: peer.peer,
        range,
        ports,
        families,
        because,
      },
    ];
  };
  return [...own(to, from, "in"), ...own(from, to, "out")];
}

/** The internet and what lies outside are in no place. */
function isEverywhere(intent: NetworkIntent, { name }: FlowEnd): boolean {
  const segment = intent.segments.find((one) => one.name === name);
  return name === internet || (segment !== undefined && isOutside(segment));
}

/** IPv4 and IPv6. */
export const bothFamilies: readonly Family[] = [4, 6];

/** Every address of a family, as a prefix. */
export const everywhere: Record<Family, string> = { 4: "0.0.0.0/0", 6: "::/0" };

/** The prefixes of one family. */
export function ofFamily(prefixes: readonly string[], family: Family): string[] {
  return prefixes.filter((prefix) => prefix.includes(":") === (family === 6));
}

/** How the place knows the other end; undefined where the flow does not concern it. */
function peerOf(
  intent: NetworkIntent,
  place: PlaceIntent,
  end: FlowEnd,
): { readonly peer: LocalPeer; readonly families: readonly Family[] } | undefined {
  if (end.name === internet) return { peer: { kind: "everybody" }, families: bothFamilies };
  const segment = intent.segments.find(({ name }) => name === end.name);
  if (segment === undefined) return undefined;
  if (segment.cidrs !== undefined) {
    const peer: LocalPeer = { kind: "elsewhere", name: segment.name, prefixes: segment.cidrs };
    return { peer, families: bothFamilies };
  }
  if ((end.place ?? place.name) === place.name) {
    if (!existsIn(segment, place.name)) return undefined;
    return { peer: { kind: "segment", segment: segment.name }, families: bothFamilies };
  }
  const road = roadBetween(intent, place.name, end.place ?? "");
  const prefixes = prefixesOf(intent, segment.name, end.place ?? "");
  if (road === undefined) return undefined;
  const peer: LocalPeer = { kind: "elsewhere", name: `${end.name}@${end.place}`, prefixes };
  return { peer, families: road.families ?? [4] };
}

/** Known prefixes of a segment in a place. */
export function prefixesOf(
  intent: NetworkIntent,
  segmentName: string,
  placeName: string,
): string[] {
  const place = intent.places.find((one) => one.name === placeName);
  if (place === undefined) return [];
  return planPlace(place, intent.segments)
    .segments.filter(({ segment }) => segment === segmentName)
    .flatMap(segmentPrefixes);
}

/** What a segment that is not yet fully enforced lets pass besides. */
export function openEnds({ name, rollout }: SegmentIntent): LocalFlow[] {
  if (rollout === undefined) return [];
  const directions = rollout.stage === "visibility" ? (["in", "out"] as const) : (["out"] as const);
  return directions.map((direction) => ({
    key: `${name}_${rollout.stage}`,
    direction,
    segment: name,
    peer: { kind: "everybody" },
    range: { protocol: "any", from: 0, to: 65535 },
    ports: "any",
    families: bothFamilies,
    because: `${rollout.stage} until ${rollout.until}, then ${rollout.owner} enforces`,
  }));
}

/**
 * From where each cloud's load balancers ask whether a member is well: addresses of the platform,
 * which nobody else can use. On AWS it is a load balancer's own interfaces that ask. (Microsoft
 * Learn, "What is IP address 168.63.129.16?"; Google Cloud, "Health checks overview", probe ranges
 * of IPv4.)
 */
const probes: Record<Cloud, LocalPeer | undefined> = {
  aws: undefined,
  azure: { kind: "platform", name: "probes", prefixes: ["168.63.129.16/32"] },
  gcp: {
    kind: "platform",
    name: "probes",
    prefixes: ["130.211.0.0/22", "35.191.0.0/16"],
  },
};

/** Who may be called by somebody in particular may be asked by the platform, on the same ports. */
function probesOf(place: PlaceIntent, flow: LocalFlow): LocalFlow[] {
  const peer = probes[place.cloud];
  if (peer === undefined || flow.direction === "out" || flow.peer.kind === "everybody") return [];
  const because = `health probes of what is called because ${flow.because}`;
  return [{ ...flow, key: `${flow.key}_probes`, peer, because }];
}
