/** The stack `local` of a checkout of its own, by Bulkhead's own commands. */
import assert from "node:assert/strict";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { ask, type WorldResource, worldState } from "../../automation/clouds/control.ts";
import { type Descriptor, parseDescriptor } from "../../automation/clouds/descriptor.ts";
import { heldInBackend } from "../../automation/clouds/held.ts";
import { unmanaged } from "../../automation/clouds/unmanaged.ts";
import { foldersOf } from "../../automation/engine/folders.ts";
import { findStack } from "../../automation/engine/stack-place.ts";
import { exportStack } from "../../automation/engine/stack-state.ts";
import { Checkout, type Outcome } from "./checkout.ts";
import type { FaultOperationName, FaultProject, ProgramVersion, Snapshot } from "./fault-suite.ts";

/** The state of a checkout's stack `local`, which lies in a file. */
export function exportedState({ dir }: Checkout): Promise<string> {
  const engine = () => Promise.reject(new Error("the state of local is in a file"));
  return exportStack(findStack(dir, "local"), foldersOf(dir), engine);
}

/** What the second version of the program changes. */
const retention = { file: "stacks/Pulumi.local.yaml", first: "365", second: "400" };

/** A checkout whose clouds keep running; `close` ends and removes all of it. */
export class LocalStack implements FaultProject {
  private readonly checkout: Checkout;
  readonly clouds: Descriptor;
  private version: ProgramVersion = "1";
  private snapshots = 0;

  private constructor(checkout: Checkout, clouds: Descriptor) {
    this.checkout = checkout;
    this.clouds = clouds;
  }

  static async open(): Promise<LocalStack> {
    const checkout = new Checkout();
    const started = await checkout.run(["clouds", "start", "--json"]);
    assert.equal(started.code, 0, started.stderr);
    const clouds = parseDescriptor(JSON.parse(started.stdout));
    assert.ok(clouds, started.stdout);
    return new LocalStack(checkout, clouds);
  }

  run(
    operation: FaultOperationName,
    version: ProgramVersion,
    ...more: readonly string[]
  ): Promise<Outcome> {
    if (version !== this.version) {
      const { file, first, second } = retention;
      const [from, to] = version === "2" ? [first, second] : [second, first];
      this.checkout.edit(file, `logRetentionDays: ${from}`, `logRetentionDays: ${to}`);
      this.version = version;
    }
    return this.checkout.run([operation, "local", ...more], { PULUMI_CONTINUE_ON_ERROR: "true" });
  }

  /** The state of the stack, as an export. */
  exported(): Promise<string> {
    return exportedState(this.checkout);
  }

  ask(method: "GET" | "POST", path: string, body?: unknown) {
    return ask(this.clouds, method, path, body);
  }

  world(): Promise<WorldResource[]> {
    return worldState(this.clouds);
  }

  async unmanaged(): Promise<WorldResource[]> {
    return unmanaged(await this.world(), heldInBackend(this.state));
  }

  async snapshot(): Promise<Snapshot> {
    const state = this.checkout.path(".bulkhead", `state-${this.snapshots++}`);
    mkdirSync(this.state, { recursive: true });
    cpSync(this.state, state, { recursive: true });
    return { world: await this.ask("GET", "/state/export"), state };
  }

  async restore({ world, state }: Snapshot): Promise<void> {
    await this.ask("POST", "/reset");
    await this.ask("POST", "/state/import", world);
    rmSync(this.state, { recursive: true, force: true });
    cpSync(state, this.state, { recursive: true });
  }

  async close(): Promise<void> {
    await this.checkout.run(["clouds", "stop"]);
    this.checkout.remove();
  }

  private get state(): string {
    return this.checkout.path(".bulkhead", "state");
  }
}
