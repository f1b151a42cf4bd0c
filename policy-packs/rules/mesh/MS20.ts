/** Istio, "Destination Rule": a subset's traffic policy goes before the one of all. */
import { demandRule } from "../shared/flag-rule.ts";
import { istioTypes } from "../shared/istio-objects.ts";

const type = istioTypes.destinationRule;

function demand(...path: readonly string[]) {
  return {
    path: ["spec", "subsets", "*", "trafficPolicy", ...path] as const,
    holds: (value: string | undefined) => value !== "DISABLE",
    witness: "a call to the subset in plaintext",
    good: "ISTIO_MUTUAL",
    bad: "DISABLE",
  };
}

export const MS20 = demandRule({
  id: "MS20",
  sentence: "No subset weakens TLS.",
  why: "The host's policy looks sound, while the calls to one version of it are readable and have no caller.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-8", "IA-9"],
  fix: "Take tls out of the subset's trafficPolicy.",
  demands: { [type]: [demand("tls", "mode"), demand("portLevelSettings", "*", "tls", "mode")] },
  base: { [type]: { spec: { host: "cart.shop.svc.cluster.local" } } },
});
