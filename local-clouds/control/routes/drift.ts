/** What somebody does by hand, past every engine. */

import { BadRequest } from "../../lifecycle/bad-request.ts";
import { createByHand } from "../../lifecycle/by-hand.ts";
import { drift, type PropertyDrift, vanish } from "../../lifecycle/drift.ts";
import { isList, isObject, type Json, type JsonObject } from "../../protocol/value.ts";
import { decode, decodeObject } from "../../protocol/wire.ts";
import { type Routes, textIn } from "../route.ts";
import { shown } from "./state.ts";

export const driftRoutes: Routes = {
  "POST /drift": (body, clouds) =>
    shown(drift(clouds, { selector: textIn(body, "id"), changes: changesIn(body) })),
  "POST /drift/delete": (body, clouds) => shown(vanish(clouds, textIn(body, "id"))),
  "POST /drift/create": async (body, clouds) =>
    shown(
      await createByHand(clouds, {
        token: textIn(body, "token"),
        name: textIn(body, "name"),
        inputs: decodeObject(objectIn(body, "inputs")),
        config: objectIn(body, "config"),
      }),
    ),
};

/** A change without a value removes the property. */
function changesIn(body: JsonObject): PropertyDrift[] {
  const changes = body["changes"];
  if (!isList(changes) || changes.length === 0) throw new BadRequest("the body lacks changes");
  return changes.map((change) => {
    if (!isObject(change)) throw new BadRequest("a change must be an object");
    const one = change as JsonObject;
    const value = "value" in one ? decode(one["value"] ?? null) : undefined;
    return { path: textIn(one, "path"), value };
  });
}

function objectIn(body: JsonObject, key: string): JsonObject {
  const value: Json = body[key] ?? {};
  if (!isObject(value)) throw new BadRequest(`${key} must be an object`);
  return value as JsonObject;
}
