/** Forms of Google Cloud's entries: fields, types, and which are there when. */

import assert from "node:assert/strict";
import type { Call, Caller } from "../../../local-clouds/records/call.ts";
import { auditEvent, exchangeEvent, flowEvent } from "../../../local-clouds/records/gcp/entry.ts";
import { methodOf } from "../../../local-clouds/records/gcp/methods.ts";
import { address, type Form, hasForm, millis } from "./form.ts";

const project = "acme-prod";
const at = new Date("2026-01-02T03:04:05.678Z");
const eve: Caller = {
  kind: "user",
  id: "eve@example.com",
  name: "eve@example.com",
  account: "",
  uniqueId: "",
  session: "",
  groups: [],
};

function call(action: string, resource: string, changes: Partial<Call> = {}): Call {
  return {
    cloud: "gcp",
    caller: eve,
    action,
    resource,
    account: project,
    region: "",
    at,
    request: {},
    response: {},
    sourceIp: "203.0.113.7",
    userAgent: "gcloud",
    ...changes,
  };
}

/** Cloud Logging API, "LogEntry". */
const entry = {
  insertId: /^\w+$/,
  timestamp: millis,
  severity: /^(NOTICE|INFO|ERROR|DEFAULT)$/,
  logName: /^projects\/acme-prod\/logs\/[\w.]+%2F\w+$/,
  receiveTimestamp: millis,
} as const satisfies Form;

/** Cloud Audit Logs, "AuditLog". */
const audit = {
  "@type": /^type\.googleapis\.com\/google\.cloud\.audit\.AuditLog$/,
  status: { "code?": "number", "message?": "text" },
  authenticationInfo: { "principalEmail?": /@/, principalSubject: "text" },
  requestMetadata: {
    callerIp: address,
    callerSuppliedUserAgent: "text",
    requestAttributes: { time: millis, auth: {} },
    destinationAttributes: {},
  },
  serviceName: /^[a-z]+\.googleapis\.com$/,
  methodName: "text",
  authorizationInfo: [
    {
      resource: "text",
      permission: /^[\w.]+$/,
      granted: "boolean",
      resourceAttributes: {},
      permissionType: /^(ADMIN_READ|ADMIN_WRITE|DATA_READ|DATA_WRITE)$/,
    },
  ],
  resourceName: "text",
} as const satisfies Form;

