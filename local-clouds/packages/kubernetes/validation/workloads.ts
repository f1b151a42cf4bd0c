/** What makes pods: deployments and their like, jobs, cron jobs (`pkg/apis/apps`, `pkg/apis/batch`). */

import type { JsonObject } from "../../../protocol/value.ts";
import type { Faults } from "../api/faults.ts";
import { dnsLabel } from "../api/names.ts";
import { at, listAt, objectAt, textAt } from "../api/read.ts";
import { same } from "../api/same.ts";
import { checkSchedule } from "./cron.ts";
import { checkSelector, selects, selectsAll } from "./labels.ts";
import { checkCountOrPercent, checkNotNegative } from "./numbers.ts";
import { checkTemplate } from "./pods.ts";

/** Longest name of a cron job: eleven characters of time are added for its jobs. */
const cronNameCharactersMax = 52;

/** Deployment, ReplicaSet, StatefulSet, DaemonSet. */
export function checkWorkload(
  faults: Faults,
  object: JsonObject,
  before: JsonObject | undefined,
): void {
  const kind = textAt(object, "kind");
  const spec = objectAt(object, "spec");
  checkNotNegative(faults, "spec", spec, ["replicas", "minReadySeconds", "revisionHistoryLimit"]);
  checkPodSelector(faults, spec, kind);
  // A stateful set's pods may mount its claims like volumes.
  const claimed = listAt(spec, "volumeClaimTemplates").map((one) =>
    textAt(one, "metadata", "name"),
  );
  checkTemplate(faults, "spec.template", at(spec, "template"), claimed);
  checkRestart(faults, spec, kind);
  if (kind === "Deployment") checkDeployment(faults, spec);
  if (kind === "StatefulSet") checkStatefulSet(faults, spec, before);
  const old = at(before, "spec", "selector");
  if (kind !== "StatefulSet" && old !== undefined && !same(old, at(spec, "selector"))) {
    faults.invalid("spec.selector", at(spec, "selector"), "field is immutable");
  }
}

function checkPodSelector(faults: Faults, spec: JsonObject, kind: string): void {
  const selector = at(spec, "selector");
  const labels = objectAt(spec, "template", "metadata", "labels");
  if (selector === undefined) {
    if (kind !== "DaemonSet") faults.required("spec.selector");
    faults.invalid(
      "spec.template.metadata.labels",
      labels,
      "`selector` does not match template `labels`",
    );
    return;
  }
  checkSelector(faults, "spec.selector", selector);
  if (selectsAll(selector)) {
    faults.invalid(
      "spec.selector",
      selector,
      `empty selector is invalid for ${kind.toLowerCase()}`,
    );
  } else if (!selects(selector, labels)) {
    faults.invalid(
      "spec.template.metadata.labels",
      labels,
      "`selector` does not match template `labels`",
    );
  }
}

function checkRestart(faults: Faults, spec: JsonObject, kind: string): void {
  const field = "spec.template.spec";
  const policy = textAt(spec, "template", "spec", "restartPolicy") || "Always";
  if (policy !== "Always") faults.unsupported(`${field}.restartPolicy`, policy, ["Always"]);
  if (at(spec, "template", "spec", "activeDeadlineSeconds") === undefined) return;
  const owner = kind === "Deployment" ? "ReplicaSet" : kind;
  faults.forbidden(
    `${field}.activeDeadlineSeconds`,
    `activeDeadlineSeconds in ${owner} is not Supported`,
  );
}

function checkDeployment(faults: Faults, spec: JsonObject): void {
  const rolling = at(spec, "strategy", "rollingUpdate");
  const type = textAt(spec, "strategy", "type") || "RollingUpdate";
  const field = "spec.strategy.rollingUpdate";
  if (type === "Recreate" && rolling !== undefined) {
    faults.forbidden(field, "may not be specified when strategy `type` is 'Recreate'");
  } else if (rolling !== undefined) {
    const [unavailable, surge] = [at(rolling, "maxUnavailable"), at(rolling, "maxSurge")];
    checkCountOrPercent(faults, `${field}.maxUnavailable`, unavailable);
    checkCountOrPercent(faults, `${field}.maxSurge`, surge);
    if (isNone(unavailable) && isNone(surge)) {
      faults.invalid(`${field}.maxUnavailable`, unavailable, "may not be 0 when `maxSurge` is 0");
    }
  }
  checkNotNegative(faults, "spec", spec, ["progressDeadlineSeconds"]);
  const deadline = at(spec, "progressDeadlineSeconds") ?? 600;
  if (Number(deadline) <= Number(at(spec, "minReadySeconds") ?? 0)) {
    faults.invalid(
      "spec.progressDeadlineSeconds",
      deadline,
      "must be greater than minReadySeconds",
    );
  }
}

