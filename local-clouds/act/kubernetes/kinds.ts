/** Kinds by the plural that RBAC and requests use (Kubernetes API reference). */

/** A kind. */
export interface Kind {
  readonly token: string;
  readonly kind: string;
  readonly group: string;
  readonly version: string;
  readonly apiVersion: string;
  readonly namespaced: boolean;
}

const rbac = "rbac.authorization.k8s.io/v1";
const network = "networking.k8s.io/v1";
const wide: ReadonlySet<string> = new Set([
  "Namespace",
  "Node",
  "ClusterRole",
  "ClusterRoleBinding",
  "PersistentVolume",
]);

const kinds: Readonly<Record<string, readonly [apiVersion: string, kind: string]>> = {
  pods: ["v1", "Pod"],
  secrets: ["v1", "Secret"],
  configmaps: ["v1", "ConfigMap"],
  services: ["v1", "Service"],
  serviceaccounts: ["v1", "ServiceAccount"],
  namespaces: ["v1", "Namespace"],
  nodes: ["v1", "Node"],
  persistentvolumes: ["v1", "PersistentVolume"],
  persistentvolumeclaims: ["v1", "PersistentVolumeClaim"],
  deployments: ["apps/v1", "Deployment"],
  daemonsets: ["apps/v1", "DaemonSet"],
  statefulsets: ["apps/v1", "StatefulSet"],
  jobs: ["batch/v1", "Job"],
  cronjobs: ["batch/v1", "CronJob"],
  networkpolicies: [network, "NetworkPolicy"],
  ingresses: [network, "Ingress"],
  roles: [rbac, "Role"],
  rolebindings: [rbac, "RoleBinding"],
  clusterroles: [rbac, "ClusterRole"],
  clusterrolebindings: [rbac, "ClusterRoleBinding"],
};

/** The kind of a plural; `undefined` for one that is not known, or of another group than asked for. */
export function kindOf(resource: string, group?: string): Kind | undefined {
  const found = kinds[resource.split("/")[0] ?? ""];
  if (found === undefined) return undefined;
  const [apiVersion, kind] = found;
  const own = apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
  if (group !== undefined && group !== own) return undefined;
  return {
    token: `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`,
    kind,
    group: own,
    version: apiVersion.split("/").at(-1) ?? "v1",
    apiVersion,
    namespaced: !wide.has(kind),
  };
}
