/** Everything the control door answers besides /health and /stop. */

import type { Handler } from "./route.ts";
import { driftRoutes } from "./routes/drift.ts";
import { packetRoutes } from "./routes/packet.ts";
import { stateRoutes } from "./routes/state.ts";

export const routes: ReadonlyMap<string, Handler> = new Map(
  [stateRoutes, driftRoutes, packetRoutes].flatMap((some) => Object.entries(some)),
);
