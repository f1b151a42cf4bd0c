/** HTTP and WebSocket APIs (Amazon API Gateway API reference, version 2). */

import type { Reference, TypeEntry } from "../../../../types/type.ts";
import { oneOf, others } from "../common.ts";
import { toGroup, toSubnet } from "../ec2-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { toCertificate, toLogGroupArn } from "../references.ts";

const gatewayArn = (rest: string) => `arn:{partition}:apigateway:{region}::${rest}`;
const notFound = (what: string) =>
  error("NotFoundException", `Invalid ${what} identifier specified {value}`);

const api = ordinary("aws:apigatewayv2/api:Api", {
  id: "{lower10}",
  arn: gatewayArn("/apis/{id}"),
  autoname: { property: "name", charactersMax: 128 },
  defaults: {
    apiKeySelectionExpression: "$request.header.x-api-key",
    routeSelectionExpression: "$request.method $request.path",
  },
  forceNew: ["credentialsArn", "protocolType", "routeKey"],
  check: (r) => oneOf(r.text("protocolType"), "protocolType", ["HTTP", "WEBSOCKET"]),
  outputs: {
    apiEndpoint: (r) =>
      form(
        `${r.text("protocolType") === "HTTP" ? "https" : "wss"}://{id}.execute-api.{region}.{suffix}`,
      )(r),
    executionArn: form("arn:{partition}:execute-api:{region}:{account}:{id}"),
    description: "",
    disableExecuteApiEndpoint: false,
    ipAddressType: "ipv4",
    version: "",
  },
  admit: (r) =>
    refuseIf(
      r.text("protocolType") === "WEBSOCKET" && r.given("corsConfiguration") !== undefined,
      "BadRequestException",
      "CORS configuration is only supported for HTTP APIs.",
    ),
});

const toApi = (how: Partial<Reference> = { cascades: true }) =>
  refer("apiId", api.token, notFound("API"), how);

const toAuthorizer = refer(
  "authorizerId",
  "aws:apigatewayv2/authorizer:Authorizer",
  error("BadRequestException", "Invalid authorizer ID: {value}"),
  { holds: true },
);

