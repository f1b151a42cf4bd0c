/**
 * Audit events of API servers (Kubernetes docs, "Auditing"; API `audit.k8s.io/v1`, `Event`) and where the
 * cluster's cloud takes them.
 *
 * EKS: control plane logs of type `audit` go to the log group `/aws/eks/CLUSTER/cluster` (Amazon EKS user
 * guide, "Send control plane logs to CloudWatch Logs"). AKS: diagnostic settings with the category
 * `kube-audit`, or `kube-audit-admin` without reads ("Monitor AKS control plane logs"). GKE: `gke.ts`. A cluster of no cloud writes where its
 * own policy file says, which is not in the world.
 */

import { createHash, randomUUID } from "node:crypto";
import { type Cluster, clustersOf } from "../../probe/token/kubernetes/clusters.ts";
import { type LiveWorld, textAt, textsAt } from "../../probe/token/live.ts";
import type { JsonObject } from "../../protocol/value.ts";
import type { RecordData } from "../../world/world.ts";
import { toSettings } from "../azure/settings.ts";
import { ticksText } from "../azure/time.ts";
import type { Call } from "../call.ts";

import { destinationRow, type Routes } from "../logging.ts";
import { ofGke } from "./gke.ts";

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
        ? { metadata: {}, code: codeOf(part("verb"), sub) }
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

/** A stream is a switch of protocols; what is made anew is Created ("API concepts"; RFC 9110 §15). */
function codeOf(verb: string, sub: readonly string[]): number {
  if (["exec", "attach", "portforward"].includes(sub.join("/"))) return 101;
  return verb === "create" && sub.length === 0 ? 201 : 200;
}

/** `/api/v1/namespaces/NS/pods/NAME/exec`, or `/apis/GROUP/…` ("API groups"). */
function uriOf(part: (key: string) => string, resource: string, sub: readonly string[]): string {
  const root =
    part("group") === "" ? `/api/${part("version")}` : `/apis/${part("group")}/${part("version")}`;
  const place = part("namespace") === "" ? [] : ["namespaces", part("namespace")];
  // What is made is posted to its collection.
  const isPosted = part("verb") === "create" && sub.length === 0;
  const name = part("name") === "" || isPosted ? [] : [part("name")];
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

/** Digits of the names under which Azure runs a control plane. */
const ccpDigits = 24;
const podDigits = 10;

function hexOf(id: string, digits: number): string {
  return createHash("sha256").update(id.toLowerCase()).digest("hex").slice(0, digits);
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
        operationName: "Microsoft.ContainerService/managedClusters/diagnosticLogs/Read",
        category,
        ccpNamespace: hexOf(id, ccpDigits),
        resourceId: id.toUpperCase(),
        properties: {
          log: `${JSON.stringify(event)}\n`,
          stream: "stdout",
          pod: `kube-apiserver-${hexOf(`pod ${id}`, podDigits)}`,
        },
        time: ticksText(call.at),
      },
    }),
  );
}
