/** The pods of a cluster of the local stack, as its own lift and the probe know them. */
import type { Topology } from "../../../model/network/topology.ts";
import type { Plan } from "../../../model/policy/view.ts";
import { joinClusters, readCluster } from "../../../policy-packs/lift/kubernetes/cluster.ts";
import { plannedClusters } from "../../../policy-packs/lift/kubernetes/plan.ts";
import { anyPlugin } from "../../../policy-packs/lift/kubernetes/plugin.ts";
import { liftCluster } from "../../../policy-packs/lift/kubernetes/topology.ts";
import type { Workload } from "../../../policy-packs/lift/kubernetes/workload.ts";
import type { Answer } from "./compare.ts";
import type { PlacedEnd } from "./packets.ts";
import { nobodies } from "./world.ts";

/** A cluster's policies on the pods that its service accounts would run. */
export interface PodWorld {
  readonly topology: Topology;
  readonly ends: readonly PlacedEnd[];
}

/** One for each provider of Kubernetes objects; `cluster` names what a provider's name leads to. */
export function podWorlds(plan: Plan, cluster: (provider: string) => string): PodWorld[] {
  return plannedClusters(plan).map(({ provider, cluster: planned }) => {
    const pods = planned.workloads.length > 0 ? [] : podsOfAccounts(plan, provider);
    // The probe's word is taken as far as network policies go; Istio's has tests of its own.
    const joined = { ...joinClusters([planned, readCluster(pods)]), mesh: [] };
    const { topology } = liftCluster(joined, anyPlugin);
    const name = cluster(provider.slice(provider.lastIndexOf("::") + 2));
    const urns = new Map(planned.workloads.map((one) => [idOf(one), one.urn.split(" ")[0]]));
    const nameOf = (id: string) => urns.get(id) ?? `${name}/${id.replace(/\[.*$/, "")}`;
    return { topology, ends: [...endsOf(topology, nameOf), ...nobodies(topology)] };
  });
}

/** What the probe takes for the pod of a service account: it is labelled `app` by its name. */
function podsOfAccounts(plan: Plan, provider: string) {
  return plan
    .ofType("kubernetes:core/v1:ServiceAccount")
    .filter((account) => account.provider === provider)
    .map(({ urn, inputs }) => {
      const name = inputs.at("metadata", "name").text();
      const namespace = inputs.at("metadata", "namespace").text();
      const metadata = { name, namespace, labels: { app: name } };
      return { at: urn, value: { apiVersion: "v1", kind: "Pod", metadata } };
    });
}

function idOf({ namespace, owner, kind }: Workload): string {
  return `${namespace}/${owner}[${kind}]`;
}

function endsOf({ endpoints }: Topology, nameOf: (id: string) => string): PlacedEnd[] {
  return endpoints.map(({ id, unknownAddresses }) => ({
    name: nameOf(id),
    hidden: undefined,
    endpoint: id,
    kind: "pod",
    cloud: "kubernetes",
    imagined: false,
    addresses: Object.fromEntries(
      unknownAddresses.map((unknown) => [unknown, { unknown }] as const),
    ),
  }));
}

/** The probe's word as far as policies go: behind them are nodes, clouds and the mesh. */
export function policyVerdict({ stage = "", verdict }: Answer): Answer["verdict"] {
  return /^(NetworkPolicy|pod isolation|Admin tier|Baseline tier)/.test(stage)
    ? verdict
    : "arrives";
}
