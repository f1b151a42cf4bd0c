/** Random intents that can be lowered, for properties of lowering and lifting. */
import fc from "fast-check";
import { commonPorts, tryParsePorts } from "../../model/base/layer4.ts";
import { parseGuardrails } from "../../model/network/guardrails.ts";
import type {
  Cloud,
  FlowIntent,
  NetworkIntent,
  PlaceIntent,
  RolloutIntent,
  SegmentIntent,
} from "../../model/network/intent.ts";
import { internet } from "../../model/network/intent.ts";
import { threeClouds } from "./intents.ts";

const ports = fc.constantFrom(
  "tcp/443",
  "tcp/8000-8010",
  "tcp/8005",
  "tcp",
  "udp/53",
  "udp/1-1024",
  "icmp",
  "icmp6",
  "sctp",
  "sctp/9",
  "any",
);

/** Ranges of outsiders; some have one prefix of a family and some several. */
export const outsiders: readonly SegmentIntent[] = [
  {
    name: "office",
    purpose: "where people sit",
    egress: "none",
    cidrs: ["198.51.100.0/24", "203.0.113.64/26", "2a0c:1234:7::/48"],
  },
  { name: "partner", purpose: "who pays", egress: "none", cidrs: ["192.168.7.0/24"] },
];

/** Pods that the cloud cannot tell from others. */
const jobs: SegmentIntent = {
  name: "jobs",
  purpose: "work of the night",
  egress: "none",
  podsOnly: true,
  members: [{ workload: "jobs/nightly" }],
};

export const rollout: fc.Arbitrary<RolloutIntent | undefined> = fc.option(
  fc.record({
    stage: fc.constantFrom("visibility" as const, "selective" as const),
    owner: fc.constant("platform"),
    until: fc.constant("2099-12-31"),
  }),
  { nil: undefined, freq: 4 },
);

/** Segments of the shared intent, some on their way, some known by their subnet only. */
const segmentsOf: fc.Arbitrary<SegmentIntent[]> = fc
  .tuple(
    fc.array(rollout, { minLength: 4, maxLength: 4 }),
    fc.array(fc.constantFrom(undefined, "subnet" as const), { minLength: 4, maxLength: 4 }),
  )
  .map(([stages, memberships]) => [
    ...threeClouds.segments.map((segment, index): SegmentIntent => {
      const stage = stages[index];
      const membership = memberships[index];
      return {
        ...segment,
        egress: "nat",
        ...(stage === undefined ? {} : { rollout: stage }),
        ...(membership === undefined ? {} : { membership }),
      };
    }),
    jobs,
    ...outsiders,
  ]);

export const exception = { owner: "platform", until: "2099-12-31" };

/** Flows between segments, outsiders, the internet, and another place over a road. */
function flows(place: PlaceIntent, other: PlaceIntent): fc.Arbitrary<FlowIntent[]> {
  const inside = threeClouds.segments.map(({ name }) => name);
  const own = [...inside, jobs.name];
  const outside = [internet, ...outsiders.map(({ name }) => name)];
  const far = inside.map((name) => `${name}@${other.name}`);
  const pair = fc.oneof(
    fc.tuple(fc.constantFrom(...own), fc.constantFrom(...own)),
    fc.tuple(fc.constantFrom(...outside), fc.constantFrom(...own)),
    fc.tuple(fc.constantFrom(...own), fc.constantFrom(...outside)),
    fc.tuple(
      fc.constantFrom(...own).map((name) => `${name}@${place.name}`),
      fc.constantFrom(...far),
    ),
    fc.tuple(
      fc.constantFrom(...far),
      fc.constantFrom(...own).map((name) => `${name}@${place.name}`),
    ),
  );
  const flow = fc.tuple(pair, ports).map(([[from, to], text]) => ({
    from,
    to,
    ports: text,
    because: "test",
    exception,
  }));
  return fc.uniqueArray(flow, {
    selector: ({ from, to, ports: text }) => `${from} ${to} ${text}`,
    maxLength: 12,
  });
}

/** The place with or without what its cloud offers besides: rules of subnets, guardrails. */
function placesLike(place: PlaceIntent): fc.Arbitrary<PlaceIntent> {
  switch (place.cloud) {
    case "aws":
      return fc.constantFrom(place, { ...place, subnetRules: { quota: 40 } });
    case "azure":
      return fc
        .uniqueArray(fc.constantFrom("tcp/22", "tcp/8000-8006", "udp/1-1024", "tcp", "icmp", "any"))
        .map((denied) => {
          if (denied.length === 0) return place;
          const guardrails = denied.map((deny) => ({ deny, from: internet, because: "test" }));
          return { ...place, guardrails };
        });
    case "gcp":
      return fc.constant(place);
  }
}

/** A guardrail and a flow from the internet that it denies are refused together. */
function isGuarded(place: PlaceIntent, { from, ports: text }: FlowIntent): boolean {
  const range = tryParsePorts(text);
  return (
    from === internet &&
    range !== undefined &&
    parseGuardrails(place).some((guardrail) => commonPorts(guardrail.range, range) !== undefined)
  );
}

/** Gateways that exist already. */
const gateways: Readonly<Record<Cloud, string>> = {
  aws: "tgw-0123456789abcdef0",
  azure: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworkGateways/way",
  gcp: "projects/p/regions/europe-west4/vpnGateways/way",
};

/** Intents of which the first place is to be proved; the second lies at the end of a road. */
export function randomIntents(place: PlaceIntent, other: PlaceIntent): fc.Arbitrary<NetworkIntent> {
  const end = ({ name, cloud }: PlaceIntent) => ({ place: name, gateway: gateways[cloud] });
  return fc
    .record({
      options: placesLike(place),
      segments: segmentsOf,
      flows: flows(place, other),
      families: fc.constantFrom<readonly (4 | 6)[]>([4], place.cidr6 === undefined ? [4] : [4, 6]),
    })
    .map(({ families, options, flows: all, ...rest }) => ({
      places: [options, other],
      flows: all.filter((flow) => !isGuarded(options, flow)),
      ...rest,
      roads: [{ name: "road", between: [end(place), end(other)], families }],
    }));
}
