import assert from "node:assert/strict";
import { packages } from "../../../local-clouds/packages/index.ts";
import type { Json, JsonObject } from "../../../local-clouds/protocol/value.ts";
import { parseRecording } from "../../../local-clouds/replay/recording.ts";
import { replay } from "../../../local-clouds/replay/replay.ts";

const service = "/pulumirpc.ResourceProvider/";

function urn(token: string, name: string): string {
  return `urn:pulumi:s::p::${token}::${name}`;
}

function line(method: string, request: JsonObject, response: Json, name = "aws"): string {
  return JSON.stringify({ method: service + method, request, response, metadata: { name } });
}

async function played(...lines: string[]) {
  const replayed = await replay(parseRecording(lines.join("\n"), "test"), packages);
  return {
    supplied: replayed.supplied,
    differing: replayed.exchanges.flatMap(({ method, places }) =>
      places.filter(({ verdict }) => verdict !== "agrees").map((place) => ({ method, ...place })),
    ),
    exchanges: replayed.exchanges,
  };
}

const vpc = "aws:ec2/vpc:Vpc";
const subnet = "aws:ec2/subnet:Subnet";
const configure = line(
  "Configure",
  { variables: { "aws:config:region": "eu-west-1" } },
  { supportsPreview: true },
);

describe("replaying", () => {
  it("speaks of made-up things by the names of its own world", async () => {
    const created = { id: "vpc-0123456789abcdef0", properties: { id: "vpc-0123456789abcdef0" } };
    const result = await played(
      configure,
      line("Create", { urn: urn(vpc, "v"), properties: { cidrBlock: "10.0.0.0/16" } }, created),
      line(
        "Create",
        {
          urn: urn(subnet, "s"),
          properties: { vpcId: "vpc-0123456789abcdef0", cidrBlock: "10.0.0.0/24" },
        },
        { id: "subnet-0fedcba9876543210", properties: { vpcId: "vpc-0123456789abcdef0" } },
      ),
      line("Delete", { urn: urn(subnet, "s"), id: "subnet-0fedcba9876543210" }, {}),
      line("Delete", { urn: urn(vpc, "v"), id: "vpc-0123456789abcdef0" }, {}),
    );
    assert.equal(result.supplied, 0);
    // A network that still held its subnet would have been refused.
    assert.deepEqual(
      result.differing.filter(({ verdict }) => verdict !== "extra"),
      [],
    );
  });

  it("takes what the recording never created as existing", async () => {
    const request = {
      urn: urn(subnet, "s"),
      properties: { vpcId: "vpc-0aaaaaaaaaaaaaaa1", cidrBlock: "10.0.0.0/24" },
    };
    const answer = { id: "subnet-0fedcba9876543210", properties: { cidrBlock: "10.0.0.0/24" } };
    const result = await played(configure, line("Create", request, answer));
    assert.equal(result.supplied, 1);
    assert.deepEqual(
      result.differing.filter(({ path }) => path === "error"),
      [],
    );
  });

  it("takes a Delete's own state as existing", async () => {
    const network = "gcp:compute/network:Network";
    const id = "projects/p/global/networks/n";
    const state = { id, name: "n", project: "p" };
    const request = { urn: urn(network, "n"), id, properties: state, oldInputs: { name: "n" } };
    const result = await played(line("Delete", request, {}, "gcp"));
    assert.equal(result.supplied, 1);
    assert.deepEqual(result.differing, []);
  });

  it("shows a refusal, an unknown package and an unknown type as differences", async () => {
    const overlapping = { urn: urn(vpc, "v"), properties: { cidrBlock: "10.0.0.0/8" } };
    const result = await played(
      configure,
      line("Create", overlapping, { id: "vpc-0123456789abcdef0", properties: {} }),
      line("Check", { urn: urn("aws:x/y:Y", "y"), news: {} }, { inputs: {} }),
      line("Check", { urn: urn("other:x/y:Y", "y"), news: {} }, { inputs: {} }, "other"),
    );
    const errors = result.differing
      .filter(({ path }) => path === "error")
      .map(({ ours }) => String(ours));
    assert.equal(errors.length, 3, errors.join("\n"));
    assert.match(errors[1] ?? "", /do not know the resource type aws:x\/y:Y/);
    assert.match(errors[2] ?? "", /no package other/);
  });

  it("agrees about a failure that was recorded", async () => {
    const failed = JSON.stringify({
      method: `${service}Create`,
      request: { urn: urn(vpc, "v"), properties: { cidrBlock: "10.0.0.0/8" } },
      errors: ["InvalidVpc.Range"],
      metadata: { name: "aws" },
    });
    const result = await played(configure, failed);
    assert.deepEqual(
      result.exchanges.at(-1)?.places.map(({ verdict }) => verdict),
      ["agrees"],
    );
  });

  it("works where the recording machine's environment let the provider work", async () => {
    const topic = "aws:sns/topic:Topic";
    const arn = "arn:aws:sns:ap-south-1:616138583583:t";
    const result = await played(
      line("Configure", { args: {} }, { supportsPreview: true }),
      line(
        "Create",
        { urn: urn(topic, "t"), properties: { name: "t" } },
        { id: arn, properties: { arn } },
      ),
    );
    const create = result.exchanges.find(({ method }) => method === "Create");
    const ours = create?.places.find(({ path }) => path === "arn");
    assert.equal(ours?.verdict, "agrees");
  });

  it("knows inputs by the names they had", async () => {
    const properties = { name: "orders", engine: "postgres", instanceClass: "db.t4g.micro" };
    const request = { urn: urn("aws:rds/instance:Instance", "d"), properties, preview: true };
    const result = await played(configure, line("Create", request, { properties }));
    assert.deepEqual(
      result.differing.filter(({ verdict }) => verdict !== "extra"),
      [],
    );
  });

  it("leaves out inputs that are no more", async () => {
    const given = { restApi: "a1b2c3d4e5", stageName: "live" };
    const request = { urn: urn("aws:apigateway/deployment:Deployment", "d"), news: given };
    const inputs = { ...given, __defaults: ["stageName"] };
    const result = await played(configure, line("Check", request, { inputs }));
    assert.deepEqual(
      result.differing.filter(({ method }) => method === "Check").map(({ path }) => path),
      ["region"],
    );
  });

  it("takes a call that is written when it begins and when it ends as one", async () => {
    const request = { urn: urn("aws:s3/bucket:Bucket", "b"), properties: { bucket: "b-1" } };
    const begun = JSON.stringify({
      method: `${service}Create`,
      request,
      metadata: { name: "aws" },
    });
    const ended = line("Create", request, { id: "b-1", properties: { bucket: "b-1" } });
    const result = await played(configure, begun, ended);
    assert.equal(result.exchanges.length, 2);
    assert.ok(!result.differing.some(({ path }) => path === "error"));
    assert.throws(() => parseRecording(begun, "f"), { name: "ProblemError" });
  });

  it("takes a blackened asset as one", async () => {
    const source = {
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      value: "REDACTED BY PROVIDERTEST",
    };
    const news = { accountName: "store1", containerName: "c", resourceGroupName: "rg", source };
    const inputs = { ...news, blobName: "b", type: "Block" };
    const request = { urn: urn("azure-native:storage:Blob", "b"), news };
    const result = await played(line("Check", request, { inputs }, "azure-native"));
    assert.deepEqual(
      result.differing.filter(({ path }) => /^(source|failures)/.test(path)),
      [],
    );
  });

  it("refuses what is no recording", () => {
    const wrong = ["", "no json", "[]", '{"a":1}', '{"method":"/pulumirpc.LanguageRuntime/Run"}'];
    for (const text of wrong) {
      assert.throws(() => parseRecording(text, "f"), { name: "ProblemError" }, text);
    }
  });
});
