/** The gRPC service as the engine meets it: a real client over a real connection. */

import assert from "node:assert/strict";
import { status } from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import type { Clouds } from "../../../local-clouds/lifecycle/session.ts";
import { packages } from "../../../local-clouds/packages/index.ts";
import { type Served, serve } from "../../../local-clouds/protocol/serve.ts";
import { fromStruct, toStruct } from "../../../local-clouds/protocol/struct.ts";
import { Secret, Unknown, type ValueObject } from "../../../local-clouds/protocol/value.ts";
import { memoryWorld } from "../../../local-clouds/world/open.ts";
import {
  ask,
  type Client,
  check,
  checkRequest,
  code,
  configure,
  connectTo,
  create,
  deleteRequest,
  diffRequest,
  readRequest,
  updateRequest,
} from "../kit/client.ts";
import { sample, samplePackages } from "../kit/sample.ts";

describe("provider service", () => {
  let clouds: Clouds;
  const served: Served[] = [];
  const clients: Client[] = [];

  beforeEach(() => {
    clouds = {
      world: memoryWorld(),
      packages: new Map([...packages, ...samplePackages]),
      clock: () => new Date(),
    };
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await Promise.all(served.splice(0).map((server) => server.stop()));
    clouds.world.close();
  });

  it("answers as the bridge does", async () => {
    const client = await connect("aws");
    assert.equal((await ask(client, "getPluginInfo", new empty.Empty())).getVersion(), "7.8.9");
    const configured = await configure(client, { region: "eu-west-1" });
    assert.deepEqual(configured.toObject(), {
      acceptsecrets: false,
      supportspreview: true,
      acceptresources: false,
      acceptoutputs: false,
      supportsAutonamingConfiguration: true,
    });
    await ask(client, "attach", new plugin.PluginAttach());
    await assert.rejects(
      ask(client, "handshake", new proto.ProviderHandshakeRequest()),
      code(status.UNIMPLEMENTED),
    );
    await assert.rejects(
      ask(client, "getSchema", new proto.GetSchemaRequest()),
      code(status.UNIMPLEMENTED),
    );
  });

  it("leads a resource through its life", async () => {
    const client = await connect("aws");
    await configure(client, { region: "eu-west-1" });
    const inputs = await check(client, sample.network, { range: "A", password: "p" });
    assert.deepEqual(inputs["__defaults"], ["dns", "name"]);

    const preview = await create(client, sample.network, { ...inputs, range: Unknown.value }, true);
    assert.equal(preview.getId(), "");
    const planned = fromStruct(preview.getProperties());
    assert.equal(planned["range"], Unknown.value);
    assert.equal("arn" in planned, false);
    assert.equal(clouds.world.size(), 0);

    const created = await create(client, sample.network, inputs, false);
    const id = created.getId();
    const outputs = fromStruct(created.getProperties());
    assert.equal(outputs["arn"], `arn:eu-west-1:123456789012:${id}`);
    assert.equal(outputs["id"], id);

    const read = await ask(client, "read", readRequest(sample.network, id));
    assert.deepEqual(fromStruct(read.getProperties()), outputs);
    assert.deepEqual(fromStruct(read.getInputs()), inputs);

    const news = { ...inputs, range: "B" };
    const diff = await ask(client, "diff", diffRequest(id, inputs, outputs, news));
    assert.deepEqual(diff.getReplacesList(), ["range"]);
    assert.deepEqual(diff.getDiffsList(), ["range"]);
    assert.equal(diff.getChanges(), proto.DiffResponse.DiffChanges.DIFF_SOME);
    assert.equal(
      diff.getDetaileddiffMap().get("range")?.getKind(),
      proto.PropertyDiff.Kind.UPDATE_REPLACE,
    );
    const same = await ask(client, "diff", diffRequest(id, inputs, outputs, inputs));
    assert.equal(same.getChanges(), proto.DiffResponse.DiffChanges.DIFF_NONE);

    const update = await ask(
      client,
      "update",
      updateRequest(id, inputs, outputs, { ...inputs, tags: { a: "b" } }),
    );
    assert.deepEqual(fromStruct(update.getProperties())["tagsAll"], { a: "b" });

    await ask(client, "delete", deleteRequest(id, outputs));
    const gone = await ask(client, "read", readRequest(sample.network, id));
    assert.equal(gone.getId(), "");
  });

  it("reports what is wrong with inputs, and refuses what it does not know", async () => {
    const client = await connect("aws");
    await configure(client, {});
    const answer = await ask(client, "check", checkRequest(sample.part, {}));
    assert.deepEqual(
      answer.getFailuresList().map((failure) => failure.getProperty()),
      ["network"],
    );
    await assert.rejects(check(client, "aws:a/b:C", {}), code(status.INVALID_ARGUMENT));
    const refusal = create(client, sample.part, { network: "net-0" }, false);
    await assert.rejects(refusal, /NoSuchNetwork/);
    assert.equal(clouds.world.size(), 0);
    const invoke = new proto.InvokeRequest().setTok("aws:none:none").setArgs(toStruct({}));
    await assert.rejects(ask(client, "invoke", invoke), code(status.INVALID_ARGUMENT));
  });

  it("refuses to create on a connection that was never configured, but still reads by id", async () => {
    const first = await connect("aws");
    await configure(first, {});
    const id = (
      await create(first, sample.network, await check(first, sample.network, { range: "A" }), false)
    ).getId();
    const second = await connect("aws", served[0]?.port);
    await assert.rejects(
      create(second, sample.network, { range: "A" }, false),
      code(status.INVALID_ARGUMENT),
    );
    assert.equal((await ask(second, "read", readRequest(sample.network, id))).getId(), id);
  });

  it("serves two engines at once, each with its own account and region, and survives Cancel", async () => {
    const one = await connect("aws");
    const two = await connect("aws", served[0]?.port);
    await configure(one, { region: "eu-west-1" });
    await configure(two, { region: "us-west-2", profile: "other" });
    const make = (client: Client, name: string) =>
      create(client, sample.network, { range: "A" }, false, name);
    const names = Array.from({ length: 20 }, (_, i) => `n${i}`);
    const [ones, twos] = await Promise.all([
      Promise.all(names.map((name) => make(one, name))),
      Promise.all(names.map((name) => make(two, name))),
    ]);
    await ask(one, "cancel", new empty.Empty());
    for (const created of [...ones, ...twos]) assert.ok(created.getId());
    const [mine, theirs] = [ones[0]?.getId() ?? "", twos[0]?.getId() ?? ""];
    assert.match(String(fromStruct(ones[0]?.getProperties())["arn"]), /eu-west-1/);
    assert.match(String(fromStruct(twos[0]?.getProperties())["arn"]), /us-west-2/);
    assert.equal((await ask(two, "read", readRequest(sample.network, mine))).getId(), "");
    assert.equal((await ask(one, "read", readRequest(sample.network, mine))).getId(), mine);
    assert.equal((await ask(two, "read", readRequest(sample.network, theirs))).getId(), theirs);
  });

  it("takes and gives secrets where the real provider does", async () => {
    const client = await connect("kubernetes");
    assert.equal((await configure(client, {})).getAcceptsecrets(), true);
    const token = "kubernetes:core/v1:ConfigMap";
    const inputs = await check(client, token, {
      metadata: { name: "c" },
      data: { a: new Secret("s") },
    });
    assert.ok((inputs["data"] as ValueObject)["a"] instanceof Secret);
    const made = fromStruct((await create(client, token, inputs, false)).getProperties());
    assert.ok((made["data"] as ValueObject)["a"] instanceof Secret);
  });

  it("judges provider configuration and keeps its unknowns", async () => {
    const client = await connect("aws");
    const news = { region: "nowhere", accessKey: Unknown.value };
    const answer = await ask(
      client,
      "checkConfig",
      new proto.CheckRequest().setNews(toStruct(news)),
    );
    assert.equal(answer.getFailuresList()[0]?.getProperty(), "region");
    assert.equal(fromStruct(answer.getInputs())["accessKey"], Unknown.value);
    const change = new proto.DiffRequest()
      .setOlds(toStruct({ region: "a" }))
      .setNews(toStruct({ region: "b" }));
    const diff = await ask(client, "diffConfig", change);
    assert.deepEqual(diff.getDiffsList(), ["region"]);
    assert.deepEqual(diff.getReplacesList(), []);
  });

  async function connect(name: string, port?: number): Promise<Client> {
    const cloud = clouds.packages.get(name);
    assert.ok(cloud);
    const target = port ?? (served[served.push(await serve(clouds, cloud, 0)) - 1]?.port as number);
    const client = connectTo(target);
    clients.push(client);
    return client;
  }
});
