/** Finds everything wrong with the segments of a network intent, but for their names. */
import type { Cidr } from "../base/address.ts";
import { cidrSet, everyAddressOf, formatCidr, overlap, tryParseCidr } from "../base/address.ts";
import { covers } from "../base/interval-set.ts";
import type { Problem } from "../base/problem.ts";
import { segmentsPerPlaceMax } from "./address-plan.ts";
import { existsIn, hasSubnets } from "./ends.ts";
import { checkDay, checkSaid, duplicate, prefixProblems, unknownName } from "./input-problems.ts";
import type { NetworkIntent, SegmentIntent } from "./intent.ts";

export function checkSegments(intent: NetworkIntent): Problem[] {
  return [
    ...checkSegmentCount(intent),
    ...checkPodHolders(intent),
    ...intent.segments.flatMap((segment, index) => checkPodsOnly(intent, segment, index)),
    ...checkMembers(intent),
    ...checkShared(intent),
    ...intent.segments.flatMap((segment, index) => {
      const at = `segments[${index}]`;
      return [
        ...checkPlaces(intent, segment, at),
        ...checkOutside(intent, segment, at),
        ...checkRollout(segment, at),
      ];
    }),
  ];
}

function checkSegmentCount(intent: NetworkIntent): Problem[] {
  const inside = intent.segments.filter(hasSubnets);
  if (inside.length <= segmentsPerPlaceMax) return [];
  return [
    {
      code: "limit-reached",
      place: "segments",
      got: `${inside.length} segments`,
      allowed: `at most ${segmentsPerPlaceMax}`,
      next: "Merge segments that are treated alike, or use a second environment.",
    },
  ];
}

function checkPodHolders(intent: NetworkIntent): Problem[] {
  const holders = intent.segments.filter((segment) => segment.holdsPods === true);
  if (holders.length <= 1) return [];
  return [
    {
      code: "input-duplicate",
      place: "segments",
      got: `holdsPods in ${holders.map(({ name }) => name).join(", ")}`,
      allowed: "holdsPods in at most one segment",
      next: "A place has one range of pods; name the segment of the cluster's nodes.",
    },
  ];
}

/** Pods need a segment that holds them, in the same places: it stands for them in the clouds' rules. */
function checkPodsOnly(intent: NetworkIntent, segment: SegmentIntent, index: number): Problem[] {
  const { podsOnly, members = [], holdsPods, membership, cidrs, egress } = segment;
  if (podsOnly !== true) return [];
  const at = `segments[${index}]`;
  const problems: Problem[] = [];
  const pods = members.length > 0 && members.every((member) => "workload" in member);
  if (!pods || holdsPods === true || membership !== undefined || cidrs !== undefined) {
    problems.push({
      code: "input-type",
      place: at,
      got: `podsOnly with ${members.length} members`,
      allowed: 'members such as { workload: "shop/web" }, and no holdsPods, membership or cidrs',
      next: "Name its workloads, or let it have subnets.",
    });
  }
  const holder = intent.segments.find((one) => one.holdsPods === true);
  const here = intent.places.map(({ name }) => name).filter((name) => existsIn(segment, name));
  const unheld = here.filter((name) => holder === undefined || !existsIn(holder, name));
  if (unheld.length > 0) {
    problems.push({
      code: "input-missing",
      place: `${at}.podsOnly`,
      got: `no segment that holds pods in ${unheld.join(", ")}`,
      allowed: "a segment with holdsPods in every place of this one",
      next: "Let the segment of the cluster's nodes have holdsPods.",
    });
  } else if (egress !== "none" && egress !== holder?.egress) {
    problems.push({
      code: "input-type",
      place: `${at}.egress`,
      got: egress,
      allowed: `none, or ${holder?.egress} as ${holder?.name}, by whose nodes its pods leave`,
      next: "Give both the same route.",
    });
  }
  return problems;
}

/** Whoever belongs to two segments of a place would be let do what neither says. */
function checkMembers({ segments, places }: NetworkIntent): Problem[] {
  const known = new Map<string, { readonly at: string; readonly segment: SegmentIntent }[]>();
  return segments.flatMap((segment, index) =>
    (segment.members ?? []).flatMap((member, number) => {
      const at = `segments[${index}].members[${number}]`;
      const key = JSON.stringify(member, Object.keys(member).concat("key", "value"));
      const earlier = known.get(key) ?? [];
      known.set(key, [...earlier, { at, segment }]);
      const shared = earlier.find((other) =>
        places.some(({ name }) => existsIn(segment, name) && existsIn(other.segment, name)),
      );
      return shared === undefined ? [] : [duplicate(at, key, shared.at)];
    }),
  );
}

