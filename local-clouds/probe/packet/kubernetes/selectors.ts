/** Label selectors (Kubernetes, "Labels and Selectors"), and the labels of namespaces. */

import type { JsonObject } from "../../../protocol/value.ts";
import { type Deployed, objectOf, objectsOf, textOf, textsOf } from "../deployed.ts";
import { kubernetes } from "./tokens.ts";

/** Labels of an object. */
export type Labels = Readonly<Record<string, string>>;

/** The texts of an object's map. */
export function labelsOf(properties: JsonObject): Labels {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([key, value]) =>
      typeof value === "string" ? [[key, value] as const] : [],
    ),
  );
}

/** Whether a selector selects labels; an empty selector selects everything. */
export function selects(selector: JsonObject, labels: Labels): boolean {
  const wanted = Object.entries(labelsOf(objectOf(selector, "matchLabels")));
  return (
    wanted.every(([key, value]) => labels[key] === value) &&
    objectsOf(selector, "matchExpressions").every((expression) => holdsFor(expression, labels))
  );
}

function holdsFor(expression: JsonObject, labels: Labels): boolean {
  const value = labels[textOf(expression, "key") ?? ""];
  const values = textsOf(expression, "values");
  switch (textOf(expression, "operator")) {
    case "In":
      return value !== undefined && values.includes(value);
    case "NotIn":
      return value === undefined || !values.includes(value);
    case "Exists":
      return value !== undefined;
    default:
      return value === undefined;
  }
}

/** Labels of a namespace; the API server sets its name as one ("Automatic labelling"). */
export function namespaceLabels(deployed: Deployed, cluster: string, namespace: string): Labels {
  const live = deployed
    .all(kubernetes.namespace)
    .find(({ account, id }) => account === cluster && id === namespace);
  const own = labelsOf(objectOf(objectOf(live?.properties ?? {}, "metadata"), "labels"));
  return { ...own, "kubernetes.io/metadata.name": namespace };
}
