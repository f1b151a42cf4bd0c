/** REST APIs (Amazon API Gateway API reference, version 1). */

import type { Resource } from "../../../../types/resource.ts";
import type { Reference, TypeEntry } from "../../../../types/type.ts";
import { oneOf, others } from "../common.ts";
import { toRole } from "../iam-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { documentFault, documentText } from "../policy-documents.ts";
import { toCertificate } from "../references.ts";

const gatewayArn = (rest: string) => `arn:{partition}:apigateway:{region}::${rest}`;
const notFound = (what: string) =>
  error("NotFoundException", `Invalid ${what} identifier specified {value}`);

const restApi = ordinary("aws:apigateway/restApi:RestApi", {
  id: "{lower10}",
  arn: gatewayArn("/restapis/{id}"),
  autoname: { property: "name", charactersMax: 255 },
  defaults: { failOnWarnings: false, putRestApiMode: "overwrite" },
  check: (r) => documentFault(r, "policy"),
  outputs: {
    apiKeySource: "HEADER",
    binaryMediaTypes: [],
    createdDate: (r) => r.createdAt,
    description: "",
    disableExecuteApiEndpoint: false,
    endpointConfiguration: { ipAddressType: "ipv4", types: "EDGE", vpcEndpointIds: [] },
    "endpointConfiguration.vpcEndpointIds": [],
    executionArn: form("arn:{partition}:execute-api:{region}:{account}:{id}"),
    minimumCompressionSize: "",
    policy: "",
    rootResourceId: form("{lower10:root}"),
  },
  normalised: { policy: (_r, given) => documentText(given) },
  keys: ["rootResourceId"],
  inUse: error(
    "BadRequestException",
    "Deleting this API is not allowed while it is in use: {value}",
  ),
});

const toApi = (at = "restApi", how: Partial<Reference> = { cascades: true }) =>
  refer(at, restApi.token, notFound("API"), how);

const resource = ordinary("aws:apigateway/resource:Resource", {
  id: "{lower6}",
  untagged: true,
  forceNew: ["restApi"],
  outputs: {
    path: (r) => {
      const parent = r.find("aws:apigateway/resource:Resource", r.text("parentId"));
      return `${String(parent?.properties["path"] ?? "")}/${r.text("pathPart")}`;
    },
  },
  references: [
    toApi(),
    refer("parentId", [restApi.token, "aws:apigateway/resource:Resource"], notFound("Resource"), {
      by: ["rootResourceId", "id"],
      cascades: true,
    }),
  ],
  admit: (r) =>
    refuseIf(
      others(r).some(
        ({ properties }) =>
          properties["parentId"] === r.given("parentId") &&
          properties["pathPart"] === r.given("pathPart"),
      ),
      "ConflictException",
      `Another resource with the same parent already has this name: ${r.text("pathPart")}`,
    ),
});

