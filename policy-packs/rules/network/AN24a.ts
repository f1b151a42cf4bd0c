/** Amazon RDS User Guide, "Hiding a DB instance in a VPC from the internet". */
import { cis } from "../shared/benchmarks.ts";
import { demandRule } from "../shared/flag-rule.ts";
import { publicFlag } from "../shared/public-flag.ts";

export const AN24a = demandRule({
  ...publicFlag.words,
  id: "AN24a",
  sentence: "No database instance of RDS has a public address.",
  frameworks: [cis("cis-aws-3.0.0", "2.3.3")],
  demands: { "aws:rds/instance:Instance": [publicFlag.demand] },
  remedy: "opt-in",
});
