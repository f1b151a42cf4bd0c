/** Pods and pod templates (kubernetes, `pkg/apis/core/validation`: `ValidatePodSpec`). */

import type { Json, JsonObject } from "../../../protocol/value.ts";
import type { Faults } from "../api/faults.ts";
import { dnsLabel, dnsSubdomain, labelValue, qualifiedName } from "../api/names.ts";
import { at, forItems, listAt, objectAt, textAt } from "../api/read.ts";
import { checkContainers } from "./containers.ts";
import { checkLabels } from "./labels.ts";
import { checkAnnotations } from "./metadata.ts";

/** Longest run of a pod, in seconds. */
const activeSecondsMax = 2_147_483_647;

/** A pod template: metadata and spec; `claimed` are the volumes that its owner adds to each pod. */
export function checkTemplate(
  faults: Faults,
  field: string,
  template: Json | undefined,
  claimed: readonly string[] = [],
): void {
  checkLabels(faults, `${field}.labels`, objectAt(template, "metadata", "labels"));
  checkAnnotations(faults, `${field}.annotations`, objectAt(template, "metadata", "annotations"));
  checkPodSpec(faults, `${field}.spec`, objectAt(template, "spec"), claimed);
}

/** A pod's spec. */
export function checkPodSpec(
  faults: Faults,
  field: string,
  spec: JsonObject,
  claimed: readonly string[] = [],
): void {
  const volumes = new Set([...checkVolumes(faults, `${field}.volumes`, spec), ...claimed]);
  checkContainers(faults, field, spec, volumes);
  checkLabels(faults, `${field}.nodeSelector`, objectAt(spec, "nodeSelector"));
  for (const [key, rule] of [
    ["serviceAccountName", dnsSubdomain],
    ["nodeName", dnsSubdomain],
    ["hostname", dnsLabel],
    ["subdomain", dnsLabel],
    ["priorityClassName", dnsSubdomain],
  ] as const) {
    const value = textAt(spec, key);
    if (value !== "") faults.invalidFor(`${field}.${key}`, value, rule(value));
  }
  const seconds = at(spec, "activeDeadlineSeconds");
  if (typeof seconds === "number" && (seconds < 1 || seconds > activeSecondsMax)) {
    faults.invalid(
      `${field}.activeDeadlineSeconds`,
      seconds,
      `must be between 1 and ${activeSecondsMax}, inclusive`,
    );
  }
  forItems(listAt(spec, "tolerations"), `${field}.tolerations`, (one, place) =>
    checkToleration(faults, place, one),
  );
  forItems(listAt(spec, "imagePullSecrets"), `${field}.imagePullSecrets`, (one, place) => {
    if (textAt(one, "name") === "") faults.required(`${place}.name`);
  });
}

/** The names of a pod's volumes. */
function checkVolumes(faults: Faults, field: string, spec: JsonObject): ReadonlySet<string> {
  const names = new Set<string>();
  listAt(spec, "volumes").forEach((volume, i) => {
    const place = `${field}[${i}]`;
    const name = textAt(volume, "name");
    const before = faults.all.length;
    const sources = Object.keys(objectAt(volume)).filter((key) => key !== "name");
    if (sources.length > 1) {
      for (const extra of sources.slice(1)) {
        faults.forbidden(`${place}.${extra}`, "may not specify more than 1 volume type");
      }
    }
    checkSource(faults, place, volume);
    if (name === "") faults.required(`${place}.name`);
    else faults.invalidFor(`${place}.name`, name, dnsLabel(name));
    if (names.has(name)) faults.duplicate(`${place}.name`, name);
    // What is wrong itself is not there for the mounts.
    if (faults.all.length === before) names.add(name);
  });
  return names;
}

/** The name that each source by reference needs. */
const namedBy: Readonly<Record<string, string>> = {
  configMap: "name",
  secret: "secretName",
  persistentVolumeClaim: "claimName",
  hostPath: "path",
  csi: "driver",
};

function checkSource(faults: Faults, field: string, volume: Json): void {
  for (const [source, key] of Object.entries(namedBy)) {
    if (at(volume, source) !== undefined && textAt(volume, source, key) === "") {
      faults.required(`${field}.${source}.${key}`);
    }
  }
}

function checkToleration(faults: Faults, field: string, toleration: Json): void {
  const [key, operator, value, effect] = ["key", "operator", "value", "effect"].map((name) =>
    textAt(toleration, name),
  ) as [string, string, string, string];
  if (key !== "") faults.invalidFor(`${field}.key`, key, qualifiedName(key));
  if (key === "" && operator !== "Exists") {
    faults.invalid(
      `${field}.operator`,
      operator,
      'operator must be Exists when `key` is empty, which means "match all values and all keys"',
    );
  }
  if (at(toleration, "tolerationSeconds") !== undefined && effect !== "NoExecute") {
    faults.invalid(
      `${field}.effect`,
      effect,
      "effect must be 'NoExecute' when `tolerationSeconds` is set",
    );
  }
  if (operator === "Exists") {
    if (value !== "") {
      faults.invalid(`${field}.operator`, value, "value must be empty when `operator` is 'Exists'");
    }
  } else {
    const broken = labelValue(value);
    if (broken.length > 0) faults.invalid(`${field}.operator`, value, broken.join(";"));
  }
}
