/** Forms of AWS's records: fields, types, and which are there when. */

import assert from "node:assert/strict";
import type { Live } from "../../../local-clouds/probe/token/live.ts";
import type { JsonObject } from "../../../local-clouds/protocol/value.ts";
import { trailEvents, webIdentityEvent } from "../../../local-clouds/records/aws/cloudtrail.ts";
import { flowLine } from "../../../local-clouds/records/aws/flow-logs.ts";
import type { Call, Caller } from "../../../local-clouds/records/call.ts";
import type { Flow } from "../../../local-clouds/records/flow.ts";
import { address, type Form, hasForm, seconds, uuid } from "./form.ts";

const account = "123456789012";
const other = "210987654321";
const at = new Date("2026-01-02T03:04:05.678Z");
const roleArn = `arn:aws:iam::${account}:role/deploy`;

const role: Caller = {
  kind: "role",
  id: roleArn,
  name: "deploy",
  account,
  uniqueId: "AROA0123456789ABCDEF0",
  session: "ci",
  groups: [],
};
const user: Caller = {
  ...role,
  kind: "user",
  id: `arn:aws:iam::${account}:user/eve`,
  name: "eve",
  uniqueId: "AIDA0123456789ABCDEF0",
  session: "",
};

function call(action: string, resource: string, changes: Partial<Call> = {}): Call {
  return {
    cloud: "aws",
    caller: role,
    action,
    resource,
    account,
    region: "eu-central-1",
    at,
    request: { a: "b" },
    response: { c: "d" },
    sourceIp: "203.0.113.7",
    userAgent: "aws-cli/2",
    ...changes,
  };
}

/** CloudTrail user guide, "CloudTrail record contents for management, data, and network activity events": what is there always. */
const always = {
  eventVersion: /^1\.11$/,
  userIdentity: "any",
  eventTime: seconds,
  eventSource: /^[a-z0-9-]+\.amazonaws\.com$/,
  eventName: /^[A-Z]\w+$/,
  awsRegion: /^[a-z]{2}-[a-z]+-\d$/,
  sourceIPAddress: address,
  userAgent: "text",
  requestParameters: "any",
  responseElements: "any",
  requestID: uuid,
  eventID: uuid,
  readOnly: "boolean",
  eventType: /^AwsApiCall$/,
  managementEvent: "boolean",
  recipientAccountId: /^\d{12}$/,
  eventCategory: /^(Management|Data)$/,
} as const satisfies Form;
const resources = {
  resources: [{ "accountId?": /^\d{12}$/, type: /^AWS::\w+::\w+$/, ARN: /^arn:aws:/ }],
} as const satisfies Form;
const refused = { errorCode: "text", errorMessage: "text" } as const;

const first = (one: Call): JsonObject => trailEvents(one)[0]?.record ?? {};
const session = {
  type: /^AssumedRole$/,
  principalId: /^AROA\w{17}:ci$/,
  arn: /^arn:aws:sts::\d{12}:assumed-role\/deploy\/ci$/,
  accountId: /^\d{12}$/,
  accessKeyId: /^ASIA\w{16}$/,
  sessionContext: {
    sessionIssuer: {
      type: /^Role$/,
      principalId: /^AROA\w{17}$/,
      arn: /^arn:aws:iam::\d{12}:role\/deploy$/,
      accountId: /^\d{12}$/,
      userName: /^deploy$/,
    },
    attributes: { creationDate: seconds, mfaAuthenticated: /^(true|false)$/ },
  },
} as const satisfies Form;

