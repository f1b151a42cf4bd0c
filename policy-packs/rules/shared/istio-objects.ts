/** Istio's objects beside its two policies, and its control plane, as they are planned. */
import type { ExampleResource } from "../../../model/policy/rule.ts";
import type { Json, PlannedResource } from "../../../model/policy/view.ts";
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

/** Name of the chart of a Helm release, without repository, version and ending. */
export function chartOf(release: PlannedResource): string {
  const text = release.inputs.at("chart").text() ?? "";
  return (text.split("/").at(-1) ?? "").replace(/-\d[\w.+-]*\.tgz$/, "");
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
