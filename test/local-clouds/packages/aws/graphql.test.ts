import assert from "node:assert/strict";
import type { Lab, Made } from "../../kit/lab.ts";
import { account, makeRole, openAws, region, textAt } from "./fixtures.ts";

const token = {
  api: "aws:appsync/graphQLApi:GraphQLApi",
  key: "aws:appsync/apiKey:ApiKey",
  source: "aws:appsync/dataSource:DataSource",
  resolver: "aws:appsync/resolver:Resolver",
};

describe("GraphQL APIs of AWS", () => {
  let lab: Lab;
  let api: Made;
  beforeEach(() => {
    lab = openAws();
    api = lab.create(token.api, "api", { authenticationType: "API_KEY" });
  });
  afterEach(() => lab.close());

  it("have an id, an ARN and two endpoints", () => {
    assert.match(api.id, /^[a-z0-9]{26}$/);
    assert.equal(api.outputs["arn"], `arn:aws:appsync:${region}:${account}:apis/${api.id}`);
    const uris = api.outputs["uris"] as Record<string, string>;
    assert.match(uris["GRAPHQL"] ?? "", /^https:\/\/[a-z0-9]{26}\.appsync-api\.eu-central-1\./);
    assert.match(uris["REALTIME"] ?? "", /^wss:\/\/[a-z0-9]{26}\.appsync-realtime-api\./);
    assert.equal(lab.checkFailures(token.api, "a", { authenticationType: "NONE" }).length, 1);
    assert.match(
      lab.refusal(() =>
        lab.create(token.api, "b", {
          authenticationType: "AWS_IAM",
          schema: "type Post { id: ID }",
        }),
      ),
      /BadRequestException.*query root type/,
    );
  });

  it("have keys that last seven days, and a year at most", () => {
    const key = lab.create(token.key, "key", { apiId: api.id });
    assert.equal(key.id, `${api.id}:${textAt(key, "apiKeyId")}`);
    assert.match(textAt(key, "apiKeyId"), /^da2-[a-z0-9]{26}$/);
    assert.equal(key.outputs["expires"], "2026-01-09T03:00:00Z");
    assert.match(
      lab.refusal(() =>
        lab.create(token.key, "long", { apiId: api.id, expires: "2028-01-01T00:00:00Z" }),
      ),
      /ApiKeyValidityOutOfBoundsException/,
    );
  });

  it("resolve fields from sources that are there, each field once, and take them along", () => {
    const serviceRoleArn = textAt(makeRole(lab, "reads", "appsync.amazonaws.com"), "arn");
    const source = lab.create(token.source, "s", {
      apiId: api.id,
      name: "items",
      type: "AMAZON_DYNAMODB",
      dynamodbConfig: { tableName: "items" },
      serviceRoleArn,
    });
    assert.equal(source.id, `${api.id}-items`);
    const field = { apiId: api.id, type: "Query", field: "item" };
    assert.match(
      lab.refusal(() => lab.create(token.resolver, "r", { ...field, dataSource: "nothing" })),
      /NotFoundException.*No data source found named nothing/,
    );
    const resolver = lab.create(token.resolver, "r", { ...field, dataSource: "items" });
    assert.equal(resolver.id, `${api.id}-Query-item`);
    assert.match(
      lab.refusal(() => lab.create(token.resolver, "q", { ...field, dataSource: "items" })),
      /Only one resolver is allowed per field/,
    );
    assert.equal(
      lab.checkFailures(token.source, "t", { apiId: api.id, name: "a-b", type: "NONE" }).length,
      1,
    );
    lab.delete(api);
    assert.equal(lab.read(token.source, source.id), undefined);
  });
});
