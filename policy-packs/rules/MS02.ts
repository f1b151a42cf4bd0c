/** Istio, PeerAuthentication: DISABLE turns mutual TLS off. */
import type { Rule } from "../../model/policy/rule.ts";
import type { Demand } from "./shared/flag-rule.ts";
import { checkDemands, demandExamples } from "./shared/flag-rule.ts";

const type = "kubernetes:security.istio.io/v1:PeerAuthentication";

const demands: readonly Demand[] = [
  {
    path: ["spec", "mtls", "mode"],
    holds: (value) => value !== "DISABLE",
    witness: "a plaintext call from any address",
    good: "STRICT",
    bad: "DISABLE",
  },
];

export const MS02: Rule = {
  id: "MS02",
  sentence: "No namespace or workload turns mutual TLS off.",
  why: "Every call is in plaintext and without an identity.",
  severity: "critical",
  tenets: ["T2", "T6"],
  controls: ["SC-8", "IA-9"],
  fix: "Set spec.mtls.mode to STRICT, or delete the PeerAuthentication.",
  subjects: [type],
  needs: "resource",
  check: checkDemands(demands),
  examples: demandExamples(type, demands, { metadata: { namespace: "payments" } }),
};
