/** Amazon Aurora User Guide: each instance of a cluster has a flag of its own. */
import { demandRule } from "../shared/flag-rule.ts";
import { publicFlag } from "../shared/public-flag.ts";

export const AN24b = demandRule({
  ...publicFlag.words,
  id: "AN24b",
  sentence: "No instance of an Aurora cluster has a public address.",
  demands: { "aws:rds/clusterInstance:ClusterInstance": [publicFlag.demand] },
  remedy: "opt-in",
});
