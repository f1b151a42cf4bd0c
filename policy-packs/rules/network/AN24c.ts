/** Amazon Redshift Management Guide, "Redshift resources in a VPC": clusters and serverless workgroups. */
import { demandRule } from "../shared/flag-rule.ts";
import { publicFlag } from "../shared/public-flag.ts";

export const AN24c = demandRule({
  ...publicFlag.words,
  id: "AN24c",
  sentence: "No Redshift cluster or workgroup has a public address.",
  demands: {
    "aws:redshift/cluster:Cluster": [publicFlag.demand],
    "aws:redshiftserverless/workgroup:Workgroup": [publicFlag.demand],
  },
  remedy: "opt-in",
});
