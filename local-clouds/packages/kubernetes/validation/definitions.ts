/** CustomResourceDefinitions themselves (kubernetes/apiextensions, `pkg/apis/apiextensions/validation`). */

import type { Json, JsonObject } from "../../../protocol/value.ts";
import type { Faults } from "../api/faults.ts";
import { dns1035Label, dnsSubdomain } from "../api/names.ts";
import { at, isRecord, listAt, objectAt, textAt } from "../api/read.ts";
import { celRules } from "../cel/index.ts";

const approval = "api-approved.kubernetes.io";

/** What is wrong with a definition. */
export function checkDefinition(faults: Faults, object: JsonObject): void {
  const spec = objectAt(object, "spec");
  const group = textAt(spec, "group");
  const plural = textAt(spec, "names", "plural");
  const name = textAt(object, "metadata", "name");
  if (name !== `${plural}.${group}`) {
    faults.invalid("metadata.name", name, 'must be spec.names.plural+"."+spec.group');
  }
  if (group === "") faults.required("spec.group");
  else faults.invalidFor("spec.group", group, dnsSubdomain(group));
  checkApproval(faults, object, group);
  checkNames(faults, objectAt(spec, "names"));
  checkVersions(faults, listAt(spec, "versions"));
}

/** Schemas that are the same in all versions are judged once, under the name the server gives them. */
function checkVersions(faults: Faults, versions: readonly Json[]): void {
  if (versions.length === 0) faults.required("spec.versions");
  const schemas = versions.map((one) => JSON.stringify(at(one, "schema") ?? null));
  const shared = new Set(schemas).size === 1;
  if (versions.filter((one) => at(one, "storage") === true).length !== 1) {
    faults.invalid(
      "spec.versions",
      versions,
      "must have exactly one version marked as storage version",
    );
    if (!versions.some((one) => at(one, "storage") === true)) {
      faults.invalid("status.storedVersions", null, "must have at least one stored version");
    }
  }
  for (const [i, version] of versions.entries()) {
    const name = textAt(version, "name");
    faults.invalidFor(`spec.versions[${i}].name`, name, dns1035Label(name));
    const schema = at(version, "schema", "openAPIV3Schema");
    const own = `spec.versions[${i}].schema.openAPIV3Schema`;
    if (!isRecord(schema)) faults.required(own);
    else checkRoot(faults, shared ? "spec.validation.openAPIV3Schema" : own, schema);
  }
}

/** Groups of Kubernetes' own domains need their maintainers' word. */
function checkApproval(faults: Faults, object: JsonObject, group: string): void {
  if (!/(^|\.)(k8s|kubernetes)\.io$/.test(group)) return;
  if (textAt(object, "metadata", "annotations", approval) !== "") return;
  faults.required(
    `metadata.annotations[${approval}]`,
    `protected groups must have approval annotation "${approval}", see https://github.com/kubernetes/enhancements/pull/1111`,
  );
}

function checkNames(faults: Faults, names: JsonObject): void {
  for (const key of ["plural", "singular"]) {
    const value = textAt(names, key);
    if (value !== "") faults.invalidFor(`spec.names.${key}`, value, dns1035Label(value));
    else if (key === "plural") faults.required(`spec.names.${key}`);
  }
  for (const key of ["kind", "listKind"]) {
    const value = textAt(names, key);
    if (value === "" && key === "kind") faults.required("spec.names.kind");
    if (value !== "") {
      const broken = dns1035Label(value.toLowerCase());
      if (broken.length > 0) {
        faults.invalid(
          `spec.names.${key}`,
          value,
          `may have mixed case, but should otherwise match: ${broken.join(",")}`,
        );
      }
    }
  }
}

function checkRoot(faults: Faults, field: string, schema: JsonObject): void {
  if (textAt(schema, "type") !== "object") {
    faults.invalid(`${field}.type`, textAt(schema, "type"), "must be object at the root");
  }
  checkSchema(faults, field, schema);
}

/** A structural schema says a type for everything, and its rules can be compiled. */
function checkSchema(faults: Faults, field: string, schema: JsonObject): void {
  listAt(schema, "x-kubernetes-validations").forEach((rule, i) => {
    const fault = celRules().compiled(textAt(rule, "rule"));
    if (typeof fault === "string") {
      const place = `${field}.x-kubernetes-validations[${i}].rule`;
      faults.invalid(place, textAt(rule, "rule"), `compilation failed: ${fault}`);
    }
  });
  for (const [name, property] of Object.entries(objectAt(schema, "properties"))) {
    checkTyped(faults, `${field}.properties[${name}]`, property, "fields");
  }
  const items = at(schema, "items");
  if (items !== undefined) checkTyped(faults, `${field}.items`, items, "items");
  const values = at(schema, "additionalProperties");
  if (isRecord(values)) checkTyped(faults, `${field}.additionalProperties`, values, "values");
}

function checkTyped(faults: Faults, field: string, schema: Json, what: string): void {
  if (!isRecord(schema)) return;
  const untyped =
    textAt(schema, "type") === "" &&
    at(schema, "x-kubernetes-int-or-string") !== true &&
    at(schema, "x-kubernetes-preserve-unknown-fields") !== true;
  if (untyped) {
    const of = { fields: "object fields", items: "array items", values: "object fields" }[what];
    faults.required(`${field}.type`, `must not be empty for specified ${of}`);
  }
  checkSchema(faults, field, schema);
}
