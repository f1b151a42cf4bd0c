/** What a cloud's logging is to the recorder: which settings matter, and where they send what. */

import type { LiveWorld } from "../probe/token/live.ts";
import type { RecordData, World } from "../world/world.ts";
import type { Call } from "./call.ts";
import type { Flow } from "./flow.ts";
import type { SignIn } from "./sign-in.ts";

/** The deployed logging settings, and the world in which destinations are looked up. */
export interface Routes {
  readonly world: World;
  readonly live: LiveWorld;
}

/** One cloud's logging. */
export interface Logging {
  /** Types that decide what is delivered where: trails, settings, sinks, policies of destinations. */
  readonly tokens: readonly string[];
  /** Types without one of which nothing is ever delivered. */
  readonly sources: readonly string[];
  readonly calls?: (routes: Routes, call: Call) => readonly RecordData[];
  readonly flows?: (routes: Routes, flow: Flow) => readonly RecordData[];
  readonly signIns?: (routes: Routes, signIn: SignIn) => readonly RecordData[];
}

/** The row of a destination that exists; `key` is its id. */
export function destinationRow(
  world: World,
  tokens: readonly string[],
  key: string,
): number | undefined {
  for (const token of tokens) {
    const row = world.rowNamed(token, key);
    if (row !== undefined) return row;
  }
  return undefined;
}
