/** Istio's objects beside its two policies, and its control plane, as they are planned. */
import type { ExampleResource } from "../../../model/policy/rule.ts";
import type { Json, PlannedResource } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { kubernetesTypes } from "../../lift/kubernetes.ts";

export const istioTypes = {
  destinationRule: "kubernetes:networking.istio.io/v1:DestinationRule",
  envoyFilter: "kubernetes:networking.istio.io/v1:EnvoyFilter",
  gateway: "kubernetes:networking.istio.io/v1:Gateway",
  requestAuthentication: "kubernetes:security.istio.io/v1:RequestAuthentication",
  serviceEntry: "kubernetes:networking.istio.io/v1:ServiceEntry",
  sidecar: "kubernetes:networking.istio.io/v1:Sidecar",
  telemetry: "kubernetes:telemetry.istio.io/v1:Telemetry",
  virtualService: "kubernetes:networking.istio.io/v1:VirtualService",
} as const;

/** A mesh's trust domain where nobody says another. */
export const clusterLocal = "cluster.local";

/** Name of the chart of a Helm release, without repository, version and ending. */
export function chartOf(release: PlannedResource): string {
  const text = release.inputs.at("chart").text() ?? "";
  return (text.split("/").at(-1) ?? "").replace(/-\d[\w.+-]*\.tgz$/, "");
}

/** The domain of the control plane's mesh, its aliases, and the name that stands for it. */
export function trustDomainsOf(plane: PlannedResource): readonly string[] {
  const mesh = plane.inputs.at("values", "meshConfig");
  if (mesh.state === "unknown") throw new Undecided(mesh.urn, mesh.path, "unknown");
  const aliases = entriesOf(mesh.at("trustDomainAliases")).map((one) => one.text() ?? "");
  return [clusterLocal, mesh.at("trustDomain").text() ?? "", ...aliases];
}

/** An object of a namespace. */
export function istioObject(type: string, spec: Json, namespace: Json = "shop"): ExampleResource {
  const name = type.replace(/.*:/, "").toLowerCase();
  return { type, name, props: { metadata: { name: "app", namespace }, spec } };
}

/** A release of Istio's control plane. */
export function controlPlane(values: Json): ExampleResource {
  const props = { chart: "istiod", namespace: "istio-system", values };
  return { type: kubernetesTypes.release, name: "istiod", props };
}
