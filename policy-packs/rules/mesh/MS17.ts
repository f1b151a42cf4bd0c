/** Istio, "Destination Rule", ClientTLSSettings: SIMPLE shows no certificate of the caller. */
import type { View } from "../../../model/policy/view.ts";
import { demandRule } from "../shared/flag-rule.ts";
import { istioTypes } from "../shared/istio-objects.ts";

const type = istioTypes.destinationRule;
/** Services of the cluster: by their short or whole names. */
const inMesh = /^[^.*]+$|\.svc$|\.svc\.cluster\.local$/;

function demand(...path: readonly string[]) {
  return {
    path: ["spec", ...path] as const,
    when: (inputs: View) => inMesh.test(inputs.at("spec", "host").text() ?? ""),
    holds: (value: string | undefined) => value !== "SIMPLE",
    witness: "a call that no policy on principals can tell from a stranger's",
    good: "ISTIO_MUTUAL",
    bad: "SIMPLE",
  };
}

export const MS17 = demandRule({
  id: "MS17",
  sentence: "Destinations in the mesh use the mesh's identity.",
  why: "The call is encrypted, but its caller is nobody: the called workload must admit everybody to admit it.",
  severity: "high",
  tenets: ["T2", "T6"],
  controls: ["IA-9", "SC-8"],
  fix: "Set tls.mode to ISTIO_MUTUAL, or leave tls out.",
  demands: {
    [type]: [
      demand("trafficPolicy", "tls", "mode"),
      demand("trafficPolicy", "portLevelSettings", "*", "tls", "mode"),
      demand("subsets", "*", "trafficPolicy", "tls", "mode"),
    ],
  },
  base: { [type]: { spec: { host: "cart.shop.svc.cluster.local" } } },
});
