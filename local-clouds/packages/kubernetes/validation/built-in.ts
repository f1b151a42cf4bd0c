/** What the API server says of an object of a built-in kind. */

import type { JsonObject } from "../../../protocol/value.ts";
import type { ServiceError } from "../../../types/type.ts";
import { Faults } from "../api/faults.ts";
import { dns1035Label, dnsLabel, dnsSubdomain, type NameRule, pathSegment } from "../api/names.ts";
import { at, objectAt } from "../api/read.ts";
import { invalid, type Subject, unreadable } from "../api/refusals.ts";
import { definition, type Served } from "../schema/built-in.ts";
import { decodingFault } from "../schema/decode.ts";
import { checkConfigMap, checkSecret } from "./config.ts";
import { checkDefinition } from "./definitions.ts";
import { checkEnums } from "./enums.ts";
import { checkUnchanged } from "./immutable.ts";
import { checkIngress } from "./ingress.ts";
import { checkMetadata } from "./metadata.ts";
import { checkNetworkPolicy } from "./network-policy.ts";
import { checkPodSpec } from "./pods.ts";
import { checkBinding, checkRole } from "./rbac.ts";
import { checkAutoscaler, checkBudget } from "./scaling.ts";
import { checkService } from "./service.ts";
import { checkClaim, checkCronJob, checkJob, checkWorkload } from "./workloads.ts";

type Check = (faults: Faults, object: JsonObject, before: JsonObject | undefined) => void;

/** Names that are no subdomains. */
const nameRules: Readonly<Record<string, NameRule>> = {
  Namespace: dnsLabel,
  Service: dns1035Label,
  Role: pathSegment,
  ClusterRole: pathSegment,
  RoleBinding: pathSegment,
  ClusterRoleBinding: pathSegment,
  StatefulSet: dnsLabel,
};

const checks: Readonly<Record<string, Check>> = {
  CustomResourceDefinition: (faults, object) => checkDefinition(faults, object),
  NetworkPolicy: checkNetworkPolicy,
  Role: checkRole,
  ClusterRole: checkRole,
  RoleBinding: checkBinding,
  ClusterRoleBinding: checkBinding,
  Service: checkService,
  ConfigMap: checkConfigMap,
  Secret: checkSecret,
  Pod: (faults, object) => checkPodSpec(faults, "spec", objectAt(object, "spec")),
  Deployment: checkWorkload,
  ReplicaSet: checkWorkload,
  StatefulSet: checkWorkload,
  DaemonSet: checkWorkload,
  Job: checkJob,
  CronJob: checkCronJob,
  PersistentVolumeClaim: checkClaim,
  Ingress: checkIngress,
  PodDisruptionBudget: checkBudget,
  HorizontalPodAutoscaler: checkAutoscaler,
  ServiceAccount: () => undefined,
  Namespace: () => undefined,
};

/** Kinds whose rules name the values they allow. */
const listsItsOwn: ReadonlySet<string> = new Set(["NetworkPolicy"]);

/** The refusal of an object; `before` is what an update finds. */
export function builtInRefusal(
  subject: Subject,
  served: Served,
  object: JsonObject,
  before: JsonObject | undefined,
): ServiceError | undefined {
  const unread = decodingFault(object, served.schema);
  if (unread !== undefined) return unreadable(subject, unread);
  const faults = new Faults();
  checkMetadata(faults, object, nameRules[subject.kind] ?? dnsSubdomain, served.namespaced);
  if (!listsItsOwn.has(subject.kind)) checkEnums(faults, object, { $ref: served.schema });
  const check = checks[subject.kind];
  if (check === undefined) checkRequired(faults, object, served);
  else check(faults, object, before);
  if (before !== undefined) checkUnchanged(faults, object, before);
  return faults.all.length === 0 ? undefined : invalid(subject, faults.all);
}

/** Of kinds without rules of their own the schema's demands on the spec are all there is. */
function checkRequired(faults: Faults, object: JsonObject, served: Served): void {
  const own = definition(served.schema);
  for (const key of own.required ?? []) {
    if (at(object, key) === undefined) faults.required(key);
  }
  const reference = own.properties?.["spec"]?.$ref;
  if (reference === undefined || at(object, "spec") === undefined) return;
  for (const key of definition(reference).required ?? []) {
    if (at(object, "spec", key) === undefined) faults.required(`spec.${key}`);
  }
}
