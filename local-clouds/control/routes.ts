/** Everything the control door answers besides /health and /stop. */

import type { Handler } from "./route.ts";
import { actRoutes } from "./routes/act.ts";
import { driftRoutes } from "./routes/drift.ts";
import { faultRoutes } from "./routes/faults.ts";
import { packetRoutes } from "./routes/probe-packet.ts";
import { probeTokenRoutes } from "./routes/probe-token.ts";
import { stateRoutes } from "./routes/state.ts";

const all = [stateRoutes, driftRoutes, faultRoutes, packetRoutes, probeTokenRoutes, actRoutes];

export const routes: ReadonlyMap<string, Handler> = new Map(
  all.flatMap((some) => Object.entries(some)),
);
