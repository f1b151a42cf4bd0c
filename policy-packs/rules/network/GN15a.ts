/** GKE documentation, "About network isolation in GKE": the public endpoint is there unless taken away. */
import { demandRule } from "../shared/flag-rule.ts";
import { gkeCluster, hasAddresses } from "../shared/gke-endpoint.ts";

export const GN15a = demandRule({
  id: "GN15a",
  sentence: "A cluster's control plane has no public address.",
  why: "Everybody who is let through a list of addresses may try tokens and flaws of the API server.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Set privateClusterConfig.enablePrivateEndpoint to true, or ipEndpointsConfig.enabled to false and use the DNS name.",
  demands: {
    [gkeCluster]: [
      {
        path: ["privateClusterConfig", "enablePrivateEndpoint"],
        when: hasAddresses,
        holds: (value) => value === "true",
        witness: "a call of the API server from the internet",
        good: true,
        bad: false,
      },
    ],
  },
});
