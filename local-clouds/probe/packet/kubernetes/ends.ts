/** What in a cluster can be an end of a packet's way. */

import type { Deployed, Live } from "../deployed.ts";
import { serverOf } from "./clusters.ts";
import type { Pod } from "./pod.ts";
import { podOf, podOfWorkload, withLabels } from "./pods.ts";
import { type Service, serviceOf } from "./service.ts";
import { kubernetes, workloads } from "./tokens.ts";

/** The pod of a workload, or a Service; `undefined` for every other object. */
export function clusterEnd(live: Live, members: readonly string[]): Pod | Service | undefined {
  if (live.token === kubernetes.service) return serviceOf(live, live.id);
  return workloads.includes(live.token)
    ? withLabels(podOfWorkload(live, live.id), members)
    : undefined;
}

/** What `CLUSTER/NAMESPACE/NAME` or `CLUSTER/NAMESPACE/service/NAME` names; `undefined` if it is nothing. */
export function clusterEndAt(
  deployed: Deployed,
  path: string,
  members: readonly string[],
): Pod | Service | undefined {
  const parts = path.split("/");
  const [namespace = "", kind, name = ""] = parts.slice(-3);
  if (parts.length < 4 || kind !== "service") return podOf(deployed, path, members);
  const cluster = serverOf(deployed, parts.slice(0, -3).join("/"));
  const live = deployed
    .all(kubernetes.service)
    .find(({ account, id }) => account === cluster && id === `${namespace}/${name}`);
  return live && serviceOf(live, path);
}