describe("Cloud Audit Logs' forms", () => {
  const rows: readonly (readonly [
    action: string,
    resource: string,
    service: string,
    method: string,
    log: string,
    type: string,
    labels: readonly string[],
  ])[] = [
    [
      "resourcemanager.projects.setIamPolicy",
      `projects/${project}`,
      "cloudresourcemanager",
      "SetIamPolicy",
      "activity",
      "project",
      [],
    ],
    [
      "iam.serviceAccountKeys.create",
      `projects/${project}/serviceAccounts/a@b.c`,
      "iam",
      "google.iam.admin.v1.CreateServiceAccountKey",
      "activity",
      "service_account",
      ["email_id", "unique_id"],
    ],
    [
      "iam.serviceAccounts.getAccessToken",
      `projects/-/serviceAccounts/a@b.c`,
      "iamcredentials",
      "GenerateAccessToken",
      "data_access",
      "service_account",
      ["email_id", "unique_id"],
    ],
    [
      "storage.objects.get",
      "projects/_/buckets/b/objects/o",
      "storage",
      "storage.objects.get",
      "data_access",
      "gcs_bucket",
      ["bucket_name", "location"],
    ],
    [
      "storage.buckets.setIamPolicy",
      "projects/_/buckets/b",
      "storage",
      "storage.setIamPermissions",
      "activity",
      "gcs_bucket",
      ["bucket_name", "location"],
    ],
    [
      "secretmanager.versions.access",
      `projects/${project}/secrets/s/versions/1`,
      "secretmanager",
      "google.cloud.secretmanager.v1.SecretManagerService.AccessSecretVersion",
      "data_access",
      "audited_resource",
      ["method", "service"],
    ],
    [
      "compute.firewalls.create",
      `projects/${project}/global/firewalls/f`,
      "compute",
      "v1.compute.firewalls.insert",
      "activity",
      "gce_firewall_rule",
      ["firewall_rule_id"],
    ],
    [
      "compute.instances.setMetadata",
      `projects/${project}/zones/z/instances/vm`,
      "compute",
      "v1.compute.instances.setMetadata",
      "activity",
      "gce_instance",
      ["instance_id"],
    ],
    [
      "cloudsql.instances.update",
      "db",
      "cloudsql",
      "cloudsql.instances.update",
      "activity",
      "cloudsql_database",
      ["database_id"],
    ],
    [
      "logging.sinks.delete",
      `projects/${project}/sinks/all`,
      "logging",
      "google.logging.v2.ConfigServiceV2.DeleteSink",
      "activity",
      "logging_sink",
      ["name"],
    ],
    [
      "cloudkms.cryptoKeyVersions.useToDecrypt",
      `projects/${project}/locations/l/keyRings/r/cryptoKeys/k`,
      "cloudkms",
      "google.cloud.kms.v1.KeyManagementService.Decrypt",
      "data_access",
      "cloudkms_cryptokey",
      ["crypto_key_id"],
    ],
    [
      "container.clusters.delete",
      `projects/${project}/locations/l/clusters/c`,
      "container",
      "google.container.v1.ClusterManager.DeleteCluster",
      "activity",
      "gke_cluster",
      ["cluster_name"],
    ],
    [
      "pubsub.topics.publish",
      `projects/${project}/topics/t`,
      "pubsub",
      "google.pubsub.v1.Publisher.Publish",
      "data_access",
      "pubsub_topic",
      ["topic_id"],
    ],
    [
      "dns.managedZones.update",
      `projects/${project}/managedZones/z`,
      "dns",
      "dns.managedZones.patch",
      "activity",
      "audited_resource",
      ["method", "service"],
    ],
  ];
  for (const [action, resource, service, method, log, type, labels] of rows) {
    it(`of ${action}`, () => {
      const event = auditEvent(call(action, resource));
      hasForm(event.entry, {
        ...entry,
        protoPayload: audit,
        resource: { type: "text", labels: { project_id: /^acme-prod$/, ...texts(labels) } },
      });
      const payload = event.entry["protoPayload"] as { serviceName: string; methodName: string };
      const about = event.entry["resource"] as { type: string };
      assert.deepEqual(
        [payload.serviceName, payload.methodName, event.log, about.type],
        [`${service}.googleapis.com`, method, `cloudaudit.googleapis.com/${log}`, type],
      );
    });
  }

  function texts(keys: readonly string[]): Record<string, Form> {
    return Object.fromEntries(keys.map((key) => [key, "text"] as const));
  }

  it("of a refusal", () => {
    const error = { code: "7", message: "no" };
    const { entry: got } = auditEvent(call("compute.firewalls.create", "f", { error }));
    const payload = got["protoPayload"] as {
      status: unknown;
      authorizationInfo: { granted: boolean }[];
    };
    assert.deepEqual(payload.status, { code: 7, message: "no" });
    assert.equal(payload.authorizationInfo[0]?.granted, false);
    assert.equal(got["severity"], "ERROR");
  });

  it("of a method that does not follow from its permission", () => {
    const method = "v1.compute.firewallPolicies.addRule";
    const { entry: got } = auditEvent(call("compute.firewallPolicies.update", "p", { method }));
    assert.equal((got["protoPayload"] as { methodName: string }).methodName, method);
  });

  it("of an exchange of tokens, and of a token for a service account", () => {
    const signIn = {
      cloud: "gcp",
      caller: { ...eve, kind: "principal", id: "principal://iam.googleapis.com/p/subject/s" },
      target: "projects/123/locations/global/workloadIdentityPools/p/providers/q",
      account: project,
      region: "",
      issuer: "https://idp.example.com",
      subject: "s",
      audience: "a",
      at,
      sourceIp: "203.0.113.7",
    } as const;
    const { requestMetadata: _, authorizationInfo: __, ...rest } = audit;
    const payload = {
      ...rest,
      authenticationInfo: { principalSubject: "text" },
      requestMetadata: { callerIp: address, callerSuppliedUserAgent: "text" },
    } as const;
    const metadata = { "@type": "text", mapped_principal: /^principal:/ } as const;
    hasForm(exchangeEvent(signIn).entry, {
      ...entry,
      protoPayload: { ...payload, metadata },
      resource: {
        type: /^audited_resource$/,
        labels: { project_id: "text", service: /^sts\./, method: /ExchangeToken$/ },
      },
    });
    const account = {
      ...signIn.caller,
      kind: "service account",
      id: "a@b.iam.gserviceaccount.com",
    };
    hasForm(
      exchangeEvent({ ...signIn, caller: account, target: "projects/-/serviceAccounts/a@b.c" })
        .entry,
      {
        ...entry,
        protoPayload: payload,
        resource: {
          type: /^service_account$/,
          labels: { project_id: "text", email_id: /@/, unique_id: "text" },
        },
      },
    );
  });
});

