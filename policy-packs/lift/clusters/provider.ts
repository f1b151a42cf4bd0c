/** To which planned cluster the objects of a Kubernetes provider go. */
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { awsTypes } from "../aws/types.ts";
import { azureTypes } from "../azure/types.ts";
import { gcpTypes } from "../gcp/types.ts";
import { settle } from "../uncertain.ts";

const clusterTypes: readonly string[] = [awsTypes.eksCluster, azureTypes.cluster, gcpTypes.cluster];

/** Outputs in which clusters tell where their API server answers. */
const serverOutputs = ["endpoint", "fqdn", "privateFQDN"];

/**
 * The cluster of which the provider's kubeconfig is made, or whose server it names. Throws
 * `Undecided` where none is planned, or where it may be any of several.
 */
export function clusterBehind(plan: Plan, provider: string): PlannedResource {
  const clusters = plan.ofType(...clusterTypes);
  const recorded = plan.waitsFor(provider, "kubeconfig");
  const named = clusters.filter(({ urn }) => recorded.includes(urn));
  const [cluster, ...more] =
    named.length === 1 ? named : clusters.filter((one) => isNamed(plan, provider, one));
  if (cluster === undefined || more.length > 0) {
    throw new Undecided(provider, "kubeconfig", "unknown");
  }
  return cluster;
}

function isNamed(plan: Plan, provider: string, { outputs }: PlannedResource): boolean {
  const view = plan.resources.find(({ urn }) => urn === provider)?.inputs.at("kubeconfig");
  const config = view === undefined ? undefined : settle(() => view.text());
  if (typeof config !== "string") return false;
  return serverOutputs.some((key) => {
    const server = settle(() => outputs.at(key).text());
    const host = typeof server === "string" ? server.replace(/^https:\/\//, "") : "";
    return host !== "" && config.includes(host);
  });
}
