/**
 * Amazon CloudWatch Logs User Guide, "Creating metrics from log events using filters", and AWS
 * CloudTrail User Guide, "Creating CloudWatch alarms for CloudTrail events": fifteen changes.
 */
import type { ExampleResource } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { isEmpty } from "../../lift/entries.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import { tells, watchRule } from "../shared/watched-changes.ts";

const metricType = "aws:cloudwatch/logMetricFilter:LogMetricFilter";
const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";

export const AL14 = watchRule({
  id: "AL14",
  sentence: "Changes of identities, networks, keys and logs raise alarms that somebody gets.",
  why: "An attacker opens a network, makes himself an administrator or stops the trail, and nobody notices.",
  severity: "medium",
  tenets: ["T5", "T7"],
  controls: ["SI-4", "AU-6", "CM-3"],
  frameworks: [
    ...[..."123456789", "10", "11", "12", "13", "14", "15"].map((last) =>
      cis("cis-aws-3.0.0", `4.${last}`),
    ),
    iso("aws", "A.8.16", "cloudwatch_log_metric_filter_policy_changes"),
  ],
  fix: "Plan a LogMetricFilter for each of these changes, and a MetricAlarm with its metricName, namespace and alarmActions.",
  metric: metricType,
  filter: "pattern",
  changes: {
    "a call that was refused": /UnauthorizedOperation|AccessDenied/,
    "a sign-in without a second factor": /MFAUsed/,
    "work as root": /userIdentity\.type\W+Root/,
    "a change of who may do what": /(Put|Attach)\w*(User|Role|Group)Policy|CreatePolicy\b/,
    "a change of a trail": /(Stop|Delete|Update)(Logging|Trail)/,
    "a sign-in that failed": /Failed authentication/,
    "the end of a key": /ScheduleKeyDeletion|DisableKey/,
    "a change of who may read a bucket": /(Put|Delete)Bucket(Policy|Acl)/,
    "a change of Config": /(StopConfigurationRecorder|(Put|Delete)DeliveryChannel)/,
    "a change of a security group": /AuthorizeSecurityGroup/,
    "a change of a network ACL": /NetworkAcl/,
    "a change of a gateway": /(Customer|Internet)Gateway/,
    "a change of a route": /(Create|Replace|Delete)Route/,
    "a change of a VPC": /(Create|Delete|Modify)Vpc|VpcPeering/,
    "a change of the organisation": /organizations\.amazonaws\.com/,
  },
  alarm: alarmType,
  rings: isHeard,
  filters: [
    '($.errorCode = "*UnauthorizedOperation")',
    '($.additionalEventData.MFAUsed != "Yes")',
    '($.userIdentity.type = "Root")',
    "($.eventName = AttachRolePolicy)",
    "($.eventName = StopLogging)",
    '($.errorMessage = "Failed authentication")',
    "($.eventName = ScheduleKeyDeletion)",
    "($.eventName = PutBucketPolicy)",
    "($.eventName = StopConfigurationRecorder)",
    "($.eventName = AuthorizeSecurityGroupIngress)",
    "($.eventName = CreateNetworkAcl)",
    "($.eventName = AttachInternetGateway)",
    "($.eventName = CreateRoute)",
    "($.eventName = CreateVpc)",
    "($.eventSource = organizations.amazonaws.com)",
  ],
  or: " || ",
  metricWith: metric,
  alarmTo: alarm,
  more: [
    {
      kind: "violating",
      says: "an alarm of another metric",
      expect: "fail",
      resources: [
        metric('{ $.userIdentity.type = "Root" }'),
        { ...alarm(["soc"]), props: { metricName: "orders" } },
      ],
      witness: "nobody is told",
    },
  ],
});

function isHeard({ inputs }: PlannedResource, metric: PlannedResource, plan: Plan): boolean {
  if (inputs.at("actionsEnabled").flag() === false) return false;
  const name = metric.inputs.at("metricTransformation", "name");
  return tells(inputs.at("metricName"), name, metric, plan) && !isEmpty(inputs.at("alarmActions"));
}

function metric(pattern: string): ExampleResource {
  const metricTransformation = { name: "changes", namespace: "security", value: "1" };
  return { type: metricType, name: "changes", props: { pattern, metricTransformation } };
}

function alarm(alarmActions: readonly string[]) {
  const props = { metricName: "changes", namespace: "security", alarmActions };
  return { type: alarmType, name: "alarm", props };
}
