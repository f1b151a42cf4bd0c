/**
 * Many more faults than the real engine has time for (`test/e2e/faults.test.ts`): a small imitation of
 * it drives a world over a real connection, whatever fails.
 */

import assert from "node:assert/strict";
import type { ServiceError } from "@grpc/grpc-js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import statusProto from "@pulumi/pulumi/proto/status_pb.js";
import fc from "fast-check";
import { unmanaged } from "../../../automation/clouds/unmanaged.ts";
import { ArmedFaults } from "../../../local-clouds/faults/armed.ts";
import { type FaultKind, faultKinds, faultOf } from "../../../local-clouds/faults/fault.ts";
import type { Clouds } from "../../../local-clouds/lifecycle/session.ts";
import { type Served, serve } from "../../../local-clouds/protocol/serve.ts";
import { fromStruct, toStruct } from "../../../local-clouds/protocol/struct.ts";
import { equal, type ValueObject } from "../../../local-clouds/protocol/value.ts";
import { memoryWorld } from "../../../local-clouds/world/open.ts";
import { ask, type Client, configure, connectTo } from "../kit/client.ts";
import { urnOf } from "../kit/lab.ts";
import { sample, samplePackages } from "../kit/sample.ts";

const attemptsMax = 200;

/** A resource in the imitation's state. */
interface Held {
  readonly token: string;
  readonly id: string;
  readonly inputs: ValueObject;
  readonly outputs: ValueObject;
  /** Created or updated, but not ready. */
  readonly unready: boolean;
}

interface Wanted {
  readonly name: string;
  readonly token: string;
  readonly inputs: (idOf: (name: string) => string) => ValueObject;
}

/** A network and two parts of it; the version shows in the tags. */
function program(version: string): readonly Wanted[] {
  const tags = { version };
  const part = (name: string): Wanted => ({
    name,
    token: sample.part,
    inputs: (idOf) => ({ network: idOf("network"), tags }),
  });
  const network = { name: "network", token: sample.network, inputs: () => ({ range: "a", tags }) };
  return [network, part("one"), part("two")];
}

/** What the engine does, one request after the other, up to the first failure. */
class SmallEngine {
  readonly state = new Map<string, Held>();
  private readonly client: Client;

  constructor(client: Client) {
    this.client = client;
  }

  async up(version: string): Promise<void> {
    for (const { name, token, inputs } of program(version)) {
      const idOf = (other: string) => this.state.get(other)?.id ?? "";
      const request = new proto.CheckRequest().setUrn(urnOf(token, name)).setType(token);
      request.setNews(toStruct(inputs(idOf))).setRandomseed(Buffer.from(name));
      const checked = fromStruct((await ask(this.client, "check", request)).getInputs());
      const held = this.state.get(name);
      if (held === undefined) await this.create(name, token, checked);
      else if (held.unready || !equal(held.inputs, checked)) await this.update(name, held, checked);
    }
  }

  async refresh(): Promise<void> {
    for (const [name, { token, id }] of [...this.state]) {
      const request = new proto.ReadRequest().setUrn(urnOf(token, name)).setType(token).setId(id);
      if ((await ask(this.client, "read", request)).getId() === "") this.state.delete(name);
    }
  }

  async destroy(): Promise<void> {
    // By dependency: what was made anew is not the last because of that.
    for (const { name, token } of program("").toReversed()) {
      const id = this.state.get(name)?.id;
      if (id === undefined) continue;
      const request = new proto.DeleteRequest().setUrn(urnOf(token, name)).setType(token).setId(id);
      await ask(this.client, "delete", request);
      this.state.delete(name);
    }
  }

  private async create(name: string, token: string, inputs: ValueObject): Promise<void> {
    const request = new proto.CreateRequest().setUrn(urnOf(token, name)).setType(token);
    const made = ask(this.client, "create", request.setProperties(toStruct(inputs)));
    await this.keep(name, token, inputs, "", made);
  }

  private async update(name: string, held: Held, inputs: ValueObject): Promise<void> {
    const request = new proto.UpdateRequest().setUrn(urnOf(held.token, name)).setType(held.token);
    request.setId(held.id).setOldInputs(toStruct(held.inputs)).setOlds(toStruct(held.outputs));
    const made = ask(this.client, "update", request.setNews(toStruct(inputs)));
    await this.keep(name, held.token, inputs, held.id, made);
  }

