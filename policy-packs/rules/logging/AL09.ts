/**
 * Amazon CloudWatch Logs User Guide, "Change log data retention": without a period, and with 0, a
 * group keeps for ever. Groups of class DELIVERY pass on and keep nothing; what an application prints is
 * no record of who did what. CloudWatch encrypts all groups; a trail's events, which have a key of one's
 * own in the bucket (AL03), need one here as well.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { alone } from "../shared/alone.ts";
import { iso } from "../shared/benchmarks.ts";
import { namesOwnKey } from "../shared/key-rule.ts";
import { referring, storeTypes } from "../shared/log-stores.ts";
import type { Relation } from "../shared/refers-to.ts";
import { quietly, referrersOf, refersBy, tellDoubts } from "../shared/refers-to.ts";

const type = "aws:cloudwatch/logGroup:LogGroup";
const keyType = "aws:kms/key:Key";
const kmsKeyId = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const retentionDaysMin = 365;

const trailsTo: Relation = {
  from: [storeTypes.trail],
  to: type,
  properties: ({ inputs }) => [inputs.at("cloudWatchLogsGroupArn")],
};
const flowLog = "aws:ec2/flowLog:FlowLog";
/** What writes who called, or which names and addresses were asked for. */
const recordsTo: Relation = {
  from: [
    "aws:apigateway/stage:Stage",
    "aws:apigatewayv2/stage:Stage",
    flowLog,
    "aws:route53/queryLog:QueryLog",
    "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig",
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
  ],
  to: type,
  properties: ({ inputs }) => [
    inputs.at("accessLogSettings", "destinationArn"),
    inputs.at("cloudwatchLogGroupArn"),
    inputs.at("destinationArn"),
    inputs.at("logDestination"),
    ...entriesOf(inputs.at("logDestinationConfigs")),
  ],
};
/** Names that services give to groups of such records. */
const recordNames =
  /^(\/aws\/(apigateway|cloudtrail|eks|rds|route53)\/|aws-waf-logs-|API-Gateway-)/;

export const AL09: Rule = {
  id: "AL09",
  sentence:
    "A log group keeps records of who did what for a year, and a trail's under a key of one's own.",
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
    unasked: true,
    edits: ({ inputs }) =>
      isDelivery(inputs) || keepsAYear(inputs)
        ? []
        : [{ path: ["retentionInDays"], value: retentionDaysMin }],
  },
  subjects: [type],
  needs: "plan",
  check: (subject, judge, plan) => {
    const { inputs } = subject;
    if (isDelivery(inputs)) return judge.notApplicable("it only passes logs on");
    const by = (relation: Relation) =>
      quietly(judge, referrersOf(plan, subject, relation), (one) =>
        refersBy(plan, relation, one, subject),
      );
    const [trails, records] = [by(trailsTo), by(recordsTo)];
    const isNamed = recordNames.test(inputs.at("name").text() ?? "");
    if (trails.is === "no" && records.is === "no" && !isNamed) {
      return judge.notApplicable("nothing planned here writes such records to it");
    }
    judge.part(() => {
      if (keepsAYear(inputs)) return;
      if (trails.is !== "yes" && records.is !== "yes" && !isNamed) {
        return tellDoubts(judge, trails, records);
      }
      const days = inputs.at("retentionInDays");
      judge.fail(days, `what happened ${days.text()} days ago is gone`);
    });
    judge.part(() => {
      const key = inputs.at("kmsKeyId");
      if (trails.is === "no" || namesOwnKey(key, plan, "aws")) return;
      if (trails.is === "open") return tellDoubts(judge, trails);
      judge.fail(key, "logs:GetLogEvents alone reads it");
    });
  },
  examples: [
    {
      kind: "violating",
      says: "a month of flows",
      expect: "fail",
      resources: [...alone(type, { retentionInDays: 30 }), flowsTo("app")],
      path: "retentionInDays",
      witness: "30 days",
    },
    {
      kind: "violating",
      says: "a month, in a group of a cluster's control plane",
      expect: "fail",
      resources: alone(type, { name: "/aws/eks/shop/cluster", retentionInDays: 30 }),
      path: "retentionInDays",
    },
    {
      kind: "clean",
      says: "a year",
      expect: "pass",
      resources: [...alone(type, { retentionInDays: 365, kmsKeyId }), trailTo("app")],
    },
    {
      kind: "clean",
      says: "flows for a year, under the service's own key",
      expect: "pass",
      resources: [...alone(type, { retentionInDays: 365 }), flowsTo("app")],
    },
    {
      kind: "clean",
      says: "for ever, under a key that is planned as well",
      expect: "pass",
      resources: [
        referring(type, "group", "kmsKeyId", "key", { retentionInDays: 0 }),
        { type: keyType, name: "key", props: {} },
        trailTo("group"),
      ],
    },
    {
      kind: "clean",
      says: "what an application prints",
      expect: "not-applicable",
      resources: [...alone(type, { name: "/aws/lambda/shop", retentionInDays: 30 })],
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
      resources: [...alone(type, { retentionInDays: unknownHere, kmsKeyId }), trailTo("app")],
      path: "retentionInDays",
    },
    {
      kind: "unknown",
      says: "whether flows come into it is not known",
      expect: "unknown",
      resources: [
        ...alone(type, { retentionInDays: 30 }),
        { type: flowLog, name: "flows", props: { logDestination: unknownHere } },
      ],
      path: "logDestination",
    },
    {
      kind: "absent",
      says: "no key",
      expect: "fail",
      resources: [...alone(type, {}), trailTo("app")],
      path: "kmsKeyId",
    },
  ],
};

function trailTo(group: string) {
  return referring(storeTypes.trail, "trail", "cloudWatchLogsGroupArn", group);
}

function flowsTo(group: string) {
  return referring(flowLog, "flows", "logDestination", group);
}

function isDelivery(inputs: View): boolean {
  return inputs.at("logGroupClass").text() === "DELIVERY";
}

function keepsAYear(inputs: View): boolean {
  const days = inputs.at("retentionInDays").number() ?? 0;
  return days === 0 || days >= retentionDaysMin;
}
