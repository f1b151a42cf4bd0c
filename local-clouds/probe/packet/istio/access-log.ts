/**
 * Access log lines of Istio's proxies (Istio, "Envoy Access Logs": default formats of text and JSON) where a `Telemetry`, or
 * the mesh's own configuration, switches them on. A line lies at the workload whose proxy wrote it.
 */

import type { RecordData, World } from "../../../world/world.ts";
import { type Deployed, isObject, objectOf, objectsOf, textOf } from "../deployed.ts";
import type { Pod } from "../kubernetes/pod.ts";
import { protocolNumbers } from "../packet.ts";
import type { Walked } from "../probe.ts";
import { meshConfig, meshMode } from "./mesh.ts";

const telemetryTokens = [
  "kubernetes:telemetry.istio.io/v1:Telemetry",
  "kubernetes:telemetry.istio.io/v1alpha1:Telemetry",
];
const workloadTokens = [
  "apps/v1:Deployment",
  "apps/v1:StatefulSet",
  "apps/v1:DaemonSet",
  "core/v1:Pod",
  "batch/v1:Job",
].map((kind) => `kubernetes:${kind}`);
const rootNamespace = "istio-system";

/** The line of the receiver's proxy; none where it has no log, or the packet did not come so far. */
export function proxyRecords(world: World, walked: Walked, at: Date): readonly RecordData[] {
  const { deployed, to, packet, steps } = walked;
  if (to.cloud !== "kubernetes" || packet.protocol !== protocolNumbers["tcp"]) return [];
  if (meshMode(deployed, to) !== "sidecar" || !isLogged(deployed, to)) return [];
  const last = steps.at(-1);
  const reached = last === undefined || last.outcome === "passes" || /^Istio/.test(last.stage);
  if (!reached || last?.outcome === "cannot tell") return [];
  const row = workloadTokens
    .flatMap((token) =>
      world.named(token, "id", `${to.namespace}/${to.name}`, { account: to.cluster }),
    )
    .at(0)?.row;
  if (row === undefined) return [];
  const fields = fieldsOf(walked, at, last?.outcome === "drops" ? last.stage : "");
  const body = isJson(deployed, to) ? JSON.stringify(fields) : textLine(fields);
  return [
    {
      destination: row,
      place: "istio-proxy",
      kind: "Istio access log",
      at: at.toISOString(),
      body,
    },
  ];
}

/** A Telemetry of the root namespace is for the whole mesh, any other for its own namespace ("Telemetry API"). */
function isLogged(deployed: Deployed, pod: Pod): boolean {
  const settings = deployed
    .all(...telemetryTokens)
    .filter(({ account }) => account === pod.cluster)
    .map(({ properties }) => ({
      namespace: textOf(objectOf(properties, "metadata"), "namespace"),
      spec: objectOf(properties, "spec"),
    }));
  const near = settings.filter(({ namespace }) => namespace === pod.namespace);
  const wide = settings.filter(({ namespace }) => namespace === rootNamespace);
  for (const some of [near, wide]) {
    const told = some.flatMap(({ spec }) => objectsOf(spec, "accessLogging"));
    if (told.length > 0) return told.some((one) => one["disabled"] !== true);
  }
  return meshConfigLogs(deployed, pod);
}

/** `accessLogFile` is in the release's values, or in the map that istiod reads. */
function meshConfigLogs(deployed: Deployed, pod: Pod): boolean {
  if (textOf(meshConfig(deployed, pod.cluster), "accessLogFile") !== undefined) return true;
  return /^accessLogFile:\s*["']?\/dev\/stdout/m.test(meshText(deployed, pod));
}

/** One JSON object a line where `accessLogEncoding` is `JSON` ("Global Mesh Options, AccessLogEncoding"). */
function isJson(deployed: Deployed, pod: Pod): boolean {
  if (textOf(meshConfig(deployed, pod.cluster), "accessLogEncoding") === "JSON") return true;
  return /^accessLogEncoding:\s*["']?JSON\b/m.test(meshText(deployed, pod));
}

/** The configuration that istiod reads from its map; `""` where there is none. */
function meshText(deployed: Deployed, pod: Pod): string {
  const map = deployed
    .all("kubernetes:core/v1:ConfigMap")
    .find(({ account, id }) => account === pod.cluster && id === `${rootNamespace}/istio`);
  const data = map?.properties["data"];
  return isObject(data) ? (textOf(data, "mesh") ?? "") : "";
}

/** Fields of a line in their order, with what a connection without HTTP has of them. */
function fieldsOf({ packet, from }: Walked, at: Date, refusedBy: string) {
  const { source, destination, sourcePort, port } = packet;
  const isDenied = refusedBy === "Istio authorization";
  const remote =
    from.cloud === "kubernetes" && source.text === "0.0.0.0"
      ? null
      : `${source.text}:${sourcePort}`;
  const local = destination.text === "0.0.0.0" ? null : `${destination.text}:${port}`;
  return {
    start_time: at.toISOString(),
    method: null,
    path: null,
    protocol: null,
    response_code: 0,
    response_flags: refusedBy === "" || isDenied ? "-" : "NR",
    response_code_details: null,
    connection_termination_details:
      refusedBy === ""
        ? null
        : isDenied
          ? "rbac_access_denied_matched_policy[none]"
          : "filter_chain_not_found",
    upstream_transport_failure_reason: null,
    bytes_received: 0,
    bytes_sent: 0,
    duration: 0,
    upstream_service_time: null,
    x_forwarded_for: null,
    user_agent: null,
    request_id: null,
    authority: null,
    upstream_host: refusedBy === "" ? local : null,
    upstream_cluster: `inbound|${port}||`,
    upstream_local_address: null,
    downstream_local_address: local,
    downstream_remote_address: remote,
    requested_server_name: null,
    route_name: null,
  };
}

/** What stands between quotation marks in a line of text. */
const quoted: ReadonlySet<string> = new Set([
  "upstream_transport_failure_reason",
  "x_forwarded_for",
  "user_agent",
  "request_id",
  "authority",
  "upstream_host",
]);

/** A line of text ("Default access log format"); what is not there is `-`. */
function textLine(fields: ReturnType<typeof fieldsOf>): string {
  const { start_time, method, path, protocol, ...rest } = fields;
  const words = Object.entries(rest).map(([key, value]) =>
    quoted.has(key) ? `"${value ?? "-"}"` : String(value ?? "-"),
  );
  return `[${start_time}] "${[method, path, protocol].map((one) => one ?? "-").join(" ")}" ${words.join(" ")}`;
}
