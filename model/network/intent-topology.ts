/**
 * The intent in the planes' own form, on the endpoints of a plan: so that a plan and what was meant
 * by it are compared as any two states are.
 *
 * The internet is every address there is: whoever may call the internet may also call a segment
 * that the internet may call, on the ports both share. That is what letting pass at both ends means.
 */
import type { IntervalSet } from "../base/interval-set.ts";
import { portSet } from "../base/layer4.ts";
import { parseFlows } from "./flow-key.ts";
import type { NetworkIntent } from "./intent.ts";
import { internet } from "./intent.ts";
import type { Direction, Endpoint, Rule, Stage, Topology } from "./topology.ts";

/** Name of the group of a segment's endpoints. */
export function segmentGroup(segment: string): string {
  return `segment ${segment}`;
}

/** What the intent lets the endpoints of a plan do. `place` names where the intent is, for evidence. */
export function intentTopology(
  intent: NetworkIntent,
  endpoints: readonly Endpoint[],
  place: string,
): Topology {
  const names = intent.segments.map(({ name }) => name);
  const stages = names.flatMap((name) => [
    stageOf(intent, name, "out", place),
    stageOf(intent, name, "in", place),
  ]);
  return {
    endpoints: endpoints.map((endpoint) => ({
      ...endpoint,
      groups: endpoint.segment === undefined ? [] : [segmentGroup(endpoint.segment)],
      stages: intendedStages(endpoint),
    })),
    stages: [...stages, closed("out", place), closed("in", place)],
    residuals: [],
    unknowns: [],
  };
}

function intendedStages({ segment, outside }: Endpoint): string[] {
  if (segment !== undefined) return [stageId(segment, "out"), stageId(segment, "in")];
  return outside === true ? [] : [stageId("", "out"), stageId("", "in")];
}

function stageId(segment: string, direction: Direction): string {
  return `intent ${segment} ${direction}`;
}

/** Of what belongs to no segment, nothing was said. */
function closed(direction: Direction, place: string): Stage {
  return stage("", direction, [], place);
}

function stage(
  segment: string,
  direction: Direction,
  rules: readonly Rule[],
  place: string,
): Stage {
  const otherwiseOrigin = `${place}: what no flow says is denied`;
  return {
    id: stageId(segment, direction),
    plane: "intent",
    direction,
    stateful: true,
    tiers: [{ rules, otherwise: "deny", otherwiseOrigin }],
  };
}

function stageOf(
  intent: NetworkIntent,
  segment: string,
  direction: Direction,
  place: string,
): Stage {
  const rules = parseFlows(intent).flatMap((flow, index): Rule[] => {
    const [own, peer] = direction === "out" ? [flow.from, flow.to] : [flow.to, flow.from];
    if (own !== segment) return [];
    const selectors: IntervalSet = portSet(flow.range);
    const peers = [peer === internet ? {} : { group: segmentGroup(peer) }];
    return [{ action: "allow", peers, selectors, origin: { urn: place, path: `flows[${index}]` } }];
  });
  return stage(segment, direction, rules, place);
}
