/**
 * Who is in the mesh, and by which mode of mutual TLS a pod is reached.
 *
 * Istio, "Installing the Sidecar": the namespace's label `istio-injection` or `istio.io/rev` and the
 * pod's label `sidecar.istio.io/inject`; "Add workloads to the mesh" for ambient. "PeerAuthentication":
 * the workload's policy comes before the namespace's, which comes before the mesh's; without any the
 * mode is PERMISSIVE.
 */

import { type Deployed, type Live, objectOf, textOf } from "../deployed.ts";
import type { Pod } from "../kubernetes/pod.ts";
import { labelsOf, namespaceLabels, selects } from "../kubernetes/selectors.ts";
import { kubernetes } from "../kubernetes/tokens.ts";

/** Where policies of the whole mesh lie, unless `meshConfig.rootNamespace` says otherwise. */
const usualRootNamespace = "istio-system";
const usualTrustDomain = "cluster.local";

/** How a pod takes part in the mesh. */
export function meshMode(deployed: Deployed, pod: Pod): "sidecar" | "ambient" | "none" {
  if (installation(deployed, pod.cluster) === undefined) return "none";
  const own = pod.labels["sidecar.istio.io/inject"] ?? pod.annotations["sidecar.istio.io/inject"];
  if (own === "false" || pod.hostNetwork) return "none";
  const labels = namespaceLabels(deployed, pod.cluster, pod.namespace);
  if ((pod.labels["istio.io/dataplane-mode"] ?? labels["istio.io/dataplane-mode"]) === "ambient") {
    return "ambient";
  }
  const injection = labels["istio-injection"];
  if (injection === "disabled") return "none";
  const chosen = injection === "enabled" || labels["istio.io/rev"] !== undefined;
  return chosen || own === "true" || pod.labels["istio.io/rev"] !== undefined ? "sidecar" : "none";
}

/** The control plane's release, or any of the mesh's own policies where it came another way. */
function installation(deployed: Deployed, cluster: string): Live | undefined {
  const here = deployed
    .all(kubernetes.release, kubernetes.authorization, kubernetes.peerAuthentication, definition)
    .filter(({ account }) => account === cluster);
  return here.find(
    ({ token, id, properties }) =>
      token === kubernetes.authorization ||
      token === kubernetes.peerAuthentication ||
      id.endsWith(".istio.io") ||
      textOf(properties, "chart")?.endsWith("istiod") === true,
  );
}

const definition = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";

/** What the release's values say of the whole mesh. */
export function meshConfig(deployed: Deployed, cluster: string) {
  const release = deployed
    .all(kubernetes.release)
    .find(
      ({ account, properties }) =>
        account === cluster && textOf(properties, "chart")?.endsWith("istiod") === true,
    );
  return objectOf(objectOf(release?.properties ?? {}, "values"), "meshConfig");
}

/** The namespace whose policies hold for the whole mesh. */
export function rootNamespace(deployed: Deployed, cluster: string): string {
  return textOf(meshConfig(deployed, cluster), "rootNamespace") ?? usualRootNamespace;
}

/** The trust domain of a cluster's identities. */
export function trustDomain(deployed: Deployed, cluster: string): string {
  return textOf(meshConfig(deployed, cluster), "trustDomain") ?? usualTrustDomain;
}

/** A mode and who says so. */
export interface Mtls {
  readonly mode: "STRICT" | "PERMISSIVE" | "DISABLE";
  readonly from: string;
}

/** The mode for a pod's port. */
export function mtlsOf(deployed: Deployed, pod: Pod, port: number): Mtls {
  const all = deployed
    .all(kubernetes.peerAuthentication, kubernetes.peerAuthenticationBeta)
    .filter(({ account }) => account === pod.cluster);
  const root = rootNamespace(deployed, pod.cluster);
  const own = all.filter((one) => namespaceOf(one) === pod.namespace);
  const workload = own.find((one) => hasSelector(one) && selects(selectorOf(one), pod.labels));
  const ordered = [
    workload,
    own.find((one) => !hasSelector(one)),
    all.find((one) => namespaceOf(one) === root && !hasSelector(one)),
  ];
  const byPort = workload === undefined ? undefined : portMode(workload, port);
  if (workload !== undefined && isMode(byPort))
    return { mode: byPort, from: `${workload.id} port ${port}` };
  for (const one of ordered) {
    const mode = textOf(objectOf(objectOf(one?.properties ?? {}, "spec"), "mtls"), "mode");
    if (one !== undefined && isMode(mode)) return { mode, from: one.id };
  }
  return { mode: "PERMISSIVE", from: "the default" };
}

function portMode(policy: Live, port: number): string | undefined {
  const ports = objectOf(objectOf(policy.properties, "spec"), "portLevelMtls");
  return textOf(objectOf(ports, String(port)), "mode");
}

function isMode(text: string | undefined): text is Mtls["mode"] {
  return text === "STRICT" || text === "PERMISSIVE" || text === "DISABLE";
}

/** The namespace of an object by its id. */
export function namespaceOf(object: Live): string {
  return object.id.slice(0, object.id.indexOf("/"));
}

/** Whether a policy of the mesh chooses workloads. */
export function hasSelector(policy: Live): boolean {
  return Object.keys(labelsOf(objectOf(selectorOf(policy), "matchLabels"))).length > 0;
}

/** The selector of a policy of the mesh. */
export function selectorOf(policy: Live) {
  return objectOf(objectOf(policy.properties, "spec"), "selector");
}