const route = ordinary("aws:apigatewayv2/route:Route", {
  id: "{lower7}",
  untagged: true,
  defaults: { apiKeyRequired: false, authorizationType: "NONE" },
  maps: ["requestModels"],
  forceNew: ["apiId"],
  check: (r) =>
    oneOf(r.text("authorizationType", "NONE"), "authorizationType", [
      "NONE",
      "AWS_IAM",
      "CUSTOM",
      "JWT",
    ]),
  references: [
    toApi(),
    toAuthorizer,
    refer(
      "target",
      "aws:apigatewayv2/integration:Integration",
      error("BadRequestException", "Invalid integration ID specified in route target: {value}"),
      { key: (_r, value) => value.replace(/^integrations\//, ""), holds: true },
    ),
  ],
  admit: (r) => {
    const taken = others(r).some(
      ({ properties }) =>
        properties["apiId"] === r.given("apiId") && properties["routeKey"] === r.given("routeKey"),
    );
    if (taken) {
      return error(
        "ConflictException",
        `Route with key ${r.text("routeKey")} already exists for this API`,
      );
    }
    const http = r.target("apiId")?.properties["protocolType"] === "HTTP";
    const formed = /^(\$default|(ANY|DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT) \/\S*)$/.test(
      r.text("routeKey"),
    );
    if (http && !formed) {
      return error(
        "BadRequestException",
        'The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"',
      );
    }
    return refuseIf(
      ["JWT", "CUSTOM"].includes(r.text("authorizationType")) &&
        r.given("authorizerId") === undefined,
      "BadRequestException",
      "An authorizer ID must be specified for this authorization type",
    );
  },
});

const integrationTypes = ["AWS", "AWS_PROXY", "HTTP", "HTTP_PROXY", "MOCK"];

const integration = ordinary("aws:apigatewayv2/integration:Integration", {
  id: "{lower7}",
  untagged: true,
  defaults: { connectionType: "INTERNET", payloadFormatVersion: "1.0" },
  maps: ["requestParameters", "requestTemplates"],
  forceNew: ["apiId", "integrationSubtype", "integrationType"],
  check: (r) => oneOf(r.text("integrationType"), "integrationType", integrationTypes),
  outputs: {
    integrationResponseSelectionExpression: "",
    timeoutMilliseconds: (r) =>
      r.target("apiId")?.properties["protocolType"] === "HTTP" ? 30_000 : 29_000,
    passthroughBehavior: (r) =>
      r.target("apiId")?.properties["protocolType"] === "WEBSOCKET" ? "WHEN_NO_MATCH" : "",
  },
  references: [
    toApi(),
    refer(
      "connectionId",
      "aws:apigatewayv2/vpcLink:VpcLink",
      error("BadRequestException", "Invalid VpcLink ID {value}"),
      { holds: true },
    ),
  ],
  admit: (r) => {
    const http = r.target("apiId")?.properties["protocolType"] === "HTTP";
    return refuseIf(
      http && !r.text("integrationType").endsWith("_PROXY"),
      "BadRequestException",
      "HTTP APIs support only AWS_PROXY and HTTP_PROXY integrations",
    );
  },
  inUse: error("ConflictException", "Cannot delete Integration {id}: used by a route"),
});

const authorizer = ordinary("aws:apigatewayv2/authorizer:Authorizer", {
  id: "{lower6}",
  autoname: { property: "name", charactersMax: 128 },
  untagged: true,
  forceNew: ["apiId"],
  check: (r) => oneOf(r.text("authorizerType"), "authorizerType", ["JWT", "REQUEST"]),
  outputs: { authorizerResultTtlInSeconds: 0 },
  references: [toApi()],
  admit: (r) =>
    refuseIf(
      r.text("authorizerType") === "JWT" && r.given("jwtConfiguration.issuer") === undefined,
      "BadRequestException",
      "Issuer is required for JWT authorizers",
    ),
  inUse: error("ConflictException", "Cannot delete Authorizer {id}: used by a route"),
});

const deployment = ordinary("aws:apigatewayv2/deployment:Deployment", {
  id: "{lower6}",
  untagged: true,
  maps: ["triggers"],
  forceNew: ["apiId", "triggers"],
  outputs: { autoDeployed: false },
  references: [toApi()],
  admit: (r) =>
    refuseIf(
      !r.all(route.token).some(({ properties }) => properties["apiId"] === r.given("apiId")),
      "BadRequestException",
      "At least one route is required before deploying the Api.",
    ),
});

const stage = ordinary("aws:apigatewayv2/stage:Stage", {
  id: "{name}",
  arn: gatewayArn("/apis/{apiId}/stages/{name}"),
  name: 128,
  defaults: { autoDeploy: false },
  maps: ["stageVariables"],
  forceNew: ["apiId"],
  // Stage names are told apart by their API.
  sharedId: true,
  outputs: {
    deploymentId: "",
    executionArn: form("arn:{partition}:execute-api:{region}:{account}:{apiId}/{name}"),
    invokeUrl: (r) => {
      const http = r.target("apiId")?.properties["protocolType"] === "HTTP";
      const path = http && r.text("name") === "$default" ? "/" : `/${r.text("name")}`;
      return form(`${http ? "https" : "wss"}://{apiId}.execute-api.{region}.{suffix}${path}`)(r);
    },
    clientCertificateId: "",
    description: "",
  },
  references: [
    toApi(),
    refer("deploymentId", deployment.token, notFound("Deployment"), { holds: true }),
    toLogGroupArn(
      "accessLogSettings.destinationArn",
      error("BadRequestException", "Invalid access log destination {value}"),
    ),
  ],
  admit: (r) =>
    refuseIf(
      others(r).some(
        ({ properties }) =>
          r.before === undefined &&
          properties["apiId"] === r.given("apiId") &&
          properties["name"] === r.given("name"),
      ),
      "ConflictException",
      "Stage already exists",
    ),
});

const domainName = ordinary("aws:apigatewayv2/domainName:DomainName", {
  id: "{domainName}",
  arn: gatewayArn("/domainnames/{domainName}"),
  forceNew: ["domainName"],
  outputs: {
    apiMappingSelectionExpression: "$request.basepath",
    routingMode: "API_MAPPING_ONLY",
    "domainNameConfiguration.hostedZoneId": "Z1U9ULNL0V5AJ3",
    "domainNameConfiguration.targetDomainName": form("d-{lower10}.execute-api.{region}.{suffix}"),
  },
  references: [
    toCertificate(
      "domainNameConfiguration.certificateArn",
      error("BadRequestException", "The certificate {value} does not exist"),
    ),
  ],
  taken: error("ConflictException", "The domain name you provided already exists."),
});

const apiMapping = ordinary("aws:apigatewayv2/apiMapping:ApiMapping", {
  id: "{lower6}",
  untagged: true,
  forceNew: ["domainName"],
  references: [
    toApi({ holds: true }),
    refer("domainName", domainName.token, notFound("domain name"), { holds: true }),
  ],
  admit: (r) =>
    refuseIf(
      !r
        .all(stage.token)
        .some(
          ({ properties }) =>
            properties["apiId"] === r.given("apiId") && properties["name"] === r.given("stage"),
        ),
      "BadRequestException",
      `Invalid stage identifier specified: ${r.text("stage")}`,
    ),
});

const vpcLink = ordinary("aws:apigatewayv2/vpcLink:VpcLink", {
  id: "{lower6}",
  arn: gatewayArn("/vpclinks/{id}"),
  autoname: { property: "name", charactersMax: 128 },
  forceNew: ["securityGroupIds", "subnetIds"],
  references: [toSubnet("subnetIds[*]"), toGroup("securityGroupIds[*]")],
  inUse: error("BadRequestException", "Cannot delete vpc link {id}: used by {value}"),
});

/** The entries of HTTP and WebSocket APIs. */
export const httpApiTypes: readonly TypeEntry[] = [
  api,
  route,
  integration,
  authorizer,
  deployment,
  stage,
  domainName,
  apiMapping,
  vpcLink,
];
