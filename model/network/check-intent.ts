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
import type { Problem } from "../base/problem.ts";
import { checkFlows } from "./check-flows.ts";
import { checkGuardrails } from "./check-guardrails.ts";
import { checkSegments } from "./check-segments.ts";
import { checkSubnetRules } from "./check-subnet-rules.ts";
import { canonicalProblems, duplicate } from "./input-problems.ts";
import type { NetworkIntent, PlaceIntent } from "./intent.ts";
import { clouds, internet } from "./intent.ts";
import { checkRoads } from "./road.ts";

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
    ...intent.places.flatMap(checkPlace),
    ...checkOverlaps(intent.places),
    ...checkSegments(intent),
    ...checkFlows(intent),
    ...checkRoads(intent),
    ...checkSubnetRules(intent),
    ...checkGuardrails(intent),
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
  if (fits) return canonicalProblems(place.cidr4, cidr, at);
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
  if (place.cloud !== "gcp" || covers(cidrSet([gcpRange6]), cidrSet([cidr]))) {
    return canonicalProblems(place.cidr6, cidr, at);
  }
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
