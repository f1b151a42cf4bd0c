/**
 * Microsoft Learn, "Deploy container instances into an Azure virtual network", "Use instance-level public
 * IPs in AKS" and "HTTP application routing add-on for AKS": all are off unless set.
 */
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const off = (path: Demand["path"], witness: string): Demand => ({
  path,
  holds: (value) => value !== "true",
  witness,
  good: false,
  bad: true,
});

const node = "a packet from the internet to a node's own public address";

export const ZN22 = demandRule({
  id: "ZN22",
  sentence: "Containers and nodes have no public addresses of their own.",
  why: "Everybody may try what listens there, past the gateway that checks requests and callers.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Put container groups into a subnet (ipAddress.type Private) and leave enableNodePublicIP and httpApplicationRouting off.",
  demands: {
    "azure-native:containerinstance:ContainerGroup": [
      {
        path: ["ipAddress", "type"],
        holds: (value) => value?.toLowerCase() !== "public",
        witness: "a packet from the internet to the container",
        good: "Private",
        bad: "Public",
      },
    ],
    "azure-native:containerservice:ManagedCluster": [
      off(["agentPoolProfiles", "*", "enableNodePublicIP"], node),
      off(
        ["addonProfiles", "httpApplicationRouting", "enabled"],
        "a request by HTTP to a public address that the add-on made",
      ),
    ],
    "azure-native:containerservice:AgentPool": [off(["enableNodePublicIP"], node)],
  },
});
