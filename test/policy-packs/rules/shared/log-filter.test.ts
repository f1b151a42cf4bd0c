/** Which filters of Cloud Logging match audit logs. */
import assert from "node:assert/strict";
import { matchesAuditLogs } from "../../../../policy-packs/rules/shared/log-filter.ts";

describe("a filter of Cloud Logging", () => {
  const dropping = [
    "",
    "severity<ERROR",
    'logName:"cloudaudit.googleapis.com"',
    'log_id("cloudaudit.googleapis.com/data_access")',
    'logName="projects/shop/logs/cloudaudit.googleapis.com%2Factivity"',
    'protoPayload.methodName="storage.objects.get"',
    'resource.type="gcs_bucket" AND protoPayload.serviceName="storage.googleapis.com"',
    'timestamp<"2030-01-01T00:00:00Z"',
  ];
  for (const filter of dropping) {
    it(`matches audit logs: ${filter}`, () => assert.equal(matchesAuditLogs(filter), true));
  }

  const harmless = [
    'log_id("nginx")',
    'resource.type="k8s_container" AND severity<ERROR',
    'jsonPayload.path="/healthz"',
    'severity<ERROR AND NOT logName:"cloudaudit.googleapis.com"',
    'severity<ERROR -logName:"cloudaudit.googleapis.com"',
    'severity<ERROR AND logName!~"cloudaudit"',
    "NOT (logName:cloudaudit OR severity>=ERROR)",
  ];
  for (const filter of harmless) {
    it(`matches none: ${filter}`, () => assert.equal(matchesAuditLogs(filter), false));
  }
});
