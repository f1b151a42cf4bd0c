/** `helm.sh/v3:Release`: what a release leaves in the world, without rendering its chart. */

import type { JsonObject } from "../../protocol/value.ts";
import type { Resource } from "../../types/resource.ts";
import type { Companion, TypeEntry } from "../../types/type.ts";
import { bundledDefinitions } from "./definitions.ts";
import { defaultNamespace, namespaceContents, namespaceReference } from "./objects.ts";
import { initialNamespaces, tokens } from "./tokens.ts";

/** Longest release name Helm takes, in characters. */
const nameCharactersMax = 53;

/** Seconds a release waits for its objects unless told otherwise. */
const usualTimeoutSeconds = 300;

/** The entry of helm.sh/v3:Release. */
export const releaseEntry: TypeEntry = {
  token: tokens.release,
  required: ["chart"],
  autoname: { property: "name", charactersMax: nameCharactersMax },
  defaults: { namespace: defaultNamespace, timeout: usualTimeoutSeconds },
  forceNew: ["name", "namespace"],
  id: (r) => `${r.text("namespace")}/${r.text("name")}`,
  hidden: ["compat"],
  outputs: { status: statusOf, resourceNames: resourceNames },
  references: [namespaceReference("namespace", (r) => r.flag("createNamespace"))],
  taken: { code: "AlreadyExists", says: "cannot re-use a name that is still in use" },
  companions: (r) => [...createdDefinitions(r), ...createdNamespace(r)],
};

function statusOf(r: Resource): JsonObject {
  const version = r.text("version", "");
  return {
    appVersion: version,
    chart: chartName(r),
    name: r.text("name"),
    namespace: r.text("namespace"),
    revision: 1,
    status: "deployed",
    version,
  };
}

/** The chart's own name, whatever path, repository or registry it comes from. */
function chartName(r: Resource): string {
  return r.text("chart").replace(/\/+$/, "").split("/").at(-1) ?? "";
}

/** Istio's `base` chart is known, since the mesh's own objects need its definitions. */
function definitionsOf(r: Resource): JsonObject[] {
  const name = chartName(r);
  return name === "base" || name === "istio-base" ? [...bundledDefinitions("istio")] : [];
}

/** Definitions that are there stay as they are. */
function createdDefinitions(r: Resource): Companion[] {
  return definitionsOf(r)
    .map((properties) => ({ token: tokens.definition, id: nameOf(properties), properties }))
    .filter(({ id }) => r.find(tokens.definition, id) === undefined);
}

/** `createNamespace`: Helm makes the release's namespace where there is none. */
function createdNamespace(r: Resource): Companion[] {
  const namespace = r.text("namespace");
  const there =
    initialNamespaces.has(namespace) || r.find(tokens.namespace, namespace) !== undefined;
  if (!r.flag("createNamespace") || there) return [];
  const properties = { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } };
  return [{ token: tokens.namespace, id: namespace, properties }, ...namespaceContents(namespace)];
}

/** What the chart's manifest names, also where an earlier attempt has created it. */
function resourceNames(r: Resource): JsonObject {
  const definitions = definitionsOf(r).map(nameOf);
  const key = "CustomResourceDefinition.apiextensions.k8s.io/apiextensions.k8s.io/v1";
  return definitions.length === 0 ? {} : { [key]: definitions };
}

function nameOf(object: JsonObject): string {
  const metadata = object["metadata"];
  return typeof metadata === "object" && metadata !== null && "name" in metadata
    ? String(metadata.name)
    : "";
}
