/** GKE documentation, "Harden your cluster's security": both are off unless set. */
import { demandRule } from "../shared/flag-rule.ts";
import { gkeCluster } from "../shared/gke-endpoint.ts";

export const GN15e = demandRule({
  id: "GN15e",
  sentence: "A cluster has neither attribute-based authorization nor a client certificate.",
  why: "Service accounts then may do nearly everything; a certificate cannot be taken back, and asks for no login.",
  severity: "high",
  tenets: ["T6"],
  controls: ["AC-3", "AC-6", "IA-5"],
  fix: "Set enableLegacyAbac and masterAuth.clientCertificateConfig.issueClientCertificate to false.",
  demands: {
    [gkeCluster]: [
      {
        path: ["enableLegacyAbac"],
        holds: (value) => value !== "true",
        witness: "a service account of any pod that reads the secrets of all namespaces",
        good: false,
        bad: true,
      },
      {
        path: ["masterAuth", "clientCertificateConfig", "issueClientCertificate"],
        holds: (value) => value !== "true",
        witness: "a call of the API server with a certificate that never loses its right",
        good: false,
        bad: true,
      },
    ],
  },
});
