/** What an allowed action does to the world, and doing it. */

import { createByHand } from "../lifecycle/by-hand.ts";
import { drift, vanish } from "../lifecycle/drift.ts";
import type { Clouds } from "../lifecycle/session.ts";
import { type Live, type LiveWorld, textAt } from "../probe/token/live.ts";
import { type JsonObject, revealObject, type Value, type ValueObject } from "../protocol/value.ts";

/** A change as the service would make it; the result is what the call answers. */
export type Change =
  | { readonly kind: "none"; readonly result: JsonObject }
  | {
      readonly kind: "create";
      readonly token: string;
      readonly name: string;
      readonly inputs: ValueObject;
      readonly config: JsonObject;
      /** Outputs that the call answers, by the names that its service gives them. */
      readonly shows: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: "set";
      readonly row: number;
      readonly changes: Readonly<Record<string, Value | undefined>>;
    }
  | { readonly kind: "remove"; readonly row: number };

/** Nothing changes; the call answers something. */
export function answers(result: JsonObject = {}): Change {
  return { kind: "none", result };
}

/** Some properties change; `undefined` removes one. */
export function sets(live: Live, changes: Readonly<Record<string, Value | undefined>>): Change {
  return { kind: "set", row: live.row, changes };
}

/** A resource goes. */
export function removes(live: Live): Change {
  return { kind: "remove", row: live.row };
}

/**
 * Makes a change through the lifecycle, without a URN: no engine knows of it. Throws `Refused` and
 * `BadRequest` as the lifecycle does, the world unchanged.
 */
export async function apply(clouds: Clouds, change: Change): Promise<JsonObject> {
  // The call itself is recorded, by who made it: what it comes down to is no call of its own.
  const { records: _, ...quiet } = clouds;
  switch (change.kind) {
    case "none":
      return change.result;
    case "create": {
      const { token, name, inputs, config, shows } = change;
      const row = await createByHand(quiet, { token, name, inputs, config });
      const outputs = revealObject(row.outputs, row.id);
      const shown = Object.entries(shows).map(([as, key]) => [
        as,
        key === "id" ? row.id : textAt(outputs, key),
      ]);
      return { ...(Object.fromEntries(shown) as JsonObject), row: row.row };
    }
    case "set": {
      const changes = Object.entries(change.changes).map(([path, value]) => ({ path, value }));
      drift(quiet, { selector: `row:${change.row}`, changes });
      return { row: change.row };
    }
    case "remove":
      vanish(quiet, `row:${change.row}`);
      return { row: change.row };
  }
}

/** The first resource of a type whose properties have these texts. */
export function findLive(
  live: LiveWorld,
  token: string,
  properties: Readonly<Record<string, string>>,
): Live | undefined {
  return live
    .of(token)
    .find((one) =>
      Object.entries(properties).every(([key, text]) => textAt(one.properties, key) === text),
    );
}
