import assert from "node:assert/strict";
import type { ValueObject } from "../../../../local-clouds/protocol/value.ts";
import type { Lab } from "../../kit/lab.ts";
import { account, makeRole, openAws, region, textAt } from "./fixtures.ts";

const token = {
  queue: "aws:sqs/queue:Queue",
  topic: "aws:sns/topic:Topic",
  lambda: "aws:lambda/function:Function",
  permission: "aws:lambda/permission:Permission",
  mapping: "aws:lambda/eventSourceMapping:EventSourceMapping",
  rule: "aws:cloudwatch/eventRule:EventRule",
  target: "aws:cloudwatch/eventTarget:EventTarget",
};

describe("functions and what calls them", () => {
  let lab: Lab;
  beforeEach(() => {
    lab = openAws();
  });
  afterEach(() => lab.close());

  const refused = (code: RegExp, work: () => unknown) => assert.match(lab.refusal(work), code);
  const lambda = (name: string, role: string, more: ValueObject = {}) =>
    lab.create(token.lambda, name, {
      name,
      role,
      handler: "index.handler",
      runtime: "nodejs22.x",
      s3Bucket: "code",
      s3Key: "code.zip",
      ...more,
    });

  it("queues are known by their URL and keep the service's defaults", () => {
    const made = lab.create(token.queue, "jobs", {});
    assert.match(
      made.id,
      new RegExp(`^https://sqs.${region}.amazonaws.com/${account}/jobs-[0-9a-f]{7}$`),
    );
    assert.equal(made.outputs["url"], made.id);
    assert.equal(made.outputs["sqsManagedSseEnabled"], true);
    assert.deepEqual(
      ["delaySeconds", "maxMessageSize", "messageRetentionSeconds", "visibilityTimeoutSeconds"].map(
        (key) => made.outputs[key],
      ),
      [0, 262_144, 345_600, 30],
    );
    assert.match(
      String(lab.check(token.queue, "f", { fifoQueue: true })["name"]),
      /^f-[0-9a-f]{7}\.fifo$/,
    );
    assert.equal(lab.checkFailures(token.queue, "g", { name: "g.fifo" }).length, 1);
    assert.equal(lab.checkFailures(token.queue, "h", { delaySeconds: 901 }).length, 1);
    const deadLetterTargetArn = `arn:aws:sqs:${region}:${account}:none`;
    refused(/InvalidParameterValue.*Dead letter target does not exist/, () =>
      lab.create(token.queue, "q", {
        redrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 3 }),
      }),
    );
    refused(/NonExistentQueue/, () =>
      lab.create("aws:sqs/queuePolicy:QueuePolicy", "p", { queueUrl: `${made.id}x`, policy: "{}" }),
    );
  });

  it("topics are known by their ARN and let their owner in", () => {
    const made = lab.create(token.topic, "news", { name: "news" });
    assert.equal(made.id, `arn:aws:sns:${region}:${account}:news`);
    const policy = JSON.parse(textAt(made, "policy")) as { Statement: { Resource: string }[] };
    assert.equal(policy.Statement[0]?.Resource, made.id);
    const queue = lab.create(token.queue, "q", {});
    const subscribe = (name: string, topic: string, endpoint: string) =>
      lab.create("aws:sns/topicSubscription:TopicSubscription", name, {
        topic,
        protocol: "sqs",
        endpoint,
      });
    assert.ok(subscribe("s", made.id, textAt(queue, "arn")).id.startsWith(`${made.id}:`));
    refused(/NotFound: Topic does not exist/, () =>
      subscribe("t", `${made.id}x`, textAt(queue, "arn")),
    );
    refused(/InvalidParameter/, () => subscribe("u", made.id, "https://example.com"));
  });

  it("functions need a role that Lambda may assume", () => {
    const role = textAt(makeRole(lab, "r", "lambda.amazonaws.com"), "arn");
    const other = textAt(makeRole(lab, "o", "ec2.amazonaws.com"), "arn");
    const made = lambda("f", role);
    assert.equal(made.outputs["arn"], `arn:aws:lambda:${region}:${account}:function:f`);
    assert.match(
      textAt(made, "invokeArn"),
      /:lambda:path\/2015-03-31\/functions\/arn:aws:lambda:.*:function:f\/invocations$/,
    );
    assert.equal(made.outputs["version"], "$LATEST");
    refused(/cannot be assumed by Lambda/, () => lambda("g", other));
    refused(/InvalidParameterValueException/, () => lambda("h", `${role}x`));
    refused(/exceeded the 4KB limit/, () =>
      lambda("i", role, { environment: { variables: { a: "x".repeat(4096) } } }),
    );
    refused(/ResourceConflictException/, () =>
      lab.create(token.lambda, "again", { ...made.inputs, name: "f" }),
    );
    assert.equal(
      lab.checkFailures(token.lambda, "m", { role, memorySize: 64, s3Bucket: "b" }).length,
      1,
    );
    const permission = {
      action: "lambda:InvokeFunction",
      function: "f",
      principal: "s3.amazonaws.com",
      statementId: "s",
    };
    lab.create(token.permission, "p", permission);
    refused(/ResourceConflictException/, () => lab.create(token.permission, "q", permission));
    refused(/Function not found/, () =>
      lab.create(token.permission, "x", { ...permission, function: "none" }),
    );
    const queue = textAt(lab.create(token.queue, "q", {}), "arn");
    assert.equal(
      lab.create(token.mapping, "m", { functionName: "f", eventSourceArn: queue }).outputs[
        "batchSize"
      ],
      10,
    );
    lab.delete(made);
    assert.equal(lab.read(token.permission, "s"), undefined);
  });

  it("rules of a bus carry it in their ids, and at most five targets", () => {
    lab.create("aws:cloudwatch/eventBus:EventBus", "b", { name: "own" });
    const rule = lab.create(token.rule, "r", {
      name: "r",
      eventBusName: "own",
      eventPattern: "{}",
    });
    assert.equal(rule.id, "own/r");
    assert.equal(rule.outputs["arn"], `arn:aws:events:${region}:${account}:rule/own/r`);
    const arn = textAt(lab.create(token.queue, "q", {}), "arn");
    const aim = (i: number) =>
      lab.create(token.target, `t${i}`, { rule: "r", eventBusName: "own", arn, targetId: `t${i}` });
    assert.equal(aim(0).id, "own-r-t0");
    for (let i = 1; i < 5; i++) aim(i);
    refused(/LimitExceededException/, () => aim(5));
    refused(/has targets/, () => lab.delete(rule));
    refused(/supported only on the default event bus/, () =>
      lab.create(token.rule, "s", { eventBusName: "own", scheduleExpression: "rate(1 hour)" }),
    );
    refused(/ResourceNotFoundException/, () =>
      lab.create(token.rule, "u", { eventBusName: "none", eventPattern: "{}" }),
    );
  });
});

