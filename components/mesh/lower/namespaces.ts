/** Namespaces and service accounts of one cluster. */
import type { MeshClusterIntent, MeshIntent } from "../../../model/mesh/intent.ts";
import {
  applicationNamespaces,
  gatewayNamespace,
  nodeAgentNamespace,
  rootNamespace,
} from "../../../model/mesh/intent.ts";
import type { PlannedObject } from "../../shared/planned-object.ts";

type SecurityLevel = "restricted" | "privileged";

/**
 * All namespaces. Pods of all but the node agent fit Pod Security's "restricted": with the agent
 * redirecting traffic, sidecars need neither root nor capabilities. The control plane's namespace
 * names its network before istiod starts, since istiod reads it once.
 */
export function lowerNamespaces(intent: MeshIntent, cluster: MeshClusterIntent): PlannedObject[] {
  return [
    namespace(rootNamespace, "restricted", "disabled", {
      "topology.istio.io/network": cluster.network,
    }),
    namespace(nodeAgentNamespace, "privileged", "disabled"),
    namespace(gatewayNamespace, "restricted", "enabled"),
    ...applicationNamespaces(intent).map((name) => namespace(name, "restricted", "enabled")),
  ];
}

/** One service account per service: its identity in the mesh. The sidecar brings its own token. */
export function lowerAccounts(intent: MeshIntent): PlannedObject[] {
  return intent.services.map((service) => ({
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name: service.name, namespace: service.namespace },
    automountServiceAccountToken: false,
  }));
}

function namespace(
  name: string,
  level: SecurityLevel,
  injection: "enabled" | "disabled",
  more: Readonly<Record<string, string>> = {},
): PlannedObject {
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: {
      name,
      labels: {
        "istio-injection": injection,
        "pod-security.kubernetes.io/enforce": level,
        "pod-security.kubernetes.io/enforce-version": "latest",
        ...more,
      },
    },
  };
}
