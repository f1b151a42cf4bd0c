/** The world as a whole: shown, emptied. */

import { forgetLenient, lenientTypes } from "../../lifecycle/lenient.ts";
import type { JsonObject } from "../../protocol/value.ts";
import { encodeObject } from "../../protocol/wire.ts";
import type { ResourceRow } from "../../world/record.ts";
import type { Routes } from "../route.ts";

export const stateRoutes: Routes = {
  "GET /state": (_body, { world }) => ({
    resources: world.all().map(shown),
    lenient: lenientTypes(world),
  }),
  "POST /reset": (_body, { world }) => {
    world.reset();
    forgetLenient(world);
    return { resources: 0 };
  },
};

/** A resource as the door shows it: secrets keep their mark. */
export function shown(row: ResourceRow): JsonObject {
  const { package: name, account, region, token, id, urn, revision, createdAt, companionOf } = row;
  return {
    package: name,
    account,
    region,
    token,
    id,
    urn,
    revision,
    createdAt,
    companion: companionOf !== undefined,
    inputs: encodeObject(row.inputs, true),
    outputs: encodeObject(row.outputs, true),
  };
}
