/** Planned Kubernetes resources as the clusters that they go to, one for each provider. */
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { kubernetesTypes } from "../kubernetes.ts";
import { settle } from "../uncertain.ts";
import type { ReadCluster } from "./cluster.ts";
import { joinClusters, readCluster } from "./cluster.ts";
import { metadataOf, podOf } from "./planned-pod.ts";
import { trustDomainOf } from "./trust-domain.ts";
import { unsettledObject } from "./unsettled-object.ts";
import { podPaths, workloadKinds } from "./workload.ts";

/** One cluster as planned. */
export interface PlannedCluster {
  /** URN of the provider through which its objects go. */
  readonly provider: string;
  /**
   * What is not known yet, or is wrong, keeps open whatever it may decide, and is among `unread`, as
   * charts are, of which nobody sees the objects here.
   */
  readonly cluster: ReadCluster;
}

/** All clusters to which anything is planned. */
export function plannedClusters(plan: Plan): PlannedCluster[] {
  const objects = plan.resources.filter(({ type }) => tokenOf(type) !== undefined);
  return [...Map.groupBy(objects, ({ provider }) => provider)].map(([provider, all]) => ({
    provider,
    cluster: clusterOf(plan, all),
  }));
}

/** Each object by itself: one that is wrong or not known yet keeps open what it may decide. */
function clusterOf(plan: Plan, objects: readonly PlannedResource[]): ReadCluster {
  const parts = objects.map((object) => partOf(plan, object));
  const charts = objects.filter(({ type }) => type === kubernetesTypes.release);
  const trustDomain = trustDomainOf(charts);
  const cluster = joinClusters(parts);
  return {
    ...cluster,
    ...(trustDomain === undefined ? {} : { trustDomain }),
    unread: [...cluster.unread, ...charts.map(({ urn }) => ({ urn, path: "chart" }))],
  };
}

function partOf(plan: Plan, object: PlannedResource): ReadCluster {
  const read = settle(() => {
    const value = manifestOf(plan, object);
    return readCluster([{ at: object.urn, urn: object.urn, value }]);
  });
  if (!(read instanceof Undecided) && read.problems.length === 0) return read;
  const { kind = "", apiVersion = "" } = tokenOf(object.type) ?? {};
  const open =
    read instanceof Undecided
      ? [{ urn: read.urn, path: read.path }]
      : read.problems.map(() => ({ urn: object.urn, path: "" }));
  return {
    ...readCluster([]),
    ...unsettledObject(kind, apiVersion, object),
    problems: read instanceof Undecided ? [] : read.problems,
    unread: open.slice(0, 1),
  };
}

/** Group and version, and kind, of a type such as `kubernetes:apps/v1:Deployment`. */
function tokenOf(type: string): { readonly apiVersion: string; readonly kind: string } | undefined {
  const [, group, version, kind] =
    /^kubernetes:([a-z0-9.-]+)\/(v[a-z0-9]+):(\w+)$/.exec(type) ?? [];
  if (group === undefined || version === undefined || kind === undefined) return undefined;
  return { apiVersion: group === "core" ? version : `${group}/${version}`, kind };
}

/** The object as far as anybody here reads it: an unknown image keeps nothing open. */
function manifestOf(plan: Plan, object: PlannedResource): Record<string, unknown> {
  const token = tokenOf(object.type);
  const kind = token?.kind ?? "";
  const { inputs } = object;
  const metadata = { name: object.name, ...metadataOf(inputs.at("metadata")) };
  if (workloadKinds.includes(kind)) {
    const path = podPaths[kind] ?? [];
    return path.length === 0
      ? { ...token, ...podOf(plan, inputs), metadata }
      : { ...token, metadata, ...nested(path, podOf(plan, inputs.at(...path))) };
  }
  const decides = kind === "Namespace" ? {} : { spec: inputs.at("spec").plain() };
  return isRead(object.type) ? { ...token, metadata, ...decides } : { ...token, metadata };
}

function isRead(type: string): boolean {
  if (/:(\w*Policy|Namespace|PeerAuthentication)$/.test(type)) return true;
  return type.startsWith("kubernetes:networking.istio.io/") && type.endsWith(":Gateway");
}

function nested(path: readonly string[], value: unknown): Record<string, unknown> {
  const [first = "", ...rest] = path;
  return { [first]: rest.length === 0 ? value : nested(rest, value) };
}