  /** An answer goes into the state, and so does what is there but not ready; other failures do not. */
  private async keep(
    name: string,
    token: string,
    inputs: ValueObject,
    known: string,
    made: Promise<proto.CreateResponse | proto.UpdateResponse>,
  ): Promise<void> {
    try {
      const answer = await made;
      const id = answer instanceof proto.CreateResponse ? answer.getId() : known;
      const outputs = fromStruct(answer.getProperties());
      this.state.set(name, { token, id, inputs, outputs, unready: false });
    } catch (error) {
      const [bytes] = (error as ServiceError).metadata.get("grpc-status-details-bin");
      if (Buffer.isBuffer(bytes)) {
        const detail = statusProto.Status.deserializeBinary(bytes).getDetailsList()[0];
        const failed = proto.ErrorResourceInitFailed.deserializeBinary(
          detail?.getValue_asU8() ?? new Uint8Array(),
        );
        const outputs = fromStruct(failed.getProperties());
        this.state.set(name, { token, id: failed.getId(), inputs, outputs, unready: true });
      }
      throw error;
    }
  }
}

const pairs = Object.entries(faultKinds).flatMap(([kind, operations]) =>
  operations.map((op) => ({ kind: kind as FaultKind, op })),
);

describe("a life under faults", function () {
  this.timeout(120_000);

  let clouds: Clouds & { readonly faults: ArmedFaults };
  let served: Served;
  let client: Client;
  beforeEach(async () => {
    const faults = new ArmedFaults();
    clouds = { world: memoryWorld(), packages: samplePackages, clock: () => new Date(), faults };
    const aws = samplePackages.get("aws");
    assert.ok(aws);
    served = await serve(clouds, aws, 0);
    client = connectTo(served.port);
    await configure(client, {});
  });
  afterEach(async () => {
    client.close();
    await served.stop();
    clouds.world.close();
  });

  /** What no state holds. */
  const leftBy = (engine: SmallEngine) => {
    const held = [...engine.state].map(([name, { token: type, id }]) => ({
      urn: urnOf(type, name),
      type,
      id,
    }));
    const world = clouds.world.all();
    return unmanaged(
      world.map((row) => ({ ...row, companionOf: row.companionOf ?? null })),
      held,
    ).flatMap(({ row }) => world.filter((one) => one.row === row));
  };

  /** Repeats until all goes well, removing what lost answers left; returns how much that was. */
  async function repeat(engine: SmallEngine, work: () => Promise<void>): Promise<number> {
    let removed = 0;
    for (let attempt = 0; attempt < attemptsMax; attempt++) {
      const failed = await work().then(
        () => false,
        () => true,
      );
      const left = leftBy(engine);
      for (const row of left) clouds.world.remove(row);
      removed += left.length;
      if (!failed) return removed;
    }
    assert.fail("it never went well");
  }

  /** The world without what differs from birth to birth. */
  const shape = () =>
    clouds.world
      .all()
      .map(({ urn, token, inputs }) => {
        const tags = inputs["tags"] as ValueObject | undefined;
        return `${token} ${urn} ${String(inputs["name"])} ${String(tags?.["version"])}`;
      })
      .sort();

  it("comes to where a life without them comes", async () => {
    const calm = new SmallEngine(client);
    const expected: string[][] = [];
    for (const version of ["1", "2"]) {
      await calm.up(version);
      expected.push(shape());
    }
    await calm.destroy();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...pairs), { minLength: 1, maxLength: 2 }),
        fc.double({ min: 0.01, max: 0.3, noNaN: true }),
        fc.string({ minLength: 1 }),
        async (kinds, rate, seed) => {
          clouds.world.reset();
          clouds.faults.disarm();
          for (const pair of kinds) {
            clouds.faults.arm(faultOf({ ...pair, on: "*", rate, seed, delayMs: 0 }));
          }
          const engine = new SmallEngine(client);
          let removed = 0;
          for (const [i, version] of ["1", "2"].entries()) {
            removed += await repeat(engine, async () => {
              await engine.refresh();
              await engine.up(version);
            });
            assert.deepEqual(shape(), expected[i]);
          }
          removed += await repeat(engine, () => engine.destroy());
          assert.deepEqual(clouds.world.all(), []);
          const lost = clouds.faults
            .list()
            .filter(({ fault: { operation, kind } }) => operation === "create" && loses.has(kind))
            .reduce((sum, { struck }) => sum + struck, 0);
          assert.equal(removed, lost);
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** The answer is lost: what was created is in no state. */
const loses: ReadonlySet<string> = new Set(["timeout", "disconnect"]);
