/** Fields that no update may change, for kinds whose rules are about nothing else. */

import type { JsonObject } from "../../../protocol/value.ts";
import type { Faults } from "../api/faults.ts";
import { at, objectAt, textAt } from "../api/read.ts";
import { same } from "../api/same.ts";

interface Fixed {
  readonly path: readonly string[];
  /** The server's word; without one the value is called invalid, being immutable. */
  readonly forbids?: string;
}

/** Kubernetes, `pkg/apis/{storage,scheduling,networking}/validation`. */
const fixed: Readonly<Record<string, readonly Fixed[]>> = {
  StorageClass: [
    { path: ["parameters"], forbids: "updates to parameters are forbidden." },
    { path: ["provisioner"], forbids: "updates to provisioner are forbidden." },
    { path: ["reclaimPolicy"], forbids: "updates to reclaimPolicy are forbidden." },
    { path: ["volumeBindingMode"] },
  ],
  PriorityClass: [{ path: ["value"], forbids: "may not be changed in an update." }],
  IngressClass: [{ path: ["spec", "controller"] }],
};

/** What of a pod may change while it runs. */
const podUpdates =
  "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`," +
  "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations)," +
  "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

/** Judges a change. */
export function checkUnchanged(faults: Faults, object: JsonObject, before: JsonObject): void {
  const kind = textAt(object, "kind");
  for (const { path, forbids } of fixed[kind] ?? []) {
    if (same(at(before, ...path), at(object, ...path))) continue;
    if (forbids !== undefined) faults.forbidden(path.join("."), forbids);
    else faults.invalid(path.join("."), at(object, ...path), "field is immutable");
  }
  if (kind === "PersistentVolumeClaim" && !same(claimed(before), claimed(object))) {
    faults.forbidden(
      "spec",
      "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims",
    );
  }
  if (kind === "Pod" && !same(running(before), running(object)))
    faults.forbidden("spec", podUpdates);
}

function claimed(object: JsonObject): JsonObject {
  const { resources: _size, volumeAttributesClassName: _class, ...rest } = objectAt(object, "spec");
  return rest;
}

/** A pod's spec without what may change. */
function running(object: JsonObject): JsonObject {
  const {
    activeDeadlineSeconds: _deadline,
    tolerations: _tolerations,
    terminationGracePeriodSeconds: _grace,
    ...spec
  } = objectAt(object, "spec");
  const bare = (key: string) => {
    const list = spec[key];
    return Array.isArray(list) ? list.map((one) => ({ ...objectAt(one), image: "" })) : [];
  };
  return { ...spec, containers: bare("containers"), initContainers: bare("initContainers") };
}
