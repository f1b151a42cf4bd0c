/**
 * Access log lines of Istio's proxies (Istio, "Envoy Access Logs": default format) where a `Telemetry`, or
 * the mesh's own configuration, switches them on. A line lies at the workload whose proxy wrote it.
 */

import { randomUUID } from "node:crypto";
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
  const body = accessLine(walked, at, last?.outcome === "drops" ? last.stage : "");
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
  const map = deployed
    .all("kubernetes:core/v1:ConfigMap")
    .find(({ account, id }) => account === pod.cluster && id === `${rootNamespace}/istio`);
  const data = map?.properties["data"];
  return isObject(data) && /^accessLogFile:\s*["']?\/dev\/stdout/m.test(textOf(data, "mesh") ?? "");
}

/** A line for a connection: a probe carries no HTTP, whose parts are `-` then. */
function accessLine({ packet, from }: Walked, at: Date, refusedBy: string): string {
  const { source, destination, sourcePort, port } = packet;
  const [flags, ended] =
    refusedBy === "Istio authorization"
      ? ["-", "rbac_access_denied_matched_policy[none]"]
      : refusedBy === ""
        ? ["-", "-"]
        : ["NR", "filter_chain_not_found"];
  const remote =
    from.cloud === "kubernetes" && source.text === "0.0.0.0" ? "-" : `${source.text}:${sourcePort}`;
  const local = destination.text === "0.0.0.0" ? "-" : `${destination.text}:${port}`;
  const upstream = refusedBy === "" ? local : "-";
  return (
    `[${at.toISOString()}] "- - -" 0 ${flags} - ${ended} "-" 0 0 0 - "-" "-" "${randomUUID()}" "-" ` +
    `"${upstream}" inbound|${port}|| - ${local} ${remote} - -`
  );
}
