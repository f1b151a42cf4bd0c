/** Who may talk to whom in each place. */
import { cloudTitles } from "../../model/base/cloud.ts";
import { segmentsIn } from "../../model/network/ends.ts";
import {
  internet,
  type NetworkIntent,
  type PlaceIntent,
  type SegmentIntent,
} from "../../model/network/intent.ts";
import { declaredFlows, type LocalFlow } from "../../model/network/local-flows.ts";
import { drawGraph, type GraphEdge, type GraphNode } from "./graph.ts";
import { type Markup, markup } from "./markup.ts";

/** A card for each place with its segments and flows, then the flows with their reasons. */
export function networkSection(intent: NetworkIntent): Markup {
  const roads = intent.roads ?? [];
  const between =
    roads.length === 0
      ? "Between places nothing flows."
      : `Between places flows go by ${roads.map(({ name }) => name).join(", ")}.`;
  return markup`<section id="network"><h2>Who may talk to whom</h2>
<p class="lead">${intent.segments.length} segments in ${intent.places.length} places. Every arrow is a flow that somebody asked for; whatever has no arrow is denied, both ways, in IPv4 and IPv6. ${between}</p>
<div class="cards">${intent.places.map((place) => placeCard(place, intent))}</div>
${flowTable(intent)}</section>`;
}

function placeCard(place: PlaceIntent, intent: NetworkIntent): Markup {
  const ranges = [place.cidr4, place.cidr6 ?? "IPv6 assigned"].join(" · ");
  const cloud = cloudTitles[place.cloud];
  const flows = declaredFlows(intent, place);
  const graph = drawGraph(nodesOf(intent, place, flows), edgesOf(flows), {
    title: `Segments and flows of ${place.name} in ${cloud}`,
  });
  return markup`<article class="card ${place.cloud}"><header><b>${cloud}</b> ${place.name}<span>${place.region}</span><code>${ranges}</code></header><div class="scroll">${graph}</div></article>`;
}

function nodesOf(
  intent: NetworkIntent,
  place: PlaceIntent,
  flows: readonly LocalFlow[],
): GraphNode[] {
  const outside = (direction: LocalFlow["direction"]) =>
    flows
      .filter((flow) => flow.direction === direction && flow.peer.kind !== "segment")
      .map((flow) => outsideNode(flow));
  const callers = outside("in");
  const called = outside("out");
  const once = (nodes: readonly GraphNode[]) => [
    ...new Map(nodes.map((node) => [node.id, node])).values(),
  ];
  return [
    ...once(callers),
    ...segmentsIn(intent, place).map((segment) => ({
      id: segment.name,
      title: segment.name,
      lines: [segment.purpose, egressWords[segment.egress], ...stageLine(segment)],
      look: `segment ${place.cloud}`,
    })),
    ...once(called),
  ];
}

function stageLine({ rollout }: SegmentIntent): string[] {
  return rollout === undefined ? [] : [`${rollout.stage} until ${rollout.until}`];
}

/** Who lies outside is drawn twice, once as caller and once as called, so that arrows run one way. */
function outsideNode(flow: LocalFlow): GraphNode {
  const { direction, peer } = flow;
  const everybody = direction === "in" ? "everybody" : "by address translation";
  return {
    id: outsideId(flow),
    title: outsideName(flow),
    lines: [peer.kind === "everybody" ? everybody : "elsewhere"],
    look: "outside",
  };
}

function outsideName({ peer }: LocalFlow): string {
  if (peer.kind === "everybody") return internet;
  return peer.kind === "segment" ? peer.segment : peer.name;
}

function outsideId(flow: LocalFlow): string {
  return `${flow.direction === "in" ? "from" : "to"} ${outsideName(flow)}`;
}

const egressWords = {
  none: "no way out",
  nat: "way out: translated",
  direct: "way out: direct",
} as const;

/** Of a flow inside the place both ends are here: it is drawn once. */
function edgesOf(flows: readonly LocalFlow[]): GraphEdge[] {
  return flows
    .filter(({ direction, peer }) => direction === "in" || peer.kind !== "segment")
    .map((flow) => {
      const other = flow.peer.kind === "segment" ? flow.peer.segment : outsideId(flow);
      const [from, to] = flow.direction === "in" ? [other, flow.segment] : [flow.segment, other];
      return { from, to, label: flow.ports, because: flow.because };
    });
}

function flowTable(intent: NetworkIntent): Markup {
  const rows = intent.flows.map(
    (flow) =>
      markup`<tr><td>${flow.from}</td><td>${flow.to}</td><td><code>${flow.ports}</code></td><td>${flow.because}</td></tr>`,
  );
  return markup`<table><caption>Flows</caption><thead><tr><th>From</th><th>To</th><th>Ports</th><th>Because</th></tr></thead><tbody>${rows}</tbody></table>`;
}
