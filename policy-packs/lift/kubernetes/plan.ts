/** Planned Kubernetes resources as the clusters that they go to, one for each provider. */
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { kubernetesTypes } from "../kubernetes.ts";
import { trustDomain as usualTrustDomain } from "./callers.ts";
import type { ManifestDocument, ReadCluster } from "./cluster.ts";
import { readCluster } from "./cluster.ts";
import type { Policy } from "./policy.ts";
import { unsettledAddition, unsettledDecision } from "./unsettled.ts";
import { podPaths, workloadKinds } from "./workload.ts";

/** One cluster as planned. */
export interface PlannedCluster {
  /** URN of the provider through which its objects go. */
  readonly provider: string;
  /**
   * What is not known yet keeps open whatever it may decide, and is among `unread`, as charts are,
   * of which nobody sees the objects here.
   */
  readonly cluster: ReadCluster;
}

/** All clusters to which anything is planned. */
export function plannedClusters(plan: Plan): PlannedCluster[] {
  const objects = plan.resources.filter(({ type }) => tokenOf(type) !== undefined);
  return [...Map.groupBy(objects, ({ provider }) => provider)].map(([provider, all]) => ({
    provider,
    cluster: clusterOf(all),
  }));
}

function clusterOf(objects: readonly PlannedResource[]): ReadCluster {
  const documents: ManifestDocument[] = [];
  const open: { policy: Policy | undefined; urn: string; path: string }[] = [];
  for (const object of objects) {
    try {
      documents.push({ at: object.urn, urn: object.urn, value: manifestOf(object) });
    } catch (error) {
      if (!(error instanceof Undecided)) throw error;
      open.push({ policy: unsettledOf(object), urn: error.urn, path: error.path });
    }
  }
  const cluster = readCluster(documents);
  const charts = objects.filter(({ type }) => type === kubernetesTypes.release);
  const trustDomain = trustDomainOf(charts);
  return {
    ...cluster,
    ...(trustDomain === undefined ? {} : { trustDomain }),
    policies: [...cluster.policies, ...open.flatMap(({ policy }) => policy ?? [])],
    unread: [
      ...cluster.unread,
      ...open.map(({ urn, path }) => ({ urn, path })),
      ...charts.map(({ urn }) => ({ urn, path: "chart" })),
    ],
  };
}

/**
 * The trust domain that istiod's chart is told: `cluster.local` where it is told none. With aliases
 * an identity answers to several, and values out of files are not seen: then nobody knows here.
 */
function trustDomainOf(charts: readonly PlannedResource[]): string | undefined {
  const [istiod, ...more] = charts.filter(({ inputs }) => {
    const chart = inputs.at("chart");
    return chart.state === "known" && /(^|\/)istiod$/.test(chart.text() ?? "");
  });
  if (istiod === undefined || more.length > 0) return undefined;
  const settings = istiod.inputs.at("values", "meshConfig");
  const seen = [istiod.inputs.at("valueYamlFiles"), settings.at("trustDomainAliases")];
  const domain = settings.at("trustDomain");
  if (domain.state === "unknown" || seen.some(({ state }) => state !== "absent")) return undefined;
  return domain.text() ?? usualTrustDomain;
}

/** Group and version, and kind, of a type such as `kubernetes:apps/v1:Deployment`. */
function tokenOf(type: string): { readonly apiVersion: string; readonly kind: string } | undefined {
  const [, group, version, kind] =
    /^kubernetes:([a-z0-9.-]+)\/(v[a-z0-9]+):(\w+)$/.exec(type) ?? [];
  if (group === undefined || version === undefined || kind === undefined) return undefined;
  return { apiVersion: group === "core" ? version : `${group}/${version}`, kind };
}

/** The object as far as anybody here reads it: an unknown image keeps nothing open. */
function manifestOf(object: PlannedResource): Record<string, unknown> {
  const token = tokenOf(object.type);
  const kind = token?.kind ?? "";
  const { inputs } = object;
  const metadata = { name: object.name, ...metadataOf(inputs.at("metadata")) };
  if (workloadKinds.includes(kind)) {
    const path = podPaths[kind] ?? [];
    return path.length === 0
      ? { ...token, ...podOf(inputs), metadata }
      : { ...token, metadata, ...nested(path, podOf(inputs.at(...path))) };
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

function metadataOf(view: View): Record<string, unknown> {
  const entries = ["name", "namespace", "labels", "annotations", "ownerReferences"].map(
    (key): [string, unknown] => [key, view.at(key).plain()],
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function podOf(view: View): Record<string, unknown> {
  const spec = view.at("spec");
  const containersOf = (key: string) =>
    spec
      .at(key)
      .items()
      .map((container) => ({
        ports: container
          .at("ports")
          .items()
          .map((port) => port.plain()),
        restartPolicy: container.at("restartPolicy").plain(),
      }));
  return {
    metadata: metadataOf(view.at("metadata")),
    spec: {
      containers: containersOf("containers"),
      initContainers: containersOf("initContainers"),
      hostNetwork: spec.at("hostNetwork").plain(),
      serviceAccountName: spec.at("serviceAccountName").plain(),
    },
  };
}

/** What an object that is not known yet may do to packets. */
function unsettledOf({ type, urn, inputs }: PlannedResource): Policy | undefined {
  const token = tokenOf(type);
  if (token === undefined || !token.kind.endsWith("NetworkPolicy")) return undefined;
  const unread = { name: `${token.kind} of ${urn}`, urn };
  if (token.kind !== "NetworkPolicy") return unsettledDecision({ ...unread, namespace: undefined });
  const view = inputs.at("metadata", "namespace");
  const namespace = view.state === "unknown" ? undefined : (view.text() ?? "default");
  return unsettledAddition({ ...unread, namespace });
}
