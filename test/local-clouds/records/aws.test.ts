/** What AWS's logs say and where they lie: trails, selectors, flow logs. */

import assert from "node:assert/strict";
import type { JsonObject, ValueObject } from "../../../local-clouds/protocol/value.ts";
import type { Flow } from "../../../local-clouds/records/flow.ts";
import { Recorder } from "../../../local-clouds/records/recorder.ts";
import { acting, deliveredIn, type Wish } from "../act/kit.ts";
import { account, policy, role } from "../probe/token/aws-world.ts";
import { TestWorld } from "../probe/token/kit.ts";

const deploy = `arn:aws:iam::${account}:role/deploy`;
const attach: Wish = {
  as: `arn:aws:sts::${account}:assumed-role/deploy/ci`,
  action: "iam:AttachRolePolicy",
  resource: deploy,
  with: { PolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
  context: { ip: "203.0.113.7" },
};
const read: Wish = { as: deploy, action: "s3:GetObject", resource: "arn:aws:s3:::data/a.txt" };

/** Role `deploy`, buckets `logs` and `data`, and a trail that others change. */
function trailed(trail: ValueObject = {}, leave = true): TestWorld {
  const world = new TestWorld();
  const { lab } = world;
  role(world, "deploy", policy());
  lab.create("aws:iam/rolePolicy:RolePolicy", "own", {
    role: "deploy",
    name: "own",
    policy: JSON.stringify(
      policy({ Effect: "Allow", Action: ["s3:*", "iam:*", "cloudtrail:*"], Resource: "*" }),
    ),
  });
  for (const name of ["logs", "data"]) lab.create("aws:s3/bucket:Bucket", name, { bucket: name });
  if (leave)
    lab.create("aws:s3/bucketPolicy:BucketPolicy", "logs", { bucket: "logs", policy: forTrails() });
  lab.create("aws:cloudtrail/trail:Trail", "main", {
    name: "main",
    s3BucketName: "logs",
    s3KeyPrefix: "audit",
    isMultiRegionTrail: true,
    includeGlobalServiceEvents: true,
    ...trail,
  });
  return world;
}

function forTrails(): string {
  const Principal = { Service: "cloudtrail.amazonaws.com" };
  return JSON.stringify(
    policy(
      { Effect: "Allow", Principal, Action: "s3:GetBucketAcl", Resource: "arn:aws:s3:::logs" },
      { Effect: "Allow", Principal, Action: "s3:PutObject", Resource: "arn:aws:s3:::logs/*" },
    ),
  );
}

async function recordsAfter(world: TestWorld, ...wishes: readonly Wish[]) {
  for (const wish of wishes) await acting(world, wish);
  const delivered = deliveredIn(world);
  world.lab.close();
  return delivered;
}

/** Keys of a record and of its userIdentity. */
const keysOf = (value: unknown) => Object.keys(value as object).sort();

describe("CloudTrail records", () => {
  it("have the fields of the record contents reference, management events", async () => {
    const [record] = await recordsAfter(trailed(), attach);
    assert.ok(record);
    // CloudTrail user guide, "CloudTrail record contents for management, data, and network activity events".
    assert.deepEqual(
      keysOf(record.json),
      [
        "awsRegion",
        "eventCategory",
        "eventID",
        "eventName",
        "eventSource",
        "eventTime",
        "eventType",
        "eventVersion",
        "managementEvent",
        "readOnly",
        "recipientAccountId",
        "requestID",
        "requestParameters",
        "responseElements",
        "sourceIPAddress",
        "userAgent",
        "userIdentity",
      ].sort(),
    );
    const identity = record.json["userIdentity"] as JsonObject;
    // "CloudTrail userIdentity element": the fields of an assumed role.
    assert.deepEqual(keysOf(identity), [
      "accessKeyId",
      "accountId",
      "arn",
      "principalId",
      "sessionContext",
      "type",
    ]);
    const context = identity["sessionContext"] as JsonObject;
    assert.deepEqual(keysOf(context), ["attributes", "sessionIssuer"]);
    assert.deepEqual(keysOf(context["sessionIssuer"]), [
      "accountId",
      "arn",
      "principalId",
      "type",
      "userName",
    ]);
    assert.equal(identity["arn"], attach.as);
    const {
      eventName,
      eventSource,
      awsRegion,
      sourceIPAddress,
      readOnly,
      managementEvent,
      eventTime,
    } = record.json;
    assert.deepEqual(
      { eventName, eventSource, awsRegion, sourceIPAddress, readOnly, managementEvent, eventTime },
      {
        eventName: "AttachRolePolicy",
        eventSource: "iam.amazonaws.com",
        awsRegion: "us-east-1",
        sourceIPAddress: "203.0.113.7",
        readOnly: false,
        managementEvent: true,
        eventTime: "2026-01-02T03:04:05Z",
      },
    );
    assert.deepEqual(record.json["requestParameters"], {
      roleName: "deploy",
      policyArn: attach.with?.["PolicyArn"],
    });
  });

  it("lie under the path of the user guide", async () => {
    const [record] = await recordsAfter(trailed(), attach);
    assert.match(
      record?.place ?? "",
      /^audit\/AWSLogs\/123456789012\/CloudTrail\/us-east-1\/2026\/01\/02\/123456789012_CloudTrail_us-east-1_20260102T0304Z_\w{16}\.json\.gz$/,
    );
  });

  it("of a refusal have errorCode and errorMessage", async () => {
    const world = trailed();
    role(world, "nobody", policy());
    const [record] = await recordsAfter(world, {
      ...attach,
      as: `arn:aws:iam::${account}:role/nobody`,
    });
    assert.equal(record?.json["errorCode"], "AccessDenied");
    assert.match(
      String(record?.json["errorMessage"]),
      /is not authorized to perform: iam:AttachRolePolicy/,
    );
    assert.equal(record?.json["responseElements"], null);
  });

  it("of data events have resources and the category Data", async () => {
    const dataResources = [{ type: "AWS::S3::Object", values: ["arn:aws:s3:::data/"] }];
    const [record] = await recordsAfter(trailed({ eventSelectors: [{ dataResources }] }), read);
    assert.equal(record?.json["eventCategory"], "Data");
    assert.equal(record?.json["managementEvent"], false);
    assert.deepEqual(
      ((record?.json["resources"] ?? []) as readonly JsonObject[]).map((one) => one["type"]),
      ["AWS::S3::Object", "AWS::S3::Bucket"],
    );
  });

  it("tell of the end of logging, and of nothing after it", async () => {
    const world = trailed();
    const trail = `arn:aws:cloudtrail:eu-central-1:${account}:trail/main`;
    const stop = { as: deploy, action: "cloudtrail:StopLogging", resource: trail };
    const delivered = await recordsAfter(world, stop, attach);
    assert.deepEqual(
      delivered.map(({ json }) => json["eventName"]),
      ["StopLogging"],
    );
  });
});

describe("CloudTrail delivery", () => {
  const rows: readonly (readonly [says: string, trail: ValueObject, wish: Wish, count: number])[] =
    [
      ["a trail without selectors takes management events", {}, attach, 1],
      ["a trail without selectors takes no data events", {}, read, 0],
      ["a trail that is off takes nothing", { enableLogging: false }, attach, 0],
      ["a trail of one other region takes no IAM events", { isMultiRegionTrail: false }, attach, 0],
      [
        "a trail without global service events takes no IAM events",
        { isMultiRegionTrail: false, includeGlobalServiceEvents: false },
        attach,
        0,
      ],
      [
        "a selector for reads takes no writes",
        { eventSelectors: [{ readWriteType: "ReadOnly" }] },
        attach,
        0,
      ],
      [
        "a selector for another bucket takes no data events of this one",
        {
          eventSelectors: [
            { dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3:::other/"] }] },
          ],
        },
        read,
        0,
      ],
      [
        "a selector for all buckets takes them",
        {
          eventSelectors: [
            { dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }] },
          ],
        },
        read,
        1,
      ],
      [
        "an advanced selector takes what all its fields fit",
        {
          advancedEventSelectors: [
            {
              fieldSelectors: [
                { field: "eventCategory", equals: ["Data"] },
                { field: "resources.type", equals: ["AWS::S3::Object"] },
                { field: "readOnly", equals: ["true"] },
              ],
            },
          ],
        },
        read,
        1,
      ],
      [
        "an advanced selector for data takes no management events",
        {
          advancedEventSelectors: [
            {
              fieldSelectors: [
                { field: "eventCategory", equals: ["Data"] },
                { field: "resources.type", equals: ["AWS::S3::Object"] },
              ],
            },
          ],
        },
        attach,
        0,
      ],
    ];
  for (const [says, trail, wish, count] of rows) {
    it(says, async () => {
      assert.equal((await recordsAfter(trailed(trail), wish)).length, count);
    });
  }

  it("needs the bucket's leave", async () => {
    const world = trailed();
    const held = world.lab.clouds.world
      .all()
      .find(({ token }) => token === "aws:s3/bucketPolicy:BucketPolicy");
    assert.ok(held);
    world.lab.clouds.world.remove(held);
    assert.equal((await recordsAfter(world, attach)).length, 0);
  });

  it("goes to the log group of the trail, too", async () => {
    const world = trailed();
    world.lab.create("aws:cloudwatch/logGroup:LogGroup", "g", { name: "trail" });
    const trail = world.lab.clouds.world.all().find(({ token }) => token.includes("cloudtrail"));
    const path = "cloudWatchLogsGroupArn";
    const made = {
      token: trail?.token ?? "",
      urn: trail?.urn ?? "",
      id: trail?.id ?? "",
      inputs: {},
      outputs: {},
    };
    world.lab.drift(made, path, `arn:aws:logs:eu-central-1:${account}:log-group:trail:*`);
    const delivered = await recordsAfter(world, attach);
    assert.deepEqual(
      delivered.map(({ place }) => place.replace(/^audit.*/, "object")),
      ["object", `${account}_CloudTrail_eu-central-1`],
    );
  });

  it("across accounts goes to the trails of both", async () => {
    const world = trailed({
      eventSelectors: [{ dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }] }],
    });
    const other = "210987654321";
    const foreign = world.lab.with("aws", { region: "eu-central-1", allowedAccountIds: [other] });
    foreign.create("aws:s3/bucket:Bucket", "theirs", { bucket: "theirs" });
    foreign.create("aws:s3/bucket:Bucket", "their-logs", { bucket: "their-logs" });
    foreign.create("aws:s3/bucketPolicy:BucketPolicy", "their-logs", {
      bucket: "their-logs",
      policy: forTrails().replaceAll("s3:::logs", "s3:::their-logs"),
    });
    world.insert(
      "aws:cloudtrail/trail:Trail",
      other,
      "theirs",
      {
        name: "theirs",
        arn: `arn:aws:cloudtrail:eu-central-1:${other}:trail/theirs`,
        s3BucketName: "their-logs",
        isMultiRegionTrail: true,
        eventSelectors: [{ dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }] }],
      },
      "eu-central-1",
    );
    const delivered = await recordsAfter(world, { ...read, resource: "arn:aws:s3:::theirs/a" });
    assert.deepEqual(
      delivered.map(({ json, place }) => [
        json["recipientAccountId"],
        (json["userIdentity"] as JsonObject)["type"],
        place.includes(`AWSLogs/${String(json["recipientAccountId"])}/`),
      ]),
      [
        [account, "AssumedRole", true],
        [other, "AWSAccount", true],
      ],
    );
    assert.equal(new Set(delivered.map(({ json }) => json["sharedEventID"])).size, 1);
  });

  it("goes with its destination", () => {
    const world = trailed();
    const { lab } = world;
    const clouds = lab.clouds.world;
    const logs = clouds
      .all()
      .find(({ token, id }) => token === "aws:s3/bucket:Bucket" && id === "logs");
    assert.ok(logs);
    clouds.deliver([
      {
        destination: logs.row,
        place: "x",
        kind: "CloudTrail",
        at: "2026-01-01T00:00:00Z",
        body: "{}",
      },
    ]);
    assert.equal(clouds.records(0).length, 1);
    for (const row of clouds.all().filter(({ token }) => token !== "aws:s3/bucket:Bucket"))
      clouds.remove(row);
    clouds.remove(logs);
    assert.equal(clouds.records(0).length, 0);
    lab.close();
  });
});

