/** `clouds act`: an API action in the deployed world, if the world allows it. */

import { BadRequest } from "../lifecycle/bad-request.ts";
import { type Clouds, Refused } from "../lifecycle/session.ts";
import { LiveWorld, textAt } from "../probe/token/live.ts";
import type { Reason } from "../probe/token/verdict.ts";
import type { JsonObject } from "../protocol/value.ts";
import type { Call, CallError } from "../records/call.ts";
import { destinationText } from "../records/destinations.ts";
import type { RecordData } from "../world/world.ts";
import type { Acting } from "./acting.ts";
import { apply } from "./change.ts";
import { actingOf } from "./cloud.ts";
import { type Answer, type Outcome, outcomeOf, type Question } from "./question.ts";

/** Address from which somebody acts who told none (RFC 5737: nobody real). */
const somewhere = "192.0.2.1";
const userAgent = "bulkhead-clouds-act";

/** What came of an action. */
interface Done {
  readonly outcome: Outcome;
  readonly reason: Reason;
  readonly result: JsonObject;
  readonly error?: CallError;
}

/**
 * Decides, does it where it is allowed, and records it where records go. Throws `BadRequest` for a
 * question that means nothing.
 */
export async function act(clouds: Clouds, question: Question): Promise<Answer> {
  const { world, clock } = clouds;
  const at = clock();
  const acting = actingOf(clouds, new LiveWorld(world), question, at);
  // Whoever listened before the action hears of it: the last thing a trail tells is that it stops.
  const listening = clouds.records?.listen(acting.cloud);
  const done = await perform(clouds, acting, question);
  // What cannot be told is not told by a log either.
  const records =
    done.outcome === "cannot tell" ? [] : (listening?.(callOf(acting, question, done, at)) ?? []);
  world.deliver(records);
  const { cloud, as, resource } = acting;
  const { outcome, reason, result } = done;
  const places = records.map((record: RecordData) => destinationText(world, record));
  return { cloud, as, action: question.action, resource, outcome, reason, result, records: places };
}

async function perform(clouds: Clouds, acting: Acting, question: Question): Promise<Done> {
  const { check, refusal } = acting;
  const outcome = outcomeOf(check);
  const reason = check.reason ?? nothingForbids(acting);
  if (outcome === "denied") return { outcome, reason, result: {}, error: refusal };
  if (outcome !== "allowed") return { outcome, reason, result: {} };
  try {
    const change = acting.change();
    if (change === undefined)
      return { outcome: "cannot tell", reason: noDeed(question), result: {} };
    return { outcome, reason, result: await apply(clouds, change) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { code, message } = error;
    return {
      outcome: "failed",
      reason: failure(reason, code, message),
      result: {},
      error: { code, message },
    };
  }
}

function nothingForbids({ as, resource }: Acting): Reason {
  return { stage: "policies", rule: "allowed", got: as, wanted: "", source: resource };
}

/** It may, but nobody told what it changes: better no answer than a wrong world. */
function noDeed({ action }: Question): Reason {
  return {
    stage: "action",
    rule: action,
    got: "the policies allow it",
    wanted: "an action whose effect the local clouds know",
    source: "docs/act-and-logs.md",
  };
}

function failure(reason: Reason, code: string, message: string): Reason {
  return {
    ...reason,
    stage: "service",
    rule: code,
    got: message,
    wanted: "a request that the service takes",
  };
}

function callOf(acting: Acting, question: Question, done: Done, at: Date): Call {
  const { cloud, caller, resource, account, region, request, grounds } = acting;
  const { row: _, ...response } = done.result;
  return {
    cloud,
    caller,
    action: question.action,
    resource,
    account,
    region,
    at,
    request,
    response,
    error: done.error,
    sourceIp: textAt(question.context, "ip") || somewhere,
    userAgent,
    ...(grounds === undefined ? {} : { grounds }),
  };
}

/** The question of a request's body; throws `BadRequest` where a part is missing. */
export function questionOf(body: JsonObject): Question {
  const text = (key: string) => {
    const value = textAt(body, key);
    if (value === "") throw new BadRequest(`the body lacks the text "${key}"`);
    return value;
  };
  const object = (key: string): JsonObject => {
    const value = body[key] ?? {};
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return value as JsonObject;
    throw new BadRequest(`"${key}" is no object`);
  };
  return {
    as: text("as"),
    to: textAt(body, "to"),
    action: text("action"),
    resource: text("resource"),
    with: object("with"),
    context: object("context"),
  };
}
