/** The clusters of a plan, each with the objects that go to it, read as manifests are. */
import type { UnknownInput } from "../../../model/network/topology.ts";
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { kubernetesTypes } from "../kubernetes.ts";
import type { ManifestDocument, ReadCluster } from "./cluster.ts";
import { readCluster } from "./cluster.ts";
import type { Fields } from "./fields.ts";
import { isFields } from "./fields.ts";

/** What goes to one cluster. */
export interface PlannedCluster {
  /** URN of the provider by which the objects get there: one for each cluster. */
  readonly provider: string;
  readonly cluster: ReadCluster;
}

/**
 * Every cluster to which objects are planned. Objects that are not wholly known, and charts, whose
 * objects nobody sees here, are unread: they may allow or deny anything.
 */
export function plannedClusters(plan: Plan): PlannedCluster[] {
  const objects = plan.resources.filter(({ type }) => type.startsWith("kubernetes:"));
  const byProvider = Map.groupBy(objects, ({ provider }) => provider);
  return [...byProvider].map(([provider, all]) => ({ provider, cluster: clusterOf(all) }));
}

function clusterOf(objects: readonly PlannedResource[]): ReadCluster {
  const unread: UnknownInput[] = [];
  const documents = objects.flatMap((object): ManifestDocument[] => {
    if (object.type === kubernetesTypes.release) {
      unread.push({ urn: object.urn, path: "chart" });
      return [];
    }
    try {
      return [documentOf(object)];
    } catch (error) {
      if (!(error instanceof Undecided)) throw error;
      if (hasSay(object)) unread.push({ urn: error.urn, path: error.path });
      return [];
    }
  });
  const cluster = readCluster(documents);
  return { ...cluster, unread: [...cluster.unread, ...unread] };
}

/** Whether objects of its kind decide about packets, whatever is written in them. */
function hasSay({ urn, type, name }: PlannedResource): boolean {
  const bare = { at: urn, value: { ...kindOf(type), metadata: { name } } };
  const { seen, unread } = readCluster([bare]);
  return seen.length + unread.length > 0;
}

/** The engine names an object after its resource where the program does not. */
function documentOf({ urn, type, name, inputs }: PlannedResource): ManifestDocument {
  const value = fieldsOf(inputs.plain());
  const metadata = { name, ...fieldsOf(value["metadata"]) };
  return { at: urn, value: { ...kindOf(type), ...value, metadata } };
}

/** Of `kubernetes:networking.k8s.io/v1:NetworkPolicy`. */
function kindOf(type: string) {
  const [, version = "", kind = ""] = type.split(":");
  return { apiVersion: version.replace(/^core\//, ""), kind };
}

function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}
