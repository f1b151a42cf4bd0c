/** Istio, PeerAuthentication: DISABLE turns mutual TLS off. */
import { demandRule } from "../shared/flag-rule.ts";

const type = "kubernetes:security.istio.io/v1:PeerAuthentication";

export const MS02 = demandRule({
  id: "MS02",
  sentence: "No namespace or workload turns mutual TLS off.",
  why: "Every call is in plaintext and without an identity.",
  severity: "critical",
  tenets: ["T2", "T6"],
  controls: ["SC-8", "IA-9"],
  fix: "Set spec.mtls.mode to STRICT, or delete the PeerAuthentication.",
  demands: {
    [type]: [
      {
        path: ["spec", "mtls", "mode"],
        holds: (value) => value !== "DISABLE",
        witness: "a plaintext call from any address",
        good: "STRICT",
        bad: "DISABLE",
      },
    ],
  },
  base: { [type]: { metadata: { namespace: "payments" } } },
  remedy: "safe",
});
