/**
 * Audit events of API servers (Kubernetes docs, "Auditing"; API `audit.k8s.io/v1`, `Event`) and where the
 * cluster's cloud takes them.
 *
 * EKS: control plane logs of type `audit` go to the log group `/aws/eks/CLUSTER/cluster` (Amazon EKS user
 * guide, "Send control plane logs to CloudWatch Logs"). AKS: diagnostic settings with the category
 * `kube-audit`, or `kube-audit-admin` without reads ("Monitor AKS control plane logs"). GKE: Cloud Audit
 * Logs of the service `k8s.io` ("GKE audit logging information"). A cluster of no cloud writes where its
 * own policy file says, which is not in the world.
 */

import { randomUUID } from "node:crypto";
import { type Cluster, clustersOf } from "../../probe/token/kubernetes/clusters.ts";
import { type LiveWorld, textAt, textsAt } from "../../probe/token/live.ts";
import type { JsonObject } from "../../protocol/value.ts";
import type { RecordData } from "../../world/world.ts";
import { toSettings } from "../azure/settings.ts";
import type { Call } from "../call.ts";
import { toSinks } from "../gcp/sinks.ts";
import { destinationRow, type Routes } from "../logging.ts";

/** The event of a call, at the level that managed clusters log most requests with. */
export function auditEvent(call: Call): JsonObject {
  const { caller, at, error, sourceIp, userAgent, grounds = {} } = call;
  const part = (key: string) => textAt(grounds, key);
  const [resource = "", ...sub] = part("resource").split("/");
  const time = at.toISOString().replace("Z", "000Z");
  return {
    kind: "Event",
    apiVersion: "audit.k8s.io/v1",
    level: "Metadata",
    auditID: randomUUID(),
    stage: "ResponseComplete",
    requestURI: uriOf(part, resource, sub),
    verb: part("verb"),
    user: { username: caller.id, groups: [...caller.groups] },
    sourceIPs: [sourceIp],
    userAgent,
    objectRef: {
      resource,
      ...(part("namespace") === "" ? {} : { namespace: part("namespace") }),
      ...(part("name") === "" ? {} : { name: part("name") }),
      ...(part("group") === "" ? {} : { apiGroup: part("group") }),
      apiVersion: part("version"),
      ...(sub.length === 0 ? {} : { subresource: sub.join("/") }),
    },
    responseStatus:
      error === undefined
        ? { metadata: {}, code: part("verb") === "create" && sub.length === 0 ? 201 : 200 }
        : {
            metadata: {},
            status: "Failure",
            message: error.message,
            reason: error.code,
            code: error.code === "NotFound" ? 404 : 403,
          },
    requestReceivedTimestamp: time,
    stageTimestamp: time,
    annotations: {
      "authorization.k8s.io/decision": part("decision"),
      "authorization.k8s.io/reason": part("reason"),
    },
  };
}

/** `/api/v1/namespaces/NS/pods/NAME/exec`, or `/apis/GROUP/…` ("API groups"). */
function uriOf(part: (key: string) => string, resource: string, sub: readonly string[]): string {
  const root =
    part("group") === "" ? `/api/${part("version")}` : `/apis/${part("group")}/${part("version")}`;
  const place = part("namespace") === "" ? [] : ["namespaces", part("namespace")];
  const name = part("name") === "" ? [] : [part("name")];
  return [root, ...place, resource, ...name, ...sub].join("/");
}

/** Records of an event where the cluster's cloud takes them. */
export function toClusterLogs(routes: Routes, call: Call): readonly RecordData[] {
  const cluster = clusterOf(routes.live, call.account);
  const resource = cluster?.resource;
  if (resource === undefined) return [];
  const event = auditEvent(call);
  switch (resource.package) {
    case "aws":
      return ofEks(routes, resource, event, call.at);
    case "azure-native":
      return ofAks(routes, resource.id, event, call);
    default:
      return ofGke(routes, resource, event, call);
  }
}

function clusterOf(live: LiveWorld, server: string): Cluster | undefined {
  return clustersOf(live).find((cluster) => cluster.server === server);
}

function ofEks(
  { world }: Routes,
  cluster: NonNullable<Cluster["resource"]>,
  event: JsonObject,
  at: Date,
): readonly RecordData[] {
  if (!textsAt(cluster.properties, "enabledClusterLogTypes").includes("audit")) return [];
  const group = `/aws/eks/${textAt(cluster.properties, "name")}/cluster`;
  // EKS makes the group itself where nobody has deployed it.
  const own = destinationRow(world, ["aws:cloudwatch/logGroup:LogGroup"], group);
  const place = own === undefined ? `${group}/kube-apiserver-audit` : "kube-apiserver-audit";
  const body = JSON.stringify(event);
  return [
    {
      destination: own ?? cluster.row,
      place,
      kind: "Kubernetes audit",
      at: at.toISOString(),
      body,
    },
  ];
}

function ofAks(routes: Routes, id: string, event: JsonObject, call: Call): readonly RecordData[] {
  const reads = ["get", "list", "watch"].includes(String(event["verb"]));
  const categories = ["kube-audit", ...(reads ? [] : ["kube-audit-admin"])];
  return categories.flatMap((category) =>
    toSettings(routes, {
      category,
      scope: "resource",
      account: /^\/subscriptions\/([^/]+)/i.exec(id)?.[1] ?? "",
      resource: id,
      at: call.at,
      record: {
        time: call.at.toISOString(),
        resourceId: id.toUpperCase(),
        operationName: "Microsoft.ContainerService/managedClusters/diagnosticLogs/Read",
        category,
        properties: { log: JSON.stringify(event), stream: "stdout", pod: "kube-apiserver" },
      },
    }),
  );
}

function ofGke(
  routes: Routes,
  cluster: NonNullable<Cluster["resource"]>,
  event: JsonObject,
  call: Call,
): readonly RecordData[] {
  const verb = String(event["verb"]);
  const reads = ["get", "list", "watch"].includes(verb);
  const log = `cloudaudit.googleapis.com/${reads ? "data_access" : "activity"}`;
  const project = cluster.account;
  const ref = event["objectRef"] as JsonObject;
  const { error } = call;
  const entry = {
    protoPayload: {
      "@type": "type.googleapis.com/google.cloud.audit.AuditLog",
      authenticationInfo: { principalEmail: call.caller.id },
      requestMetadata: { callerIp: call.sourceIp, callerSuppliedUserAgent: call.userAgent },
      serviceName: "k8s.io",
      methodName: `io.k8s.${textAt(ref, "apiGroup") || "core"}.${textAt(ref, "apiVersion")}.${textAt(ref, "resource")}.${verb}`,
      resourceName: String(event["requestURI"]).replace(/^\/apis?\//, ""),
      authorizationInfo: [
        { permission: `io.k8s.${textAt(ref, "resource")}.${verb}`, granted: error === undefined },
      ],
      status: error === undefined ? {} : { code: 7, message: error.message },
    },
    insertId: randomUUID(),
    resource: {
      type: "k8s_cluster",
      labels: {
        project_id: project,
        location: cluster.region,
        cluster_name: textAt(cluster.properties, "name"),
      },
    },
    timestamp: call.at.toISOString(),
    severity: error === undefined ? "NOTICE" : "ERROR",
    logName: `projects/${project}/logs/${encodeURIComponent(log)}`,
    receiveTimestamp: call.at.toISOString(),
  };
  return toSinks(routes, {
    project,
    switched: reads ? "DATA_READ" : "",
    service: "k8s.io",
    member: call.caller.id,
    log,
    entry,
    at: call.at,
  });
}
