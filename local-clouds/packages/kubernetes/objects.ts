/** One table entry for every kind of object, built from its group, version and kind. */

import type { Json } from "../../protocol/value.ts";
import type { Resource } from "../../types/resource.ts";
import type { Companion, Reference, ServiceError, TypeEntry } from "../../types/type.ts";
import { type Kind, qualifiedPlural } from "./kinds.ts";
import { addedBy, immutablePaths } from "./rules.ts";
import { initialNamespaces, tokens } from "./tokens.ts";

/** Longest object name, in characters (DNS subdomain, RFC 1123). */
const nameCharactersMax = 253;

/** The entry of a kind. */
export function objectEntry(token: string, kind: Kind): TypeEntry {
  const secret = kind.apiVersion === "v1" && kind.kind === "Secret";
  return {
    token,
    autoname: {
      property: "metadata.name",
      instead: "metadata.generateName",
      charactersMax: nameCharactersMax,
    },
    defaults: {
      apiVersion: kind.apiVersion,
      kind: kind.kind,
      "metadata.namespace": (r) => (isNamespaced(kind) ? defaultNamespace(r) : undefined),
    },
    forceNew: immutablePaths(kind.kind),
    check: nameFaults,
    id: (r) => idOf(kind, r),
    planned: { __initialApiVersion: kind.apiVersion, __fieldManager: fieldManager },
    outputs: { ...metadata, ...addedBy(kind.kind) },
    ...(secret ? { secrets: ["data", "stringData"] } : {}),
    references: [namespaceReference("metadata.namespace")],
    taken: { code: "AlreadyExists", says: `${qualifiedPlural(kind)} "{leaf}" already exists` },
    admit: (r) => (kind.namespaced === undefined ? undefinedKind(kind, r) : undefined),
    ...(token === tokens.namespace ? { companions: inNewNamespace } : {}),
  };
}

/** A reference to the namespace an object lies in; its content goes with it. */
export function namespaceReference(
  at: string,
  unless?: (resource: Resource) => boolean,
): Reference {
  return {
    at,
    to: tokens.namespace,
    unless: (value, r) => initialNamespaces.has(value) || unless?.(r) === true,
    missing: { code: "NotFound", says: `namespaces "{value}" not found` },
    cascades: true,
  };
}

/** What a namespace is born with: the default service account and the cluster's root certificate. */
export function namespaceContents(namespace: string): Companion[] {
  const object = (name: string, apiVersion: string, kind: string): Json => ({
    apiVersion,
    kind,
    metadata: { name, namespace },
  });
  return [
    companion(
      tokens.serviceAccount,
      `${namespace}/default`,
      object("default", "v1", "ServiceAccount"),
    ),
    companion(
      tokens.configMap,
      `${namespace}/kube-root-ca.crt`,
      object("kube-root-ca.crt", "v1", "ConfigMap"),
    ),
  ];
}

/** The namespace of objects that name none: the provider's, else `default`. */
export function defaultNamespace(r: Resource): string {
  const configured = r.scope.config["namespace"];
  return typeof configured === "string" && configured !== "" ? configured : "default";
}

function companion(token: string, id: string, properties: Json): Companion {
  return { token, id, properties: properties as Companion["properties"] };
}

function inNewNamespace(r: Resource): Companion[] {
  return namespaceContents(r.id);
}

const metadata = {
  "metadata.name": (r: Resource) => r.id.slice(r.id.lastIndexOf("/") + 1),
  "metadata.uid": (r: Resource) => r.uuid("uid"),
  "metadata.creationTimestamp": (r: Resource) => r.createdAt.replace(/\.\d+Z$/, "Z"),
  "metadata.resourceVersion": (r: Resource) =>
    r.digits(`version of ${JSON.stringify(r.every("*"))}`, 6),
  "metadata.generation": 1,
};

function fieldManager(r: Resource): string {
  return `pulumi-kubernetes-${r.uuid("field manager").slice(0, 8)}`;
}

function idOf(kind: Kind, r: Resource): string {
  const name = r.given("metadata.name") ?? r.text("metadata.generateName") + r.hex("generated", 5);
  const namespace = r.given("metadata.namespace");
  return namespace === undefined || kind.namespaced === false
    ? String(name)
    : `${String(namespace)}/${String(name)}`;
}

/** Custom kinds are namespaced unless their definition says otherwise; before it is there, they count as such. */
function isNamespaced(kind: Kind): boolean {
  return kind.namespaced ?? !clusterWide.has(`${kind.group}/${kind.kind}`);
}

/** Cluster-wide kinds of definitions that local programs use without a cluster to ask at Check. */
const clusterWide: ReadonlySet<string> = new Set([
  "gateway.networking.k8s.io/GatewayClass",
  "cert-manager.io/ClusterIssuer",
  "policy.networking.k8s.io/AdminNetworkPolicy",
  "policy.networking.k8s.io/BaselineAdminNetworkPolicy",
  "policy.networking.k8s.io/ClusterNetworkPolicy",
]);

function nameFaults(r: Resource) {
  const name = r.given("metadata.name");
  if (name === undefined) return [];
  const ok =
    typeof name === "string" &&
    name.length <= nameCharactersMax &&
    /^[a-z0-9A-Z:]([-a-z0-9A-Z.:_]*[a-z0-9A-Z])?$/.test(name);
  return ok
    ? []
    : [{ property: "metadata.name", reason: `invalid object name ${JSON.stringify(name)}` }];
}

/** A kind exists once a definition of it is in the cluster and serves its version. */
function undefinedKind(kind: Kind, r: Resource): ServiceError | undefined {
  for (const definition of r.all(tokens.definition)) {
    const spec = definition.properties["spec"];
    if (typeof spec !== "object" || spec === null || Array.isArray(spec)) continue;
    if (defines(spec as { readonly [key: string]: Json }, kind)) return undefined;
  }
  return {
    code: "NoMatch",
    says:
      `creation of resource with kind ${kind.kind} failed because the Kubernetes API server reported that ` +
      `the apiVersion for this resource does not exist. Verify that any required CRDs have been created: ` +
      `no matches for kind "${kind.kind}" in version "${kind.apiVersion}"`,
  };
}

function defines(spec: { readonly [key: string]: Json }, kind: Kind): boolean {
  const names = spec["names"];
  const versions = spec["versions"];
  if (spec["group"] !== kind.group || !Array.isArray(versions)) return false;
  if (typeof names !== "object" || names === null || !("kind" in names) || names.kind !== kind.kind)
    return false;
  return versions.some(
    (version) =>
      typeof version === "object" &&
      version !== null &&
      "name" in version &&
      version["name"] === kind.version,
  );
}
