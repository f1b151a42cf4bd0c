/** Namespaces and service accounts of one cluster. */
import type { MeshClusterIntent, MeshIntent } from "../../../model/mesh/intent.ts";
import {
  applicationNamespaces,
  gatewayNamespace,
  nodeAgentNamespace,
  rootNamespace,
} from "../../../model/mesh/intent.ts";
import { securedNamespace } from "../../shared/namespace.ts";
import type { PlannedObject } from "../../shared/planned-object.ts";

const injection = {
  enabled: { "istio-injection": "enabled" },
  disabled: { "istio-injection": "disabled" },
};

/**
 * All namespaces. Pods of all but the node agent fit Pod Security's "restricted": with the agent
 * redirecting traffic, sidecars need neither root nor capabilities. The control plane's namespace
 * names its network before istiod starts, since istiod reads it once.
 */
export function lowerNamespaces(intent: MeshIntent, cluster: MeshClusterIntent): PlannedObject[] {
  return [
    securedNamespace(rootNamespace, "restricted", {
      ...injection.disabled,
      "topology.istio.io/network": cluster.network,
    }),
    securedNamespace(nodeAgentNamespace, "privileged", injection.disabled),
    securedNamespace(gatewayNamespace, "restricted", injection.enabled),
    ...applicationNamespaces(intent).map((name) =>
      securedNamespace(name, "restricted", injection.enabled),
    ),
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
