/** Clusters as an engine hands them over: the objects of a lowering beside the workloads they guard. */
import { clusterNamespaces } from "../../../../model/network/cluster-flows.ts";
import type { NetworkIntent, PlaceIntent } from "../../../../model/network/intent.ts";
import type { Proof } from "../../../../model/reach/prove.ts";
import type { RawResource } from "../../../../policy-packs/kit/plan.ts";

/** An object that goes to the cluster. */
export interface ManifestObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: unknown;
}

/** The objects as resources of one provider. */
export function planned(objects: readonly ManifestObject[]): RawResource[] {
  return objects.map(({ apiVersion, kind, ...inputs }) => {
    const { name, namespace = "" } = inputs.metadata;
    const type = `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
    const logical = `${namespace}-${name}`;
    const urn = `urn:pulumi:test::bulkhead::${type}::${logical}`;
    return { urn, type, name: logical, inputs, provider: "cluster" };
  });
}

/** A namespace. */
export function namespaceOf(name: string, labels: Readonly<Record<string, string>> = {}) {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, labels } };
}

/** A Deployment of which the pods have the label, and run as an account of the workload's name. */
export function deployment(namespace: string, name: string, labels: Record<string, string> = {}) {
  const template = {
    metadata: { labels: { app: name, ...labels } },
    spec: { serviceAccountName: name, containers: [{ name, image: "test" }] },
  };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace },
    spec: { selector: { matchLabels: { app: name } }, template },
  };
}

/** What a proof found, a line each. */
export function said({ differences, unknowns, unseen }: Proof): string[] {
  return [
    ...differences
      .filter(({ kind }) => kind !== "residual")
      .map(({ kind, from, to, family }) => `${kind} ${from.name} => ${to.name} IPv${family}`),
    ...unknowns.map(({ urn, path }) => `unknown ${urn} ${path}`),
    ...unseen.map((segment) => `unseen ${segment}`),
  ];
}

/** Every workload of the intent and a stranger in each of its namespaces; others' pods; the resolver. */
export function workloadsOf(intent: NetworkIntent, place: PlaceIntent): ManifestObject[] {
  const members = intent.segments.flatMap(({ members: all = [] }) =>
    all.flatMap((member) => ("workload" in member ? [member.workload] : [])),
  );
  const own = clusterNamespaces(intent, place);
  return [
    ...own.map((name) => namespaceOf(name)),
    ...members.map((workload) => {
      const [namespace = "", name = ""] = workload.split("/");
      return deployment(namespace, name);
    }),
    ...own.map((namespace) => deployment(namespace, "stranger")),
    namespaceOf("tools"),
    deployment("tools", "web"),
    deployment("kube-system", "coredns", { "k8s-app": "kube-dns" }),
    deployment("kube-system", "metrics"),
  ];
}

/** What an owner of a namespace may write. */
export function opened(namespace: string): ManifestObject {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "open", namespace },
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"], ingress: [{}], egress: [{}] },
  };
}
