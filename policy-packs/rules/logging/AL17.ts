/** Amazon Redshift Management Guide, "Database audit logging": of a cluster a resource of its own switches it on. */
import { iso } from "../shared/benchmarks.ts";
import { companionRule } from "../shared/companion-rule.ts";

const type = "aws:redshift/cluster:Cluster";
const logging = "aws:redshift/logging:Logging";

export const AL17 = companionRule({
  id: "AL17",
  sentence: "A cluster of Redshift hands on its audit log.",
  why: "Whoever takes over the database deletes the only copy of what he did there.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-2", "AU-9", "AU-12"],
  frameworks: [iso("aws", "A.8.15", "redshift_cluster_audit_logging")],
  fix: "Plan a redshift Logging with the cluster's identifier.",
  about: { [type]: { nodeType: "ra3.large" } },
  // Before version 7 of the package it stood in the cluster itself.
  inside: (inputs) => inputs.at("logging", "enable").flag() === true,
  relation: {
    from: [logging],
    to: type,
    properties: ({ inputs }) => [inputs.at("clusterIdentifier")],
  },
  witness: "a login, and an UNLOAD of every table, without a record outside",
  companion: {
    type: logging,
    property: "clusterIdentifier",
    props: { logDestinationType: "cloudwatch" },
  },
});
