/** One table entry for every kind of object, built from its group, version and kind. */

import type { Json, ValueObject } from "../../protocol/value.ts";
import type { Resource } from "../../types/resource.ts";
import type { Companion, Reference, ServiceError, TypeEntry } from "../../types/type.ts";
import { contentChanged, generationOf, hasGeneration, refusalOf } from "./admission.ts";
import { customKind } from "./definitions.ts";
import { type Kind, qualifiedPlural } from "./kinds.ts";
import { conflictWithPatches, withPatches } from "./ownership.ts";
import { addedBy, immutablePaths } from "./rules.ts";
import { withDefaults } from "./schema/defaults.ts";
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
    id: (r) => idOf(kind, r),
    planned: { __initialApiVersion: kind.apiVersion, __fieldManager: fieldManager },
    outputs: {
      ...metadata,
      "metadata.generation": (r) => generation(kind, r),
      ...addedBy(kind.kind),
    },
    ...(secret ? { secrets: ["data", "stringData"] } : {}),
    references: [namespaceReference("metadata.namespace")],
    taken: { code: "AlreadyExists", says: `${qualifiedPlural(kind)} "{leaf}" already exists` },
    complete: (r, live) => withPatches(token, kind, r, withSchemaDefaults(kind, r, live)),
    rehearse: (r) => rehearsed(refusalOf(kind, r)),
    admit: (r) => refusalOf(kind, r) ?? conflictWithPatches(token, kind, r),
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
};

/** 1 at first, one more with each change of anything but metadata; kinds without a spec have none. */
function generation(kind: Kind, r: Resource): number | undefined {
  if (!hasGeneration(kind)) return undefined;
  if (r.before === undefined) return 1;
  const old = generationOf(r.find(r.token, r.id)?.properties);
  return contentChanged(r.before, r.whole()) ? old + 1 : old;
}

/** What a custom kind's schema fills in. */
function withSchemaDefaults(kind: Kind, r: Resource, live: ValueObject): ValueObject {
  const custom = kind.served === undefined ? customKind(kind, r) : undefined;
  return custom === undefined ? live : (withDefaults(live, custom.schema) as ValueObject);
}

/** A preview says nothing of kinds that are not there yet: their definition may come before them. */
function rehearsed(refusal: ServiceError | undefined): ServiceError | undefined {
  return refusal?.code === "NoMatch" ? undefined : refusal;
}

function fieldManager(r: Resource): string {
  return `pulumi-kubernetes-${r.uuid("field manager").slice(0, 8)}`;
}

/** Letters of generated names: no vowels, so no words (kubernetes/apimachinery, `pkg/util/rand`). */
const generatedLetters = "bcdfghjklmnpqrstvwxz2456789";
const generatedCount = 5;

function generatedName(r: Resource): string {
  const base = r.text("metadata.generateName").slice(0, nameCharactersMax - generatedCount);
  return base + r.characters("generated", generatedCount, generatedLetters);
}

function idOf(kind: Kind, r: Resource): string {
  const name = r.given("metadata.name") ?? generatedName(r);
  const namespace = r.given("metadata.namespace");
  return namespace === undefined || kind.served?.namespaced === false
    ? String(name)
    : `${String(namespace)}/${String(name)}`;
}

/** Custom kinds are namespaced unless their definition says otherwise; before it is there, they count as such. */
function isNamespaced(kind: Kind): boolean {
  return kind.served?.namespaced ?? !clusterWide.has(`${kind.group}/${kind.kind}`);
}

/** Cluster-wide kinds of definitions that local programs use without a cluster to ask at Check. */
const clusterWide: ReadonlySet<string> = new Set([
  "gateway.networking.k8s.io/GatewayClass",
  "cert-manager.io/ClusterIssuer",
  "policy.networking.k8s.io/AdminNetworkPolicy",
  "policy.networking.k8s.io/BaselineAdminNetworkPolicy",
  "policy.networking.k8s.io/ClusterNetworkPolicy",
]);
