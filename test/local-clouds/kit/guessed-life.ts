/** A resource of guessed inputs, asked for by a client as an engine asks. */

import assert from "node:assert/strict";
import { type ServiceError, status } from "@grpc/grpc-js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import { fromStruct, toStruct } from "../../../local-clouds/protocol/struct.ts";
import { hasUnknown, type ValueObject } from "../../../local-clouds/protocol/value.ts";
import { shapeOf } from "../../../local-clouds/shapes/load.ts";
import type { TypeEntry } from "../../../local-clouds/types/type.ts";
import type { World } from "../../../local-clouds/world/world.ts";
import { ask, type Client } from "./client.ts";
import type { Guesses } from "./guesses.ts";
import { urnOf } from "./lab.ts";

/** One resource from its check to its end. */
export class GuessedLife {
  private readonly client: Client;
  private readonly world: World;
  private readonly entry: TypeEntry;
  private readonly guesses: Guesses;
  private readonly name: string;

  constructor(client: Client, world: World, entry: TypeEntry, guesses: Guesses) {
    this.client = client;
    this.world = world;
    this.entry = entry;
    this.guesses = guesses;
    this.name = `r${guesses.seed}`;
  }

  /** Asks for everything an engine may ask for; fails where an answer is neither one nor a clear refusal. */
  async live(): Promise<void> {
    const news = this.guess();
    const inputs = await this.check({}, news);
    // What no check has let pass is refused, if it comes at all.
    await this.settled(() => this.create(news, false, `${this.name}-unchecked`));
    if (inputs === undefined) return;
    assert.deepEqual(await this.check(inputs, news), inputs, "a second check answers the same");
    await this.settled(() => this.create(inputs, true));
    const created = await this.settled(() => this.create(inputs, false));
    if (created === undefined) return;
    const made = { id: created.getId(), inputs, outputs: fromStruct(created.getProperties()) };
    assert.equal(hasUnknown(inputs), false, "nothing is made of what is unknown");
    await this.stays(made, news);
    await this.changes(made);
    await this.settled(() => this.delete(made));
  }

  private async stays(made: Made, news: ValueObject): Promise<void> {
    const read = await this.read(made);
    assert.equal(read.getId(), made.id);
    assert.deepEqual(fromStruct(read.getProperties()), made.outputs, "read as it was made");
    const again = await this.check(fromStruct(read.getInputs()), news);
    assert.ok(again, "what was taken is taken again");
    const diff = await ask(
      this.client,
      "diff",
      new proto.DiffRequest()
        .setUrn(this.urn)
        .setId(made.id)
        .setOldInputs(toStruct(made.inputs))
        .setOlds(toStruct(made.outputs))
        .setNews(toStruct(again)),
    );
    assert.deepEqual(diff.getDiffsList(), [], "nothing differs");
  }

  private async changes(made: Made): Promise<void> {
    const other = await this.check(made.inputs, this.guess());
    for (const news of [made.inputs, ...(other === undefined ? [] : [other])]) {
      for (const preview of [true, false]) {
        await this.settled(() =>
          ask(
            this.client,
            "update",
            new proto.UpdateRequest()
              .setUrn(this.urn)
              .setId(made.id)
              .setOldInputs(toStruct(made.inputs))
              .setOlds(toStruct(made.outputs))
              .setNews(toStruct(news))
              .setPreview(preview),
          ),
        );
      }
    }
  }

  /** The answer; `undefined` for a clear refusal, which must leave the world as it was. */
  private async settled<T>(work: () => Promise<T>): Promise<T | undefined> {
    const before = this.print();
    try {
      return await work();
    } catch (error) {
      const { code, details } = error as ServiceError;
      const clear = code === status.UNKNOWN || code === status.INVALID_ARGUMENT;
      assert.ok(clear, `${this.entry.token}: ${status[code]} ${details}`);
      assert.equal(this.print(), before, `${details}, and the world changed`);
      return undefined;
    }
  }

  /** Changes with the world. */
  private print(): string {
    return this.world
      .all()
      .map(({ row, revision }) => `${row}.${revision}`)
      .join();
  }

  private get urn(): string {
    return urnOf(this.entry.token, this.name);
  }

  private guess(): ValueObject {
    const shape = shapeOf(this.entry.token);
    return shape === undefined ? {} : this.guesses.inputs(this.entry, shape);
  }

  /** Completed inputs; `undefined` where Check finds fault. */
  private async check(olds: ValueObject, news: ValueObject): Promise<ValueObject | undefined> {
    const request = new proto.CheckRequest()
      .setUrn(this.urn)
      .setOlds(toStruct(olds))
      .setNews(toStruct(news))
      .setRandomseed(Buffer.from("s"));
    const answer = await this.settled(() => ask(this.client, "check", request));
    assert.ok(answer, "a check answers");
    return answer.getFailuresList().length > 0 ? undefined : fromStruct(answer.getInputs());
  }

  private create(inputs: ValueObject, preview: boolean, name = this.name) {
    const urn = urnOf(this.entry.token, name);
    const request = new proto.CreateRequest().setUrn(urn).setPreview(preview);
    return ask(this.client, "create", request.setProperties(toStruct(inputs)));
  }

  private read({ id, inputs, outputs }: Made) {
    const request = new proto.ReadRequest().setUrn(this.urn).setId(id);
    return ask(
      this.client,
      "read",
      request.setInputs(toStruct(inputs)).setProperties(toStruct(outputs)),
    );
  }

  private delete({ id, inputs, outputs }: Made) {
    const request = new proto.DeleteRequest().setUrn(this.urn).setId(id);
    return ask(
      this.client,
      "delete",
      request.setOldInputs(toStruct(inputs)).setProperties(toStruct(outputs)),
    );
  }
}

interface Made {
  readonly id: string;
  readonly inputs: ValueObject;
  readonly outputs: ValueObject;
}
