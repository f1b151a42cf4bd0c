/** Namespaces of a cluster, as components make them. */
import type { PlannedObject } from "./planned-object.ts";

/** The levels of Kubernetes' "Pod Security Standards" that are used. */
type SecurityLevel = "restricted" | "privileged";

/** A namespace whose pods must fit the level. */
export function securedNamespace(
  name: string,
  level: SecurityLevel,
  labels: Readonly<Record<string, string>> = {},
): PlannedObject {
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: {
      name,
      labels: {
        "pod-security.kubernetes.io/enforce": level,
        "pod-security.kubernetes.io/enforce-version": "latest",
        ...labels,
      },
    },
  };
}
