/** `clouds probe token`: a token is presented to the deployed world. */

import { BadRequest } from "../../lifecycle/session.ts";
import type { JsonObject } from "../../protocol/value.ts";
import type { World } from "../../world/world.ts";
import { followed } from "./follow/follow.ts";
import { parseJwt } from "./jwt.ts";
import { LiveWorld } from "./live.ts";
import { type MintRequest, mint } from "./mint.ts";
import { presentToAll } from "./present.ts";
import { Presented } from "./presented.ts";
import type { Verdict } from "./verdict.ts";

/** A request to present a token. */
export interface ProbeRequest {
  /** A token as it is; else one is minted. */
  readonly token?: string;
  /** What to mint, as {@link MintRequest} has it. */
  readonly mint?: MintRequest;
  /** Only targets whose id ends so. */
  readonly to?: readonly string[];
  /** Facts of the request beside the token, e.g. `ip`. */
  readonly context?: JsonObject;
  /** Show what each identity can become next. */
  readonly follow?: boolean;
}

/** What a presentation shows. */
export interface ProbeAnswer {
  readonly token: string;
  readonly claims: JsonObject;
  readonly verdicts: readonly Verdict[];
}

/** Presents a token. */
export function probeToken(world: World, nowMs: number, request: ProbeRequest): ProbeAnswer {
  const live = new LiveWorld(world);
  const nowSeconds = Math.floor(nowMs / 1000);
  const raw = request.token ?? mint(world, live, nowSeconds, request.mint ?? { issuer: "github" });
  const jwt = parseJwt(raw);
  if (typeof jwt === "string") throw new BadRequest(`no JSON Web Token: ${jwt}`);
  const token = new Presented(world, jwt, nowSeconds, request.context ?? {});
  const wanted = (verdict: Verdict) =>
    request.to === undefined || request.to.some((end) => verdict.id.endsWith(end));
  const verdicts = presentToAll(live, token).filter(wanted);
  return {
    token: raw,
    claims: jwt.claims,
    verdicts: request.follow === true ? followed(world, live, token, verdicts) : verdicts,
  };
}
