/**
 * Follows "Tutorial: Create a CRUD HTTP API with Lambda and DynamoDB" of Amazon API Gateway:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-dynamo-db.html
 * with the log format of "Configure logging for HTTP APIs in API Gateway":
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const items = new aws.dynamodb.Table("items", {
  attributes: [{ name: "id", type: "S" }],
  hashKey: "id",
  billingMode: "PAY_PER_REQUEST",
  pointInTimeRecovery: { enabled: true },
  serverSideEncryption: { enabled: true },
});

const functionName = "shop-items";
const functionLogs = new aws.cloudwatch.LogGroup("function", {
  name: `/aws/lambda/${functionName}`,
  retentionInDays: 30,
});
const role = new aws.iam.Role("items", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
});
new aws.iam.RolePolicyAttachment("logs", {
  role: role.name,
  policyArn: aws.iam.ManagedPolicy.AWSLambdaBasicExecutionRole,
});
new aws.iam.RolePolicy("items", {
  role: role.id,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: [
          "dynamodb:DeleteItem",
          "dynamodb:GetItem",
          "dynamodb:PutItem",
          "dynamodb:Scan",
          "dynamodb:UpdateItem",
        ],
        Resource: items.arn,
      },
    ],
  }),
});
const handler = new aws.lambda.Function(
  "items",
  {
    name: functionName,
    runtime: "nodejs22.x",
    handler: "index.handler",
    role: role.arn,
    timeout: 10,
    memorySize: 256,
    code: new pulumi.asset.AssetArchive({
      "index.mjs": new pulumi.asset.StringAsset(
        'export const handler = async () => ({ statusCode: 200, body: "[]" });',
      ),
    }),
    environment: { variables: { TABLE: items.name } },
    tracingConfig: { mode: "Active" },
  },
  { dependsOn: [functionLogs] },
);

const api = new aws.apigatewayv2.Api("items", { protocolType: "HTTP" });
const integration = new aws.apigatewayv2.Integration("items", {
  apiId: api.id,
  integrationType: "AWS_PROXY",
  integrationUri: handler.arn,
  payloadFormatVersion: "2.0",
});
const routeKeys = ["GET /items", "GET /items/{id}", "PUT /items", "DELETE /items/{id}"];
const routes = routeKeys.map(
  (routeKey) =>
    new aws.apigatewayv2.Route(routeKey.replaceAll(/[^A-Za-z]+/g, "-"), {
      apiId: api.id,
      routeKey,
      target: pulumi.interpolate`integrations/${integration.id}`,
    }),
);
const accessLogs = new aws.cloudwatch.LogGroup("access", { retentionInDays: 30 });
const stage = new aws.apigatewayv2.Stage(
  "default",
  {
    apiId: api.id,
    name: "$default",
    autoDeploy: true,
    defaultRouteSettings: { throttlingBurstLimit: 100, throttlingRateLimit: 50 },
    accessLogSettings: {
      destinationArn: accessLogs.arn,
      format: JSON.stringify({
        requestId: "$context.requestId",
        ip: "$context.identity.sourceIp",
        time: "$context.requestTime",
        route: "$context.routeKey",
        status: "$context.status",
      }),
    },
  },
  { dependsOn: routes },
);
new aws.lambda.Permission("items", {
  action: "lambda:InvokeFunction",
  function: handler.name,
  principal: "apigateway.amazonaws.com",
  sourceArn: pulumi.interpolate`${api.executionArn}/*/*`,
});

export const url = stage.invokeUrl;
