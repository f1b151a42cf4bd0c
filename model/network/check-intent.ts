/** Finds everything wrong with a network intent, all at once, before any engine starts. */
import type { Cidr } from "../base/address.ts";
import {
  cidrProblem,
  cidrSet,
  formatCidr,
  overlap,
  parseCidr,
  tryParseCidr,
} from "../base/address.ts";
import { covers } from "../base/interval-set.ts";
import { formatPorts, portsProblem, tryParsePorts } from "../base/layer4.ts";
import type { Problem } from "../base/problem.ts";
import { nearest } from "../base/problem.ts";
import { segmentsPerPlaceMax } from "./address-plan.ts";
import type { NetworkIntent, PlaceIntent } from "./intent.ts";
import { clouds, internet } from "./intent.ts";

const namePattern = /^[a-z][a-z0-9-]{0,19}$/;
const prefix4 = { shortest: 16, longest: 20 };
const prefix6Length = 48;
/** GCP takes a network's internal IPv6 range from this prefix only (VPC documentation, "IPv6 ULA"). */
const gcpRange6 = parseCidr("fd20::/20", "GCP's internal IPv6 range");

/** Problems of the intent; an empty list means that it can be lowered. */
export function checkNetworkIntent(intent: NetworkIntent): Problem[] {
  return [
    ...checkNames(
      "places",
      intent.places.map((place) => place.name),
    ),
    ...checkNames(
      "segments",
      intent.segments.map((segment) => segment.name),
    ),
    ...checkSegmentCount(intent),
    ...checkPodHolders(intent),
    ...intent.places.flatMap(checkPlace),
    ...checkOverlaps(intent.places),
    ...checkFlows(intent),
  ];
}

function checkNames(list: string, names: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  const firstAt = new Map<string, number>();
  for (const [index, name] of names.entries()) {
    const place = `${list}[${index}].name`;
    if (!namePattern.test(name) || name === internet) {
      problems.push({
        code: "input-type",
        place,
        got: JSON.stringify(name),
        allowed: `1–20 lower-case letters, digits and hyphens, a letter first, not "${internet}"`,
        next: "Choose another name; it becomes part of resource names in every cloud.",
      });
    }
    const first = firstAt.get(name);
    if (first === undefined) firstAt.set(name, index);
    else problems.push(duplicate(place, name, `${list}[${first}]`));
  }
  return problems;
}

function duplicate(place: string, name: string, first: string): Problem {
  return {
    code: "input-duplicate",
    place,
    got: JSON.stringify(name),
    allowed: "each name once",
    next: `${first} has this name already; rename one of the two.`,
  };
}

