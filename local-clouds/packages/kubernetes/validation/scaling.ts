/** Disruption budgets and autoscalers (`pkg/apis/policy`, `pkg/apis/autoscaling`). */

import type { Json, JsonObject } from "../../../protocol/value.ts";
import type { Faults } from "../api/faults.ts";
import { pathSegment } from "../api/names.ts";
import { at, forItems, listAt, objectAt, textAt } from "../api/read.ts";
import { checkSelector } from "./labels.ts";
import { checkCountOrPercent } from "./numbers.ts";

/** PodDisruptionBudget. */
export function checkBudget(faults: Faults, object: JsonObject): void {
  const spec = objectAt(object, "spec");
  const [least, most] = [at(spec, "minAvailable"), at(spec, "maxUnavailable")];
  if (least !== undefined && most !== undefined) {
    faults.invalid("spec", spec, "minAvailable and maxUnavailable cannot be both set");
  }
  checkCountOrPercent(faults, "spec.minAvailable", least);
  checkCountOrPercent(faults, "spec.maxUnavailable", most);
  checkSelector(faults, "spec.selector", at(spec, "selector"));
}

/** HorizontalPodAutoscaler of either version. */
export function checkAutoscaler(faults: Faults, object: JsonObject): void {
  const spec = objectAt(object, "spec");
  const least = at(spec, "minReplicas");
  const most = Number(at(spec, "maxReplicas") ?? 0);
  if (typeof least === "number" && least < 1) {
    faults.invalid("spec.minReplicas", least, "must be greater than or equal to 1");
  }
  if (most < 1) faults.invalid("spec.maxReplicas", most, "must be greater than 0");
  if (most < Number(least ?? 1)) {
    faults.invalid("spec.maxReplicas", most, "must be greater than or equal to `minReplicas`");
  }
  for (const key of ["kind", "name"]) {
    const value = textAt(spec, "scaleTargetRef", key);
    if (value === "") faults.required(`spec.scaleTargetRef.${key}`);
    else faults.invalidFor(`spec.scaleTargetRef.${key}`, value, pathSegment(value));
  }
  const apiVersion = textAt(spec, "scaleTargetRef", "apiVersion");
  const core = textAt(spec, "scaleTargetRef", "kind") === "ReplicationController";
  if (!apiVersion.includes("/") && !(core && apiVersion === "v1")) {
    const detail = "apiVersion must specify API group";
    faults.invalid("spec.scaleTargetRef.apiVersion", apiVersion, detail);
  }
  forItems(listAt(spec, "metrics"), "spec.metrics", (metric, place) =>
    checkMetric(faults, place, metric),
  );
}

/** Where the measure of each type of metric stands. */
const sources: Readonly<Record<string, string>> = {
  ContainerResource: "containerResource",
  External: "external",
  Object: "object",
  Pods: "pods",
  Resource: "resource",
};

function checkMetric(faults: Faults, field: string, metric: Json): void {
  const type = textAt(metric, "type");
  const wanted = sources[type];
  if (type === "") faults.required(`${field}.type`, "must specify a metric source type");
  if (wanted === undefined) {
    faults.unsupported(`${field}.type`, type, Object.keys(sources));
    return;
  }
  const source = at(metric, wanted);
  if (source === undefined) {
    faults.required(`${field}.${wanted}`, "must populate information for the given metric source");
    return;
  }
  for (const other of Object.values(sources)) {
    if (other !== wanted && at(metric, other) !== undefined) {
      faults.forbidden(`${field}.${other}`, "must populate the given metric source only");
    }
  }
  if (wanted !== "resource") return;
  if (textAt(source, "name") === "") {
    faults.required(`${field}.resource.name`, "must specify a resource name");
  }
  const target = at(source, "target");
  const utilization = at(target, "averageUtilization");
  if (typeof utilization === "number" && utilization < 1) {
    faults.invalid(
      `${field}.resource.target.averageUtilization`,
      utilization,
      "must be greater than 0",
    );
  }
  if (utilization === undefined && at(target, "averageValue") === undefined) {
    faults.required(
      `${field}.resource.target.averageUtilization`,
      "must set either a target raw value or a target utilization",
    );
  }
}
