/** The notes of the Kubernetes provider: an annotation says that it chose the name. */

import { meet, parsePath, withValueAt } from "../../protocol/path.ts";
import { equal, type ValueObject } from "../../protocol/value.ts";
import type { Bookkeeping } from "../../types/profile.ts";
import type { TypeEntry } from "../../types/type.ts";

const annotation = ["metadata", "annotations", "pulumi.com/autonamed"] as const;

/** Notes as the provider writes them (`pulumi/pulumi-kubernetes:provider/pkg/metadata/naming.go`). */
export const kubernetesBookkeeping: Bookkeeping = {
  annotate: (inputs, checked) =>
    checked.autonamed && checked.entry.autoname?.property === "metadata.name"
      ? withValueAt(inputs, annotation, "true")
      : inputs,
  choseName: (inputs, property) =>
    property !== "metadata.name" || meet(inputs, annotation)[0]?.value === "true",
  // The annotation is part of the object itself.
  strip: (inputs) => inputs,
  outputs: (outputs, about) =>
    about.entry.autoname?.property === "name" && about.id !== undefined
      ? { ...outputs, id: about.id }
      : outputs,
  deletesFirst: (entry, oldInputs, newInputs) =>
    entry.deleteBeforeReplace === true || wouldCollide(entry, oldInputs, newInputs),
  // Recorded exchanges; `pulumi/pulumi-kubernetes:provider/pkg/provider/provider.go`, Diff.
  tells: () => ({ stables: false, detailsOfNothing: true }),
};

/** A name the user gave and kept, in the same namespace, is still taken by the old object. */
function wouldCollide(entry: TypeEntry, oldInputs: ValueObject, newInputs: ValueObject): boolean {
  const property = entry.autoname?.property ?? "";
  if (meet(newInputs, annotation)[0]?.value === "true") return false;
  const place = property === "name" ? "namespace" : "metadata.namespace";
  return [property, place].every((path) => equal(at(oldInputs, path), at(newInputs, path)));
}

function at(inputs: ValueObject, path: string) {
  return meet(inputs, parsePath(path))[0]?.value;
}
