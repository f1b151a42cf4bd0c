/** The world as a whole: shown, carried away, brought in, emptied. */

import { forgetLenient, lenientTypes } from "../../lifecycle/lenient.ts";
import { select } from "../../lifecycle/select.ts";
import type { JsonObject } from "../../protocol/value.ts";
import { encodeObject } from "../../protocol/wire.ts";
import type { ResourceRow } from "../../world/record.ts";
import { exportWorld, importWorld } from "../../world/transfer.ts";
import { type Routes, textIn } from "../route.ts";

export const stateRoutes: Routes = {
  "GET /state": (_body, { world }) => ({
    resources: world.all().map(shown),
    lenient: lenientTypes(world),
  }),
  "POST /state/show": (body, clouds) => shown(select(clouds, textIn(body, "id"))),
  "GET /state/export": (_body, { world }) => exportWorld(world),
  "POST /state/import": (body, { world }) => {
    importWorld(world, body);
    return { resources: world.size() };
  },
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
    row: row.row,
    package: name,
    account,
    region,
    token,
    id,
    urn,
    revision,
    createdAt,
    companionOf: companionOf ?? null,
    inputs: encodeObject(row.inputs, true),
    outputs: encodeObject(row.outputs, true),
  };
}
