/**
 * What a subject may do (Kubernetes docs, "Using RBAC Authorization": permissions are purely additive,
 * there are no deny rules).
 */

import type { JsonObject } from "../../../protocol/value.ts";
import { type Live, type LiveWorld, objectAt, objectsAt, textAt, textsAt } from "../live.ts";
import type { Cluster } from "./clusters.ts";
import { type Subject, serviceAccountNamed } from "./subject.ts";

const group = "kubernetes:rbac.authorization.k8s.io/v1";

/** Roles that every cluster has ("Default roles and role bindings"); what they say, in short. */
const builtIn: Readonly<Record<string, string>> = {
  "cluster-admin": "* *.*",
  admin: "read and write most objects, roles included, not quotas or the namespace",
  edit: "read and write most objects, secrets included, not roles",
  view: "read most objects, not roles or secrets",
};

/** A role that a binding gives a subject. */
export interface BoundRole {
  /** `undefined` for a role that is not among the cluster's objects: one that every cluster has, or none. */
  readonly rules: readonly JsonObject[] | undefined;
  readonly kind: string;
  readonly name: string;
  /** `""` for all namespaces. */
  readonly namespace: string;
  /** The binding, `KIND NAME`. */
  readonly by: string;
}

/** Every role that bindings of a cluster give a subject, wide ones first. */
export function rolesOf(live: LiveWorld, cluster: Cluster, subject: Subject): readonly BoundRole[] {
  const inCluster = (kind: string) =>
    live.of(`${group}:${kind}`).filter(({ account }) => account === cluster.server);
  const wide = inCluster("ClusterRoleBinding").filter((binding) => binds(binding, "", subject));
  const near = inCluster("RoleBinding").filter((binding) =>
    binds(binding, namespaceOf(binding), subject),
  );
  return [
    ...wide.map((binding) => boundRole(live, cluster, binding, "")),
    ...near.map((binding) => boundRole(live, cluster, binding, namespaceOf(binding))),
  ];
}

/** Everything that bindings of a cluster give a subject, one line each. */
export function permissionsOf(
  live: LiveWorld,
  cluster: Cluster,
  subject: Subject,
): readonly string[] {
  // Members of `system:masters` may do everything, whatever the bindings say.
  const masters = subject.groups.includes("system:masters")
    ? ["* *.* everywhere (group system:masters)"]
    : [];
  return [...masters, ...rolesOf(live, cluster, subject).flatMap(linesOf)];
}

function boundRole(live: LiveWorld, cluster: Cluster, binding: Live, namespace: string): BoundRole {
  const kind = textAt(binding.properties, "roleRef.kind");
  const name = textAt(binding.properties, "roleRef.name");
  const role = roleOf(live, cluster, kind, name, namespace);
  return {
    rules: role === undefined ? undefined : rulesOf(live, cluster, role),
    kind,
    name,
    namespace,
    by: `${binding.token.split(":").at(-1)} ${textAt(binding.properties, "metadata.name")}`,
  };
}

function namespaceOf({ properties }: Live): string {
  return textAt(properties, "metadata.namespace") || "default";
}

/** Names are compared as they are; a service account is also a user of its long name. */
function binds({ properties }: Live, namespace: string, { user, groups }: Subject): boolean {
  const account = serviceAccountNamed(user);
  return objectsAt(properties, "subjects").some((one) => {
    const name = textAt(one, "name");
    switch (textAt(one, "kind")) {
      case "User":
        return name === user;
      case "Group":
        return groups.includes(name);
      case "ServiceAccount":
        return (
          name === account?.name && (textAt(one, "namespace") || namespace) === account.namespace
        );
      default:
        return false;
    }
  });
}

function linesOf({ rules, kind, name, namespace, by: binding }: BoundRole): readonly string[] {
  const place = namespace === "" ? "everywhere" : `in ${namespace}`;
  const by = `(${kind} ${name} by ${binding})`;
  if (rules !== undefined) return rules.map((rule) => `${ruleText(rule)} ${place} ${by}`);
  const known = kind === "ClusterRole" ? builtIn[name] : undefined;
  // A binding may point to a role that is not there: it gives nothing until there is one.
  return known === undefined ? [] : [`${known} ${place} ${by}`];
}

function roleOf(
  live: LiveWorld,
  cluster: Cluster,
  kind: string,
  name: string,
  namespace: string,
): Live | undefined {
  const id = kind === "Role" ? `${namespace}/${name}` : name;
  return live.of(`${group}:${kind}`).find((one) => one.account === cluster.server && one.id === id);
}

/** A role with an aggregation rule has the rules of all roles with such labels ("Aggregated ClusterRoles"). */
function rulesOf(live: LiveWorld, cluster: Cluster, role: Live): readonly JsonObject[] {
  const selectors = objectsAt(role.properties, "aggregationRule.clusterRoleSelectors");
  if (selectors.length === 0) return objectsAt(role.properties, "rules");
  return live
    .of(`${group}:ClusterRole`)
    .filter((one) => one.account === cluster.server && one.id !== role.id)
    .filter((one) => selectors.some((selector) => selects(selector, one)))
    .flatMap(({ properties }) => objectsAt(properties, "rules"));
}

function selects(selector: JsonObject, { properties }: Live): boolean {
  const labels = objectAt(properties, "metadata.labels");
  return Object.entries(objectAt(selector, "matchLabels")).every(
    ([key, value]) => labels[key] === value,
  );
}

function ruleText(rule: JsonObject): string {
  const verbs = textsAt(rule, "verbs").join(",");
  const urls = textsAt(rule, "nonResourceURLs");
  if (urls.length > 0) return `${verbs} ${urls.join(",")}`;
  const groups = textsAt(rule, "apiGroups");
  const names = textsAt(rule, "resourceNames");
  const resources = textsAt(rule, "resources").flatMap((resource) =>
    groups.map((one) => (one === "" ? resource : `${resource}.${one}`)),
  );
  return `${verbs} ${resources.join(",")}${names.length === 0 ? "" : ` named ${names.join(",")}`}`;
}