describe("CloudTrail's forms", () => {
  const attach = call("iam:AttachRolePolicy", roleArn);

  it("of a management event", () => hasForm(first(attach), { ...always, userIdentity: session }));

  it("of a refusal", () => {
    const record = first({ ...attach, error: { code: "AccessDenied", message: "no" } });
    hasForm(record, { ...always, ...refused });
    assert.equal(record["responseElements"], null);
  });

  it("of a data event of S3: the object without owner, and its bucket", () => {
    const record = first(call("s3:GetObject", "arn:aws:s3:::data/a.txt"));
    hasForm(record, { ...always, ...resources });
    assert.equal(record["eventCategory"], "Data");
    assert.equal(record["responseElements"], null);
    assert.deepEqual(record["resources"], [
      { type: "AWS::S3::Object", ARN: "arn:aws:s3:::data/a.txt" },
      { accountId: account, type: "AWS::S3::Bucket", ARN: "arn:aws:s3:::data" },
    ]);
  });

  it("of KMS: a read that names its key", () => {
    const key = `arn:aws:kms:eu-central-1:${account}:key/1`;
    const record = first(call("kms:Decrypt", key));
    hasForm(record, { ...always, ...resources });
    assert.equal(record["readOnly"], true);
    assert.equal(record["managementEvent"], true);
  });

  it("of AssumeRole: a read with an answer and the role", () => {
    const record = first(call("sts:AssumeRole", roleArn));
    hasForm(record, { ...always, ...resources });
    assert.equal(record["readOnly"], true);
    assert.deepEqual(record["responseElements"], { c: "d" });
  });

  it("of a setting of a bucket with Object in its name: a management event", () => {
    const record = first(call("s3:PutObjectLockConfiguration", "arn:aws:s3:::data"));
    assert.equal(record["eventCategory"], "Management");
  });

  for (const [action, eventName, eventSource, region] of [
    ["s3:ListBucket", "ListObjects", "s3.amazonaws.com", "eu-central-1"],
    ["s3:ListAllMyBuckets", "ListBuckets", "s3.amazonaws.com", "eu-central-1"],
    ["lambda:InvokeFunction", "Invoke", "lambda.amazonaws.com", "eu-central-1"],
    ["lambda:CreateFunction", "CreateFunction20150331", "lambda.amazonaws.com", "eu-central-1"],
    ["cloudwatch:PutMetricAlarm", "PutMetricAlarm", "monitoring.amazonaws.com", "eu-central-1"],
    ["iam:CreateUser", "CreateUser", "iam.amazonaws.com", "us-east-1"],
    ["route53:CreateHostedZone", "CreateHostedZone", "route53.amazonaws.com", "us-east-1"],
  ] as const) {
    it(`names ${action} ${eventName}`, () => {
      const record = first(call(action, "*"));
      const { eventName: name, eventSource: source, awsRegion } = record;
      assert.deepEqual([name, source, awsRegion], [eventName, eventSource, region]);
    });
  }
});

