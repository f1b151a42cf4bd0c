/** The objects of a cluster that decide about packets, read from plain manifests. */
import type { Problem } from "../../../model/base/problem.ts";
import type { KubernetesObject } from "../../../model/mesh/manifest.ts";
import type { UnknownInput } from "../../../model/network/topology.ts";
import type { Fields, Place } from "./fields.ts";
import { below, isFields, list, object, refuse, text } from "./fields.ts";
import { checkKind, foreignKinds, gatewayGroup, groupOf, isOurs, meshGroup } from "./kinds.ts";
import type { Labels } from "./labels.ts";
import { readLabels, readTexts } from "./labels.ts";
import type { Policy } from "./policy.ts";
import type { AdminKind } from "./read-admin-policy.ts";
import { adminKinds, readAdminPolicy } from "./read-admin-policy.ts";
import { readNetworkPolicy } from "./read-network-policy.ts";
import { unsettledDecision } from "./unsettled.ts";
import type { Workload } from "./workload.ts";
import { readWorkload } from "./workload.ts";

/** One document of a file. */
export interface ManifestDocument {
  /** The file and which of its documents, e.g. `policies.yaml#2`. */
  readonly at: string;
  readonly value: unknown;
  /** Set where the document is one resource, to which evidence then points. */
  readonly urn?: string;
}

export interface Namespace {
  readonly name: string;
  readonly labels: Labels;
}

/** An object of Istio, with where it stands. */
export interface MeshObject extends KubernetesObject {
  readonly urn: string;
}

/** What manifests say of a cluster. */
export interface Cluster {
  readonly namespaces: readonly Namespace[];
  readonly workloads: readonly Workload[];
  readonly policies: readonly Policy[];
  /** Istio's policies and gateways as they are written. */
  readonly mesh: readonly MeshObject[];
  /** The mesh's own trust domain, where it is known; manifests of policies do not tell it. */
  readonly trustDomain?: string;
  /** Policies of kinds that nobody here reads: they may allow or deny anything. */
  readonly unread: readonly UnknownInput[];
  /** Documents that are no Kubernetes objects at all: other tools' files. */
  readonly passedOver: readonly string[];
}

/** A cluster of which some objects may be wrong. */
export interface ReadCluster extends Cluster {
  readonly problems: readonly Problem[];
  /** Kind and name of every object, with where it was. */
  readonly seen: readonly { readonly name: string; readonly urn: string }[];
}

/** Nesting of lists in lists that is followed. */
const listDepthMax = 4;

interface Reading {
  readonly namespaces: Namespace[];
  readonly workloads: Workload[];
  readonly policies: Policy[];
  readonly mesh: MeshObject[];
  readonly unread: UnknownInput[];
  readonly passedOver: string[];
  readonly problems: Problem[];
  readonly seen: { name: string; urn: string }[];
}

/** Reads the documents of one file or of many; objects of kinds without a say are passed over. */
export function readCluster(documents: Iterable<ManifestDocument>): ReadCluster {
  const into: Reading = {
    namespaces: [],
    workloads: [],
    policies: [],
    mesh: [],
    unread: [],
    passedOver: [],
    problems: [],
    seen: [],
  };
  for (const { at, value, urn } of documents) readObject(at, value, into, 0, urn);
  return into;
}

/** Several parts of one cluster as one; an object that is there twice is a problem. */
export function joinClusters(parts: readonly ReadCluster[]): ReadCluster {
  const seen = parts.flatMap((part) => part.seen);
  return {
    namespaces: parts.flatMap((part) => part.namespaces),
    workloads: parts.flatMap((part) => part.workloads),
    policies: parts.flatMap((part) => part.policies),
    mesh: parts.flatMap((part) => part.mesh),
    unread: parts.flatMap((part) => part.unread),
    passedOver: parts.flatMap((part) => part.passedOver),
    problems: [...parts.flatMap((part) => part.problems), ...duplicates(seen)],
    seen,
  };
}

function duplicates(seen: ReadCluster["seen"]): Problem[] {
  const first = new Map<string, string>();
  return seen.flatMap(({ name, urn }): Problem[] => {
    const before = first.get(name);
    if (before === undefined) {
      first.set(name, urn);
      return [];
    }
    const allowed = "each object once";
    const next = `Take one out; the other is at ${before}.`;
    return [{ code: "input-duplicate", place: urn, got: name, allowed, next }];
  });
}

