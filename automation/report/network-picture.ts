/** Who may talk to whom in each place. */
import { internet, type NetworkIntent, type PlaceIntent } from "../../model/network/intent.ts";
import { drawGraph, type GraphEdge, type GraphNode } from "./graph.ts";
import { type Markup, markup } from "./markup.ts";

/** The clouds as people write them. */
const cloudTitles: Readonly<Record<string, string>> = {
  aws: "AWS",
  azure: "Azure",
  gcp: "Google Cloud",
};

/** A card for each place with its segments and flows, then the flows with their reasons. */
export function networkSection(intent: NetworkIntent): Markup {
  return markup`<section id="network"><h2>Who may talk to whom</h2>
<p class="lead">${intent.segments.length} segments in ${intent.places.length} places. Every arrow is a flow that somebody asked for; whatever has no arrow is denied, both ways, in IPv4 and IPv6. Between places nothing flows.</p>
<div class="cards">${intent.places.map((place) => placeCard(place, intent))}</div>
${flowTable(intent)}</section>`;
}

function placeCard(place: PlaceIntent, intent: NetworkIntent): Markup {
  const ranges = [place.cidr4, place.cidr6 ?? "IPv6 assigned"].join(" · ");
  const cloud = cloudTitles[place.cloud] ?? place.cloud;
  const graph = drawGraph(nodesOf(intent, place), edgesOf(intent), {
    title: `Segments and flows of ${place.name} in ${cloud}`,
  });
  return markup`<article class="card ${place.cloud}"><header><b>${cloud}</b> ${place.name}<span>${place.region}</span><code>${ranges}</code></header><div class="scroll">${graph}</div></article>`;
}

function nodesOf(intent: NetworkIntent, place: PlaceIntent): GraphNode[] {
  const usesInternet = intent.flows.some((flow) => flow.from === internet);
  const reachesInternet = intent.flows.some((flow) => flow.to === internet);
  const outside = { title: "internet", lines: ["everybody"], look: "outside" };
  return [
    ...(usesInternet ? [{ ...outside, id: `from ${internet}` }] : []),
    ...intent.segments.map((segment) => ({
      id: segment.name,
      title: segment.name,
      lines: [segment.purpose, egressWords[segment.egress]],
      look: `segment ${place.cloud}`,
    })),
    ...(reachesInternet
      ? [{ ...outside, id: `to ${internet}`, lines: ["by address translation"] }]
      : []),
  ];
}

const egressWords = {
  none: "no way out",
  nat: "way out: translated",
  direct: "way out: direct",
} as const;

/** The internet is drawn twice, once as caller and once as called, so that arrows run one way. */
function edgesOf(intent: NetworkIntent): GraphEdge[] {
  return intent.flows.map((flow) => ({
    from: flow.from === internet ? `from ${internet}` : flow.from,
    to: flow.to === internet ? `to ${internet}` : flow.to,
    label: flow.ports,
    because: flow.because,
  }));
}

function flowTable(intent: NetworkIntent): Markup {
  const rows = intent.flows.map(
    (flow) =>
      markup`<tr><td>${flow.from}</td><td>${flow.to}</td><td><code>${flow.ports}</code></td><td>${flow.because}</td></tr>`,
  );
  return markup`<table><caption>Flows, in every place</caption><thead><tr><th>From</th><th>To</th><th>Ports</th><th>Because</th></tr></thead><tbody>${rows}</tbody></table>`;
}
