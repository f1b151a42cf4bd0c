/** AWS DMS User Guide, "Public and private replication instances"; the provider sends false where nothing is set. */
import { demandRule } from "../shared/flag-rule.ts";
import { publicFlag } from "../shared/public-flag.ts";

export const AN24f = demandRule({
  ...publicFlag.words,
  id: "AN24f",
  sentence: "No replication instance of DMS has a public address.",
  demands: { "aws:dms/replicationInstance:ReplicationInstance": [publicFlag.demand] },
  // The instance is replaced, and its tasks with it.
  remedy: "opt-in",
});
