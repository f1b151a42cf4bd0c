/** Amazon MSK Developer Guide, "Turn on public access to an MSK Provisioned cluster". */
import { demandRule } from "../shared/flag-rule.ts";
import { publicFlag } from "../shared/public-flag.ts";

export const AN24d = demandRule({
  ...publicFlag.words,
  id: "AN24d",
  sentence: "No broker of MSK has a public address.",
  fix: "Leave publicAccess.type at DISABLED; let other networks come by the cluster's multi-VPC connectivity.",
  demands: {
    "aws:msk/cluster:Cluster": [
      {
        path: ["brokerNodeGroupInfo", "connectivityInfo", "publicAccess", "type"],
        holds: (value) => value === undefined || value === "DISABLED",
        witness: publicFlag.demand.witness,
        good: "DISABLED",
        bad: "SERVICE_PROVIDED_EIPS",
      },
    ],
  },
  remedy: "opt-in",
});
