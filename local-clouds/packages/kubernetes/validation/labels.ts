/** Labels and what selects by them. */

import type { Json, JsonObject } from "../../../protocol/value.ts";
import type { Faults } from "../api/faults.ts";
import { labelValue, qualifiedName } from "../api/names.ts";
import { at, forItems, listAt, objectAt, textAt, textsAt } from "../api/read.ts";

/** Keys and values of labels. */
export function checkLabels(faults: Faults, field: string, labels: JsonObject): void {
  for (const [key, value] of Object.entries(labels)) {
    faults.invalidFor(field, key, qualifiedName(key));
    faults.invalidFor(field, value, labelValue(String(value)));
  }
}

/** A label selector, absent or not. */
export function checkSelector(faults: Faults, field: string, selector: Json | undefined): void {
  checkLabels(faults, `${field}.matchLabels`, objectAt(selector, "matchLabels"));
  forItems(listAt(selector, "matchExpressions"), `${field}.matchExpressions`, (one, place) =>
    checkRequirement(faults, place, one),
  );
}

function checkRequirement(faults: Faults, field: string, requirement: Json): void {
  const operator = textAt(requirement, "operator");
  const values = listAt(requirement, "values");
  if (operator === "In" || operator === "NotIn") {
    if (values.length === 0) {
      faults.required(`${field}.values`, "must be specified when `operator` is 'In' or 'NotIn'");
    }
  } else if (operator === "Exists" || operator === "DoesNotExist") {
    if (values.length > 0) {
      faults.forbidden(
        `${field}.values`,
        "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
      );
    }
  } else faults.invalid(`${field}.operator`, operator, "not a valid selector operator");
  faults.invalidFor(
    `${field}.key`,
    textAt(requirement, "key"),
    qualifiedName(textAt(requirement, "key")),
  );
  forItems(values, `${field}.values`, (value, place) =>
    faults.invalidFor(place, value, labelValue(String(value))),
  );
}

/** Whether a selector names nothing, and so selects everything. */
export function selectsAll(selector: Json | undefined): boolean {
  return (
    Object.keys(objectAt(selector, "matchLabels")).length === 0 &&
    listAt(selector, "matchExpressions").length === 0
  );
}

/** Whether a selector takes in what has these labels. */
export function selects(selector: Json | undefined, labels: JsonObject): boolean {
  const wanted = Object.entries(textsAt(selector, "matchLabels"));
  if (wanted.some(([key, value]) => labels[key] !== value)) return false;
  return listAt(selector, "matchExpressions").every((one) => {
    const value = at(labels, textAt(one, "key"));
    const listed = value !== undefined && listAt(one, "values").includes(value);
    switch (textAt(one, "operator")) {
      case "In":
        return listed;
      case "NotIn":
        return !listed;
      case "Exists":
        return value !== undefined;
      case "DoesNotExist":
        return value === undefined;
      default:
        return true;
    }
  });
}