function readObject(at: string, value: unknown, into: Reading, depth: number, urn?: string): void {
  if (value === undefined || value === null) return;
  const place: Place = { urn: at, path: "", problems: into.problems };
  if (!isFields(value) || (value["kind"] === undefined && value["apiVersion"] === undefined)) {
    into.passedOver.push(at);
    return;
  }
  const kind = text(below(place, "kind"), value["kind"]);
  if (text(below(place, "apiVersion"), value["apiVersion"]) === undefined) return;
  if (kind === undefined) return;
  const { items } = value;
  if (kind.endsWith("List") && (Array.isArray(items) || items === null)) {
    readList(place, kind, value, into, depth);
  } else {
    readOne(place, kind, value, into, urn);
  }
}

/** `kubectl get -o yaml` writes lists; items of a list of one kind need not repeat it. */
function readList(place: Place, kind: string, value: Fields, into: Reading, depth: number): void {
  if (depth >= listDepthMax) {
    refuse(place, value, `lists ${listDepthMax} deep`, "Write the objects as documents.");
    return;
  }
  const inherited = kind === "List" ? {} : { kind: kind.slice(0, -"List".length) };
  list(below(place, "items"), value["items"]).forEach((item, index) => {
    const at = `${place.urn}.items[${index}]`;
    if (!isFields(item)) {
      refuse({ ...place, urn: at }, item, "an object", "Take it out of the list.");
      return;
    }
    const whole = { apiVersion: value["apiVersion"], ...inherited, ...item };
    readObject(at, whole, into, depth + 1);
  });
}

function readOne(
  at: Place,
  kind: string,
  value: Fields,
  into: Reading,
  urn: string | undefined,
): void {
  const group = groupOf(value["apiVersion"]);
  const ours = isOurs(kind, group);
  const foreign = !ours && Object.hasOwn(foreignKinds, kind);
  if (!ours && !foreign) {
    checkKind(at, kind, group);
    return;
  }
  const metadata = object(below(at, "metadata"), value["metadata"]) ?? {};
  const name = nameOf(below(at, "metadata"), metadata);
  if (name === undefined) return;
  const namespace = namespaceOf(below(at, "metadata"), metadata);
  if (namespace === undefined) return;
  const cluster = kind === "Namespace" || adminKinds.includes(kind as AdminKind);
  const full = cluster ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
  const place: Place = { ...at, urn: urn ?? `${at.urn} ${full}` };
  // Of what has a generated name, there may be several.
  if (metadata["name"] !== undefined) {
    into.seen.push({ name: group === "" ? full : `${full} of ${group}`, urn: place.urn });
  }
  if (foreign) {
    into.unread.push({ urn: place.urn, path: "spec" });
    const where = foreignKinds[kind] === "namespace" ? namespace : undefined;
    const name = `${full} of ${group}`;
    into.policies.push(unsettledDecision({ name, urn: place.urn, namespace: where }));
  } else if (kind === "Namespace") into.namespaces.push(readNamespace(place, name, metadata));
  else if (kind === "NetworkPolicy") {
    into.policies.push(readNetworkPolicy(place, { namespace, name }, value["spec"]));
  } else if (adminKinds.includes(kind as AdminKind)) {
    const policy = readAdminPolicy(place, kind as AdminKind, name, value["spec"]);
    if (policy !== undefined) into.policies.push(policy);
  } else if (group === meshGroup || group === gatewayGroup) {
    into.mesh.push(meshObject(place, kind, { namespace, name }, value, metadata));
  } else {
    into.workloads.push(readWorkload(place, kind, { namespace, name }, value));
  }
}

function meshObject(
  place: Place,
  kind: string,
  named: { readonly namespace: string; readonly name: string },
  value: Fields,
  metadata: Fields,
): MeshObject {
  const at = below(below(place, "metadata"), "annotations");
  const annotations = readTexts(at, metadata["annotations"]);
  const apiVersion = String(value["apiVersion"]);
  return {
    urn: place.urn,
    apiVersion,
    kind,
    metadata: { ...named, annotations },
    spec: value["spec"],
  };
}

/** A pod that a cluster has made may have a generated name; a manifest must have one. */
function nameOf(place: Place, metadata: Fields): string | undefined {
  const { name, generateName } = metadata;
  if (name === undefined && typeof generateName === "string") return `${generateName}?`;
  return text(below(place, "name"), name);
}

/** Objects that name no namespace go to `default`. */
function namespaceOf(place: Place, { namespace }: Fields): string | undefined {
  const given = namespace ?? "";
  return given === "" ? "default" : text(below(place, "namespace"), given);
}

function readNamespace(place: Place, name: string, metadata: Fields): Namespace {
  const labels = readLabels(below(below(place, "metadata"), "labels"), metadata["labels"]);
  // The API server sets this label on every namespace, whatever is written.
  return { name, labels: { ...labels, "kubernetes.io/metadata.name": name } };
}
