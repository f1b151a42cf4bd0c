/** Audit events of GKE: Cloud Audit Logs of the service `k8s.io` (GKE docs, "GKE audit logging information", "View GKE audit logs"). */

import { randomUUID } from "node:crypto";
import type { Cluster } from "../../probe/token/kubernetes/clusters.ts";
import { textAt } from "../../probe/token/live.ts";
import type { JsonObject } from "../../protocol/value.ts";
import type { RecordData } from "../../world/world.ts";
import type { Call } from "../call.ts";
import { toSinks } from "../gcp/sinks.ts";
import type { Routes } from "../logging.ts";

/** `io.k8s.core.v1.pods.exec.create`: the group's labels backwards, where it is one of Kubernetes' own without its domain. */
export function gkeMethod(
  group: string,
  version: string,
  resource: string,
  sub: string,
  verb: string,
) {
  const labels = group.split(".").reverse();
  const own =
    group === "" ? ["core"] : labels.filter((one, i) => !(i < 2 && ["io", "k8s"].includes(one)));
  const isOwn = group === "" || !group.includes(".") || group.endsWith(".k8s.io");
  const start = isOwn ? ["io", "k8s", ...own] : labels;
  return [...start, version, resource, ...(sub === "" ? [] : [sub]), verb].join(".");
}

/** Records of an event where sinks send what the service `k8s.io` logs. */
export function ofGke(
  routes: Routes,
  cluster: NonNullable<Cluster["resource"]>,
  event: JsonObject,
  call: Call,
): readonly RecordData[] {
  const verb = String(event["verb"]);
  const reads = ["get", "list", "watch"].includes(verb);
  const log = `cloudaudit.googleapis.com/${reads ? "data_access" : "activity"}`;
  const project = cluster.account;
  return toSinks(routes, {
    project,
    switched: reads ? "DATA_READ" : "",
    service: "k8s.io",
    member: call.caller.id,
    log,
    entry: gkeEntry(cluster, event, call, log),
    at: call.at,
  });
}

/** The audit event as an entry (GKE docs, "View GKE audit logs"): the API server's reasons are its labels. */
function gkeEntry(
  cluster: NonNullable<Cluster["resource"]>,
  event: JsonObject,
  call: Call,
  log: string,
): JsonObject {
  const ref = (key: string) => textAt(event["objectRef"], key);
  const verb = String(event["verb"]);
  const method = gkeMethod(
    ref("apiGroup"),
    ref("apiVersion"),
    ref("resource"),
    ref("subresource"),
    verb,
  );
  const resource = [
    ref("apiGroup") || "core",
    ref("apiVersion"),
    ...(ref("namespace") === "" ? [] : ["namespaces", ref("namespace")]),
    ...["resource", "name", "subresource"].map(ref).filter((part) => part !== ""),
  ].join("/");
  const { error, caller, at } = call;
  const id = randomUUID();
  return {
    protoPayload: {
      "@type": "type.googleapis.com/google.cloud.audit.AuditLog",
      authenticationInfo: { principalEmail: caller.id },
      authorizationInfo: [{ granted: error === undefined, permission: method, resource }],
      methodName: method,
      requestMetadata: { callerIp: call.sourceIp, callerSuppliedUserAgent: call.userAgent },
      resourceName: resource,
      serviceName: "k8s.io",
      status: error === undefined ? {} : { code: 7, message: error.message },
    },
    insertId: id,
    resource: {
      type: "k8s_cluster",
      labels: {
        project_id: cluster.account,
        location: cluster.region,
        cluster_name: textAt(cluster.properties, "name"),
      },
    },
    timestamp: at.toISOString(),
    severity: error === undefined ? "NOTICE" : "ERROR",
    labels: (event["annotations"] ?? {}) as JsonObject,
    logName: `projects/${cluster.account}/logs/${encodeURIComponent(log)}`,
    operation: { first: true, id, last: true, producer: "k8s.io" },
    receiveTimestamp: at.toISOString(),
  };
}
