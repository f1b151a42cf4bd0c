/** What changes of an object force a new one, and what the cluster adds to it. */

import type { JsonObject } from "../../protocol/value.ts";
import type { Resource } from "../../types/resource.ts";
import type { Computed } from "../../types/type.ts";

/**
 * Fields the API server lets nobody change, by kind, as the provider lists them
 * (`pulumi/pulumi-kubernetes:provider/pkg/provider/diff.go`).
 */
const immutable: Readonly<Record<string, readonly string[]>> = {
  ConfigMap: ["data", "binaryData"],
  Secret: ["type", "data", "stringData"],
  Deployment: ["spec.selector"],
  DaemonSet: ["spec.selector"],
  ReplicaSet: ["spec.selector"],
  StatefulSet: [
    "spec.podManagementPolicy",
    "spec.selector",
    "spec.serviceName",
    "spec.volumeClaimTemplates",
  ],
  Job: ["spec.completions", "spec.selector", "spec.template"],
  Pod: ["spec"],
  PersistentVolumeClaim: [
    "spec.accessModes",
    "spec.selector",
    "spec.storageClassName",
    "spec.volumeName",
    "spec.volumeMode",
  ],
  RoleBinding: ["roleRef"],
  ClusterRoleBinding: ["roleRef"],
  StorageClass: ["parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"],
  PriorityClass: ["value", "globalDefault"],
  IngressClass: ["spec.controller"],
};

/** Paths whose change replaces an object of a kind. */
export function immutablePaths(kind: string): readonly string[] {
  return ["metadata.name", "metadata.namespace", ...(immutable[kind] ?? [])];
}

/** What controllers and the API server fill in, by kind. */
export function addedBy(kind: string): Readonly<Record<string, Computed>> {
  return added[kind] ?? {};
}

const workloadStatus: Computed = (r) => {
  const replicas = r.number("spec.replicas", 1);
  return {
    observedGeneration: 1,
    replicas,
    readyReplicas: replicas,
    availableReplicas: replicas,
    updatedReplicas: replicas,
  };
};

const added: Readonly<Record<string, Readonly<Record<string, Computed>>>> = {
  Namespace: { spec: { finalizers: ["kubernetes"] }, status: { phase: "Active" } },
  Secret: { type: "Opaque", data: (r) => encodedText(r) },
  Deployment: { "spec.replicas": 1, "spec.revisionHistoryLimit": 10, status: workloadStatus },
  StatefulSet: {
    "spec.replicas": 1,
    "spec.podManagementPolicy": "OrderedReady",
    status: workloadStatus,
  },
  ReplicaSet: { "spec.replicas": 1, status: workloadStatus },
  DaemonSet: { status: { numberReady: 1, numberAvailable: 1, desiredNumberScheduled: 1 } },
  Pod: {
    "spec.restartPolicy": "Always",
    "spec.serviceAccountName": "default",
    status: { phase: "Running" },
  },
  Job: { status: { succeeded: 1 } },
  PersistentVolumeClaim: { status: { phase: "Bound" } },
  // "Ingress is always set, and Egress if there are any egress rules" (NetworkPolicySpec, policyTypes).
  NetworkPolicy: {
    "spec.policyTypes": (r) =>
      r.list("spec.egress").length > 0 ? ["Ingress", "Egress"] : ["Ingress"],
  },
  Service: {
    "spec.type": "ClusterIP",
    "spec.sessionAffinity": "None",
    "spec.internalTrafficPolicy": "Cluster",
    "spec.clusterIP": (r) => serviceAddress(r),
    "spec.clusterIPs": (r) => [r.text("spec.clusterIP", serviceAddress(r))],
    "spec.ipFamilies": ["IPv4"],
    "spec.ipFamilyPolicy": "SingleStack",
    "spec.ports[*].protocol": "TCP",
    status: (r) => ({
      loadBalancer: r.text("spec.type", "ClusterIP") === "LoadBalancer" ? entrance(r) : {},
    }),
  },
  ServiceAccount: {},
};

/** `stringData` is written into `data`, base64-encoded (Secret API). */
function encodedText(r: Resource): JsonObject | undefined {
  const given = r.object("stringData");
  const entries = Object.entries(given).map(
    ([key, value]) => [key, Buffer.from(String(value)).toString("base64")] as const,
  );
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** An address of the usual service range 10.96.0.0/12. */
function serviceAddress(r: Resource): string {
  const bits = Number.parseInt(r.hex("clusterIP", 5), 16);
  return `10.${96 + (bits >> 16)}.${(bits >> 8) & 0xff}.${1 + ((bits & 0xff) % 254)}`;
}

/** An address of the documentation range 203.0.113.0/24 (RFC 5737). */
function entrance(r: Resource): JsonObject {
  return {
    ingress: [{ ip: `203.0.113.${1 + (Number.parseInt(r.hex("loadBalancer", 2), 16) % 254)}` }],
  };
}
