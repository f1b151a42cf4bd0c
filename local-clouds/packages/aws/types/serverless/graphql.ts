/** GraphQL APIs, their keys, data sources and resolvers (AWS AppSync API reference). */

import type { Resource } from "../../../../types/resource.ts";
import type { TypeEntry } from "../../../../types/type.ts";
import { oneOf, others } from "../common.ts";
import { toRole } from "../iam-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { toFunction } from "../references.ts";

const ways = ["API_KEY", "AWS_IAM", "AMAZON_COGNITO_USER_POOLS", "OPENID_CONNECT", "AWS_LAMBDA"];

const api = ordinary("aws:appsync/graphQLApi:GraphQLApi", {
  id: "{lower26}",
  arn: "appsync:apis/{id}",
  autoname: { property: "name", charactersMax: 65_536 },
  defaults: {
    apiType: "GRAPHQL",
    introspectionConfig: "ENABLED",
    queryDepthLimit: 0,
    resolverCountLimit: 0,
    visibility: "GLOBAL",
  },
  forceNew: ["apiType", "visibility"],
  check: (r) => [
    ...oneOf(r.text("authenticationType"), "authenticationType", ways),
    ...oneOf(r.text("visibility", "GLOBAL"), "visibility", ["GLOBAL", "PRIVATE"]),
  ],
  outputs: {
    uris: (r) => ({
      GRAPHQL: endpoint("https", "api")(r),
      REALTIME: endpoint("wss", "realtime-api")(r),
    }),
  },
  // The service gives a schema back in its own writing, so the provider keeps the program's.
  admit: (r) =>
    refuseIf(
      r.given("schema") !== undefined && !/\btype\s+Query\b|\bschema\s*\{/.test(r.text("schema")),
      "BadRequestException",
      "Schema must have a query root type",
    ),
});

function endpoint(scheme: string, host: string): (r: Resource) => string {
  return form(`${scheme}://{lower26:host}.appsync-${host}.{region}.{suffix}/graphql`);
}

const toApi = refer(
  "apiId",
  api.token,
  error("NotFoundException", "GraphQL API {value} not found."),
  { cascades: true },
);

/** A key lives for seven days where nothing else is said, and a year at most. */
const keyLifeDays = { usual: 7, max: 365 };
const dayMs = 86_400_000;

const apiKey = ordinary("aws:appsync/apiKey:ApiKey", {
  id: (r) => `${r.text("apiId")}:${keyId(r)}`,
  untagged: true,
  defaults: { description: "Managed by Pulumi" },
  forceNew: ["apiId"],
  outputs: {
    apiKeyId: keyId,
    key: keyId,
    expires: (r) => hourOf(Date.parse(r.createdAt) + keyLifeDays.usual * dayMs),
  },
  secrets: ["key"],
  references: [toApi],
  admit: (r) =>
    refuseIf(
      Date.parse(r.text("expires", "")) > Date.parse(r.createdAt) + keyLifeDays.max * dayMs,
      "ApiKeyValidityOutOfBoundsException",
      `API key must be valid for a minimum of 1 days, and a maximum of ${keyLifeDays.max} days.`,
    ),
});

function keyId(r: Resource): string {
  return form("da2-{lower26:key}")(r);
}

/** The service rounds an expiry down to its hour. */
function hourOf(ms: number): string {
  return new Date(ms).toISOString().replace(/:\d\d:\d\d\.\d{3}Z$/, ":00:00Z");
}

const kinds = [
  "AWS_LAMBDA",
  "AMAZON_DYNAMODB",
  "AMAZON_ELASTICSEARCH",
  "HTTP",
  "NONE",
  "RELATIONAL_DATABASE",
  "AMAZON_EVENTBRIDGE",
  "AMAZON_OPENSEARCH_SERVICE",
  "AMAZON_BEDROCK_RUNTIME",
];

const dataSource = ordinary("aws:appsync/dataSource:DataSource", {
  id: "{apiId}-{name}",
  arn: "appsync:apis/{apiId}/datasources/{name}",
  autoname: { property: "name", charactersMax: 65_536, separator: "_" },
  untagged: true,
  forceNew: ["apiId", "name"],
  check: (r) => [
    ...oneOf(r.text("type"), "type", kinds),
    ...(/^[_A-Za-z][_0-9A-Za-z]*$/.test(r.text("name"))
      ? []
      : [{ property: "name", reason: "name must match [_A-Za-z][_0-9A-Za-z]*" }]),
  ],
  outputs: { "dynamodbConfig.region": (r) => r.region },
  references: [
    toApi,
    toRole("serviceRoleArn", error("BadRequestException", "Role {value} could not be assumed.")),
    toFunction("lambdaConfig.functionArn"),
  ],
  taken: error("BadRequestException", "Data source with name {leaf} already exists"),
});

const resolver = ordinary("aws:appsync/resolver:Resolver", {
  id: "{apiId}-{type}-{field}",
  arn: "appsync:apis/{apiId}/types/{type}/resolvers/{field}",
  untagged: true,
  defaults: { kind: "UNIT" },
  forceNew: ["apiId", "field", "type"],
  check: (r) => oneOf(r.text("kind", "UNIT"), "kind", ["UNIT", "PIPELINE"]),
  references: [toApi],
  taken: error("BadRequestException", "Only one resolver is allowed per field."),
  admit: (r) => {
    const source = r.given("dataSource");
    const known = others(r, dataSource.token).some(
      ({ properties }) => properties["apiId"] === r.given("apiId") && properties["name"] === source,
    );
    return refuseIf(
      source !== undefined && !known,
      "NotFoundException",
      `No data source found named ${String(source)}`,
    );
  },
});

/** The entries of GraphQL APIs. */
export const graphqlTypes: readonly TypeEntry[] = [api, apiKey, dataSource, resolver];
