/** Everything the control door answers besides /health and /stop. */

import type { Handler } from "./route.ts";
import { driftRoutes } from "./routes/drift.ts";
import { probeTokenRoutes } from "./routes/probe-token.ts";
import { stateRoutes } from "./routes/state.ts";

export const routes: ReadonlyMap<string, Handler> = new Map(
  [stateRoutes, driftRoutes, probeTokenRoutes].flatMap((some) => Object.entries(some)),
);
