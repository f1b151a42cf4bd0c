/** Istio, "Destination Rule", ClientTLSSettings: DISABLE sends plaintext, also where the other side could do more. */
import type { View } from "../../../model/policy/view.ts";
import { demandRule } from "../shared/flag-rule.ts";
import { istioTypes } from "../shared/istio-objects.ts";

const type = istioTypes.destinationRule;
/** Brings TLS of its own, in which the proxy must not wrap it. */
const apiServer = /^kubernetes\.default(\.svc(\.cluster\.local)?)?$/;

function demand(...path: readonly string[]) {
  return {
    path: ["spec", ...path] as const,
    when: (inputs: View) => !apiServer.test(inputs.at("spec", "host").text() ?? ""),
    holds: (value: string | undefined) => value !== "DISABLE",
    witness: "a call in plaintext, without the caller's identity",
    good: "ISTIO_MUTUAL",
    bad: "DISABLE",
  };
}

export const MS16 = demandRule({
  id: "MS16",
  sentence: "No destination turns TLS off.",
  why: "Calls are readable on the way, and the called workload sees nobody whom a policy could name.",
  severity: "critical",
  tenets: ["T2"],
  controls: ["SC-8", "IA-9"],
  fix: "Set tls.mode to ISTIO_MUTUAL, or SIMPLE for a server outside the mesh.",
  demands: {
    [type]: [
      demand("trafficPolicy", "tls", "mode"),
      demand("trafficPolicy", "portLevelSettings", "*", "tls", "mode"),
    ],
  },
  base: { [type]: { spec: { host: "cart.shop.svc.cluster.local" } } },
  // A server that knows no TLS is not reached any more.
  remedy: "opt-in",
});
