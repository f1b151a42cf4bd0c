/** A token as an issuer of the world signs it. */

import type { JsonObject } from "../../protocol/value.ts";
import type { World } from "../../world/world.ts";
import { issuerNamed } from "./issuers/index.ts";
import { signJwt } from "./jwt.ts";
import { type Algorithm, signingKey } from "./keys.ts";
import type { LiveWorld } from "./live.ts";

/** What to mint. */
export interface MintRequest {
  /** A name as `issuerNamed` knows it, or an https:// URL. */
  readonly issuer: string;
  /** Claims in place of the usual ones, `iss`, `exp` and so on included. */
  readonly claims?: JsonObject;
  readonly audience?: readonly string[];
  /** The token's time is over. */
  readonly expired?: boolean;
  /** The token's time has not begun. */
  readonly notYetValid?: boolean;
  readonly algorithm?: Algorithm;
}

/** How far in the past or future the time of a token lies that is not valid now, in seconds. */
const awaySeconds = 7200;

/** Mints a token; the issuer's key is made where there is none yet. */
export function mint(
  world: World,
  live: LiveWorld,
  nowSeconds: number,
  request: MintRequest,
): string {
  const issuer = issuerNamed(live, request.issuer);
  const given = request.claims ?? {};
  const shift =
    request.expired === true ? -awaySeconds : request.notYetValid === true ? awaySeconds : 0;
  const start = nowSeconds + shift;
  const audience = request.audience ?? [];
  const [first = issuer.audience] = audience;
  const algorithm = request.algorithm ?? "RS256";
  const { kid, key } = signingKey(world, issuer.url, algorithm);
  const claims = {
    iss: issuer.url,
    aud: audience.length > 1 ? [...audience] : first,
    iat: start,
    nbf: start,
    exp: start + issuer.lifetimeSeconds,
    ...issuer.claims(given),
    ...given,
  };
  return signJwt({ alg: algorithm, kid, typ: "JWT" }, claims, key);
}
