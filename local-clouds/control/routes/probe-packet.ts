/** One packet through the world, for `clouds probe packet`. */

import { nativesBeside } from "../../lifecycle/natives.ts";
import { BadRequest } from "../../lifecycle/session.ts";
import { answerOf, walk } from "../../probe/packet/probe.ts";
import { recordWalk } from "../../probe/packet/record.ts";
import type { JsonObject } from "../../protocol/value.ts";
import { type Routes, textIn } from "../route.ts";

export const packetRoutes: Routes = {
  "POST /probe/packet": (body, clouds) => {
    const { world, records, clock } = clouds;
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
    const walked = walk(world, question, nativesBeside(clouds));
    if (records !== undefined) recordWalk(world, records, walked, clock());
    const answer = answerOf(walked);
    return { ...answer, steps: answer.steps.map((step) => ({ ...step })) };
  },
};

function numberIn(body: JsonObject, key: string): number | undefined {
  const value = body[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number") return value;
  throw new BadRequest(`"${key}" is not a number`);
}