const toResource = refer("resourceId", [resource.token, restApi.token], notFound("Resource"), {
  by: ["id", "rootResourceId"],
  cascades: true,
});
const methods = ["ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
const httpMethod = (r: Resource) => oneOf(r.text("httpMethod"), "httpMethod", methods);
const methodKeys = ["httpMethod", "resourceId", "restApi"];
const ofMethod = [toApi(), toResource];

const method = ordinary("aws:apigateway/method:Method", {
  id: "agm-{restApi}-{resourceId}-{httpMethod}",
  untagged: true,
  defaults: { apiKeyRequired: false },
  maps: ["requestModels", "requestParameters"],
  forceNew: methodKeys,
  check: (r) => [
    ...httpMethod(r),
    ...oneOf(r.text("authorization"), "authorization", [
      "NONE",
      "AWS_IAM",
      "CUSTOM",
      "COGNITO_USER_POOLS",
    ]),
  ],
  references: [
    ...ofMethod,
    refer("authorizerId", "aws:apigateway/authorizer:Authorizer", notFound("authorizer"), {
      holds: true,
    }),
  ],
  taken: error("ConflictException", "Method already exists for this resource"),
  admit: (r) =>
    refuseIf(
      ["CUSTOM", "COGNITO_USER_POOLS"].includes(r.text("authorization")) &&
        r.given("authorizerId") === undefined,
      "BadRequestException",
      "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.",
    ),
});

/** What belongs to a method is refused without it. */
function withoutMethod(r: Resource) {
  const id = `agm-${r.text("restApi")}-${r.text("resourceId")}-${r.text("httpMethod")}`;
  return refuseIf(
    r.find(method.token, id) === undefined,
    "NotFoundException",
    "Invalid Method identifier specified",
  );
}

const integration = ordinary("aws:apigateway/integration:Integration", {
  id: "agi-{restApi}-{resourceId}-{httpMethod}",
  untagged: true,
  defaults: {
    connectionType: "INTERNET",
    responseTransferMode: "BUFFERED",
    timeoutMilliseconds: 29_000,
  },
  maps: ["requestParameters", "requestTemplates"],
  forceNew: [...methodKeys, "integrationHttpMethod", "type"],
  check: (r) => [
    ...httpMethod(r),
    ...oneOf(r.text("type"), "type", ["HTTP", "AWS", "MOCK", "HTTP_PROXY", "AWS_PROXY"]),
  ],
  outputs: {
    cacheKeyParameters: [],
    cacheNamespace: form("{resourceId}"),
    connectionId: "",
    contentHandling: "",
    credentials: "",
    integrationHttpMethod: "",
    passthroughBehavior: "WHEN_NO_MATCH",
    requestParameters: {},
    requestTemplates: {},
    uri: "",
  },
  references: ofMethod,
  admit: (r) =>
    withoutMethod(r) ??
    refuseIf(
      r.text("type") !== "MOCK" && r.given("integrationHttpMethod") === undefined,
      "BadRequestException",
      "Enumeration value for HttpMethod must be non-empty",
    ),
});

const responseKeys = [...methodKeys, "statusCode"];

const methodResponse = ordinary("aws:apigateway/methodResponse:MethodResponse", {
  id: "agmr-{restApi}-{resourceId}-{httpMethod}-{statusCode}",
  untagged: true,
  maps: ["responseModels", "responseParameters"],
  forceNew: responseKeys,
  check: httpMethod,
  references: ofMethod,
  taken: error("ConflictException", "Response already exists for this resource"),
  admit: withoutMethod,
});

const integrationResponse = ordinary("aws:apigateway/integrationResponse:IntegrationResponse", {
  id: "agir-{restApi}-{resourceId}-{httpMethod}-{statusCode}",
  untagged: true,
  maps: ["responseParameters", "responseTemplates"],
  forceNew: responseKeys,
  check: httpMethod,
  outputs: { contentHandling: "", responseParameters: {}, selectionPattern: "" },
  references: ofMethod,
  admit: (r) => {
    const id = `agi-${r.text("restApi")}-${r.text("resourceId")}-${r.text("httpMethod")}`;
    return refuseIf(
      r.find(integration.token, id) === undefined,
      "NotFoundException",
      "Invalid Integration identifier specified",
    );
  },
});

const deployment = ordinary("aws:apigateway/deployment:Deployment", {
  id: "{lower6}",
  untagged: true,
  maps: ["triggers", "variables"],
  forceNew: ["restApi", "triggers", "variables"],
  outputs: { createdDate: (r) => r.createdAt },
  references: [toApi()],
  admit: (r) =>
    refuseIf(
      r.target("restApi")?.properties["body"] === undefined &&
        !r.all(method.token).some(({ properties }) => properties["restApi"] === r.given("restApi")),
      "BadRequestException",
      "The REST API doesn't contain any methods",
    ),
  inUse: error(
    "BadRequestException",
    "Active stages pointing to this deployment must be moved or deleted",
  ),
});

const stage = ordinary("aws:apigateway/stage:Stage", {
  id: "ags-{restApi}-{stageName}",
  arn: gatewayArn("/restapis/{restApi}/stages/{stageName}"),
  defaults: { xrayTracingEnabled: false },
  maps: ["variables"],
  forceNew: ["restApi", "stageName"],
  outputs: {
    executionArn: form("arn:{partition}:execute-api:{region}:{account}:{restApi}/{stageName}"),
    invokeUrl: form("https://{restApi}.execute-api.{region}.{suffix}/{stageName}"),
    webAclArn: "",
    cacheClusterEnabled: false,
    clientCertificateId: "",
    description: "",
    documentationVersion: "",
  },
  references: [
    toApi(),
    refer("deployment", deployment.token, notFound("Deployment"), { holds: true }),
  ],
  taken: error("ConflictException", "Stage already exists"),
});

const toStage = (r: Resource) =>
  refuseIf(
    r.given("stageName") !== undefined &&
      r.find(stage.token, `ags-${r.text("restApi")}-${r.text("stageName")}`) === undefined,
    "NotFoundException",
    "Invalid stage identifier specified",
  );

const methodSettings = ordinary("aws:apigateway/methodSettings:MethodSettings", {
  id: "{restApi}-{stageName}-{methodPath}",
  untagged: true,
  defaults: {
    "settings.throttlingBurstLimit": -1,
    "settings.throttlingRateLimit": -1,
  },
  forceNew: ["methodPath", "restApi", "stageName"],
  references: [toApi()],
  admit: toStage,
});

const domainName = ordinary("aws:apigateway/domainName:DomainName", {
  id: "{domainName}",
  arn: gatewayArn("/domainnames/{domainName}"),
  forceNew: ["certificateBody", "certificateChain", "certificatePrivateKey", "domainName"],
  check: (r) =>
    r.given("securityPolicy") === undefined ||
    /^(TLS_1_[02]|SecurityPolicy_)/.test(r.text("securityPolicy"))
      ? []
      : oneOf(r.text("securityPolicy"), "securityPolicy", ["TLS_1_0", "TLS_1_2"]),
  outputs: {
    certificateUploadDate: (r) => r.createdAt,
    cloudfrontDomainName: (r) => (isRegional(r) ? "" : `d${r.hex("edge", 13)}.cloudfront.net`),
    cloudfrontZoneId: "Z2FDTNDATAQYW2",
    domainNameId: "",
    endpointConfiguration: { ipAddressType: "ipv4", types: "EDGE" },
    regionalDomainName: (r) =>
      isRegional(r) ? form("d-{lower10}.execute-api.{region}.{suffix}")(r) : "",
    regionalZoneId: (r) => (isRegional(r) ? "Z1U9ULNL0V5AJ3" : ""),
    routingMode: "BASE_PATH_MAPPING_ONLY",
    securityPolicy: "TLS_1_2",
  },
  references: ["certificateArn", "regionalCertificateArn"].map((at) =>
    toCertificate(at, error("BadRequestException", "The certificate {value} does not exist")),
  ),
  taken: error("BadRequestException", "The domain name you provided already exists."),
  admit: (r) =>
    refuseIf(
      ["certificateArn", "regionalCertificateArn", "certificateBody"].every(
        (property) => r.given(property) === undefined,
      ),
      "BadRequestException",
      "A certificate must be provided for a public domain name",
    ),
});

function isRegional(r: Resource): boolean {
  return (
    r.given("endpointConfiguration.types") === "REGIONAL" ||
    r.given("regionalCertificateArn") !== undefined
  );
}

const basePathMapping = ordinary("aws:apigateway/basePathMapping:BasePathMapping", {
  id: (r) => `${r.text("domainName")}/${r.text("basePath", "")}`,
  untagged: true,
  forceNew: ["domainName", "domainNameId"],
  references: [
    refer("domainName", domainName.token, notFound("domain name"), { holds: true }),
    toApi(),
  ],
  taken: error("ConflictException", "Base path already exists for this domain name"),
  admit: toStage,
});

const apiKey = ordinary("aws:apigateway/apiKey:ApiKey", {
  id: "{lower10}",
  arn: gatewayArn("/apikeys/{id}"),
  name: 1024,
  defaults: { description: "Managed by Pulumi", enabled: true },
  forceNew: ["value"],
  outputs: {
    createdDate: (r) => r.createdAt,
    lastUpdatedDate: (r) => r.createdAt,
    customerId: "",
    value: form("{lower40:value}"),
  },
});

const usagePlan = ordinary("aws:apigateway/usagePlan:UsagePlan", {
  id: "{lower6}",
  arn: gatewayArn("/usageplans/{id}"),
  autoname: { property: "name", charactersMax: 255 },
  references: [{ ...toApi("apiStages[*].apiId", {}) }],
  inUse: error("BadRequestException", "Cannot delete the usage plan {id}: it has keys {value}"),
});

const usagePlanKey = ordinary("aws:apigateway/usagePlanKey:UsagePlanKey", {
  id: "{keyId}",
  untagged: true,
  forceNew: ["keyId", "keyType", "usagePlanId"],
  // A key may stand in several plans.
  sharedId: true,
  outputs: {
    name: (r) => r.target("keyId")?.properties["name"],
    value: (r) => r.target("keyId")?.properties["value"],
  },
  references: [
    refer("keyId", apiKey.token, notFound("API Key"), { cascades: true }),
    refer("usagePlanId", usagePlan.token, notFound("Usage Plan"), { cascades: true }),
  ],
});

const authorizer = ordinary("aws:apigateway/authorizer:Authorizer", {
  id: "{lower6}",
  arn: gatewayArn("/restapis/{restApi}/authorizers/{id}"),
  untagged: true,
  autoname: { property: "name", charactersMax: 255 },
  defaults: {
    authorizerResultTtlInSeconds: 300,
    identitySource: "method.request.header.Authorization",
    type: "TOKEN",
  },
  forceNew: ["restApi"],
  check: (r) => oneOf(r.text("type", "TOKEN"), "type", ["COGNITO_USER_POOLS", "REQUEST", "TOKEN"]),
  outputs: { authorizerCredentials: "", identityValidationExpression: "" },
  references: [
    toApi(),
    refer(
      "providerArns[*]",
      "aws:cognito/userPool:UserPool",
      error("BadRequestException", "Invalid Cognito User Pool ARN {value}"),
      { by: "arn" },
    ),
  ],
  admit: (r) =>
    refuseIf(
      r.text("type") !== "COGNITO_USER_POOLS" && r.given("authorizerUri") === undefined,
      "BadRequestException",
      "Invalid Authorizer URI",
    ),
  inUse: error("ConflictException", "Cannot delete authorizer {id}: used by {value}"),
});

const restApiPolicy = ordinary("aws:apigateway/restApiPolicy:RestApiPolicy", {
  id: "{restApiId}",
  untagged: true,
  forceNew: ["restApiId"],
  check: (r) => documentFault(r, "policy"),
  normalised: { policy: (_r, given) => documentText(given) },
  references: [toApi("restApiId")],
});

const account = ordinary("aws:apigateway/account:Account", {
  id: "api-gateway-account",
  untagged: true,
  outputs: {
    apiKeyVersion: "4",
    features: ["UsagePlans"],
    throttleSettings: [{ burstLimit: 5000, rateLimit: 10_000 }],
    cloudwatchRoleArn: "",
  },
  sharedId: true,
  references: [
    toRole(
      "cloudwatchRoleArn",
      error(
        "BadRequestException",
        "The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add the required role policy.",
      ),
    ),
  ],
});

const vpcLink = ordinary("aws:apigateway/vpcLink:VpcLink", {
  id: "{lower6}",
  arn: gatewayArn("/vpclinks/{id}"),
  autoname: { property: "name", charactersMax: 255 },
  forceNew: ["targetArn"],
  references: [
    refer(
      "targetArn",
      "aws:lb/loadBalancer:LoadBalancer",
      error("BadRequestException", "NLB ARN is malformed or does not exist: {value}"),
      {
        by: "arn",
        holds: true,
      },
    ),
  ],
});

const model = ordinary("aws:apigateway/model:Model", {
  id: "{lower6}",
  name: 255,
  untagged: true,
  forceNew: ["contentType", "restApi"],
  references: [toApi()],
});

const requestValidator = ordinary("aws:apigateway/requestValidator:RequestValidator", {
  id: "{lower6}",
  autoname: { property: "name", charactersMax: 255 },
  untagged: true,
  defaults: { validateRequestBody: false, validateRequestParameters: false },
  forceNew: ["restApi"],
  references: [toApi()],
});

/** The entries of REST APIs. */
export const restApiTypes: readonly TypeEntry[] = [
  restApi,
  resource,
  method,
  integration,
  methodResponse,
  integrationResponse,
  deployment,
  stage,
  methodSettings,
  domainName,
  basePathMapping,
  apiKey,
  usagePlan,
  usagePlanKey,
  authorizer,
  restApiPolicy,
  account,
  vpcLink,
  model,
  requestValidator,
];
