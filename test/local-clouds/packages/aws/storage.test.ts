import assert from "node:assert/strict";
import type { ValueObject } from "../../../../local-clouds/protocol/value.ts";
import type { Lab, Made } from "../../kit/lab.ts";
import { account, documentOf, makeNetwork, makeRole, openAws, region, textAt } from "./fixtures.ts";

const token = {
  bucket: "aws:s3/bucket:Bucket",
  versioning: "aws:s3/bucketVersioning:BucketVersioning",
  lock: "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
  policy: "aws:s3/bucketPolicy:BucketPolicy",
  access: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  key: "aws:kms/key:Key",
  alias: "aws:kms/alias:Alias",
  trail: "aws:cloudtrail/trail:Trail",
  logs: "aws:cloudwatch/logGroup:LogGroup",
  flow: "aws:ec2/flowLog:FlowLog",
};

describe("S3 and what writes to it", () => {
  let lab: Lab;
  beforeEach(() => {
    lab = openAws();
  });
  afterEach(() => lab.close());

  const bucket = (name: string, more: ValueObject = {}) =>
    lab.create(token.bucket, name, { bucket: name, ...more });

  it("names buckets in lower case, once in the world", () => {
    const made = lab.create(token.bucket, "Logs", {});
    assert.match(made.id, /^logs-[0-9a-f]{7}$/);
    assert.equal(made.outputs["arn"], `arn:aws:s3:::${made.id}`);
    assert.equal(made.outputs["bucketRegionalDomainName"], `${made.id}.s3.${region}.amazonaws.com`);
    bucket("taken");
    const other = lab.with("aws", { region: "us-west-2", allowedAccountIds: ["210987654321"] });
    assert.match(
      other.refusal(() => other.create(token.bucket, "b", { bucket: "taken" })),
      /BucketAlreadyExists/,
    );
    assert.match(
      lab.refusal(() => bucket("Not_Valid")),
      /InvalidBucketName/,
    );
  });

  it("locks only versioned buckets and keeps them versioned", () => {
    bucket("plain");
    const rule = { defaultRetention: { mode: "COMPLIANCE", days: 30 } };
    const lock = (name: string, given: ValueObject = rule) =>
      lab.create(token.lock, name, { bucket: name, rule: given });
    assert.match(
      lab.refusal(() => lock("plain")),
      /InvalidBucketState/,
    );
    lab.create(token.versioning, "plain", {
      bucket: "plain",
      versioningConfiguration: { status: "Enabled" },
    });
    lock("plain");
    bucket("locked", { objectLockEnabled: true });
    const suspend = { bucket: "locked", versioningConfiguration: { status: "Suspended" } };
    assert.match(
      lab.refusal(() => lab.create(token.versioning, "s", suspend)),
      /InvalidBucketState/,
    );
    const both = { defaultRetention: { mode: "COMPLIANCE", days: 30, years: 1 } };
    assert.match(
      lab.refusal(() => lock("locked", both)),
      /MalformedXML/,
    );
  });

  it("takes settings along with the bucket, and refuses them without", () => {
    const made = bucket("mine");
    const setting = lab.create(token.access, "a", { bucket: "mine", blockPublicPolicy: true });
    assert.equal(setting.outputs["restrictPublicBuckets"], false);
    lab.delete(made);
    assert.equal(lab.read(token.access, setting.id), undefined);
    assert.match(
      lab.refusal(() => lab.create(token.access, "b", { bucket: "mine" })),
      /NoSuchBucket/,
    );
  });

  it("judges bucket policies", () => {
    bucket("mine");
    const put = (name: string, statement: Record<string, unknown>) =>
      lab.create(token.policy, name, { bucket: "mine", policy: documentOf(statement) });
    const own = "arn:aws:s3:::mine/*";
    const anyone = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: own };
    assert.match(
      lab.refusal(() =>
        put("a", { ...anyone, Principal: { AWS: account }, Resource: "arn:aws:s3:::other/*" }),
      ),
      /invalid resource/,
    );
    assert.match(
      lab.refusal(() => put("b", anyone)),
      /BlockPublicPolicy/,
    );
    lab.create(token.access, "open", { bucket: "mine" });
    const open = put("c", anyone);
    lab.delete(open);
    put("d", {
      ...anyone,
      Effect: "Deny",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  });

  it("writes access logs only where no retention hinders it", () => {
    bucket("source");
    bucket("target", { objectLockEnabled: true });
    const log = (name: string, targetBucket: string) =>
      lab.create("aws:s3/bucketLogging:BucketLogging", name, {
        bucket: "source",
        targetBucket,
        targetPrefix: "x/",
      });
    assert.match(
      lab.refusal(() => log("a", "none")),
      /InvalidTargetBucketForLogging/,
    );
    lab.create(token.lock, "lock", {
      bucket: "target",
      rule: { defaultRetention: { mode: "COMPLIANCE", days: 1 } },
    });
    assert.match(
      lab.refusal(() => log("b", "target")),
      /InvalidTargetBucketForLogging/,
    );
  });

  it("sends flow logs to buckets that are there, each once", () => {
    const { vpc } = makeNetwork(lab);
    const flow = (name: string, logDestination: string) =>
      lab.create(token.flow, name, {
        vpcId: vpc.id,
        trafficType: "ALL",
        logDestinationType: "s3",
        logDestination,
      });
    assert.match(
      lab.refusal(() => flow("a", "arn:aws:s3:::none")),
      /LogDestinationNotFoundException/,
    );
    bucket("logs");
    const made = flow("b", "arn:aws:s3:::logs/prefix/");
    assert.match(made.id, /^fl-0/);
    assert.match(
      lab.refusal(() => flow("c", "arn:aws:s3:::logs/prefix/")),
      /FlowLogAlreadyExists/,
    );
    const changed = {
      vpcId: vpc.id,
      trafficType: "REJECT",
      logDestinationType: "s3",
      logDestination: "arn:aws:s3:::logs/prefix/",
    };
    assert.deepEqual(lab.diff(made, changed).replaces, ["trafficType"]);
    assert.equal(
      lab.checkFailures(token.flow, "d", { vpcId: vpc.id, trafficType: "SOME" }).length,
      1,
    );
    assert.equal(
      lab.checkFailures(token.flow, "e", { vpcId: vpc.id, maxAggregationInterval: 5 }).length,
      1,
    );
  });
});

describe("KMS, CloudTrail and CloudWatch Logs", () => {
  let lab: Lab;
  beforeEach(() => {
    lab = openAws();
  });
  afterEach(() => lab.close());

  const root = {
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: "kms:*",
    Resource: "*",
  };
  const service = (name: string, Action: string) => ({
    Effect: "Allow",
    Principal: { Service: name },
    Action,
    Resource: "*",
  });
  const policyOf = (...statements: unknown[]) =>
    JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const key = (name: string, policy?: string) =>
    lab.create(token.key, name, policy === undefined ? {} : { policy });

  it("gives keys ids, ARNs and a policy, and finds them by all three", () => {
    const made = key("k");
    assert.match(made.id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(made.outputs["arn"], `arn:aws:kms:${region}:${account}:key/${made.id}`);
    assert.match(textAt(made, "policy"), /:root/);
    const alias = lab.create(token.alias, "a", {
      name: "alias/a",
      targetKeyId: textAt(made, "arn"),
    });
    assert.equal(alias.outputs["targetKeyArn"], made.outputs["arn"]);
    assert.match(
      lab.refusal(() => lab.create(token.alias, "b", { name: "alias/a", targetKeyId: made.id })),
      /AlreadyExistsException/,
    );
    assert.match(
      lab.refusal(() => lab.create(token.alias, "c", { name: "alias/c", targetKeyId: "none" })),
      /NotFoundException/,
    );
    assert.equal(
      lab.checkFailures(token.alias, "d", { name: "d", targetKeyId: made.id }).length,
      1,
    );
  });

  it("refuses a key policy that locks its owner out", () => {
    const locked = policyOf(service("logs.eu-central-1.amazonaws.com", "kms:Decrypt"));
    assert.match(
      lab.refusal(() => key("k", locked)),
      /MalformedPolicyDocumentException/,
    );
    lab.create(token.key, "k", { policy: locked, bypassPolicyLockoutSafetyCheck: true });
    assert.equal(lab.checkFailures(token.key, "k", { deletionWindowInDays: 3 }).length, 1);
  });

  it("encrypts a log group only with a key that allows it", () => {
    const logGroup = (made: Made) =>
      lab.create(token.logs, "l", { name: "/l", kmsKeyId: textAt(made, "arn") });
    assert.match(
      lab.refusal(() => logGroup(key("shut"))),
      /InvalidParameterException/,
    );
    const made = logGroup(
      key("open", policyOf(root, service("logs.eu-central-1.amazonaws.com", "kms:Encrypt*"))),
    );
    assert.equal(made.outputs["arn"], `arn:aws:logs:${region}:${account}:log-group:/l`);
    assert.match(
      lab.refusal(() => lab.create(token.logs, "m", { name: "/l" })),
      /ResourceAlreadyExistsException/,
    );
    assert.equal(lab.checkFailures(token.logs, "n", { retentionInDays: 42 }).length, 1);
  });

  it("starts a trail only where it may write", () => {
    lab.create(token.bucket, "b", { bucket: "trail" });
    const trail = (more: ValueObject = {}) =>
      lab.create(token.trail, "t", { name: "t", s3BucketName: "trail", ...more });
    assert.match(
      lab.refusal(() => lab.create(token.trail, "x", { s3BucketName: "none" })),
      /S3BucketDoesNotExistException/,
    );
    assert.match(lab.refusal(trail), /InsufficientS3BucketPolicyException/);
    const write = {
      ...service("cloudtrail.amazonaws.com", "s3:PutObject"),
      Resource: "arn:aws:s3:::trail/AWSLogs/*",
    };
    lab.create(token.policy, "p", { bucket: "trail", policy: policyOf(write) });
    const shut = textAt(key("shut"), "arn");
    assert.match(
      lab.refusal(() => trail({ kmsKeyId: shut })),
      /InsufficientEncryptionPolicyException/,
    );
    const open = key(
      "open",
      policyOf(root, service("cloudtrail.amazonaws.com", "kms:GenerateDataKey*")),
    );
    const made = trail({ kmsKeyId: textAt(open, "arn"), isMultiRegionTrail: true });
    assert.equal(made.id, `arn:aws:cloudtrail:${region}:${account}:trail/t`);
    assert.equal(made.outputs["homeRegion"], region);
    assert.match(lab.refusal(trail), /TrailAlreadyExistsException/);
  });

  it("sends a trail to a log group by a role", () => {
    lab.create(token.bucket, "b", { bucket: "trail" });
    const write = {
      ...service("cloudtrail.amazonaws.com", "s3:PutObject"),
      Resource: "arn:aws:s3:::trail/*",
    };
    lab.create(token.policy, "p", { bucket: "trail", policy: policyOf(write) });
    const role = textAt(makeRole(lab, "r", "cloudtrail.amazonaws.com"), "arn");
    const group = textAt(lab.create(token.logs, "l", { name: "/l" }), "arn");
    const trail = (cloudWatchLogsGroupArn: string) =>
      lab.create(token.trail, "t", {
        s3BucketName: "trail",
        cloudWatchLogsGroupArn,
        cloudWatchLogsRoleArn: role,
      });
    assert.match(
      lab.refusal(() => trail(`${group}x:*`)),
      /InvalidCloudWatchLogsLogGroupArnException/,
    );
    trail(`${group}:*`);
  });
});
