/** Everything the control door answers besides /health and /stop. */

import type { Handler } from "./route.ts";
import { driftRoutes } from "./routes/drift.ts";
import { stateRoutes } from "./routes/state.ts";

export const routes: ReadonlyMap<string, Handler> = new Map(
  [stateRoutes, driftRoutes].flatMap((some) => Object.entries(some)),
);
