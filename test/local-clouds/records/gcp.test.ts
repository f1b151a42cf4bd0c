/** What Google Cloud's logs say and where sinks send them. */

import assert from "node:assert/strict";
import type { JsonObject, ValueObject } from "../../../local-clouds/protocol/value.ts";
import type { Flow } from "../../../local-clouds/records/flow.ts";
import { takes } from "../../../local-clouds/records/gcp/filter.ts";
import { Recorder } from "../../../local-clouds/records/recorder.ts";
import { acting, deliveredIn, type Wish } from "../act/kit.ts";
import { account, email, gcp, project } from "../probe/token/gcp-world.ts";
import { TestWorld } from "../probe/token/kit.ts";

const eve = "user:eve@example.com";
const disable: Wish = {
  as: eve,
  action: "iam.serviceAccounts.disable",
  resource: `projects/${project}/serviceAccounts/${email}`,
  context: { ip: "203.0.113.7" },
};
const read: Wish = { as: eve, action: "storage.objects.get", resource: "gs://data/a.txt" };

/** A project with a service account, buckets, grants for `eve`, and a sink that others change. */
function sunk(sink: ValueObject = {}, leave = true): TestWorld {
  const world = new TestWorld();
  const lab = gcp(world);
  account(world);
  for (const name of ["logs", "data"])
    lab.create("gcp:storage/bucket:Bucket", name, { name, location: "EU" });
  for (const role of ["roles/iam.serviceAccountAdmin", "roles/storage.objectViewer"]) {
    lab.create("gcp:projects/iAMMember:IAMMember", role, { project, role, member: eve });
  }
  const made = lab.create("gcp:logging/projectSink:ProjectSink", "all", {
    name: "all",
    destination: "storage.googleapis.com/logs",
    ...sink,
  });
  if (leave) {
    lab.create("gcp:storage/bucketIAMMember:BucketIAMMember", "writer", {
      bucket: "logs",
      role: "roles/storage.objectCreator",
      member: String(made.outputs["writerIdentity"]),
    });
  }
  return world;
}

async function recordsAfter(world: TestWorld, wish: Wish) {
  const answer = await acting(world, wish);
  assert.equal(answer.outcome, "allowed", JSON.stringify(answer));
  const delivered = deliveredIn(world);
  world.lab.close();
  return delivered;
}

