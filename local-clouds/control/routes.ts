/** Everything the control door answers besides /health and /stop. */

import type { Handler } from "./route.ts";
import { driftRoutes } from "./routes/drift.ts";
import { faultRoutes } from "./routes/faults.ts";
import { stateRoutes } from "./routes/state.ts";

export const routes: ReadonlyMap<string, Handler> = new Map(
  [stateRoutes, driftRoutes, faultRoutes].flatMap((some) => Object.entries(some)),
);