function checkPlaces(intent: NetworkIntent, { places = [] }: SegmentIntent, at: string): Problem[] {
  const names = intent.places.map(({ name }) => name);
  return places.flatMap((place, index) => {
    const here = `${at}.places[${index}]`;
    if (!names.includes(place)) return [unknownName(here, place, names)];
    const first = places.indexOf(place);
    return first === index ? [] : [duplicate(here, place, `${at}.places[${first}]`)];
  });
}

function checkOutside(intent: NetworkIntent, segment: SegmentIntent, at: string): Problem[] {
  const { cidrs, places, egress } = segment;
  if (cidrs === undefined) return [];
  const parsed = cidrs.flatMap((text) => tryParseCidr(text) ?? []);
  const problems = cidrs.flatMap((text, index) => checkCidr(intent, text, `${at}.cidrs[${index}]`));
  if (cidrs.length === 0 || places !== undefined || egress !== "none") {
    problems.push({
      code: "input-type",
      place: at,
      got: `cidrs ${JSON.stringify(cidrs)}, places ${JSON.stringify(places)}, egress ${egress}`,
      allowed: 'at least one prefix, no places, egress "none"',
      next: "A segment with ranges of its own lies outside every place.",
    });
  }
  return [...problems, ...checkEverybody(parsed, at)];
}

function checkCidr(intent: NetworkIntent, text: string, at: string): Problem[] {
  const cidr = tryParseCidr(text);
  const written = prefixProblems(text, at);
  if (cidr === undefined || written.length > 0) return written;
  return intent.places.flatMap((place) =>
    [place.cidr4, place.cidr6 ?? ""]
      .flatMap((range) => tryParseCidr(range) ?? [])
      .filter((range) => overlap(range, cidr))
      .map((range) => ({
        code: "address-overlap" as const,
        place: at,
        got: text,
        allowed: `a range outside ${formatCidr(range)} (places.${place.name})`,
        next: "What lies in a place belongs to one of the place's segments.",
      })),
  );
}

/** An address in two segments' ranges would be let do what either says. */
function checkShared({ segments }: NetworkIntent): Problem[] {
  const known: { readonly name: string; readonly cidr: Cidr }[] = [];
  return segments.flatMap(({ name, cidrs = [] }, index) =>
    cidrs.flatMap((text, number): Problem[] => {
      const cidr = tryParseCidr(text);
      if (cidr === undefined) return [];
      const other = known.find((one) => overlap(one.cidr, cidr));
      known.push({ name, cidr });
      if (other === undefined) return [];
      return [
        {
          code: "address-overlap",
          place: `segments[${index}].cidrs[${number}]`,
          got: text,
          allowed: `a range outside ${formatCidr(other.cidr)} (${other.name})`,
          next: "Let each address belong to one range of one segment.",
        },
      ];
    }),
  );
}

/** Several prefixes that together are everybody: the internet under another name. */
function checkEverybody(cidrs: readonly Cidr[], at: string): Problem[] {
  const set = cidrSet(cidrs);
  return ([4, 6] as const).flatMap((family) => {
    if (!covers(set, everyAddressOf[family])) return [];
    return [
      {
        code: "address-invalid" as const,
        place: `${at}.cidrs`,
        got: `every address of IPv${family}`,
        allowed: "ranges of somebody in particular",
        next: "Let the flow name the internet, so that everybody sees it.",
      },
    ];
  });
}

const stages: readonly string[] = ["visibility", "selective"];

function checkRollout({ rollout }: SegmentIntent, at: string): Problem[] {
  if (rollout === undefined) return [];
  const { stage, owner, until } = rollout;
  return [
    ...(stages.includes(stage) ? [] : [unknownName(`${at}.rollout.stage`, stage, stages)]),
    ...checkSaid(`${at}.rollout.owner`, owner, "a name", "Say who brings it to the next stage."),
    ...checkDay(`${at}.rollout.until`, until),
  ];
}
