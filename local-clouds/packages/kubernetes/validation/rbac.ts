/** Roles and their bindings (kubernetes, `pkg/apis/rbac/validation`). */

import type { Json, JsonObject } from "../../../protocol/value.ts";
import type { Faults } from "../api/faults.ts";
import { dnsSubdomain, pathSegment } from "../api/names.ts";
import { at, forItems, listAt, textAt } from "../api/read.ts";
import { checkSelector } from "./labels.ts";

const group = "rbac.authorization.k8s.io";

/** Role and ClusterRole. */
export function checkRole(faults: Faults, object: JsonObject): void {
  const namespaced = textAt(object, "kind") === "Role";
  forItems(listAt(object, "rules"), "rules", (rule, place) =>
    checkRule(faults, place, rule, namespaced),
  );
  const aggregation = at(object, "aggregationRule");
  if (namespaced || aggregation === undefined) return;
  const selectors = listAt(aggregation, "clusterRoleSelectors");
  const field = "aggregationRule.clusterRoleSelectors";
  if (selectors.length === 0) {
    faults.required(
      field,
      "at least one clusterRoleSelector required if aggregationRule is non-nil",
    );
  }
  forItems(selectors, field, (selector, place) => checkSelector(faults, place, selector));
}

function checkRule(faults: Faults, field: string, rule: Json, namespaced: boolean): void {
  if (listAt(rule, "verbs").length === 0) {
    faults.required(`${field}.verbs`, "verbs must contain at least one value");
  }
  const urls = listAt(rule, "nonResourceURLs");
  if (urls.length > 0) {
    if (namespaced) {
      faults.invalid(
        `${field}.nonResourceURLs`,
        urls,
        "namespaced rules cannot apply to non-resource URLs",
      );
    }
    if (["apiGroups", "resources", "resourceNames"].some((key) => listAt(rule, key).length > 0)) {
      faults.invalid(
        `${field}.nonResourceURLs`,
        urls,
        "rules cannot apply to both regular resources and non-resource URLs",
      );
    }
    return;
  }
  if (listAt(rule, "apiGroups").length === 0) {
    faults.required(`${field}.apiGroups`, "resource rules must supply at least one api group");
  }
  if (listAt(rule, "resources").length === 0) {
    faults.required(`${field}.resources`, "resource rules must supply at least one resource");
  }
}

/** RoleBinding and ClusterRoleBinding. */
export function checkBinding(
  faults: Faults,
  object: JsonObject,
  before: JsonObject | undefined,
): void {
  const namespaced = textAt(object, "kind") === "RoleBinding";
  const kinds = namespaced ? ["Role", "ClusterRole"] : ["ClusterRole"];
  // The server fills in the group where it is left out (`pkg/apis/rbac/v1/defaults.go`).
  const apiGroup = textAt(object, "roleRef", "apiGroup") || group;
  if (apiGroup !== group) faults.unsupported("roleRef.apiGroup", apiGroup, [group]);
  const kind = textAt(object, "roleRef", "kind");
  if (!kinds.includes(kind)) faults.unsupported("roleRef.kind", kind, kinds);
  const name = textAt(object, "roleRef", "name");
  if (name === "") faults.required("roleRef.name");
  else faults.invalidFor("roleRef.name", name, pathSegment(name));
  forItems(listAt(object, "subjects"), "subjects", (subject, place) =>
    checkSubject(faults, place, subject, namespaced),
  );
  const old = at(before, "roleRef");
  const keys = ["kind", "name"];
  if (
    old !== undefined &&
    keys.some((key) => textAt(old, key) !== textAt(object, "roleRef", key))
  ) {
    faults.invalid("roleRef", at(object, "roleRef"), "cannot change roleRef");
  }
}

function checkSubject(faults: Faults, field: string, subject: Json, namespaced: boolean): void {
  const name = textAt(subject, "name");
  if (name === "") faults.required(`${field}.name`);
  const kind = textAt(subject, "kind");
  const given = textAt(subject, "apiGroup");
  if (kind === "ServiceAccount") {
    if (name !== "") faults.invalidFor(`${field}.name`, name, dnsSubdomain(name));
    if (given !== "") faults.unsupported(`${field}.apiGroup`, given, [""]);
    if (!namespaced && textAt(subject, "namespace") === "") faults.required(`${field}.namespace`);
  } else if (kind === "User" || kind === "Group") {
    if (given !== "" && given !== group) faults.unsupported(`${field}.apiGroup`, given, [group]);
  } else faults.unsupported(`${field}.kind`, kind, ["ServiceAccount", "User", "Group"]);
}
