/** VPC documentation, "VPC Network Peering", "Route exchange options": off unless set. */
import { demandRule } from "../shared/flag-rule.ts";
import { ofEach } from "../shared/gcp-machines.ts";

export const GN18 = demandRule({
  id: "GN18",
  sentence: "A peering gives the neighbour no routes but those of the subnets.",
  why: "Who has taken over the neighbour reaches by it offices and networks that were never joined to his.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Set exportCustomRoutes to false.",
  demands: ofEach(
    [
      "gcp:compute/networkPeering:NetworkPeering",
      "gcp:compute/networkPeeringRoutesConfig:NetworkPeeringRoutesConfig",
    ],
    {
      path: ["exportCustomRoutes"],
      holds: (value) => value !== "true",
      witness: "a packet from the neighbour to a network behind the VPN",
      good: false,
      bad: true,
    },
  ),
});
