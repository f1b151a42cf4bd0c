/** Which service may call which. */
import { type MeshIntent, serviceRef } from "../../model/mesh/intent.ts";
import { drawGraph, type GraphEdge, type GraphNode } from "./graph.ts";
import { type Markup, markup } from "./markup.ts";

const gateway = "the ingress gateway";

/** The services with their calls, then the calls with their reasons. */
export function meshSection(intent: MeshIntent): Markup {
  const graph = drawGraph(
    nodesOf(intent),
    edgesOf(intent),
    {
      title: `Services of mesh ${intent.id} and who may call whom`,
    },
    { column: 72, row: 16 },
  );
  const rows = intent.calls.map(
    (call) => markup`<tr><td>${call.from}</td><td>${call.to}</td><td>${call.because}</td></tr>`,
  );
  return markup`<section id="mesh"><h2>Which service may call which</h2>
<p class="lead">${intent.services.length} services, the same in ${clusterWords(intent)}, identities under <code>${intent.trustDomain}</code>, every call encrypted and authenticated on both sides. What has no arrow is refused.</p>
<div class="card mesh"><div class="scroll">${graph}</div></div>
<details><summary>${intent.calls.length} calls with their reasons</summary><table><thead><tr><th>From</th><th>To</th><th>Because</th></tr></thead><tbody>${rows}</tbody></table></details></section>`;
}

function clusterWords(intent: MeshIntent): string {
  const count = intent.clusters.length;
  return `${count} ${count === 1 ? "cluster" : "clusters"} (${intent.clusters.map((one) => one.name).join(", ")})`;
}

function nodesOf(intent: MeshIntent): GraphNode[] {
  const services = intent.services.map((service) => ({
    id: serviceRef(service),
    title: service.name,
    lines: [
      service.offers === undefined
        ? "only calls"
        : `${service.offers.protocol} ${service.offers.port}`,
    ],
    look: "service",
  }));
  if (intent.ingress === undefined) return services;
  const lines = [intent.ingress.host, "https 443"];
  return [{ id: gateway, title: "ingress", lines, look: "outside" }, ...services];
}

function edgesOf(intent: MeshIntent): GraphEdge[] {
  const calls = intent.calls.map((call) => ({ ...call, label: "" }));
  if (intent.ingress === undefined) return calls;
  const { service, because } = intent.ingress;
  return [{ from: gateway, to: service, label: "", because }, ...calls];
}