function isNone(value: unknown): boolean {
  return value === 0 || value === "0%";
}

/** Fields of a stateful set that may change. */
const changeable = [
  "replicas",
  "ordinals",
  "template",
  "updateStrategy",
  "revisionHistoryLimit",
  "persistentVolumeClaimRetentionPolicy",
  "minReadySeconds",
];

function checkStatefulSet(faults: Faults, spec: JsonObject, before: JsonObject | undefined): void {
  const service = textAt(spec, "serviceName");
  if (service !== "") faults.invalidFor("spec.serviceName", service, dnsLabel(service));
  if (before === undefined) return;
  const old = objectAt(before, "spec");
  const fixed = (from: JsonObject) =>
    Object.fromEntries(Object.entries(from).filter(([key]) => !changeable.includes(key)));
  if (same(fixed(old), fixed(spec))) return;
  const list = changeable.map((key) => `'${key}'`);
  const text = `${list.slice(0, -1).join(", ")} and ${list.at(-1)}`;
  faults.forbidden(
    "spec",
    `updates to statefulset spec for fields other than ${text} are forbidden`,
  );
}

/** Job, and the template of a cron job. */
export function checkJob(faults: Faults, object: JsonObject, before: JsonObject | undefined): void {
  checkJobSpec(faults, "spec", objectAt(object, "spec"));
  if (before === undefined) return;
  for (const key of ["completions", "selector", "template"]) {
    if (same(at(before, "spec", key), at(object, "spec", key))) continue;
    faults.invalid(`spec.${key}`, at(object, "spec", key), "field is immutable");
  }
}

function checkJobSpec(faults: Faults, field: string, spec: JsonObject): void {
  checkNotNegative(faults, field, spec, [
    "parallelism",
    "completions",
    "activeDeadlineSeconds",
    "backoffLimit",
    "ttlSecondsAfterFinished",
  ]);
  if (textAt(spec, "completionMode") === "Indexed" && at(spec, "completions") === undefined) {
    faults.required(`${field}.completions`, "when completion mode is Indexed");
  }
  checkTemplate(faults, `${field}.template`, at(spec, "template"));
  const policy = textAt(spec, "template", "spec", "restartPolicy") || "Always";
  if (policy === "Always") {
    const place = `${field}.template.spec.restartPolicy`;
    faults.add(place, "Required value", 'valid values: "OnFailure", "Never"');
  }
}

/** CronJob. */
export function checkCronJob(
  faults: Faults,
  object: JsonObject,
  before: JsonObject | undefined,
): void {
  const spec = objectAt(object, "spec");
  const name = textAt(object, "metadata", "name");
  const schedule = textAt(spec, "schedule");
  if (schedule === "") faults.required("spec.schedule");
  else checkSchedule(faults, "spec.schedule", schedule);
  checkNotNegative(faults, "spec", spec, [
    "startingDeadlineSeconds",
    "successfulJobsHistoryLimit",
    "failedJobsHistoryLimit",
  ]);
  checkZone(faults, textAt(spec, "timeZone"));
  checkJobSpec(faults, "spec.jobTemplate.spec", objectAt(spec, "jobTemplate", "spec"));
  if (before === undefined && name.length > cronNameCharactersMax) {
    faults.invalid(
      "metadata.name",
      name,
      `must be no more than ${cronNameCharactersMax} characters`,
    );
  }
}

function checkZone(faults: Faults, zone: string): void {
  if (zone === "") return;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
  } catch {
    faults.invalid("spec.timeZone", zone, `unknown time zone ${zone}`);
  }
}

/** A persistent volume claim. */
export function checkClaim(faults: Faults, object: JsonObject): void {
  const spec = objectAt(object, "spec");
  if (listAt(spec, "accessModes").length === 0) {
    faults.required("spec.accessModes", "at least 1 access mode is required");
  }
  if (at(spec, "selector") !== undefined)
    checkSelector(faults, "spec.selector", at(spec, "selector"));
  if (at(spec, "resources", "requests", "storage") === undefined) {
    faults.required("spec.resources[storage]");
  }
}
