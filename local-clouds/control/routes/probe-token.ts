/** Tokens: presented to the world, minted, and the keys that verify them. */

import { BadRequest } from "../../lifecycle/session.ts";
import { issuerNamed } from "../../probe/token/issuers/index.ts";
import { algorithms, publishedKeys, signingKey } from "../../probe/token/keys.ts";
import { isList, isObject, LiveWorld } from "../../probe/token/live.ts";
import { type MintRequest, mint } from "../../probe/token/mint.ts";
import { type ProbeRequest, probeToken } from "../../probe/token/probe.ts";
import { signInsOf } from "../../probe/token/sign-ins.ts";
import type { Json, JsonObject } from "../../protocol/value.ts";
import { type Routes, textIn } from "../route.ts";

export const probeTokenRoutes: Routes = {
  "POST /probe/token": (body, { world, clock, records }) => {
    const request = probeOf(body);
    const at = clock();
    const answer = probeToken(world, at.getTime(), request);
    if (records !== undefined) {
      for (const signIn of signInsOf(answer, request.context ?? {}, at)) records.signIn(signIn);
    }
    return JSON.parse(JSON.stringify(answer)) as JsonObject;
  },
  "POST /probe/token/mint": (body, { world, clock }) => {
    const nowSeconds = Math.floor(clock().getTime() / 1000);
    return { token: mint(world, new LiveWorld(world), nowSeconds, mintOf(body)) };
  },
  "POST /probe/token/keys": (body, { world }) => {
    const { url } = issuerNamed(new LiveWorld(world), textIn(body, "issuer"));
    signingKey(world, url, "RS256");
    const keys = JSON.parse(JSON.stringify(publishedKeys(world, url))) as Json;
    return { issuer: url, keys };
  },
};

function probeOf(body: JsonObject): ProbeRequest {
  const { token, context, to, follow } = body;
  return {
    ...(token === undefined ? { mint: mintOf(body) } : { token: textIn(body, "token") }),
    ...(context === undefined ? {} : { context: objectIn(body, "context") }),
    ...(to === undefined ? {} : { to: textsIn(body, "to") }),
    follow: follow === true,
  };
}

function mintOf(body: JsonObject): MintRequest {
  const { claims, audience, algorithm } = body;
  const known = algorithms.find((one) => one === algorithm);
  if (algorithm !== undefined && known === undefined) {
    throw new BadRequest(`algorithm is one of ${algorithms.join(", ")}`);
  }
  return {
    issuer: textIn(body, "issuer"),
    ...(claims === undefined ? {} : { claims: objectIn(body, "claims") }),
    ...(audience === undefined ? {} : { audience: textsIn(body, "audience") }),
    ...(known === undefined ? {} : { algorithm: known }),
    expired: body["expired"] === true,
    notYetValid: body["notYetValid"] === true,
  };
}

function objectIn(body: JsonObject, key: string): JsonObject {
  const value = body[key];
  if (isObject(value)) return value;
  throw new BadRequest(`"${key}" is no object`);
}

function textsIn(body: JsonObject, key: string): readonly string[] {
  const value = body[key];
  if (isList(value)) {
    const texts = value.filter((item) => typeof item === "string");
    if (texts.length === value.length) return texts;
  }
  throw new BadRequest(`"${key}" is no list of texts`);
}
