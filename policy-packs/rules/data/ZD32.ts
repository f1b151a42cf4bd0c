/**
 * Microsoft Learn, "Host-based encryption on Azure Kubernetes Service", "Enable double encryption for
 * your cluster in Azure Data Explorer" and "Infrastructure encryption" of Service Bus, which its tier
 * Premium alone has. ZD01d and ZD05 ask the same of storage and machines.
 */
import type { View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { demandRule } from "../shared/flag-rule.ts";
import { forMarked } from "../shared/sensitive-data.ts";

const bus = "azure-native:servicebus:Namespace";
const switched = { holds: (value: string | undefined) => value === "true", good: true, bad: false };
const host = "what a node swaps and caches lies in plaintext on its host";
const twice = "one broken or leaked key opens a copy of the data";

export const ZD32 = forMarked(
  demandRule({
    id: "ZD32",
    sentence:
      "What is marked as sensitive in Azure is encrypted at the host, and twice where it can.",
    why: "Caches and temporary disks lie in plaintext on the host; and a single layer is open as soon as its key is.",
    severity: "low",
    tenets: ["T2"],
    controls: ["SC-28", "SC-28(1)"],
    fix: "Set enableEncryptionAtHost of node pools, enableDoubleEncryption of Data Explorer, or encryption.requireInfrastructureEncryption of Service Bus to true.",
    demands: {
      "azure-native:containerservice:AgentPool": [
        { ...switched, path: ["enableEncryptionAtHost"], witness: host },
      ],
      "azure-native:containerservice:ManagedCluster": [
        { ...switched, path: ["agentPoolProfiles", "*", "enableEncryptionAtHost"], witness: host },
      ],
      "azure-native:kusto:Cluster": [
        { ...switched, path: ["enableDoubleEncryption"], witness: twice },
      ],
      [bus]: [
        {
          ...switched,
          path: ["encryption", "requireInfrastructureEncryption"],
          when: (inputs: View) => inputs.at("sku", "name").text() === "Premium",
          witness: twice,
        },
      ],
    },
    base: { [bus]: { sku: { name: "Premium" } } },
    more: [
      {
        kind: "clean",
        says: "the tier Standard cannot",
        expect: "not-applicable",
        resources: alone(bus, { sku: { name: "Standard" } }),
      },
    ],
  }),
);
