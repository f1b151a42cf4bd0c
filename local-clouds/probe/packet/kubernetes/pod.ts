/** Pods: what an end of a packet's way in a cluster is. */

import type { Address } from "../address.ts";

/** A pod of a workload that exists, or one that a service account could have. */
export interface Pod {
  readonly cloud: "kubernetes";
  readonly id: string;
  /** The cluster's server, under which its objects are kept. */
  readonly cluster: string;
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly serviceAccount: string;
  /** Ports by name, with protocol. */
  readonly ports: readonly PodPort[];
  readonly hostNetwork: boolean;
  /** Annotations of the pod, which may take it out of the mesh. */
  readonly annotations: Readonly<Record<string, string>>;
  /** The workload is not deployed: the pod is only what its service account says. */
  readonly imagined: boolean;
  /** The pod's own address, where its status tells it. */
  readonly addresses: readonly Address[];
}

/** A port that a container declares. */
export interface PodPort {
  readonly name: string;
  readonly port: number;
  /** `TCP`, `UDP` or `SCTP`. */
  readonly protocol: string;
}
