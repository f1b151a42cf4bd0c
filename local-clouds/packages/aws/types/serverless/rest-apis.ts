/** REST APIs and what they consist of (Amazon API Gateway API reference, version 1). */

import type { Resource } from "../../../../types/resource.ts";
import type { Reference, TypeEntry } from "../../../../types/type.ts";
import { oneOf, others } from "../common.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { asDocument, documentFault } from "../policy-documents.ts";

/** ARNs of API Gateway name no account. */
export const gatewayArn = (rest: string) => `arn:{partition}:apigateway:{region}::${rest}`;

/** The refusal of something that is not there. */
export const notFound = (what: string) =>
  error("NotFoundException", `Invalid ${what} identifier specified {value}`);

const restApi = ordinary("aws:apigateway/restApi:RestApi", {
  id: "{lower4}{digits1}{lower5}",
  arn: gatewayArn("/restapis/{id}"),
  autoname: { property: "name", charactersMax: 255 },
  defaults: { putRestApiMode: "overwrite" },
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
    rootResourceId: form("{lower4:root}{digits1:root}{lower5:root}"),
  },
  normalised: { policy: asDocument },
  keys: ["rootResourceId"],
  inUse: error(
    "BadRequestException",
    "Deleting this API is not allowed while it is in use: {value}",
  ),
});

/** The API that something belongs to. */
export const toApi = (at = "restApi", how: Partial<Reference> = { cascades: true }) =>
  refer(at, restApi.token, notFound("API"), how);

const resource = ordinary("aws:apigateway/resource:Resource", {
  id: "{lower2}{digits1}{lower3}",
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

/** A method of a resource. */
export const method = ordinary("aws:apigateway/method:Method", {
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
    tlsConfig: null,
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
  normalised: { policy: asDocument },
  references: [toApi("restApiId")],
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
  authorizer,
  restApiPolicy,
  model,
  requestValidator,
];
