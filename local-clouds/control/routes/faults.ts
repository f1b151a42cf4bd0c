/** Faults: armed, listed, disarmed. */

import type { Armed, ArmedFaults } from "../../faults/armed.ts";
import { faultOf } from "../../faults/fault.ts";
import { BadRequest } from "../../lifecycle/bad-request.ts";
import type { Clouds } from "../../lifecycle/session.ts";
import type { JsonObject } from "../../protocol/value.ts";
import { type Routes, textIn } from "../route.ts";

export const faultRoutes: Routes = {
  "GET /faults": (_body, clouds) => listed(armedIn(clouds)),
  "POST /faults": (body, clouds) => {
    const armed = armedIn(clouds);
    armed.arm(faultOf(body));
    return listed(armed);
  },
  "POST /faults/clear": (body, clouds) => ({
    cleared: armedIn(clouds).disarm("id" in body ? textIn(body, "id") : undefined),
  }),
};

function armedIn(clouds: Clouds): ArmedFaults {
  if (clouds.faults !== undefined) return clouds.faults;
  throw new BadRequest("these clouds take no faults");
}

function listed(armed: ArmedFaults): JsonObject {
  return { faults: armed.list().map(shown) };
}

function shown({ fault, asked, struck }: Armed): JsonObject {
  const { id, on, operation, kind, rate, seed, count, delayMs } = fault;
  const limit = count === undefined ? {} : { count };
  const delay = kind === "slow" ? { delayMs } : {};
  return { id, on, op: operation, kind, rate, seed, ...limit, ...delay, asked, struck };
}