describe("CloudTrail's userIdentity", () => {
  const identity = (caller: Caller) =>
    first(call("iam:ListUsers", "*", { caller }))["userIdentity"];

  it("of a user", () =>
    hasForm(identity(user), {
      type: /^IAMUser$/,
      principalId: /^AIDA\w{17}$/,
      arn: /^arn:aws:iam::\d{12}:user\/eve$/,
      accountId: /^\d{12}$/,
      accessKeyId: /^AKIA\w{16}$/,
      userName: /^eve$/,
    }));

  it("of the root", () => {
    const arn = `arn:aws:iam::${account}:root`;
    const root = { ...user, kind: "root", id: arn, name: "root", uniqueId: "" };
    hasForm(identity(root), {
      type: /^Root$/,
      principalId: /^\d{12}$/,
      arn: /:root$/,
      accountId: /^\d{12}$/,
      accessKeyId: /^AKIA\w{16}$/,
    });
  });

  it("of a session that a token made", () => {
    const federatedProvider = `arn:aws:iam::${account}:oidc-provider/idp.example.com`;
    hasForm(identity({ ...role, federatedProvider }), {
      ...session,
      sessionContext: {
        ...session.sessionContext,
        webIdFederationData: {
          federatedProvider: /oidc-provider\/idp\.example\.com$/,
          attributes: {},
        },
      },
    });
  });

  it("of nobody", () =>
    hasForm(identity({ ...user, kind: "anonymous", account: "" }), {
      type: /^AWSAccount$/,
      principalId: /^$/,
      accountId: /^ANONYMOUS_PRINCIPAL$/,
    }));

  it("of a token's bearer, with what STS answered", () => {
    const { record } = webIdentityEvent(
      {
        cloud: "aws",
        caller: { ...role, uniqueId: "" },
        target: roleArn,
        account,
        region: "eu-central-1",
        issuer: "https://token.actions.githubusercontent.com",
        subject: "repo:acme/shop:ref:refs/heads/main",
        audience: "sts.amazonaws.com",
        at,
        sourceIp: "203.0.113.7",
      },
      role.uniqueId,
    );
    const provider =
      /^arn:aws:iam::123456789012:oidc-provider\/token\.actions\.githubusercontent\.com$/;
    hasForm(record, {
      ...always,
      ...resources,
      userIdentity: {
        type: /^WebIdentityUser$/,
        principalId: /oidc-provider\/token\.actions.*:sts\.amazonaws\.com:repo:acme/,
        userName: /^repo:acme/,
        identityProvider: provider,
      },
      requestParameters: { roleArn: "text", roleSessionName: "text" },
      responseElements: {
        subjectFromWebIdentityToken: "text",
        credentials: { accessKeyId: /^ASIA\w{16}$/, expiration: seconds },
        assumedRoleUser: { assumedRoleId: /^AROA\w{17}:ci$/, arn: /assumed-role\/deploy\/ci$/ },
        provider,
        audience: "text",
      },
    });
    assert.equal(record["readOnly"], true);
  });

  it("across accounts: two events share one id, and the owner is told the account alone", () => {
    const events = trailEvents(call("s3:GetObject", "arn:aws:s3:::theirs/a", { account: other }));
    assert.deepEqual(
      events.map((one) => one.account),
      [account, other],
    );
    const [own = {}, theirs = {}] = events.map(({ record }) => record);
    for (const one of [own, theirs]) hasForm(one, { ...always, ...resources, sharedEventID: uuid });
    assert.equal(own["sharedEventID"], theirs["sharedEventID"]);
    assert.notEqual(own["eventID"], theirs["eventID"]);
    assert.equal(theirs["recipientAccountId"], other);
    hasForm(own["userIdentity"], session);
    hasForm(theirs["userIdentity"], {
      type: /^AWSAccount$/,
      principalId: /^AROA\w{17}:ci$/,
      accountId: /^123456789012$/,
    });
  });

  it("within an account: one event without shared id", () => {
    const events = trailEvents(call("s3:GetObject", "arn:aws:s3:::data/a"));
    assert.equal(events.length, 1);
    assert.ok(!("sharedEventID" in (events[0]?.record ?? {})));
  });
});

describe("VPC flow logs' fields", () => {
  const log = { id: "fl-1", properties: {} } as unknown as Live;
  const flow: Flow = {
    cloud: "aws",
    interfaceId: "eni-1",
    subnetId: "subnet-1",
    networkId: "vpc-1",
    account,
    region: "eu-central-1",
    direction: "out",
    source: "10.0.0.5",
    destination: "10.0.1.7",
    sourcePort: 50_000,
    destinationPort: 443,
    protocol: 6,
    accepted: true,
    rule: "",
    at,
  };
  const format = (names: string) => names.replace(/[\w-]+/g, (name) => `\${${name}}`);
  // Amazon VPC user guide, "Flow log records, Available fields": the highest version among the fields.
  for (const [names, line] of [
    ["version srcaddr action", "2 10.0.0.5 ACCEPT"],
    ["version vpc-id tcp-flags type", "3 vpc-1 2 IPv4"],
    ["version region", "4 eu-central-1"],
    ["version az-id", "4 -"],
    ["version flow-direction traffic-path", "5 egress -"],
    ["version reject-reason vpc-id", "8 - vpc-1"],
    ["pkt-srcaddr pkt-dstaddr log-status", "10.0.0.5 10.0.1.7 OK"],
  ] as const) {
    it(`of ${names} are ${line}`, () => assert.equal(flowLine(format(names), log, flow), line));
  }

  it("have no flags where the protocol has none", () =>
    assert.equal(flowLine(format("tcp-flags"), log, { ...flow, protocol: 17 }), "0"));
});
