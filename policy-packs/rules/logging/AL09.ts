/**
 * Amazon CloudWatch Logs User Guide, "Change log data retention": without a period, and with 0, a
 * group keeps for ever. Groups of class DELIVERY pass on and keep nothing.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { iso } from "../shared/benchmarks.ts";
import { namesOwnKey } from "../shared/key-rule.ts";
import { referring } from "../shared/log-stores.ts";

const type = "aws:cloudwatch/logGroup:LogGroup";
const keyType = "aws:kms/key:Key";
const kmsKeyId = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const retentionDaysMin = 365;

export const AL09: Rule = {
  id: "AL09",
  sentence: "A log group keeps what it takes for a year, under a key of one's own.",
  why: "Break-ins are found after months, when the record is gone; and leave to read the service is leave to read the log.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-9", "AU-11", "SC-28"],
  frameworks: [
    iso("aws", "A.8.15", "cloudwatch_log_group_retention_policy_specific_days_enabled"),
    iso("aws", "A.8.24", "cloudwatch_log_group_kms_encryption_enabled"),
  ],
  fix: "Set retentionInDays to 365 or more, and kmsKeyId to a key that logs.REGION.amazonaws.com may use.",
  // Keeping longer costs money; a key has to be made first.
  remedy: {
    kind: "opt-in",
    edits: ({ inputs }) =>
      isDelivery(inputs) || keepsAYear(inputs)
        ? []
        : [{ path: ["retentionInDays"], value: retentionDaysMin }],
  },
  subjects: [type],
  needs: "plan",
  check: ({ inputs }, judge, plan) => {
    if (isDelivery(inputs)) return judge.notApplicable("it only passes logs on");
    judge.part(() => {
      if (keepsAYear(inputs)) return;
      const days = inputs.at("retentionInDays");
      judge.fail(days, `what happened ${days.text()} days ago is gone`);
    });
    judge.part(() => {
      const key = inputs.at("kmsKeyId");
      if (!namesOwnKey(key, plan, "aws")) judge.fail(key, "logs:GetLogEvents alone reads it");
    });
  },
  examples: [
    {
      kind: "violating",
      says: "a month",
      expect: "fail",
      resources: alone(type, { retentionInDays: 30, kmsKeyId }),
      path: "retentionInDays",
      witness: "30 days",
    },
    {
      kind: "clean",
      says: "a year",
      expect: "pass",
      resources: alone(type, { retentionInDays: 365, kmsKeyId }),
    },
    {
      kind: "clean",
      says: "for ever, under a key that is planned as well",
      expect: "pass",
      resources: [
        referring(type, "group", "kmsKeyId", "key", { retentionInDays: 0 }),
        { type: keyType, name: "key", props: {} },
      ],
    },
    {
      kind: "clean",
      says: "one that passes on",
      expect: "not-applicable",
      resources: alone(type, { logGroupClass: "DELIVERY" }),
    },
    {
      kind: "unknown",
      says: "the period is not known",
      expect: "unknown",
      resources: alone(type, { retentionInDays: unknownHere, kmsKeyId }),
      path: "retentionInDays",
    },
    {
      kind: "absent",
      says: "no key",
      expect: "fail",
      resources: alone(type, {}),
      path: "kmsKeyId",
    },
  ],
};

function isDelivery(inputs: View): boolean {
  return inputs.at("logGroupClass").text() === "DELIVERY";
}

function keepsAYear(inputs: View): boolean {
  const days = inputs.at("retentionInDays").number() ?? 0;
  return days === 0 || days >= retentionDaysMin;
}
