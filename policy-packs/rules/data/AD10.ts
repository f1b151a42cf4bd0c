/** AWS Key Management Service Developer Guide, "Delete an AWS KMS key": 7 to 30 days, else 30. */
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const daysMin = 30;

const waits: Demand = {
  path: ["deletionWindowInDays"],
  holds: (value) => value === undefined || Number(value) >= daysMin,
  witness: "kms:ScheduleKeyDeletion, and a week later all it encrypted is gone for good",
  good: daysMin,
  bad: 7,
};

export const AD10 = demandRule({
  id: "AD10",
  sentence: "A key is deleted after 30 days at the earliest.",
  why: "Whoever wants to destroy data for good deletes its key; the wait is the time in which somebody notices.",
  severity: "medium",
  tenets: ["T5"],
  controls: ["SC-12", "CP-9"],
  fix: `Leave deletionWindowInDays out or set it to ${daysMin}.`,
  demands: {
    "aws:kms/externalKey:ExternalKey": [waits],
    "aws:kms/key:Key": [waits],
    "aws:kms/replicaExternalKey:ReplicaExternalKey": [waits],
    "aws:kms/replicaKey:ReplicaKey": [waits],
  },
  remedy: "safe",
});
