/** Istio, "Sidecar", IstioEgressListener: hosts are NAMESPACE/HOST. */
import { demandRule } from "../shared/flag-rule.ts";
import { istioTypes } from "../shared/istio-objects.ts";

export const MS30 = demandRule({
  id: "MS30",
  sentence: "A sidecar's egress is named.",
  why: "Each proxy knows the way to every service of the mesh, and so does whoever takes the workload over.",
  severity: "medium",
  tenets: ["T2", "T6"],
  controls: ["SC-7", "AC-6"],
  fix: "List under egress.hosts the namespaces and hosts that are called.",
  demands: {
    [istioTypes.sidecar]: [
      {
        path: ["spec", "egress", "*", "hosts", "*"],
        holds: (value) => value !== "*/*",
        witness: "a call to any service of any namespace",
        good: "./*",
        bad: "*/*",
      },
    ],
  },
});
