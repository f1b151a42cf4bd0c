/** Packets through the world, for `clouds probe packet`: one, or many through one snapshot. */

import { setImmediate } from "node:timers/promises";
import { nativesBeside } from "../../lifecycle/natives.ts";
import { BadRequest, type Clouds } from "../../lifecycle/session.ts";
import { Deployed } from "../../probe/packet/deployed.ts";
import { type Answer, answerOf, type Question, walk } from "../../probe/packet/probe.ts";
import { recordWalk } from "../../probe/packet/record.ts";
import type { Json, JsonObject } from "../../protocol/value.ts";
import { type Routes, textIn } from "../route.ts";

/** Most packets of one request. */
const packetsMax = 200_000;

/** Packets walked before other requests have their turn. */
const packetsATurn = 200;

export const packetRoutes: Routes = {
  "POST /probe/packet": (body, clouds) => {
    const { world, records, clock } = clouds;
    const walked = walk(snapshot(clouds), questionIn(body));
    if (records !== undefined) recordWalk(world, records, walked, clock());
    return shown(answerOf(walked), true);
  },
  "POST /probe/packets": async (body, clouds) => {
    const packets = packetsIn(body);
    const deployed = snapshot(clouds);
    const answers: Json[] = [];
    for (const [i, packet] of packets.entries()) {
      if (i > 0 && i % packetsATurn === 0) await setImmediate();
      answers.push(answerTo(deployed, packet, body["steps"] === true));
    }
    return { answers };
  },
};

function snapshot(clouds: Clouds): Deployed {
  return new Deployed(clouds.world, nativesBeside(clouds));
}

/** What a question means nothing of is answered in its place: the others still have theirs. */
function answerTo(deployed: Deployed, packet: Json, steps: boolean): JsonObject {
  try {
    if (!isObject(packet)) throw new BadRequest("a packet that is not a JSON object");
    return shown(answerOf(walk(deployed, questionIn(packet))), steps);
  } catch (error) {
    if (error instanceof BadRequest) return { error: error.message };
    throw error;
  }
}

function shown(answer: Answer, withSteps: boolean): JsonObject {
  const { steps, ...rest } = answer;
  return withSteps ? { ...rest, steps: steps.map((step) => ({ ...step })) } : rest;
}

function packetsIn(body: JsonObject): readonly Json[] {
  const packets = body["packets"];
  if (!Array.isArray(packets)) throw new BadRequest('the body lacks the list "packets"');
  if (packets.length <= packetsMax) return packets;
  throw new BadRequest(`${packets.length} packets: at most ${packetsMax} fit one request`);
}

function questionIn(body: JsonObject): Question {
  return {
    from: textIn(body, "from"),
    to: textIn(body, "to"),
    protocol: textIn(body, "protocol"),
    port: numberIn(body, "port"),
    sourcePort: numberIn(body, "sourcePort"),
    icmpType: numberIn(body, "icmpType"),
    icmpCode: numberIn(body, "icmpCode"),
    family: numberIn(body, "family"),
  };
}

function numberIn(body: JsonObject, key: string): number | undefined {
  const value = body[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number") return value;
  throw new BadRequest(`"${key}" is not a number`);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
