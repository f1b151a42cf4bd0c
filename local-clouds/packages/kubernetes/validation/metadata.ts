/** The metadata that every object has (kubernetes/apimachinery, `pkg/api/validation/objectmeta.go`). */

import type { JsonObject } from "../../../protocol/value.ts";
import type { Faults } from "../api/faults.ts";
import { dnsLabel, type NameRule, qualifiedName } from "../api/names.ts";
import { listAt, objectAt, textAt } from "../api/read.ts";
import { checkLabels } from "./labels.ts";

/** Keys and values of all annotations together, in bytes. */
const annotationBytesMax = 262_144;

/** Owners that no object may have. */
const bannedOwner = "v1/Event";

/** Name, namespace, labels, annotations, owners and finalizers of an object. */
export function checkMetadata(
  faults: Faults,
  object: JsonObject,
  name: NameRule,
  namespaced: boolean,
): void {
  const metadata = objectAt(object, "metadata");
  const generated = textAt(metadata, "generateName");
  // The server appends five characters: only what comes before them is judged here.
  if (generated !== "") {
    faults.invalidFor("metadata.generateName", generated, name(generated.replace(/[-.]$/, "a")));
  }
  const given = textAt(metadata, "name");
  if (given === "" && generated === "") {
    faults.required("metadata.name", "name or generateName is required");
  } else if (given !== "") faults.invalidFor("metadata.name", given, name(given));
  const namespace = textAt(metadata, "namespace");
  if (namespaced) faults.invalidFor("metadata.namespace", namespace, dnsLabel(namespace));
  else if (namespace !== "") faults.forbidden("metadata.namespace", "not allowed on this type");
  checkLabels(faults, "metadata.labels", objectAt(metadata, "labels"));
  checkAnnotations(faults, "metadata.annotations", objectAt(metadata, "annotations"));
  checkOwners(faults, metadata);
  for (const finalizer of listAt(metadata, "finalizers")) {
    faults.invalidFor("metadata.finalizers", finalizer, qualifiedName(String(finalizer)));
  }
}

/** Keys and size of annotations; case does not matter in their keys. */
export function checkAnnotations(faults: Faults, field: string, annotations: JsonObject): void {
  let bytes = 0;
  for (const [key, value] of Object.entries(annotations)) {
    faults.invalidFor(field, key, qualifiedName(key.toLowerCase()));
    bytes += Buffer.byteLength(key) + Buffer.byteLength(String(value));
  }
  if (bytes > annotationBytesMax) faults.tooLong(field, annotationBytesMax);
}

function checkOwners(faults: Faults, metadata: JsonObject): void {
  const field = "metadata.ownerReferences";
  for (const owner of listAt(metadata, "ownerReferences")) {
    if (textAt(owner, "apiVersion") === "") {
      faults.invalid(`${field}.apiVersion`, "", "version must not be empty");
    }
    for (const key of ["kind", "name", "uid"]) {
      if (textAt(owner, key) === "") faults.invalid(`${field}.${key}`, "", "must not be empty");
    }
    if (`${textAt(owner, "apiVersion")}/${textAt(owner, "kind")}` === bannedOwner) {
      faults.invalid(field, owner, "/v1, Kind=Event is disallowed from being an owner");
    }
  }
}
