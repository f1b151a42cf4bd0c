/**
 * Roles that every cluster has (Kubernetes docs, "Using RBAC Authorization", "User-facing roles"), as far
 * as they are documented: `view` sees no secrets and no roles, `edit` changes no roles, `admin` neither
 * quotas nor the namespace itself.
 */

import type { JsonObject } from "../../protocol/value.ts";

const read = ["get", "list", "watch"];
const all = [...read, "create", "update", "patch", "delete", "deletecollection"];

const core = [
  "configmaps",
  "endpoints",
  "persistentvolumeclaims",
  "pods",
  "pods/log",
  "replicationcontrollers",
  "serviceaccounts",
  "services",
];
const apps = ["daemonsets", "deployments", "replicasets", "statefulsets"];
const rule = (apiGroups: string[], resources: string[], verbs: string[]): JsonObject => ({
  apiGroups,
  resources,
  verbs,
});

const view: readonly JsonObject[] = [
  rule([""], core, read),
  rule(["apps"], apps, read),
  rule(["batch"], ["jobs", "cronjobs"], read),
  rule(["networking.k8s.io"], ["ingresses", "networkpolicies"], read),
];
const edit: readonly JsonObject[] = [
  ...view,
  rule([""], [...core.filter((one) => one !== "pods/log"), "secrets"], all),
  rule([""], ["pods/exec", "pods/attach", "pods/portforward", "pods/proxy"], ["get", "create"]),
  rule([""], ["serviceaccounts"], ["impersonate"]),
  rule([""], ["serviceaccounts/token"], ["create"]),
  rule(["apps"], apps, all),
  rule(["batch"], ["jobs", "cronjobs"], all),
  rule(["networking.k8s.io"], ["ingresses", "networkpolicies"], all),
];

/** Rules by name; `undefined` for a role that is not one of these. */
export const usualRoles: Readonly<Record<string, readonly JsonObject[]>> = {
  "cluster-admin": [rule(["*"], ["*"], ["*"])],
  admin: [...edit, rule(["rbac.authorization.k8s.io"], ["roles", "rolebindings"], all)],
  edit,
  view,
};
