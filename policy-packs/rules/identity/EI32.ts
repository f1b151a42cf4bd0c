/**
 * Microsoft Learn, "Managed identities for Azure resources": without one, a workload needs a secret. A
 * bare machine is left out: most call no service, and an identity that is not needed is a token to steal.
 */
import { cis } from "../shared/benchmarks.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const identity: Demand = {
  path: ["identity", "type"],
  holds: (value) => value !== undefined && value !== "None",
  witness: "the password or key with which the workload calls others instead",
  good: "SystemAssigned",
  bad: "None",
};
const workloads = [
  "azure-native:app:ContainerApp",
  "azure-native:automation:AutomationAccount",
  "azure-native:cognitiveservices:Account",
  "azure-native:containerinstance:ContainerGroup",
  "azure-native:datafactory:Factory",
  "azure-native:kusto:Cluster",
  "azure-native:search:Service",
  "azure-native:web:WebApp",
  "azure-native:web:WebAppSlot",
];

export const EI32 = demandRule({
  id: "EI32",
  sentence: "Services that call others have a managed identity.",
  why: "A workload without one calls others by a secret, which is copied, shared and never ends.",
  severity: "medium",
  tenets: ["T6"],
  controls: ["IA-3", "IA-5", "IA-9"],
  frameworks: [cis("cis-azure-2.1.0", "9.4")],
  fix: "Set identity.type to SystemAssigned, or to UserAssigned with an identity of its own.",
  demands: Object.fromEntries(workloads.map((type) => [type, [identity]])),
});