describe("APIs", () => {
  let lab: Lab;
  beforeEach(() => {
    lab = openAws();
  });
  afterEach(() => lab.close());

  it("of version 1 build their ids from API, resource and method", () => {
    const api = lab.create("aws:apigateway/restApi:RestApi", "a", { name: "a" });
    assert.match(api.id, /^[a-z0-9]{10}$/);
    assert.equal(api.outputs["arn"], `arn:aws:apigateway:${region}::/restapis/${api.id}`);
    const part = lab.create("aws:apigateway/resource:Resource", "r", {
      restApi: api.id,
      parentId: textAt(api, "rootResourceId"),
      pathPart: "things",
    });
    assert.equal(part.outputs["path"], "/things");
    const of = { restApi: api.id, resourceId: part.id, httpMethod: "GET" };
    const integrate = () =>
      lab.create("aws:apigateway/integration:Integration", "i", { ...of, type: "MOCK" });
    assert.match(lab.refusal(integrate), /NotFoundException: Invalid Method identifier/);
    assert.match(
      lab.refusal(() =>
        lab.create("aws:apigateway/deployment:Deployment", "d", { restApi: api.id }),
      ),
      /doesn't contain any methods/,
    );
    const method = lab.create("aws:apigateway/method:Method", "m", {
      ...of,
      authorization: "NONE",
    });
    assert.equal(method.id, `agm-${api.id}-${part.id}-GET`);
    assert.equal(integrate().id, `agi-${api.id}-${part.id}-GET`);
    lab.delete(api);
    assert.equal(lab.read("aws:apigateway/method:Method", method.id), undefined);
  });

  it("of version 2 judge route keys and integrations", () => {
    const api = lab.create("aws:apigatewayv2/api:Api", "a", { protocolType: "HTTP" });
    assert.equal(
      api.outputs["apiEndpoint"],
      `https://${api.id}.execute-api.${region}.amazonaws.com`,
    );
    const route = (routeKey: string) =>
      lab.create("aws:apigatewayv2/route:Route", "r", { apiId: api.id, routeKey });
    assert.match(
      lab.refusal(() => route("things")),
      /not formatted properly/,
    );
    route("GET /things");
    assert.match(
      lab.refusal(() => route("GET /things")),
      /ConflictException/,
    );
    assert.match(
      lab.refusal(() =>
        lab.create("aws:apigatewayv2/integration:Integration", "i", {
          apiId: api.id,
          integrationType: "MOCK",
        }),
      ),
      /HTTP APIs support only/,
    );
    const stage = lab.create("aws:apigatewayv2/stage:Stage", "s", {
      apiId: api.id,
      name: "$default",
    });
    assert.equal(
      stage.outputs["invokeUrl"],
      `https://${api.id}.execute-api.${region}.amazonaws.com/`,
    );
  });
});
