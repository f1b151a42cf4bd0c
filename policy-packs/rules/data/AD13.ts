/**
 * Amazon RDS User Guide, "Sharing a DB snapshot"; Amazon EC2 User Guide, "Shared AMI usage"; AWS
 * Systems Manager User Guide, "Sharing SSM documents": each can be shared with everybody.
 */
import { iso } from "../shared/benchmarks.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const own = "111122223333";
const isNotAll = (value: string | undefined) => value?.toLowerCase() !== "all";

const sharedSnapshot: Demand = {
  path: ["sharedAccounts", "*"],
  holds: isNotAll,
  witness: "any AWS account restores the snapshot and reads the database",
  good: own,
  bad: "all",
};

export const AD13 = demandRule({
  id: "AD13",
  sentence: "No snapshot, image or document is shared with everybody.",
  why: "Public snapshots and images are searched for passwords and keys all day.",
  severity: "high",
  tenets: ["T2", "T6"],
  controls: ["AC-3", "AC-21"],
  frameworks: [iso("aws", "A.8.1", "rds_snapshots_public_access")],
  fix: "Share with named accounts, or with an organisation, only.",
  demands: {
    "aws:ec2/amiLaunchPermission:AmiLaunchPermission": [
      {
        path: ["group"],
        holds: isNotAll,
        witness: "any AWS account starts the image and reads its disks",
        good: "",
        bad: "all",
      },
    ],
    "aws:rds/clusterSnapshot:ClusterSnapshot": [sharedSnapshot],
    "aws:rds/snapshot:Snapshot": [sharedSnapshot],
    "aws:ssm/document:Document": [
      {
        // A free map, which keeps the names of the service.
        path: ["permissions", "account_ids"],
        holds: isNotAll,
        witness: "any AWS account reads the document and what stands in it",
        good: own,
        bad: "All",
      },
    ],
  },
});