describe("Cloud Audit Logs", () => {
  it("have the fields of LogEntry and AuditLog, under the path of the hour", async () => {
    const [record] = await recordsAfter(sunk(), disable);
    assert.ok(record);
    // Cloud Logging API, "LogEntry"; Cloud Audit Logs, "AuditLog".
    assert.deepEqual(Object.keys(record.json).sort(), [
      "insertId",
      "logName",
      "protoPayload",
      "receiveTimestamp",
      "resource",
      "severity",
      "timestamp",
    ]);
    const payload = record.json["protoPayload"] as JsonObject;
    assert.deepEqual(Object.keys(payload).sort(), [
      "@type",
      "authenticationInfo",
      "authorizationInfo",
      "methodName",
      "requestMetadata",
      "resourceName",
      "serviceName",
      "status",
    ]);
    assert.equal(payload["methodName"], "google.iam.admin.v1.DisableServiceAccount");
    assert.equal(payload["serviceName"], "iam.googleapis.com");
    assert.equal(
      (payload["authenticationInfo"] as JsonObject)["principalEmail"],
      "eve@example.com",
    );
    assert.equal((payload["requestMetadata"] as JsonObject)["callerIp"], "203.0.113.7");
    assert.equal(
      record.json["logName"],
      `projects/${project}/logs/cloudaudit.googleapis.com%2Factivity`,
    );
    assert.equal(
      record.place,
      "cloudaudit.googleapis.com/activity/2026/01/02/03:00:00_03:59:59_S0.json",
    );
  });

  const rows: readonly (readonly [says: string, sink: ValueObject, wish: Wish, count: number])[] = [
    ["without audit configuration data access is not written", {}, read, 0],
    ["a sink that is disabled takes nothing", { disabled: true }, disable, 0],
    [
      "a filter for another log takes nothing",
      { filter: 'log_id("cloudaudit.googleapis.com/data_access")' },
      disable,
      0,
    ],
    [
      "a filter that fits takes it",
      { filter: 'protoPayload.methodName:"DisableServiceAccount" AND severity>=NOTICE' },
      disable,
      1,
    ],
    [
      "an exclusion keeps away what it fits",
      { exclusions: [{ name: "no", filter: 'protoPayload.serviceName="iam.googleapis.com"' }] },
      disable,
      0,
    ],
    [
      "a log bucket of the project needs no grant",
      { destination: `logging.googleapis.com/projects/${project}/locations/global/buckets/own` },
      disable,
      1,
    ],
    [
      "a topic without grant gets nothing",
      { destination: `pubsub.googleapis.com/projects/${project}/topics/topic` },
      disable,
      0,
    ],
  ];
  for (const [says, sink, wish, count] of rows) {
    it(says, async () => {
      const world = sunk(sink);
      gcp(world).create("gcp:pubsub/topic:Topic", "t", { name: "topic" });
      gcp(world).create("gcp:logging/projectBucketConfig:ProjectBucketConfig", "own", {
        project,
        location: "global",
        bucketId: "own",
      });
      assert.equal((await recordsAfter(world, wish)).length, count);
    });
  }

  it("need the writer's grant on the bucket", async () => {
    assert.equal((await recordsAfter(sunk({}, false), disable)).length, 0);
  });

  it("of another project are not in the sink of this one", async () => {
    const world = sunk();
    const other = world.lab.with("gcp", { project: "acme-test" });
    const made = other.create("gcp:serviceaccount/account:Account", "x", { accountId: "tester" });
    other.create("gcp:projects/iAMMember:IAMMember", "admin", {
      project: "acme-test",
      role: "roles/iam.serviceAccountAdmin",
      member: eve,
    });
    const wish = { ...disable, resource: String(made.outputs["email"]) };
    assert.equal((await recordsAfter(world, wish)).length, 0);
  });

  for (const [says, configs, count] of [
    [
      "with DATA_READ switched on for the service data access is written",
      [{ logType: "DATA_READ" }],
      1,
    ],
    ["with DATA_WRITE alone it is not", [{ logType: "DATA_WRITE" }], 0],
    ["of an exempted member it is not", [{ logType: "DATA_READ", exemptedMembers: [eve] }], 0],
  ] as const) {
    it(says, async () => {
      const world = sunk();
      gcp(world).create("gcp:projects/iAMAuditConfig:IAMAuditConfig", "audit", {
        project,
        service: "allServices",
        auditLogConfigs: configs as unknown as readonly ValueObject[],
      });
      const delivered = await recordsAfter(world, read);
      assert.equal(delivered.length, count);
      for (const { place } of delivered)
        assert.match(place, /^cloudaudit\.googleapis\.com\/data_access\//);
    });
  }
});

describe("VPC Flow Logs", () => {
  const subnetId = `projects/${project}/regions/europe-west4/subnetworks/app`;
  const flow: Flow = {
    cloud: "gcp",
    interfaceId: "vm",
    subnetId,
    networkId: `projects/${project}/global/networks/net`,
    account: project,
    region: "europe-west4",
    direction: "out",
    source: "10.0.0.5",
    destination: "10.0.1.7",
    sourcePort: 50_000,
    destinationPort: 443,
    protocol: 6,
    accepted: true,
    rule: "",
    at: new Date("2026-01-02T03:04:05Z"),
  };

  function logged(logConfig: JsonObject | null, changes: Partial<Flow> = {}) {
    const world = sunk();
    world.insert("gcp:compute/subnetwork:Subnetwork", project, subnetId, {
      name: "app",
      logConfig,
    });
    new Recorder(world.lab.clouds.world).flow({ ...flow, ...changes });
    const delivered = deliveredIn(world);
    world.lab.close();
    return delivered;
  }

  it("have the fields of the record format", () => {
    const [record] = logged({ flowSampling: 1 });
    const payload = record?.json["jsonPayload"] as JsonObject;
    // VPC, "VPC Flow Logs: Record format".
    assert.deepEqual(Object.keys(payload).sort(), [
      "bytes_sent",
      "connection",
      "end_time",
      "packets_sent",
      "reporter",
      "src_instance",
      "src_vpc",
      "start_time",
    ]);
    assert.deepEqual(payload["connection"], {
      src_ip: "10.0.0.5",
      dest_ip: "10.0.1.7",
      src_port: 50_000,
      dest_port: 443,
      protocol: 6,
    });
    assert.equal(
      record?.json["logName"],
      `projects/${project}/logs/compute.googleapis.com%2Fvpc_flows`,
    );
  });

  it("are only where the subnet has a log configuration", () => {
    assert.equal(logged(null).length, 0);
  });

  it("do not have what an ingress rule refused", () => {
    assert.equal(logged({ flowSampling: 1 }, { direction: "in", accepted: false }).length, 0);
  });
});

describe("the Logging query language", () => {
  const entry = {
    severity: "NOTICE",
    logName: "projects/p/logs/cloudaudit.googleapis.com%2Factivity",
    resource: { type: "project" },
    protoPayload: { methodName: "SetIamPolicy", authorizationInfo: [{ granted: true }] },
  };
  for (const [filter, wanted] of [
    ["", true],
    ['resource.type="project"', true],
    ['resource.type="PROJECT"', true],
    ['resource.type!="project"', false],
    ["severity>=WARNING", false],
    ["severity>=NOTICE", true],
    ['protoPayload.methodName:"iampolicy"', true],
    ['protoPayload.methodName=~"^Set"', true],
    ['NOT protoPayload.methodName=~"^Set"', false],
    ['-resource.type="x"', true],
    ['log_id("cloudaudit.googleapis.com/activity")', true],
    ['resource.type="x" OR severity=NOTICE', true],
    ['resource.type=("x" OR "project")', true],
    ['(resource.type="x" OR severity=NOTICE) AND protoPayload.methodName="Other"', false],
    ["protoPayload.authorizationInfo.granted=true", true],
    ['"setiampolicy"', true],
    ['resource.type="project" )', undefined],
  ] as const) {
    it(`${filter || "nothing"} is ${String(wanted)}`, () =>
      assert.equal(takes(filter, entry), wanted));
  }
});
