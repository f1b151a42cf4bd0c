import assert from "node:assert/strict";
import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import { Secret } from "../../../../local-clouds/protocol/value.ts";
import type { Lab, Made } from "../../kit/lab.ts";
import { openGoogle } from "./fixtures.ts";

describe("services of gcp", () => {
  let lab: Lab;

  beforeEach(() => {
    lab = openGoogle();
  });

  afterEach(() => lab.close());

  const run = (more: JsonObject = {}): Made =>
    lab.create("gcp:cloudrunv2/service:Service", "api", {
      name: "api",
      location: "europe-west4",
      template: { containers: [{ image: "gcr.io/p/api" }] },
      ...more,
    });

  it("run containers for accounts that exist", () => {
    const made = run();
    assert.equal(made.id, "projects/shop-dev/locations/europe-west4/services/api");
    assert.match(String(made.outputs["uri"]), /^https:\/\/api-[0-9a-f]{10}-ew\.a\.run\.app$/);
    assert.equal(made.outputs["ingress"], "INGRESS_TRAFFIC_ALL");
    assert.equal(made.outputs["deletionProtection"], true);
    const ghost = {
      template: {
        containers: [{ image: "x" }],
        serviceAccount: "ghost@shop-dev.iam.gserviceaccount.com",
      },
    };
    assert.match(
      lab.refusal(() => run({ name: "b", ...ghost })),
      /ghost@.* does not exist/,
    );
    assert.match(
      lab.refusal(() => run({ name: "c", template: {} })),
      /at least one container/,
    );
    const grant = lab.create("gcp:cloudrunv2/serviceIamMember:ServiceIamMember", "g", {
      name: "api",
      location: "europe-west4",
      role: "roles/run.invoker",
      member: "allUsers",
    });
    assert.equal(grant.id, `${made.id}/roles/run.invoker/allUsers`);
    assert.equal(grant.outputs["name"], made.id);
  });

  it("run functions, schedules and queues", () => {
    const build = {
      runtime: "nodejs22",
      entryPoint: "main",
      source: { storageSource: { bucket: "code-1", object: "a.zip" } },
    };
    const make = () =>
      lab.create("gcp:cloudfunctionsv2/function:Function", "f", {
        name: "f",
        location: "europe-west4",
        buildConfig: build,
      });
    assert.match(
      lab.refusal(() => make()),
      /Bucket code-1 does not exist/,
    );
    lab.create("gcp:storage/bucket:Bucket", "b", { name: "code-1", location: "EU" });
    const made = make();
    assert.equal(made.id, "projects/shop-dev/locations/europe-west4/functions/f");
    assert.equal((made.outputs["serviceConfig"] as JsonObject)["ingressSettings"], "ALLOW_ALL");
    const grant = (name: string) =>
      lab.create("gcp:cloudrunv2/serviceIamMember:ServiceIamMember", `grant-${name}`, {
        name,
        location: "europe-west4",
        role: "roles/run.invoker",
        member: "user:ann@example.com",
      });
    const service = "projects/shop-dev/locations/europe-west4/services/f";
    assert.equal((made.outputs["serviceConfig"] as JsonObject)["service"], service);
    assert.equal(grant("f").outputs["name"], service);
    assert.match(
      lab.refusal(() => grant("g")),
      /'g' was not found/,
    );
    const job = "gcp:cloudscheduler/job:Job";
    assert.equal(lab.checkFailures(job, "j", { schedule: "* * * * *" })[0]?.property, "httpTarget");
    const scheduled = lab.create(job, "j", {
      name: "j",
      schedule: "0 3 * * *",
      httpTarget: { uri: "https://example.com" },
    });
    assert.equal(scheduled.outputs["timeZone"], "Etc/UTC");
    const queue = lab.create("gcp:cloudtasks/queue:Queue", "q", {
      name: "q",
      location: "europe-west4",
    });
    assert.equal((queue.outputs["rateLimits"] as JsonObject)["maxDispatchesPerSecond"], 500);
  });

  it("send messages from topics to subscriptions", () => {
    const subscribe = () =>
      lab.create("gcp:pubsub/subscription:Subscription", "s", { name: "sub", topic: "orders" });
    assert.match(
      lab.refusal(() => subscribe()),
      /Resource not found \(resource=orders\)/,
    );
    const topic = lab.create("gcp:pubsub/topic:Topic", "myTopic", {});
    assert.match(topic.id, /^projects\/shop-dev\/topics\/myTopic-[0-9a-f]{7}$/);
    lab.create("gcp:pubsub/topic:Topic", "o", { name: "orders" });
    const made = subscribe();
    assert.equal(made.id, "projects/shop-dev/subscriptions/sub");
    assert.equal(made.outputs["topic"], "projects/shop-dev/topics/orders");
    assert.equal(made.outputs["ackDeadlineSeconds"], 10);
    assert.equal(
      lab.checkFailures("gcp:pubsub/topic:Topic", "x", { name: "goog-x" })[0]?.property,
      "name",
    );
  });

  it("number the versions of secrets and mark their values", () => {
    const version = (data: string) =>
      lab.create("gcp:secretmanager/secretVersion:SecretVersion", `v-${data.slice(0, 3)}`, {
        secret: "projects/shop-dev/secrets/pw",
        secretData: data,
      });
    assert.match(
      lab.refusal(() => version("one")),
      /Secret \[.*\] not found/,
    );
    const secret = lab.create("gcp:secretmanager/secret:Secret", "pw", {
      secretId: "pw",
      replication: { auto: {} },
    });
    assert.match(String(secret.outputs["name"]), /^projects\/\d{12}\/secrets\/pw$/);
    assert.match(version("one").id, /\/secrets\/pw\/versions\/1$/);
    const second = version("two");
    assert.match(second.id, /\/versions\/2$/);
    assert.ok(second.outputs["secretData"] instanceof Secret);
    assert.equal(lab.read(second.token, second.id)?.id, second.id, "found by the project's number");
    assert.match(
      lab.refusal(() => version("x".repeat(65_537))),
      /larger than 65536/,
    );
    const rotated = () =>
      lab.create("gcp:secretmanager/secret:Secret", "r", {
        secretId: "r",
        replication: { auto: {} },
        rotation: { rotationPeriod: "86400s" },
      });
    assert.match(
      lab.refusal(() => rotated()),
      /at least one topic/,
    );
    const read = lab.invoke("gcp:secretmanager/getSecretVersion:getSecretVersion", {
      secret: "pw",
    });
    assert.equal(read["secretData"], "two");
  });

  it("hold records in zones", () => {
    const token = "gcp:dns/managedZone:ManagedZone";
    assert.equal(lab.checkFailures(token, "z", { dnsName: "example.com" })[0]?.property, "dnsName");
    const zone = lab.create(token, "z", { name: "z", dnsName: "example.com." });
    assert.equal(zone.id, "projects/shop-dev/managedZones/z");
    assert.equal((zone.outputs["nameServers"] as string[]).length, 4);
    const record = (name: string, type: string) =>
      lab.create("gcp:dns/recordSet:RecordSet", `${name}${type}`, {
        managedZone: "z",
        name,
        type,
        ttl: 300,
        rrdatas: ["x"],
      });
    assert.match(
      lab.refusal(() => record("other.org.", "A")),
      /not in the zone/,
    );
    assert.equal(
      record("www.example.com.", "A").id,
      "projects/shop-dev/managedZones/z/rrsets/www.example.com./A",
    );
    assert.match(
      lab.refusal(() => record("www.example.com.", "CNAME")),
      /cnameResourceRecordSetConflict/,
    );
    assert.match(
      lab.refusal(() => lab.delete(zone)),
      /containerNotEmpty/,
    );
  });

  it("admit images by repositories and attestors", () => {
    const token = "gcp:artifactregistry/repository:Repository";
    const repository = lab.create(token, "r", {
      repositoryId: "images",
      format: "DOCKER",
      location: "europe-west4",
    });
    assert.equal(repository.id, "projects/shop-dev/locations/europe-west4/repositories/images");
    assert.equal(repository.outputs["registryUri"], "europe-west4-docker.pkg.dev/shop-dev/images");
    assert.match(
      lab.refusal(() => lab.create(token, "x", { repositoryId: "x", format: "FLOPPY" })),
      /unknown repository format/,
    );
    const policy = (rule: JsonObject) =>
      lab.create("gcp:binaryauthorization/policy:Policy", "p", {
        defaultAdmissionRule: { enforcementMode: "ENFORCED_BLOCK_AND_AUDIT_LOG", ...rule },
      });
    assert.match(
      lab.refusal(() => policy({ evaluationMode: "REQUIRE_ATTESTATION" })),
      /require_attestations_by must be set/,
    );
    assert.equal(policy({ evaluationMode: "ALWAYS_DENY" }).id, "projects/shop-dev");
  });

  it("alert through channels that exist", () => {
    const channel = (labels: JsonObject) =>
      lab.create("gcp:monitoring/notificationChannel:NotificationChannel", "c", {
        type: "email",
        labels,
      });
    assert.match(
      lab.refusal(() => channel({})),
      /email_address/,
    );
    const made = channel({ email_address: "soc@example.com" });
    assert.match(made.id, /^projects\/shop-dev\/notificationChannels\/\d{19}$/);
    const alert = (channels: string[]) =>
      lab.create("gcp:monitoring/alertPolicy:AlertPolicy", "a", {
        displayName: "a",
        combiner: "OR",
        conditions: [{ displayName: "c" }],
        notificationChannels: channels,
      });
    assert.match(
      lab.refusal(() => alert(["projects/shop-dev/notificationChannels/1"])),
      /does not exist/,
    );
    assert.equal(alert([made.id]).outputs["enabled"], true);
    assert.match(
      lab.refusal(() => lab.delete(made)),
      /referenced by/,
    );
    const metric = lab.create("gcp:logging/metric:Metric", "m", { name: "m", filter: "x" });
    assert.equal(metric.id, "m");
    assert.equal((metric.outputs["metricDescriptor"] as JsonObject)["metricKind"], "DELTA");
  });

  it("send the logs of folders and organisations", () => {
    lab.create("gcp:storage/bucket:Bucket", "b", { name: "all-logs", location: "EU" });
    const sink = lab.create("gcp:logging/folderSink:FolderSink", "s", {
      name: "s",
      folder: "folders/42",
      destination: "storage.googleapis.com/all-logs",
      includeChildren: true,
    });
    assert.equal(sink.id, "folders/42/sinks/s");
    assert.match(String(sink.outputs["writerIdentity"]), /service-folder-42@gcp-sa-logging/);
    const bucket = lab.create(
      "gcp:logging/organizationBucketConfig:OrganizationBucketConfig",
      "o",
      { organization: "123", location: "global", bucketId: "_Default" },
    );
    assert.equal(bucket.id, "organizations/123/locations/global/buckets/_Default");
    const exclusion = lab.create("gcp:logging/projectExclusion:ProjectExclusion", "e", {
      name: "e",
      filter: "x",
    });
    assert.equal(exclusion.id, "projects/shop-dev/exclusions/e");
  });
});
