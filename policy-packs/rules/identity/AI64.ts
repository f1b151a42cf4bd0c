/** Amazon OpenSearch Service Developer Guide, "Fine-grained access control": off unless asked for. */
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const asks: Demand = {
  path: ["advancedSecurityOptions", "enabled"],
  holds: (value) => value === "true",
  witness: "a query of every index by whoever reaches the domain",
  good: true,
  bad: false,
};

export const AI64 = demandRule({
  id: "AI64",
  sentence: "A search domain decides by its users' roles.",
  why: "Whoever gets into the network, or holds any role that may call the domain, reads and deletes every index.",
  severity: "medium",
  tenets: ["T3", "T6"],
  controls: ["AC-3", "AC-6", "IA-2"],
  fix: "Set advancedSecurityOptions.enabled to true, with a role as master user.",
  demands: {
    "aws:elasticsearch/domain:Domain": [asks],
    "aws:opensearch/domain:Domain": [asks],
  },
});
