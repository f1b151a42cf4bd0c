/** Pods by `cluster/namespace/name`: of a workload, or what a service account could run. */

import type { JsonObject } from "../../../protocol/value.ts";
import { addressOf } from "../address.ts";
import { type Deployed, type Live, numberOf, objectOf, objectsOf, textOf } from "../deployed.ts";
import { serverOf } from "./clusters.ts";
import type { Pod, PodPort } from "./pod.ts";
import { labelsOf } from "./selectors.ts";
import { kubernetes, workloads } from "./tokens.ts";

/** The pod that a path names; `undefined` if there is nothing of the name. `members` are labels `key=value`. */
export function podOf(
  deployed: Deployed,
  path: string,
  members: readonly string[],
): Pod | undefined {
  const parts = path.split("/");
  const [namespace = "", name = ""] = parts.slice(-2);
  const cluster = serverOf(deployed, parts.slice(0, -2).join("/"));
  if (cluster === undefined || name === "") return undefined;
  const here = ({ account, id }: Live) => account === cluster && id === `${namespace}/${name}`;
  const workload = deployed.all(...workloads).find(here);
  if (workload !== undefined) return withLabels(podOfWorkload(workload, path), members);
  const account = deployed.all(kubernetes.serviceAccount).find(here);
  return account === undefined
    ? undefined
    : withLabels(imagined(cluster, namespace, name, path), members);
}

/** The pod of a workload. */
export function podOfWorkload(workload: Live, id: string): Pod {
  const { properties } = workload;
  const spec = objectOf(properties, "spec");
  const template = templateOf(workload.token, properties, spec);
  const metadata = objectOf(template, "metadata");
  const podSpec = objectOf(template, "spec");
  const own = objectOf(properties, "metadata");
  const address = addressOf(textOf(objectOf(properties, "status"), "podIP") ?? "");
  return {
    cloud: "kubernetes",
    id,
    cluster: workload.account,
    namespace: textOf(own, "namespace") ?? "default",
    name: textOf(own, "name") ?? "",
    labels: labelsOf(objectOf(metadata, "labels")),
    annotations: labelsOf(objectOf(metadata, "annotations")),
    serviceAccount: textOf(podSpec, "serviceAccountName") ?? "default",
    ports: objectsOf(podSpec, "containers").flatMap(portsOf),
    hostNetwork: podSpec["hostNetwork"] === true,
    imagined: false,
    addresses: address === undefined ? [] : [address],
  };
}

function templateOf(token: string, properties: JsonObject, spec: JsonObject): JsonObject {
  if (token === kubernetes.pod) return properties;
  if (token !== kubernetes.cronJob) return objectOf(spec, "template");
  return objectOf(objectOf(objectOf(spec, "jobTemplate"), "spec"), "template");
}

function portsOf(container: JsonObject): readonly PodPort[] {
  return objectsOf(container, "ports").map((port) => ({
    name: textOf(port, "name") ?? "",
    port: numberOf(port, "containerPort") ?? 0,
    protocol: textOf(port, "protocol") ?? "TCP",
  }));
}

/** A pod that a service account would run, labelled `app` by its name as is usual. */
function imagined(cluster: string, namespace: string, name: string, id: string): Pod {
  return {
    cloud: "kubernetes",
    id,
    cluster,
    namespace,
    name,
    labels: { app: name },
    annotations: {},
    serviceAccount: name,
    ports: [],
    hostNetwork: false,
    imagined: true,
    addresses: [],
  };
}

/** The pod with more labels, written `key=value`. */
export function withLabels(pod: Pod, members: readonly string[]): Pod {
  const more = members
    .map((member) => member.split("="))
    .map(([key = "", value = ""]) => [key, value] as const);
  return { ...pod, labels: { ...pod.labels, ...Object.fromEntries(more) } };
}