describe("VPC flow logs", () => {
  const flow: Flow = {
    cloud: "aws",
    interfaceId: "eni-1",
    subnetId: "subnet-1",
    networkId: "vpc-1",
    account,
    region: "eu-central-1",
    direction: "in",
    source: "10.0.0.5",
    destination: "10.0.1.7",
    sourcePort: 50_000,
    destinationPort: 443,
    protocol: 6,
    accepted: false,
    rule: "",
    at: new Date("2026-01-02T03:04:05Z"),
  };

  function logged(log: JsonObject) {
    const world = new TestWorld();
    world.lab.create("aws:s3/bucket:Bucket", "logs", { bucket: "logs" });
    world.insert(
      "aws:ec2/flowLog:FlowLog",
      account,
      "fl-1",
      {
        logDestinationType: "s3",
        logDestination: "arn:aws:s3:::logs/net/",
        trafficType: "ALL",
        ...log,
      },
      "eu-central-1",
    );
    new Recorder(world.lab.clouds.world).flow(flow);
    const delivered = deliveredIn(world);
    world.lab.close();
    return delivered;
  }

  it("have the fields of version 2 in their order", () => {
    const [record] = logged({ vpcId: "vpc-1" });
    assert.equal(
      record?.body,
      `2 ${account} eni-1 10.0.0.5 10.0.1.7 50000 443 6 1 40 1767323045 1767323105 REJECT OK`,
    );
    assert.match(
      record?.place ?? "",
      /^net\/AWSLogs\/123456789012\/vpcflowlogs\/eu-central-1\/2026\/01\/02\/123456789012_vpcflowlogs_eu-central-1_fl-1_20260102T0304Z_\w{8}\.log\.gz$/,
    );
  });

  for (const [says, log, count] of [
    ["of the interface take it", { eniId: "eni-1" }, 1],
    ["of the subnet take it", { subnetId: "subnet-1" }, 1],
    ["of another network do not", { vpcId: "vpc-2" }, 0],
    ["of accepted traffic take no rejected one", { vpcId: "vpc-1", trafficType: "ACCEPT" }, 0],
    [
      "to a bucket that is not there deliver nothing",
      { vpcId: "vpc-1", logDestination: "arn:aws:s3:::none" },
      0,
    ],
  ] as const) {
    it(says, () => assert.equal(logged(log).length, count));
  }
});
