/** Requests that no engine should make: a clear error, and the world as it was. */

import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { type ServiceError, status } from "@grpc/grpc-js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import fc from "fast-check";
import jspb from "google-protobuf";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type { Clouds } from "../../../local-clouds/lifecycle/session.ts";
import { packages } from "../../../local-clouds/packages/index.ts";
import { type Served, serve } from "../../../local-clouds/protocol/serve.ts";
import { fromStruct, toStruct } from "../../../local-clouds/protocol/struct.ts";
import { Unknown, type ValueObject } from "../../../local-clouds/protocol/value.ts";
import { MalformedValue, signatureKey } from "../../../local-clouds/protocol/wire.ts";
import { memoryWorld } from "../../../local-clouds/world/open.ts";
import { createTables } from "../../../local-clouds/world/schema.ts";
import { World } from "../../../local-clouds/world/world.ts";
import {
  ask,
  type Client,
  check,
  checkRequest,
  configure,
  connectTo,
  create,
  deleteRequest,
  readRequest,
  updateRequest,
} from "../kit/client.ts";
import { urnOf } from "../kit/lab.ts";
import { sample, samplePackages } from "../kit/sample.ts";

const subnet = "aws:ec2/subnet:Subnet";
const vpc = "aws:ec2/vpc:Vpc";

