import assert from "node:assert/strict";
import type { Json, JsonObject } from "../../../../local-clouds/protocol/value.ts";
import type { Lab } from "../../kit/lab.ts";
import { account, openAws, region } from "./fixtures.ts";

describe("functions of aws", () => {
  let lab: Lab;
  beforeEach(() => {
    lab = openAws();
  });
  afterEach(() => lab.close());

  it("tells account, region and partition", () => {
    assert.equal(lab.invoke("aws:index/getCallerIdentity:getCallerIdentity")["accountId"], account);
    assert.equal(lab.invoke("aws:index/getRegion:getRegion")["region"], region);
    assert.equal(
      lab.invoke("aws:index/getRegion:getRegion", { region: "us-east-1" })["region"],
      "us-east-1",
    );
    assert.equal(lab.invoke("aws:index/getPartition:getPartition")["partition"], "aws");
    const china = lab
      .with("aws", { region: "cn-north-1" })
      .invoke("aws:index/getPartition:getPartition");
    assert.deepEqual(
      [china["partition"], china["reverseDnsPrefix"]],
      ["aws-cn", "cn.com.amazonaws"],
    );
  });

  it("names the zones of a region", () => {
    const token = "aws:index/getAvailabilityZones:getAvailabilityZones";
    const { names, zoneIds } = lab.invoke(token, {
      state: "available",
      excludeNames: [`${region}a`],
    });
    assert.deepEqual(names, [`${region}b`, `${region}c`]);
    assert.deepEqual(zoneIds, ["euc1-az2", "euc1-az3"]);
  });

  it("knows the organisation", () => {
    const organization = lab.invoke("aws:organizations/getOrganization:getOrganization");
    assert.match(String(organization["id"]), /^o-[0-9a-f]{10}$/);
    assert.equal(organization["masterAccountId"], account);
  });

  it("gives a cluster's token in the form the client sends", () => {
    const { token } = lab.invoke("aws:eks/getClusterAuth:getClusterAuth", { name: "main" });
    const [prefix, request = ""] = String(token).split(".");
    assert.equal(prefix, "k8s-aws-v1");
    assert.match(Buffer.from(request, "base64url").toString(), /X-K8s-Aws-Id=main$/);
    assert.match(
      lab.refusal(() => lab.invoke("aws:eks/getCluster:getCluster", { name: "none" })),
      /ResourceNotFoundException/,
    );
  });
});

describe("getPolicyDocument", () => {
  let lab: Lab;
  beforeEach(() => {
    lab = openAws();
  });
  afterEach(() => lab.close());

  const documentOf = (args: JsonObject): Json => {
    const result = lab.invoke("aws:iam/getPolicyDocument:getPolicyDocument", args);
    const parsed: Json = JSON.parse(String(result["json"]));
    assert.deepEqual(JSON.parse(String(result["minifiedJson"])), parsed);
    assert.equal(result["minifiedJson"], JSON.stringify(parsed));
    return parsed;
  };

  it("writes a statement as IAM reads it", () => {
    const statement = {
      sid: "Github",
      actions: ["sts:AssumeRoleWithWebIdentity"],
      principals: [{ type: "Federated", identifiers: ["arn:aws:iam::1:oidc-provider/x"] }],
      conditions: [{ test: "StringEquals", variable: "x:sub", values: ["a", "b"] }],
    };
    assert.deepEqual(documentOf({ statements: [statement] }), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Github",
          Effect: "Allow",
          Action: "sts:AssumeRoleWithWebIdentity",
          Principal: { Federated: "arn:aws:iam::1:oidc-provider/x" },
          Condition: { StringEquals: { "x:sub": ["a", "b"] } },
        },
      ],
    });
  });

  it("orders lists downwards, names everybody by a star and puts variables in", () => {
    const document = documentOf({
      statements: [
        {
          effect: "Deny",
          actions: ["s3:Get", "s3:Put"],
          resources: ["arn:aws:s3:::b/&{aws:username}"],
          principals: [{ type: "*", identifiers: ["*"] }],
        },
      ],
    });
    assert.deepEqual(document, {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Deny",
          Action: ["s3:Put", "s3:Get"],
          // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the policy language
          Resource: "arn:aws:s3:::b/${aws:username}",
          Principal: "*",
        },
      ],
    });
  });

  it("joins conditions on one operator and principals of one kind", () => {
    const document = documentOf({
      statements: [
        {
          actions: ["sts:AssumeRole"],
          principals: [
            { type: "AWS", identifiers: ["1"] },
            { type: "AWS", identifiers: ["2"] },
          ],
          conditions: [
            { test: "StringEquals", variable: "b", values: ["1"] },
            { test: "StringEquals", variable: "a", values: ["2"] },
          ],
        },
      ],
    });
    const { Principal, Condition } = (document as { Statement: JsonObject[] }).Statement[0] ?? {};
    assert.deepEqual(Principal, { AWS: ["1", "2"] });
    assert.equal(JSON.stringify(Condition), '{"StringEquals":{"a":"2","b":"1"}}');
  });

  it("merges sources, lets overrides win by id and refuses an id twice", () => {
    const source = JSON.stringify({
      Statement: [{ Sid: "A", Effect: "Allow", Action: "x:1", Resource: "*" }],
    });
    const override = JSON.stringify({
      Statement: { Sid: "A", Effect: "Deny", Action: "x:2", Resource: "*" },
    });
    const effects = (args: JsonObject) =>
      (documentOf(args) as { Statement: JsonObject[] }).Statement.map(({ Effect }) => Effect);
    assert.deepEqual(effects({ sourcePolicyDocuments: [source] }), ["Allow"]);
    assert.deepEqual(
      effects({ sourcePolicyDocuments: [source], overridePolicyDocuments: [override] }),
      ["Deny"],
    );
    const twice = () => documentOf({ sourcePolicyDocuments: [source, source] });
    assert.match(lab.refusal(twice), /duplicate Sid \(A\)/);
    assert.match(
      lab.refusal(() => documentOf({ sourceJson: "{" })),
      /merging source document/,
    );
  });
});
