/**
 * Microsoft Learn, "Configure Azure Storage network security", "Configure network security for Azure
 * Key Vault", "Allow access to Azure Event Hubs namespaces from specific IP addresses": without rules
 * each takes every address, and none matter once the public network is off (ZN13).
 */

import { cis } from "../shared/benchmarks.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";
import { isOffPublicNetwork } from "../shared/public-network.ts";

const denied = (path: Demand["path"], publicNetwork: Demand["path"]): Demand => ({
  path,
  when: (inputs) => !isOffPublicNetwork(inputs.at(...publicNetwork)),
  holds: (value) => value?.toLowerCase() === "deny",
  witness: "a request from 203.0.113.7, which no rule of the firewall names",
  good: "Deny",
  bad: "Allow",
});

export const ZN14 = demandRule({
  id: "ZN14",
  sentence:
    "The firewall of a storage account, key vault or event hub denies whom it does not name.",
  why: "A key or token that leaks is good from everywhere, and anonymous requests come from everybody.",
  severity: "critical",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  frameworks: [cis("cis-azure-2.1.0", "3.8")],
  fix: "Set the rule set's defaultAction to Deny and name the subnets that call, or leave the public network.",
  demands: {
    "azure-native:storage:StorageAccount": [
      denied(["networkRuleSet", "defaultAction"], ["publicNetworkAccess"]),
    ],
    "azure-native:keyvault:Vault": [
      denied(["properties", "networkAcls", "defaultAction"], ["properties", "publicNetworkAccess"]),
    ],
    // A namespace without rules is ZN13o's.
    "azure-native:eventhub:NamespaceNetworkRuleSet": [
      denied(["defaultAction"], ["publicNetworkAccess"]),
    ],
  },
  // Callers that no rule names stay outside afterwards.
  remedy: "opt-in",
});