describe("bad input", () => {
  let clouds: Clouds;
  const served = new Map<string, Served>();
  const clients: Client[] = [];
  beforeEach(() => {
    clouds = { world: memoryWorld(), packages, clock: () => new Date() };
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await Promise.all([...served.values()].map((server) => server.stop()));
    served.clear();
    clouds.world.close();
  });

  async function connect(name: string, config: ValueObject = {}): Promise<Client> {
    const cloud = clouds.packages.get(name);
    assert.ok(cloud);
    const server = served.get(name) ?? (await serve(clouds, cloud, 0));
    served.set(name, server);
    const client = connectTo(server.port);
    clients.push(client);
    await configure(client, config);
    return client;
  }

  /** The error of a request that must leave the world as it was. */
  async function refusal(work: () => Promise<unknown>): Promise<ServiceError> {
    const before = clouds.world.all();
    try {
      await work();
    } catch (error) {
      assert.deepEqual(clouds.world.all(), before);
      return error as ServiceError;
    }
    assert.fail("it was not refused");
  }

  const network = async (client: Client) => {
    const inputs = await check(client, vpc, { cidrBlock: "10.0.0.0/16" });
    const created = await create(client, vpc, inputs, false);
    return { id: created.getId(), inputs, outputs: fromStruct(created.getProperties()) };
  };
  const vpcUpdate = (of: Awaited<ReturnType<typeof network>>, news: ValueObject) =>
    updateRequest(of.id, of.inputs, of.outputs, news).setUrn(urnOf(vpc, "r")).setType(vpc);

  it("a request without a URN, with none, or about another type", async () => {
    const client = await connect("aws");
    for (const [urn, type] of [
      ["", ""],
      ["", vpc],
      ["vpc", vpc],
      ["urn:pulumi:a::b", vpc],
      [urnOf(vpc, "r"), subnet],
    ] as const) {
      const request = new proto.CreateRequest().setUrn(urn).setType(type);
      const error = await refusal(() => ask(client, "create", request));
      assert.equal(error.code, status.INVALID_ARGUMENT, `${urn} ${error.message}`);
    }
  });

  it("a type that does not exist, and one of another package", async () => {
    const client = await connect("aws");
    for (const token of ["aws:ec2/nothing:Nothing", "gcp:compute/network:Network", "no-token"]) {
      const error = await refusal(() => create(client, token, {}, false));
      assert.equal(error.code, status.INVALID_ARGUMENT);
      assert.ok(error.details.includes(token), error.details);
    }
  });

  it("bytes that are no message, and fields that nobody knows", async () => {
    const client = await connect("aws");
    const garbage = await refusal(() => raw(client, "Create", Buffer.from("ffffff", "hex")));
    assert.equal(garbage.code, status.INTERNAL);
    // Protocol buffers: what a receiver does not know, it skips.
    const request = checkRequest(vpc, { cidrBlock: "10.0.0.0/16" });
    const writer = new jspb.BinaryWriter();
    writer.writeString(900, "of a later version");
    const bytes = Buffer.concat([request.serializeBinary(), writer.getResultBuffer()]);
    const answer = proto.CheckResponse.deserializeBinary(await raw(client, "Check", bytes));
    assert.deepEqual(answer.getFailuresList(), []);
  });

  it("signatures that are none of Pulumi's, wherever they stand", async () => {
    const client = await connect("aws");
    for (const value of [
      { [signatureKey]: "0" },
      [{ [signatureKey]: 7 }],
      { a: { [signatureKey]: null } },
    ]) {
      const news = struct.Struct.fromJavaScript({ cidrBlock: "10.0.0.0/16", tags: value });
      const request = checkRequest(vpc, {}).setNews(news);
      const error = await refusal(() => ask(client, "check", request));
      assert.equal(error.code, status.INVALID_ARGUMENT);
      assert.match(error.details, /signature/);
    }
  });

  it("an unknown where a value must be known", async () => {
    const client = await connect("aws");
    const made = await network(client);
    const unknown = { ...made.inputs, tags: { a: Unknown.value } };
    const requests = [
      () => create(client, vpc, unknown, false, "other"),
      () => ask(client, "update", vpcUpdate(made, unknown)),
      () => {
        const invoke = new proto.InvokeRequest().setTok("aws:index/getRegion:getRegion");
        return ask(client, "invoke", invoke.setArgs(toStruct({ region: Unknown.value })));
      },
    ];
    for (const request of requests) {
      const error = await refusal(request);
      assert.equal(error.code, status.INVALID_ARGUMENT);
      assert.match(error.details, /unknown/);
    }
    const keys = await connect("tls");
    const key = await refusal(() =>
      create(keys, "tls:index/privateKey:PrivateKey", { algorithm: Unknown.value }, false),
    );
    assert.equal(key.code, status.INVALID_ARGUMENT);
    assert.match(key.details, /unknown/);
  });

  it("inputs of the wrong type: a fault of the check, an error of a creation without one", async () => {
    const google = await connect("gcp");
    const account = checkRequest("gcp:serviceaccount/account:Account", { accountId: 10 });
    assert.deepEqual(
      (await ask(google, "check", account)).getFailuresList().map((one) => one.getProperty()),
      ["accountId"],
    );
    const client = await connect("aws");
    const error = await refusal(() => create(client, vpc, { cidrBlock: { a: 1 } }, false));
    assert.equal(error.code, status.INVALID_ARGUMENT);
    assert.match(error.details, /cidrBlock: Attribute must be a single value, not a map/);
  });

  it("a resource of another account is not there", async () => {
    const own = await connect("aws", { region: "eu-west-1" });
    const stranger = await connect("aws", { region: "eu-west-1", profile: "stranger" });
    const made = await network(own);
    assert.equal((await ask(stranger, "read", readRequest(vpc, made.id))).getId(), "");
    const update = await refusal(() => ask(stranger, "update", vpcUpdate(made, made.inputs)));
    assert.match(update.details, /NotFound/);
    const into = { vpcId: made.id, cidrBlock: "10.0.0.0/24" };
    const part = await refusal(() => create(stranger, subnet, into, false));
    assert.match(part.details, /InvalidVpcID\.NotFound/);
    const before = clouds.world.size();
    const request = deleteRequest(made.id, {}).setUrn(urnOf(vpc, "r")).setType(vpc);
    await ask(stranger, "delete", request);
    assert.equal(clouds.world.size(), before);
  });

  it("the id of a deleted resource: read as gone, deleted again, not updated, not referred to", async () => {
    const client = await connect("aws");
    const made = await network(client);
    const removal = deleteRequest(made.id, made.outputs).setUrn(urnOf(vpc, "r")).setType(vpc);
    await ask(client, "delete", removal);
    assert.equal((await ask(client, "read", readRequest(vpc, made.id))).getId(), "");
    await ask(client, "delete", removal);
    const update = await refusal(() => ask(client, "update", vpcUpdate(made, made.inputs)));
    assert.match(update.details, /NotFound/);
    const into = { vpcId: made.id, cidrBlock: "10.0.0.0/24" };
    const part = await refusal(() => create(client, subnet, into, false));
    assert.match(part.details, /InvalidVpcID\.NotFound/);
  });

  it("two engines that update one resource: each changes what it means to, the last one stays", async () => {
    const [one, two] = [await connect("aws"), await connect("aws")];
    const made = await network(one);
    await Promise.all([
      ask(one, "update", vpcUpdate(made, { ...made.inputs, enableDnsHostnames: true })),
      ask(two, "update", vpcUpdate(made, { ...made.inputs, tags: { by: "two" } })),
    ]);
    await ask(one, "update", vpcUpdate(made, { ...made.inputs, tags: { by: "one" } }));
    const read = await ask(two, "read", readRequest(vpc, made.id));
    const { enableDnsHostnames, tags } = fromStruct(read.getProperties());
    assert.deepEqual([enableDnsHostnames, tags], [true, { by: "one" }]);
  });

  it("a disk without room: said as it is, nothing half, and on again once there is room", async () => {
    clouds.world.close();
    const db = new DatabaseSync(":memory:");
    db.exec(`PRAGMA foreign_keys = ON; ${createTables}`);
    clouds = { ...clouds, world: new World(db) };
    const client = await connect("aws");
    const made = await network(client);
    db.exec(
      `PRAGMA max_page_count = ${Number(db.prepare("PRAGMA page_count").get()?.["page_count"])}`,
    );
    const tags = { big: "x".repeat(100_000) };
    const inputs = { ...made.inputs, tags };
    for (const work of [
      () => create(client, vpc, inputs, false, "other"),
      () => ask(client, "update", vpcUpdate(made, inputs)),
    ]) {
      const error = await refusal(work);
      assert.equal(error.code, status.RESOURCE_EXHAUSTED, error.details);
      assert.match(error.details, /the world's file: got database or disk is full; .*Make room/);
    }
    db.exec("PRAGMA max_page_count = 1000000");
    await ask(client, "update", vpcUpdate(made, inputs));
    const read = await ask(client, "read", readRequest(vpc, made.id));
    assert.deepEqual(fromStruct(read.getProperties())["tags"], tags);
  });

  it("any Struct at all: an answer or a clear error, and the clouds go on", async () => {
    clouds = { ...clouds, packages: new Map([...packages, ...samplePackages]) };
    const client = await connect("aws");
    await fc.assert(
      fc.asyncProperty(anyStruct, async (properties) => {
        const before = clouds.world.all();
        const urn = urnOf(sample.network, "r");
        const base = { urn, type: sample.network };
        for (const work of [
          () => ask(client, "check", new proto.CheckRequest().setUrn(base.urn).setNews(properties)),
          () =>
            ask(
              client,
              "create",
              new proto.CreateRequest().setUrn(base.urn).setPreview(true).setProperties(properties),
            ),
          () =>
            ask(
              client,
              "diff",
              new proto.DiffRequest().setUrn(base.urn).setOlds(properties).setNews(properties),
            ),
          () => ask(client, "read", readRequest(sample.network, "x").setProperties(properties)),
        ]) {
          try {
            await work();
          } catch (error) {
            const { code, details } = error as ServiceError;
            assert.equal(code, status.INVALID_ARGUMENT, details);
          }
        }
        assert.deepEqual(clouds.world.all(), before);
      }),
      { numRuns: 150 },
    );
  });

  it("decodes a Struct to what it holds, or says what is malformed", () => {
    fc.assert(
      fc.property(anyStruct, (properties) => {
        let decoded: ValueObject;
        try {
          decoded = fromStruct(properties);
        } catch (error) {
          assert.ok(error instanceof MalformedValue, String(error));
          return;
        }
        const keys: string[] = [];
        properties.getFieldsMap().forEach((_, key) => {
          keys.push(key);
        });
        assert.deepEqual(Object.keys(decoded).sort(), keys.sort());
      }),
    );
  });

  it("refuses values of no kind, numbers that are none, and nesting without end", () => {
    const deep = (depth: number): struct.Value =>
      depth === 0
        ? new struct.Value().setNumberValue(1)
        : new struct.Value().setListValue(new struct.ListValue().setValuesList([deep(depth - 1)]));
    for (const value of [
      new struct.Value(),
      new struct.Value().setNumberValue(Number.NaN),
      new struct.Value().setNumberValue(Number.POSITIVE_INFINITY),
      deep(500),
    ]) {
      const properties = new struct.Struct();
      properties.getFieldsMap().set("a", value);
      assert.throws(() => fromStruct(properties), MalformedValue);
    }
  });
});

/** Any Struct that the wire can carry, sensible or not. */
const anyStruct: fc.Arbitrary<struct.Struct> = fc.letrec<{
  value: struct.Value;
  object: struct.Struct;
}>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constant(new struct.Value()),
    fc.constant(new struct.Value().setNullValue(struct.NullValue.NULL_VALUE)),
    fc.boolean().map((value) => new struct.Value().setBoolValue(value)),
    fc.double().map((value) => new struct.Value().setNumberValue(value)),
    fc.string({ unit: "binary" }).map((value) => new struct.Value().setStringValue(value)),
    fc
      .array(tie("value"), { maxLength: 4 })
      .map((values) =>
        new struct.Value().setListValue(new struct.ListValue().setValuesList(values)),
      ),
    tie("object").map((value) => new struct.Value().setStructValue(value)),
  ),
  object: fc
    .array(
      fc.tuple(
        fc.oneof(
          fc.string(),
          fc.constantFrom(
            "range",
            "name",
            "tags",
            "rules",
            "__proto__",
            "__defaults",
            signatureKey,
          ),
        ),
        tie("value"),
      ),
      { maxLength: 5 },
    )
    .map((entries) => {
      const out = new struct.Struct();
      for (const [key, value] of entries) out.getFieldsMap().set(key, value);
      return out;
    }),
})).object;

/** Sends bytes as they are. */
function raw(client: Client, method: string, bytes: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      `/pulumirpc.ResourceProvider/${method}`,
      (value: Uint8Array) => Buffer.from(value),
      (value: Buffer) => new Uint8Array(value),
      bytes,
      (error, answer) =>
        error === null && answer !== undefined ? resolve(answer) : reject(error as Error),
    );
  });
}
