/** A bench for type tables: one fresh world in memory, driven without gRPC. */

import assert from "node:assert/strict";
import { check } from "../../../local-clouds/lifecycle/check.ts";
import { create, createMade, previewCreate } from "../../../local-clouds/lifecycle/create.ts";
import { type DiffResult, diff } from "../../../local-clouds/lifecycle/diff.ts";
import { drift } from "../../../local-clouds/lifecycle/drift.ts";
import { invoke } from "../../../local-clouds/lifecycle/invoke.ts";
import { type ReadRequest, read } from "../../../local-clouds/lifecycle/read.ts";
import { remove } from "../../../local-clouds/lifecycle/remove.ts";
import {
  BadRequest,
  type Clouds,
  Refused,
  type Session,
} from "../../../local-clouds/lifecycle/session.ts";
import { previewUpdate, update } from "../../../local-clouds/lifecycle/update.ts";
import { packages } from "../../../local-clouds/packages/index.ts";
import {
  type JsonObject,
  Unknown,
  type Value,
  type ValueObject,
} from "../../../local-clouds/protocol/value.ts";
import type { CloudPackage } from "../../../local-clouds/types/package.ts";
import type { InputFault } from "../../../local-clouds/types/type.ts";
import { memoryWorld } from "../../../local-clouds/world/open.ts";

/** The unknown value, to be put into inputs. */
export const unknown: Value = Unknown.value;

/** Where the time of a lab stands, until somebody moves it. */
export const labTime = "2026-01-02T03:04:05.678Z";

/** A resource that was created in a lab. */
export interface Made {
  readonly token: string;
  readonly urn: string;
  readonly id: string;
  readonly inputs: ValueObject;
  readonly outputs: ValueObject;
}

/** A URN of the lab's project. */
export function urnOf(token: string, name: string): string {
  return `urn:pulumi:test::lab::${token}::${name}`;
}

/** One provider instance in a lab. */
export class Lab {
  readonly clouds: Clouds;
  /** The lab's time. */
  readonly time: { nowMs: number };
  private readonly session: Session;

  constructor(clouds: Clouds, time: { nowMs: number }, packageName: string, config: JsonObject) {
    const cloud = clouds.packages.get(packageName);
    assert.ok(cloud, `no package ${packageName}`);
    this.clouds = clouds;
    this.time = time;
    this.session = { clouds, cloud, scope: cloud.profile.scope(config) };
  }

  /** Another provider instance in the same world. */
  with(packageName: string, config: JsonObject = {}): Lab {
    return new Lab(this.clouds, this.time, packageName, config);
  }

  /** Inputs as Check completes them; fails if Check finds fault. */
  check(token: string, name: string, news: ValueObject, olds: ValueObject = {}): ValueObject {
    const result = this.checked(token, name, news, olds);
    assert.deepEqual(result.faults, [], `${token} ${name} was not accepted`);
    return result.inputs;
  }

  /** What Check finds wrong. */
  checkFailures(token: string, name: string, news: ValueObject): readonly InputFault[] {
    return this.checked(token, name, news, {}).faults;
  }

  /** Check and Create; a type that makes keys needs {@link createLater}. */
  create(token: string, name: string, news: ValueObject): Made {
    const inputs = this.check(token, name, news);
    const urn = urnOf(token, name);
    const before = this.clouds.world.size();
    try {
      return { token, urn, ...createMade(this.session, { urn, token, inputs }, {}) };
    } catch (error) {
      assert.equal(this.clouds.world.size(), before, "a refused creation changed the world");
      throw error;
    }
  }

  /** Check and Create of a type that needs time. */
  async createLater(token: string, name: string, news: ValueObject): Promise<Made> {
    const inputs = this.check(token, name, news);
    const urn = urnOf(token, name);
    const answer = await create(this.session, { urn, token, inputs });
    return { token, urn, ...answer };
  }

  /** Outputs as a preview of the creation shows them. */
  preview(token: string, name: string, news: ValueObject): ValueObject {
    const inputs = this.check(token, name, news);
    return previewCreate(this.session, { urn: urnOf(token, name), token, inputs }).outputs;
  }

  /** What the change of a resource to other inputs means. */
  diff(resource: Made, news: ValueObject, ignoreChanges: readonly string[] = []): DiffResult {
    return diff(this.session, {
      token: resource.token,
      oldInputs: resource.inputs,
      oldOutputs: resource.outputs,
      newInputs: this.check(resource.token, nameOf(resource), news, resource.inputs),
      ignoreChanges,
    });
  }

  /** Outputs as a preview of an update shows them. */
  previewUpdate(resource: Made, news: ValueObject): ValueObject {
    const { token, urn, id } = resource;
    const inputs = this.check(token, nameOf(resource), news, resource.inputs);
    const olds = { oldInputs: resource.inputs, oldOutputs: resource.outputs };
    return previewUpdate(this.session, { token, urn, id, inputs, ...olds }).outputs;
  }

  /** Check and Update. */
  update(resource: Made, news: ValueObject): Made {
    const { token, urn, id } = resource;
    const inputs = this.check(token, nameOf(resource), news, resource.inputs);
    const olds = { oldInputs: resource.inputs, oldOutputs: resource.outputs };
    return { token, urn, ...update(this.session, { token, urn, id, inputs, ...olds }) };
  }

  /** The resource as it is, or `undefined` when it is gone. */
  read(token: string, id: string, known: Partial<ReadRequest> = {}): Made | undefined {
    const answer = read(this.session, { urn: "", token, id, inputs: {}, outputs: {}, ...known });
    return answer.id === "" ? undefined : { token, urn: "", ...answer };
  }

  /** Delete. */
  delete(resource: Made): void {
    const { urn, token, id, inputs, outputs } = resource;
    remove(this.session, { urn, token, id, inputs, outputs });
  }

  /** Changes a resource by hand. */
  drift(resource: Made, path: string, value: Value | undefined): void {
    drift(this.clouds, { selector: resource.urn, changes: [{ path, value }] });
  }

  /** Calls a provider function. */
  invoke(token: string, args: JsonObject = {}): JsonObject {
    return invoke(this.session, token, args);
  }

  /** The message of the refusal of `work`; fails if nothing was refused. */
  refusal(work: () => unknown): string {
    try {
      work();
    } catch (error) {
      if (error instanceof Refused || error instanceof BadRequest) return error.message;
      throw error;
    }
    assert.fail("nothing was refused");
  }

  /** Count of resources in the world. */
  size(): number {
    return this.clouds.world.size();
  }

  /** Ends the lab. */
  close(): void {
    this.clouds.world.close();
  }

  private checked(token: string, name: string, news: ValueObject, olds: ValueObject) {
    const randomSeed = Buffer.from(urnOf(token, name));
    const request = {
      urn: urnOf(token, name),
      token,
      olds,
      news,
      randomSeed,
      autonaming: undefined,
    };
    return check(this.session, request);
  }
}

/** A lab with one provider instance. */
export function openLab(
  packageName: string,
  config: JsonObject = {},
  served: ReadonlyMap<string, CloudPackage> = packages,
): Lab {
  const time = { nowMs: Date.parse(labTime) };
  const clouds: Clouds = {
    world: memoryWorld(),
    packages: served,
    clock: () => new Date(time.nowMs),
  };
  return new Lab(clouds, time, packageName, config);
}

function nameOf(resource: Made): string {
  return resource.urn.slice(resource.urn.lastIndexOf("::") + 2);
}