describe("VPC Flow Logs' form", () => {
  const flow = {
    cloud: "gcp",
    interfaceId: "vm",
    subnetId: `projects/${project}/regions/europe-west4/subnetworks/app`,
    networkId: `projects/${project}/global/networks/net`,
    account: project,
    region: "europe-west4",
    source: "10.0.0.5",
    destination: "10.0.1.7",
    sourcePort: 50_000,
    destinationPort: 443,
    protocol: 6,
    accepted: true,
    rule: "",
    at,
  } as const;
  for (const [direction, side, reporter] of [
    ["out", "src", /^SRC$/],
    ["in", "dest", /^DEST$/],
  ] as const) {
    // VPC, "VPC Flow Logs: Record format": counts are texts, being 64 bits wide.
    it(`of what goes ${direction}`, () =>
      hasForm(flowEvent({ ...flow, direction }).entry, {
        ...entry,
        jsonPayload: {
          connection: {
            src_ip: address,
            dest_ip: address,
            src_port: "number",
            dest_port: "number",
            protocol: "number",
          },
          reporter,
          bytes_sent: /^\d+$/,
          packets_sent: /^\d+$/,
          start_time: millis,
          end_time: millis,
          [`${side}_instance`]: { project_id: "text", region: "text", vm_name: "text" },
          [`${side}_vpc`]: {
            project_id: "text",
            subnetwork_name: /^app$/,
            subnetwork_region: "text",
            vpc_name: /^net$/,
          },
        },
        resource: {
          type: /^gce_subnetwork$/,
          labels: {
            project_id: "text",
            location: "text",
            subnetwork_name: "text",
            subnetwork_id: "text",
          },
        },
      }));
  }
});

describe("methods of permissions", () => {
  for (const [permission, method] of [
    ["iam.serviceAccounts.setIamPolicy", "google.iam.admin.v1.SetIAMPolicy"],
    ["iam.serviceAccounts.update", "google.iam.admin.v1.PatchServiceAccount"],
    ["pubsub.topics.setIamPolicy", "google.iam.v1.IAMPolicy.SetIamPolicy"],
    [
      "secretmanager.secrets.list",
      "google.cloud.secretmanager.v1.SecretManagerService.ListSecrets",
    ],
    ["monitoring.alertPolicies.list", "google.monitoring.v3.AlertPolicyService.ListAlertPolicies"],
    ["compute.disks.createSnapshot", "v1.compute.disks.createSnapshot"],
    ["unknown.things.do", "unknown.things.do"],
  ] as const) {
    it(`${permission} is asked by ${method}`, () => assert.equal(methodOf(permission), method));
  }
});
