/** Actions in the deployed world, and the logs that tell of them. */

import { act, questionOf } from "../../act/act.ts";
import { BadRequest } from "../../lifecycle/bad-request.ts";
import type { JsonObject } from "../../protocol/value.ts";
import { destinationsOf, recordsIn } from "../../records/destinations.ts";
import type { Routes } from "../route.ts";

export const actRoutes: Routes = {
  "POST /act": async (body, clouds) =>
    JSON.parse(JSON.stringify(await act(clouds, questionOf(body)))) as JsonObject,
  "POST /logs": (body, { world }) => {
    const since = body["since"] ?? "";
    const destination = body["destination"] ?? "";
    const after = body["after"] ?? 0;
    if (typeof since !== "string" || Number.isNaN(Date.parse(since || "1970-01-01"))) {
      throw new BadRequest(`"since" is no time: ${JSON.stringify(since)}`);
    }
    if (typeof destination !== "string") throw new BadRequest('"destination" is no text');
    if (typeof after !== "number") throw new BadRequest('"after" is no number');
    const records = recordsIn(world, { destination, since, after });
    return { records: records.map((record) => ({ ...record })) };
  },
  "GET /logs/destinations": (_body, { world }) => ({
    destinations: destinationsOf(world).map((one) => ({ ...one, kinds: [...one.kinds] })),
  }),
};
