/** One packet through the world, for `clouds probe packet`. */

import { nativesBeside } from "../../lifecycle/natives.ts";
import { BadRequest } from "../../lifecycle/session.ts";
import { probe } from "../../probe/packet/probe.ts";
import type { JsonObject } from "../../protocol/value.ts";
import { type Routes, textIn } from "../route.ts";

export const packetRoutes: Routes = {
  "POST /probe/packet": (body, clouds) => {
    const question = {
      from: textIn(body, "from"),
      to: textIn(body, "to"),
      protocol: textIn(body, "protocol"),
      port: numberIn(body, "port"),
      sourcePort: numberIn(body, "sourcePort"),
      icmpType: numberIn(body, "icmpType"),
      icmpCode: numberIn(body, "icmpCode"),
      family: numberIn(body, "family"),
    };
    const answer = probe(clouds.world, question, nativesBeside(clouds));
    return { ...answer, steps: answer.steps.map((step) => ({ ...step })) };
  },
};

function numberIn(body: JsonObject, key: string): number | undefined {
  const value = body[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number") return value;
  throw new BadRequest(`"${key}" is not a number`);
}
