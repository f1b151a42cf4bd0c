/** Istio, "Destination Rule", ClientTLSSettings: `insecureSkipVerify` accepts any certificate. */
import { demandRule } from "../shared/flag-rule.ts";
import { istioTypes } from "../shared/istio-objects.ts";

const type = istioTypes.destinationRule;

function demand(...path: readonly string[]) {
  return {
    path: ["spec", ...path] as const,
    holds: (value: string | undefined) => value !== "true",
    witness: "a server with any certificate",
    good: false,
    bad: true,
  };
}

export const MS18 = demandRule({
  id: "MS18",
  sentence: "No destination skips verification.",
  why: "Whoever stands on the way answers in the server's place, and reads all that is sent.",
  severity: "critical",
  tenets: ["T2"],
  controls: ["SC-8", "SC-23", "IA-9"],
  fix: "Take insecureSkipVerify out, and name the server's authority under caCertificates or credentialName.",
  demands: {
    [type]: [
      demand("trafficPolicy", "tls", "insecureSkipVerify"),
      demand("trafficPolicy", "portLevelSettings", "*", "tls", "insecureSkipVerify"),
      demand("subsets", "*", "trafficPolicy", "tls", "insecureSkipVerify"),
    ],
  },
  base: { [type]: { spec: { host: "api.example" } } },
  // A server whose certificate nobody signed is not reached any more.
  remedy: "opt-in",
});
