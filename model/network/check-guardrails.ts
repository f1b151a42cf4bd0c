/** Finds everything wrong with the guardrails of places, and flows that one of them denies. */
import { commonPorts, formatPorts, portsProblem, tryParsePorts } from "../base/layer4.ts";
import type { Problem } from "../base/problem.ts";
import { existsIn, parseEnd } from "./ends.ts";
import { parseGuardrails } from "./guardrails.ts";
import { checkSaid, duplicate } from "./input-problems.ts";
import type { FlowIntent, GuardrailIntent, NetworkIntent, PlaceIntent } from "./intent.ts";
import { internet } from "./intent.ts";

/** Problems of guardrails, and of the flows against them. */
export function checkGuardrails(intent: NetworkIntent): Problem[] {
  return [
    ...intent.places.flatMap((place, index) => checkPlace(place, `places[${index}].guardrails`)),
    ...checkManagers(intent),
    ...intent.places.flatMap((place, index) => guardedFlows(intent, place, index)),
  ];
}

function checkPlace({ cloud, guardrails }: PlaceIntent, at: string): Problem[] {
  if (guardrails === undefined) return [];
  if (cloud === "azure") return guardrails.flatMap((one, i) => checkOne(guardrails, one, at, i));
  return [
    {
      code: "input-unknown",
      place: at,
      got: `${guardrails.length} guardrails`,
      allowed: `nothing on ${cloud}`,
      next: "Only in Azure a place's guardrails are lowered; what no flow says is denied here, too.",
    },
  ];
}

function checkOne(
  all: readonly GuardrailIntent[],
  { deny, because }: GuardrailIntent,
  list: string,
  index: number,
): Problem[] {
  const at = `${list}[${index}]`;
  const said = checkSaid(
    `${at}.because`,
    because,
    "a sentence",
    "Say what it guards against; the sentence goes into the rule made from it.",
  );
  const range = tryParsePorts(deny);
  if (range === undefined) return [portsProblem(deny, `${at}.deny`), ...said];
  const ports = formatPorts(range);
  const first = all.findIndex((one) => {
    const other = tryParsePorts(one.deny);
    return other !== undefined && formatPorts(other) === ports;
  });
  const twice = first < index ? [duplicate(`${at}.deny`, ports, `${list}[${first}]`)] : [];
  return [...twice, ...said];
}

/**
 * "You can't create multiple Azure Virtual Network Manager instances with an overlapping scope of
 * the same hierarchy and the same features" (Microsoft Learn, "Azure Virtual Network Manager
 * scopes"): two places may share a subscription, and nobody sees that before it is too late.
 */
function checkManagers({ places }: NetworkIntent): Problem[] {
  const guarded = places.flatMap(({ cloud, guardrails = [] }, index) =>
    cloud === "azure" && guardrails.length > 0 ? [index] : [],
  );
  return guarded.slice(1).map((index) => ({
    code: "limit-reached",
    place: `places[${index}].guardrails`,
    got: `${guarded.length} places with guardrails`,
    allowed: "one, as a subscription has one network manager for admin rules",
    next: "Keep the guardrails of one place, or give the places environments of their own.",
  }));
}

/** Who wants both has not decided: the guardrail would win, and the flow would be missing. */
function guardedFlows(intent: NetworkIntent, place: PlaceIntent, placeIndex: number): Problem[] {
  const guardrails = parseGuardrails(place);
  return intent.flows.flatMap((flow, index): Problem[] => {
    const range = tryParsePorts(flow.ports);
    if (range === undefined || flow.from !== internet || !leadsInto(intent, flow, place)) return [];
    const guard = guardrails.find((one) => commonPorts(one.range, range) !== undefined);
    if (guard === undefined) return [];
    return [
      {
        code: "flow-guarded",
        place: `flows[${index}]`,
        got: `${flow.from} to ${flow.to} on ${flow.ports}`,
        allowed: `nothing that places[${placeIndex}].guardrails deny, as ${guard.deny}`,
        next: "Name who calls as a segment with cidrs, or take back the guardrail.",
      },
    ];
  });
}

function leadsInto({ segments }: NetworkIntent, flow: FlowIntent, { name }: PlaceIntent): boolean {
  const to = parseEnd(flow.to);
  const segment = segments.find((one) => one.name === to.name);
  return segment !== undefined && existsIn(segment, name) && (to.place ?? name) === name;
}
