/** Random intents of which segments have workloads in a cluster, for properties of its policies. */
import fc from "fast-check";
import type {
  FlowIntent,
  NetworkIntent,
  PlaceIntent,
  SegmentIntent,
} from "../../model/network/intent.ts";
import { internet } from "../../model/network/intent.ts";
import { exception, outsiders, rollout } from "./random-intents.ts";

const ports = fc.constantFrom(
  "tcp/443",
  "tcp/8000-8010",
  "tcp/8005",
  "tcp",
  "udp/53",
  "udp/1-1024",
  "sctp",
  "sctp/9",
  "any",
);

const namespaces = ["shop", "jobs", "store"];
const names = ["web", "app", "data", "batch", "cart", "mail"];
const inCluster = ["front", "middle", "back", "side"];
/** Machines of the same place, without a pod. */
const legacy: SegmentIntent = { name: "legacy", purpose: "machines", egress: "none" };
const holder: SegmentIntent = {
  name: "nodes",
  purpose: "nodes, and pods that no segment names",
  egress: "nat",
  holdsPods: true,
};

/** Each workload is in one segment or none, so the ones left over are strangers. */
const segments: fc.Arbitrary<SegmentIntent[]> = fc
  .tuple(
    fc.shuffledSubarray(
      namespaces.flatMap((namespace) => names.map((name) => `${namespace}/${name}`)),
      { minLength: 4, maxLength: 9 },
    ),
    fc.array(fc.nat({ max: inCluster.length - 1 }), { minLength: 9, maxLength: 9 }),
    fc.array(rollout, { minLength: 4, maxLength: 4 }),
    fc.subarray(inCluster),
  )
  .map(([workloads, owners, stages, podsOnly]) => [
    ...inCluster.map((name, index): SegmentIntent => {
      const stage = stages[index];
      const own = workloads.filter((_, at) => (at < inCluster.length ? at : owners[at]) === index);
      return {
        name,
        purpose: "test",
        egress: "nat",
        members: own.map((workload) => ({ workload })),
        ...(podsOnly.includes(name) ? { podsOnly: true } : {}),
        ...(stage === undefined ? {} : { rollout: stage }),
      };
    }),
    legacy,
    holder,
    ...outsiders,
  ]);

function flows(place: PlaceIntent, other: PlaceIntent): fc.Arbitrary<FlowIntent[]> {
  const far = [...inCluster, legacy.name].map((name) => `${name}@${other.name}`);
  const local = inCluster.map((name) => `${name}@${place.name}`);
  const outside = [internet, legacy.name, ...outsiders.map(({ name }) => name)];
  const between = (from: readonly string[], to: readonly string[]) =>
    fc.tuple(fc.constantFrom(...from), fc.constantFrom(...to));
  const pair = fc.oneof(
    { arbitrary: between(inCluster, inCluster), weight: 3 },
    between(outside, inCluster),
    between(inCluster, outside),
    between(local, far),
    between(far, local),
    between([holder.name], [holder.name, legacy.name, internet]),
  );
  const flow = fc
    .tuple(pair, ports)
    .map(([[from, to], text]) => ({ from, to, ports: text, because: "test", exception }));
  return fc.uniqueArray(flow, {
    selector: ({ from, to, ports: text }) => `${from} ${to} ${text}`,
    maxLength: 12,
  });
}

/** Intents of which the cluster of the first place is to be proved; a road leads to the second. */
export function randomClusters(
  place: PlaceIntent,
  other: PlaceIntent,
): fc.Arbitrary<NetworkIntent> {
  return fc
    .record({
      segments,
      flows: flows(place, other),
      families: fc.constantFrom<readonly (4 | 6)[]>([4], [4, 6]),
    })
    .map(({ families, ...rest }) => ({
      places: [place, other],
      segments: rest.segments,
      flows: rest.flows.filter((flow) => !isPodsAbroad(rest.segments, flow)),
      roads: [{ name: "road", between: [{ place: place.name }, { place: other.name }], families }],
    }));
}

/** No cluster can tell the pods of another place apart, so that such flows are refused. */
function isPodsAbroad(segments: readonly SegmentIntent[], { from, to }: FlowIntent): boolean {
  if (!from.includes("@") || !to.includes("@")) return false;
  return segments.some(
    ({ name, podsOnly }) => podsOnly && [from, to].some((end) => end.startsWith(`${name}@`)),
  );
}

/** Policies for the whole cluster name all ports of a protocol as 1–65535. */
export function withoutPortZero(intent: NetworkIntent): NetworkIntent {
  const flows = intent.flows.map((flow) => ({
    ...flow,
    ports: flow.ports.replace(/^(tcp|udp|sctp)$/, "$1/1-65535"),
  }));
  return { ...intent, flows };
}
