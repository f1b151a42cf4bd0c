/** Cloud Logging, "Log-based metrics", and Cloud Monitoring, "Alerting policies": eight changes. */
import type { ExampleResource } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { entriesOf, isEmpty } from "../../lift/entries.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import { watchRule } from "../shared/watched-changes.ts";

const metricType = "gcp:logging/metric:Metric";
const alarmType = "gcp:monitoring/alertPolicy:AlertPolicy";

export const GL06 = watchRule({
  id: "GL06",
  sentence:
    "Changes of owners, roles, audit, networks, buckets and databases raise alerts that somebody gets.",
  why: "An attacker opens a network or makes himself an owner, and nobody notices.",
  severity: "medium",
  tenets: ["T5", "T7"],
  controls: ["SI-4", "AU-6", "CM-3"],
  frameworks: [
    ...["4", "5", "6", "7", "8", "9", "10", "11"].map((last) => cis("cis-gcp-3.0.0", `2.${last}`)),
    iso(
      "gcp",
      "A.8.16",
      "logging_log_metric_filter_and_alert_for_project_ownership_changes_enabled",
    ),
  ],
  fix: "Plan a Metric for each of these changes, and an AlertPolicy with notificationChannels about logging.googleapis.com/user/NAME.",
  metric: metricType,
  filter: "filter",
  changes: {
    "a new owner of a project": /roles\/owner|ProjectOwnershipInvitee/i,
    "a change of what is audited": /auditConfigDeltas/i,
    "a change of a role": /iam_role|google\.iam\.admin\.v1\.(Create|Delete|Update)Role/i,
    "a change of a firewall": /gce_firewall|compute\.firewalls/i,
    "a change of a route": /gce_route|compute\.routes/i,
    "a change of a network": /gce_network|compute\.networks/i,
    "a change of who may read a bucket": /storage\.setIamPermissions/i,
    "a change of a database": /cloudsql\.instances\.update/i,
  },
  alarm: alarmType,
  rings: isHeard,
  filters: [
    'protoPayload.serviceData.policyDelta.bindingDeltas.role="roles/owner"',
    "protoPayload.serviceData.policyDelta.auditConfigDeltas:*",
    'resource.type="iam_role"',
    'resource.type="gce_firewall_rule"',
    'resource.type="gce_route"',
    'resource.type="gce_network"',
    'protoPayload.methodName="storage.setIamPermissions"',
    'protoPayload.methodName="cloudsql.instances.update"',
  ],
  or: " OR ",
  metricWith: metric,
  alarmTo: policy,
});

/** Whether the policy is on, has somebody to tell, and a condition is about the metric. */
function isHeard(policy: PlannedResource, metric: PlannedResource, plan: Plan): boolean {
  const { inputs } = policy;
  if (inputs.at("enabled").flag() === false) return false;
  const list = inputs.at("conditions");
  const waits = plan.waitsFor(policy.urn, list.path).includes(metric.urn);
  const name = metric.inputs.at("name").text();
  const isAbout = entriesOf(list).some((condition) => {
    const filter = condition.at("conditionThreshold", "filter");
    if (filter.state === "unknown" && waits) return true;
    return name !== undefined && (filter.text() ?? "").includes(`user/${name}"`);
  });
  return isAbout && !isEmpty(inputs.at("notificationChannels"));
}

function metric(filter: string): ExampleResource {
  return { type: metricType, name: "changes", props: { name: "changes", filter } };
}

function policy(notificationChannels: readonly string[]): ExampleResource {
  const filter = 'metric.type="logging.googleapis.com/user/changes"';
  const conditions = [{ displayName: "changes", conditionThreshold: { filter } }];
  return { type: alarmType, name: "alert", props: { conditions, notificationChannels } };
}
