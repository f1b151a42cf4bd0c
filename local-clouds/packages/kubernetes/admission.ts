/** The API server's last word on an object: what it is, where it goes, what it says. */

import type { JsonObject } from "../../protocol/value.ts";
import type { Resource } from "../../types/resource.ts";
import type { ServiceError } from "../../types/type.ts";
import { at, textAt } from "./api/read.ts";
import { forbidden, type Subject } from "./api/refusals.ts";
import { asSent, customKind } from "./definitions.ts";
import { type Kind, qualifiedPlural } from "./kinds.ts";
import { tokens } from "./tokens.ts";
import { builtInRefusal } from "./validation/built-in.ts";
import { customRefusal } from "./validation/custom.ts";

/** Why an object is refused, at its creation or at a change. */
export function refusalOf(kind: Kind, r: Resource): ServiceError | undefined {
  const object = sentObject(r);
  const subject: Subject = { ...kind, name: textAt(object, "metadata", "name") };
  const ending = endingNamespace(kind, r, object);
  if (ending !== undefined) return ending;
  const before = r.before === undefined ? undefined : asSent(r.before);
  if (kind.served !== undefined) return builtInRefusal(subject, kind.served, object, before);
  const custom = customKind(kind, r);
  if (custom === undefined) return noMatch(kind, r);
  return customRefusal(subject, custom, object, before);
}

/** The object as the provider sends it. */
function sentObject(r: Resource): JsonObject {
  const inputs = r.whole();
  return r.token === tokens.definition ? asSent(inputs) : inputs;
}

/** Nothing new goes into a namespace that is being deleted. */
function endingNamespace(kind: Kind, r: Resource, object: JsonObject): ServiceError | undefined {
  const namespace = textAt(object, "metadata", "namespace");
  if (namespace === "" || r.before !== undefined) return undefined;
  const found = r.find(tokens.namespace, namespace);
  if (textAt(found?.properties, "status", "phase") !== "Terminating") return undefined;
  const name = textAt(object, "metadata", "name");
  return forbidden(
    qualifiedPlural(kind),
    name,
    `unable to create new content in namespace ${namespace} because it is being terminated`,
  );
}

/** A kind exists once a definition of it is in the cluster and serves its version. */
function noMatch(kind: Kind, r: Resource): ServiceError {
  return {
    code: "NoMatch",
    says:
      `creation of resource "${r.urn}" with kind ${kind.apiVersion}/${kind.kind} failed because the ` +
      "Kubernetes API server reported that the apiVersion for this resource does not exist. Verify that " +
      `any required CRDs have been created: no matches for kind "${kind.kind}" in version "${kind.apiVersion}"`,
  };
}

/** Kinds of the core, of rights and of storage count no generations; nor do a few others. */
export function hasGeneration({ group, kind, served }: Kind): boolean {
  if (served === undefined) return true;
  return !ungenerated.has(group) && !ungeneratedKinds.has(kind);
}

const ungenerated: ReadonlySet<string> = new Set([
  "rbac.authorization.k8s.io",
  "storage.k8s.io",
  "coordination.k8s.io",
  "autoscaling",
  "events.k8s.io",
]);
const ungeneratedKinds: ReadonlySet<string> = new Set(
  (
    "ConfigMap Secret ServiceAccount Service Namespace PersistentVolume PersistentVolumeClaim Node " +
    "Endpoints LimitRange ResourceQuota Event PodTemplate ControllerRevision PriorityClass"
  ).split(" "),
);

/** Whether two objects differ in more than metadata and status: what raises an object's generation. */
export function contentChanged(before: JsonObject, after: JsonObject): boolean {
  const content = (object: JsonObject) =>
    Object.entries(object).filter(([key]) => key !== "metadata" && key !== "status");
  return JSON.stringify(content(before).sort()) !== JSON.stringify(content(after).sort());
}

/** The generation of an object that has one. */
export function generationOf(object: JsonObject | undefined): number {
  return Number(at(object, "metadata", "generation") ?? 0);
}
