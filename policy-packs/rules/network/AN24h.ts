/** Amazon Neptune User Guide, "Neptune public endpoints". */
import { demandRule } from "../shared/flag-rule.ts";
import { publicFlag } from "../shared/public-flag.ts";

export const AN24h = demandRule({
  ...publicFlag.words,
  id: "AN24h",
  sentence: "No instance of Neptune has a public address.",
  demands: { "aws:neptune/clusterInstance:ClusterInstance": [publicFlag.demand] },
  // The instance is replaced.
  remedy: "opt-in",
});
