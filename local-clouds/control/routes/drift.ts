/** What somebody does by hand, past every engine. */

import { drift, vanish } from "../../lifecycle/drift.ts";
import { decode } from "../../protocol/wire.ts";
import { type Routes, textIn } from "../route.ts";
import { shown } from "./state.ts";

export const driftRoutes: Routes = {
  "POST /drift": (body, clouds) => {
    const value = "value" in body ? decode(body["value"] ?? null) : undefined;
    return shown(
      drift(clouds, { selector: textIn(body, "id"), path: textIn(body, "path"), value }),
    );
  },
  "POST /vanish": (body, clouds) => shown(vanish(clouds, textIn(body, "id"))),
};
