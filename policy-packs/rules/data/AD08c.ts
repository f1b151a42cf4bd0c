/**
 * Amazon OpenSearch Service. Developer Guide, "Node-to-node encryption" and "Requiring HTTPS": the
 * provider asks for HTTPS where nothing is said, but not for encryption between nodes.
 */
import { iso } from "../shared/benchmarks.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const demands: readonly Demand[] = [
  {
    path: ["domainEndpointOptions", "enforceHttps"],
    holds: (value) => value !== "false",
    witness: "a search by http:// is answered",
    good: true,
    bad: false,
  },
  {
    path: ["nodeToNodeEncryption", "enabled"],
    holds: (value) => value === "true",
    witness: "nodes send each other documents in plaintext",
    good: true,
    bad: false,
  },
];

export const AD08c = demandRule({
  id: "AD08c",
  sentence: "A search domain encrypts all its traffic, also that between its nodes.",
  why: "Whoever listens in the network reads the documents and the credentials of those who search.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-8", "SC-8(1)"],
  frameworks: [iso("aws", "A.8.12", "opensearch_service_domains_node_to_node_encryption_enabled")],
  fix: "Set domainEndpointOptions.enforceHttps and nodeToNodeEncryption.enabled to true.",
  demands: {
    "aws:elasticsearch/domain:Domain": demands,
    "aws:opensearch/domain:Domain": demands,
  },
  // Clients by HTTP are cut off, and the nodes are replaced one by one.
  remedy: "opt-in",
});
