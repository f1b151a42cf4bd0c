import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const table = new aws.dynamodb.Table("orders", {
  attributes: [{ name: "id", type: "S" }],
  hashKey: "id",
  billingMode: "PAY_PER_REQUEST",
  pointInTimeRecovery: { enabled: true },
});

const role = new aws.iam.Role("orders", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
  managedPolicyArns: [aws.iam.ManagedPolicy.AWSLambdaBasicExecutionRole],
});
new aws.iam.RolePolicy("orders", {
  role: role.id,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: ["dynamodb:GetItem", "dynamodb:PutItem"], Resource: table.arn },
    ],
  }),
});
const failures = new aws.sqs.Queue("failures", { messageRetentionSeconds: 1_209_600 });
const handler = new aws.lambda.Function("orders", {
  runtime: "nodejs22.x",
  handler: "index.handler",
  role: role.arn,
  timeout: 10,
  code: new pulumi.asset.AssetArchive({
    "index.mjs": new pulumi.asset.StringAsset(
      "export const handler = async () => ({ statusCode: 204 });",
    ),
  }),
  environment: { variables: { TABLE: table.name } },
  tracingConfig: { mode: "Active" },
});

const api = new aws.apigatewayv2.Api("orders", { protocolType: "HTTP" });
const integration = new aws.apigatewayv2.Integration("orders", {
  apiId: api.id,
  integrationType: "AWS_PROXY",
  integrationUri: handler.arn,
  payloadFormatVersion: "2.0",
});
const route = new aws.apigatewayv2.Route("orders", {
  apiId: api.id,
  routeKey: "POST /orders",
  target: pulumi.interpolate`integrations/${integration.id}`,
});
const stage = new aws.apigatewayv2.Stage(
  "default",
  { apiId: api.id, name: "$default", autoDeploy: true },
  { dependsOn: [route] },
);
new aws.lambda.Permission("orders", {
  action: "lambda:InvokeFunction",
  function: handler.name,
  principal: "apigateway.amazonaws.com",
  sourceArn: pulumi.interpolate`${api.executionArn}/*/*`,
});

const nightly = new aws.cloudwatch.EventRule("nightly", {
  scheduleExpression: "cron(0 3 * * ? *)",
});
new aws.cloudwatch.EventTarget("nightly", {
  rule: nightly.name,
  arn: handler.arn,
  deadLetterConfig: { arn: failures.arn },
});
new aws.lambda.Permission("nightly", {
  action: "lambda:InvokeFunction",
  function: handler.name,
  principal: "events.amazonaws.com",
  sourceArn: nightly.arn,
});

export const url = stage.invokeUrl;