function checkSegmentCount(intent: NetworkIntent): Problem[] {
  if (intent.segments.length <= segmentsPerPlaceMax) return [];
  return [
    {
      code: "limit-reached",
      place: "segments",
      got: `${intent.segments.length} segments`,
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

function checkPlace(place: PlaceIntent, index: number): Problem[] {
  const problems: Problem[] = [];
  if (!clouds.includes(place.cloud)) {
    problems.push({
      code: "input-unknown",
      place: `places[${index}].cloud`,
      got: JSON.stringify(place.cloud),
      allowed: clouds.join(", "),
      next: "Name one of the clouds Bulkhead can lower to.",
    });
  }
  problems.push(...checkRange4(place, index), ...checkRange6(place, index));
  return problems;
}

function checkRange4(place: PlaceIntent, index: number): Problem[] {
  const at = `places[${index}].cidr4`;
  const cidr = tryParseCidr(place.cidr4);
  if (cidr === undefined) return [cidrProblem(place.cidr4, at)];
  const fits =
    cidr.family === 4 && cidr.length >= prefix4.shortest && cidr.length <= prefix4.longest;
  if (fits) return [];
  return [
    {
      code: "address-invalid",
      place: at,
      got: place.cidr4,
      allowed: `an IPv4 prefix between /${prefix4.shortest} and /${prefix4.longest}`,
      next: "AWS takes no VPC range larger than /16, and segments need room below /20.",
    },
  ];
}

function checkRange6(place: PlaceIntent, index: number): Problem[] {
  const at = `places[${index}].cidr6`;
  if (place.cloud === "aws") {
    if (place.cidr6 === undefined) return [];
    return [
      {
        code: "input-unknown",
        place: at,
        got: place.cidr6,
        allowed: "nothing on AWS",
        next: "AWS assigns the IPv6 range of a VPC; leave the field out.",
      },
    ];
  }
  if (place.cidr6 === undefined) {
    return [
      {
        code: "input-missing",
        place: at,
        got: "nothing",
        allowed: `an IPv6 prefix of /${prefix6Length}`,
        next: "Both families are always filtered, so both must have addresses.",
      },
    ];
  }
  const cidr = tryParseCidr(place.cidr6);
  const fits = cidr?.family === 6 && cidr.length === prefix6Length;
  if (!fits) {
    return [{ ...cidrProblem(place.cidr6, at), allowed: `an IPv6 prefix of /${prefix6Length}` }];
  }
  if (place.cloud !== "gcp" || covers(cidrSet([gcpRange6]), cidrSet([cidr]))) return [];
  return [
    { ...cidrProblem(place.cidr6, at), allowed: `a /${prefix6Length} of ${formatCidr(gcpRange6)}` },
  ];
}

function checkOverlaps(places: readonly PlaceIntent[]): Problem[] {
  const ranges = places.flatMap((place, index) => [
    { at: `places[${index}].cidr4`, cidr: tryParseCidr(place.cidr4) },
    { at: `places[${index}].cidr6`, cidr: tryParseCidr(place.cidr6 ?? "") },
  ]);
  const known = ranges.filter(
    (range): range is { at: string; cidr: Cidr } => range.cidr !== undefined,
  );
  return known.flatMap((range, index) =>
    known
      .slice(0, index)
      .filter((other) => overlap(other.cidr, range.cidr))
      .map((other) => ({
        code: "address-overlap" as const,
        place: range.at,
        got: formatCidr(range.cidr),
        allowed: `a range outside ${formatCidr(other.cidr)} (${other.at})`,
        next: "Overlapping networks can never be linked; give each place a range of its own.",
      })),
  );
}

function checkFlows(intent: NetworkIntent): Problem[] {
  const names = [...intent.segments.map((segment) => segment.name), internet];
  const seen = new Map<string, number>();
  return intent.flows.flatMap((flow, index) => {
    const at = `flows[${index}]`;
    const problems: Problem[] = [];
    for (const end of ["from", "to"] as const) {
      if (!names.includes(flow[end])) problems.push(nowhere(`${at}.${end}`, flow[end], names));
    }
    if (flow.from === internet && flow.to === internet) {
      problems.push(nowhere(`${at}.to`, flow.to, names.slice(0, -1)));
    }
    const range = tryParsePorts(flow.ports);
    if (range === undefined) problems.push(portsProblem(flow.ports, `${at}.ports`));
    if (flow.because.trim() === "") problems.push(noReason(`${at}.because`));
    // Two ways to write the same ports would become the same rule twice, which AWS refuses.
    const ports = range === undefined ? flow.ports : formatPorts(range);
    const key = `${flow.from} ${flow.to} ${ports}`;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, index);
    else problems.push({ ...duplicate(at, key, `flows[${first}]`), code: "flow-redundant" });
    return problems;
  });
}

function nowhere(place: string, got: string, names: readonly string[]): Problem {
  const near = nearest(got, names);
  return {
    code: "flow-nowhere",
    place,
    got: JSON.stringify(got),
    allowed: names.join(", "),
    next: near === undefined ? "Declare the segment first." : `Did you mean "${near}"?`,
  };
}

function noReason(place: string): Problem {
  return {
    code: "input-missing",
    place,
    got: "no reason",
    allowed: "a sentence",
    next: "Say why the flow is needed; the sentence goes into every rule made from it.",
  };
}
