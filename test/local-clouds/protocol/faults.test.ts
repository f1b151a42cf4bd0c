/** What an armed fault does to a request: its answer, and what is then in the world. */

import assert from "node:assert/strict";
import { type ServiceError, status } from "@grpc/grpc-js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import statusProto from "@pulumi/pulumi/proto/status_pb.js";
import { ArmedFaults } from "../../../local-clouds/faults/armed.ts";
import { type FaultKind, faultKinds, faultOf } from "../../../local-clouds/faults/fault.ts";
import { wordsOf } from "../../../local-clouds/faults/words.ts";
import type { Clouds } from "../../../local-clouds/lifecycle/session.ts";
import { packages } from "../../../local-clouds/packages/index.ts";
import { type Served, serve } from "../../../local-clouds/protocol/serve.ts";
import { fromStruct, toStruct } from "../../../local-clouds/protocol/struct.ts";
import { memoryWorld } from "../../../local-clouds/world/open.ts";
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

const inputs = { range: "a", name: "n" };
const news = { ...inputs, tags: { a: "b" } };

describe("a fault", () => {
  let clouds: Clouds & { readonly faults: ArmedFaults };
  let served: Served;
  let client: Client;

  beforeEach(async () => {
    const all = new Map([...packages, ...samplePackages]);
    const faults = new ArmedFaults();
    clouds = { world: memoryWorld(), packages: all, clock: () => new Date(), faults };
    const aws = all.get("aws");
    assert.ok(aws);
    served = await serve(clouds, aws, 0);
    client = connectTo(served.port);
    await configure(client, { region: "eu-west-1" });
  });
  afterEach(async () => {
    client.close();
    await served.stop();
    clouds.world.close();
  });

  const arm = (op: string, kind: FaultKind, rest = {}) =>
    clouds.faults.arm(faultOf({ on: "*", op, kind, seed: "1", ...rest }));
  const make = async () => {
    const created = await create(client, sample.network, inputs, false);
    return { id: created.getId(), outputs: fromStruct(created.getProperties()) };
  };
  const kept = (): number => clouds.world.ofToken(sample.network, {}).length;
  const failure = async (work: Promise<unknown>): Promise<ServiceError> => {
    try {
      await work;
    } catch (error) {
      return error as ServiceError;
    }
    assert.fail("it did not fail");
  };

  it("throttle and error of a creation leave nothing", async () => {
    for (const [kind, words] of [
      ["throttle", /exceeded maximum number of attempts, 25.*ThrottlingException: Rate exceeded/],
      ["error", /StatusCode: 500, api error InternalFailure/],
    ] as const) {
      clouds.faults.disarm();
      arm("create", kind);
      const error = await failure(create(client, sample.network, inputs, false));
      assert.equal(error.code, status.UNKNOWN);
      assert.match(error.details, words);
      assert.equal(error.metadata.get("grpc-status-details-bin").length, 0);
      assert.equal(kept(), 0);
    }
  });

  it("timeout and disconnect lose the answer to what was done", async () => {
    for (const [kind, code] of [
      ["timeout", status.DEADLINE_EXCEEDED],
      ["disconnect", status.UNAVAILABLE],
    ] as const) {
      clouds.faults.disarm();
      const before = kept();
      arm("create", kind);
      const error = await failure(create(client, sample.network, inputs, false, kind));
      assert.equal(error.code, code);
      assert.equal(kept(), before + 1);
    }
    clouds.faults.disarm();
    const { id, outputs } = await make();
    arm("update", "timeout");
    await failure(ask(client, "update", updateRequest(id, inputs, outputs, news)));
    const read = await ask(client, "read", readRequest(sample.network, id));
    assert.deepEqual(fromStruct(read.getProperties())["tags"], { a: "b" });
    arm("delete", "disconnect");
    const before = kept();
    await failure(ask(client, "delete", deleteRequest(id, outputs)));
    assert.equal(kept(), before - 1);
  });

  it("init-failure keeps the resource, and tells the engine its id, outputs and reason", async () => {
    arm("create", "init-failure");
    const error = await failure(create(client, sample.network, inputs, false));
    const detail = initFailureOf(error);
    const [row] = clouds.world.ofToken(sample.network, {});
    assert.equal(detail.getId(), row?.id);
    assert.equal(fromStruct(detail.getProperties())["id"], row?.id);
    assert.match(detail.getReasonsList()[0] ?? "", new RegExp(`${row?.id}.*unexpected state`));
    clouds.faults.disarm();
    const { id, outputs } = await make();
    arm("update", "init-failure");
    const late = await failure(ask(client, "update", updateRequest(id, inputs, outputs, news)));
    assert.equal(initFailureOf(late).getId(), id);
    assert.deepEqual(fromStruct(initFailureOf(late).getProperties())["tags"], { a: "b" });
  });

  it("slow is late but right", async () => {
    arm("create", "slow", { delayMs: 120 });
    const started = performance.now();
    const { id } = await make();
    assert.ok(performance.now() - started >= 115);
    assert.match(id, /^net-/);
  });

  it("slow beyond the resource's timeout is there, but not ready", async () => {
    arm("create", "slow", { delayMs: 60_000 });
    const request = new proto.CreateRequest()
      .setUrn(urnOf(sample.network, "r"))
      .setType(sample.network)
      .setProperties(toStruct(inputs))
      .setTimeout(0.05);
    const error = await failure(ask(client, "create", request));
    assert.match(initFailureOf(error).getReasonsList()[0] ?? "", /timeout: 0\.05s/);
    assert.equal(kept(), 1);
    const { id, outputs } = {
      id: clouds.world.ofToken(sample.network, {})[0]?.id ?? "",
      outputs: {},
    };
    arm("delete", "slow", { delayMs: 60_000 });
    const removal = await failure(
      ask(client, "delete", deleteRequest(id, outputs).setTimeout(0.05)),
    );
    assert.equal(removal.code, status.DEADLINE_EXCEEDED);
  });

  it("gone removes the resource before the call", async () => {
    const { id } = await make();
    arm("read", "gone");
    assert.equal((await ask(client, "read", readRequest(sample.network, id))).getId(), "");
    clouds.faults.disarm();
    const again = await make();
    arm("update", "gone");
    const request = updateRequest(again.id, inputs, again.outputs, news);
    assert.match((await failure(ask(client, "update", request))).details, /ResourceNotFound/);
    assert.equal(kept(), 0);
  });

  it("of a check fails it, in previews too; a preview of a change calls no service", async () => {
    arm("check", "error");
    await failure(check(client, sample.network, inputs));
    arm("create", "error");
    await create(client, sample.network, inputs, true);
    assert.deepEqual(
      clouds.faults.list().map(({ asked }) => asked),
      [1, 0],
    );
  });

  it("meets what its pattern matches and nothing else", async () => {
    arm("create", "error", { on: "*::unlucky" });
    await failure(create(client, sample.network, inputs, false, "unlucky"));
    await create(client, sample.network, inputs, false, "lucky");
  });

  it("meets the same requests again after being armed anew, in another order", async () => {
    const names = Array.from({ length: 30 }, (_, i) => `n${i}`);
    const unlucky = async (order: readonly string[]): Promise<string[]> => {
      clouds.faults.disarm();
      arm("check", "error", { rate: 0.3 });
      const answers = await Promise.allSettled(
        order.map((name) => {
          const request = checkRequest(sample.network, inputs).setUrn(urnOf(sample.network, name));
          return ask(client, "check", request);
        }),
      );
      return order.filter((_, i) => answers[i]?.status === "rejected").sort();
    };
    const first = await unlucky(names);
    assert.ok(first.length > 2 && first.length < 20, first.join());
    assert.deepEqual(await unlucky([...names].reverse()), first);
  });

  it("is worded by every package that calls a service, and spares those that call none", () => {
    const failed = {
      operation: "creating",
      token: "aws:ec2/vpc:Vpc",
      urn: "u",
      id: "vpc-1",
    } as const;
    for (const name of packages.keys()) {
      const words = wordsOf(name);
      assert.equal(words === undefined, name === "tls" || name === "random", name);
      for (const sentence of Object.values(words ?? {})) {
        assert.match((sentence as (of: typeof failed) => string)(failed), /\w{5}/);
      }
    }
    assert.match(wordsOf("aws")?.throttled(failed) ?? "", /503, api error RequestLimitExceeded/);
    assert.match(wordsOf("gcp")?.throttled(failed) ?? "", /Error 429.*rateLimitExceeded/);
    assert.match(wordsOf("azure-native")?.throttled(failed) ?? "", /429.*TooManyRequests/);
  });

  it("is of a kind that this file tests", () => {
    const tested = ["throttle", "error", "init-failure", "timeout", "disconnect", "slow", "gone"];
    assert.deepEqual(Object.keys(faultKinds), tested);
  });
});

/** The detail by which the engine tells "created, but not ready" from "nothing was created". */
function initFailureOf(error: ServiceError): proto.ErrorResourceInitFailed {
  const [bytes] = error.metadata.get("grpc-status-details-bin");
  assert.ok(Buffer.isBuffer(bytes), error.message);
  const [detail] = statusProto.Status.deserializeBinary(bytes).getDetailsList();
  assert.equal(detail?.getTypeName(), "pulumirpc.ErrorResourceInitFailed");
  return proto.ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8());
}
