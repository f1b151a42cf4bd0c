/** Finds everything wrong with the flows of a network intent. */
import { formatPorts, portsProblem, tryParsePorts } from "../base/layer4.ts";
import type { Problem } from "../base/problem.ts";
import { nearest } from "../base/problem.ts";
import type { FlowEnd } from "./ends.ts";
import { existsIn, isOutside, parseEnd } from "./ends.ts";
import { checkDay, checkSaid, duplicate, unknownName } from "./input-problems.ts";
import type { FlowIntent, NetworkIntent } from "./intent.ts";
import { internet } from "./intent.ts";

/** Problems of the flows; those of roads between places are {@link checkRoads}' to find. */
export function checkFlows(intent: NetworkIntent): Problem[] {
  const seen = new Map<string, number>();
  return intent.flows.flatMap((flow, index) => {
    const at = `flows[${index}]`;
    const range = tryParsePorts(flow.ports);
    const problems = [
      ...checkEnd(intent, parseEnd(flow.from), `${at}.from`),
      ...checkEnd(intent, parseEnd(flow.to), `${at}.to`),
      ...checkEnds(intent, flow, at),
      ...checkPodsAbroad(intent, flow, at),
      ...checkWidth(flow, at),
      ...(range === undefined ? [portsProblem(flow.ports, `${at}.ports`)] : []),
      ...checkSaid(
        `${at}.because`,
        flow.because,
        "a sentence",
        "Say why the flow is needed; the sentence goes into every rule made from it.",
      ),
    ];
    // Two ways to write the same ports would become the same rule twice, which AWS refuses.
    const ports = range === undefined ? flow.ports : formatPorts(range);
    const key = `${flow.from} ${flow.to} ${ports}`;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, index);
    else problems.push({ ...duplicate(at, key, `flows[${first}]`), code: "flow-redundant" });
    return problems;
  });
}

function checkEnd(intent: NetworkIntent, { name, place }: FlowEnd, at: string): Problem[] {
  const names = [...intent.segments.map((segment) => segment.name), internet];
  if (!names.includes(name)) return [nowhere(at, name, names)];
  if (place === undefined) return [];
  const places = intent.places.map((one) => one.name);
  if (!places.includes(place)) return [unknownName(at, place, places)];
  const segment = intent.segments.find((one) => one.name === name);
  if (segment !== undefined && existsIn(segment, place)) return [];
  const allowed = places.filter((one) => segment !== undefined && existsIn(segment, one));
  return [
    {
      code: "flow-nowhere",
      place: at,
      got: JSON.stringify(`${name}@${place}`),
      allowed: allowed.length === 0 ? `${name}, without a place` : allowed.join(", "),
      next: `${name} does not exist in ${place}; name another place, or let the segment be there.`,
    },
  ];
}

/** At least one end must be somewhere that rules can be made for. */
function checkEnds(intent: NetworkIntent, { from, to }: FlowIntent, at: string): Problem[] {
  const inside = intent.segments
    .filter((segment) => !isOutside(segment) && segment.name !== internet)
    .map(({ name }) => name);
  const ends = [parseEnd(from), parseEnd(to)];
  if (ends.some(({ name }) => inside.includes(name))) return sharedPlace(intent, ends, at);
  return [nowhere(`${at}.to`, to, inside)];
}

function sharedPlace(intent: NetworkIntent, ends: readonly FlowEnd[], at: string): Problem[] {
  const placesOf = ({ name, place }: FlowEnd): string[] | undefined => {
    const segment = intent.segments.find((one) => one.name === name);
    if (segment === undefined || isOutside(segment)) return undefined;
    const all = intent.places.map((one) => one.name).filter((one) => existsIn(segment, one));
    if (place === undefined) return all;
    // A place that is wrong has been reported.
    return all.includes(place) ? [place] : undefined;
  };
  const [one, other] = ends.map(placesOf);
  // Both with a place: whether a road joins them is another question.
  const named = ends.every(({ place }) => place !== undefined);
  if (named || one === undefined || other === undefined) return [];
  if (one.some((place) => other.includes(place))) return [];
  return [
    {
      code: "flow-nowhere",
      place: at,
      got: ends.map(({ name }) => name).join(" to "),
      allowed: "two segments that share a place, or both ends written segment@place",
      next: "The two segments never meet in one place; say between which places the flow goes.",
    },
  ];
}

/** To a cluster, the pods of another place are one range, of which nobody can name a part. */
function checkPodsAbroad(intent: NetworkIntent, { from, to }: FlowIntent, at: string): Problem[] {
  const ends = [parseEnd(from), parseEnd(to)];
  const [one, other] = ends.map(({ name }) => intent.segments.find((all) => all.name === name));
  const [here, there] = ends.map(({ place }) => place);
  if (here === undefined || there === undefined || here === there) return [];
  const inCluster = [one, other].map((segment) =>
    segment?.members?.some((member) => "workload" in member),
  );
  const unknowable = (one?.podsOnly && inCluster[1]) || (other?.podsOnly && inCluster[0]);
  if (unknowable !== true) return [];
  const holder = intent.segments.find(({ holdsPods }) => holdsPods === true)?.name;
  return [
    {
      code: "input-type",
      place: at,
      got: `${from} to ${to}`,
      allowed: "pods of the other place by the segment that holds them all",
      next: `Write two flows, each with ${holder} for the pods that are elsewhere.`,
    },
  ];
}

/** Everything, from or to everybody, is no rule: whoever needs it for a while says who and when. */
function checkWidth({ from, to, ports, exception }: FlowIntent, at: string): Problem[] {
  if (exception !== undefined) {
    return [
      ...checkSaid(`${at}.exception.owner`, exception.owner, "a name", "Say who ends it."),
      ...checkDay(`${at}.exception.until`, exception.until),
    ];
  }
  const everybody = from === internet || to === internet;
  const range = tryParsePorts(ports);
  const everything = range !== undefined && range.protocol === "any";
  if (!everybody || !everything) return [];
  return [
    {
      code: "flow-too-wide",
      place: at,
      got: `${from} to ${to} on ${ports}`,
      allowed: "named protocols and ports, or an exception with owner and last day",
      next: 'Name what is needed, or add exception: { owner: "…", until: "2027-01-31" }.',
    },
  ];
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
