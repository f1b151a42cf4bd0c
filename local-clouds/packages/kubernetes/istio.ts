/** The definitions that Istio's `base` chart brings (istio.io/api, `customresourcedefinitions.gen.yaml`). */

import type { JsonObject } from "../../protocol/value.ts";
import { pluralOf } from "./kinds.ts";

const served: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "networking.istio.io": {
    DestinationRule: "v1 v1beta1 v1alpha3",
    EnvoyFilter: "v1alpha3",
    Gateway: "v1 v1beta1 v1alpha3",
    ProxyConfig: "v1beta1",
    ServiceEntry: "v1 v1beta1 v1alpha3",
    Sidecar: "v1 v1beta1 v1alpha3",
    VirtualService: "v1 v1beta1 v1alpha3",
    WorkloadEntry: "v1 v1beta1 v1alpha3",
    WorkloadGroup: "v1 v1beta1 v1alpha3",
  },
  "security.istio.io": {
    AuthorizationPolicy: "v1 v1beta1",
    PeerAuthentication: "v1 v1beta1",
    RequestAuthentication: "v1 v1beta1",
  },
  "telemetry.istio.io": { Telemetry: "v1 v1alpha1" },
  "extensions.istio.io": { WasmPlugin: "v1alpha1" },
};

/** Every definition of the chart, as the object the cluster holds. */
export function istioDefinitions(): readonly JsonObject[] {
  return Object.entries(served).flatMap(([group, kinds]) =>
    Object.entries(kinds).map(([kind, versions]) => definition(group, kind, versions.split(" "))),
  );
}

function definition(group: string, kind: string, versions: readonly string[]): JsonObject {
  const plural = pluralOf(kind);
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: "Namespaced",
      names: { kind, plural, listKind: `${kind}List`, singular: kind.toLowerCase() },
      versions: versions.map((name, i) => ({ name, served: true, storage: i === 0 })),
    },
  };
}
