/**
 * A token at the Security Token Service (Security Token Service API, "Method: token", `subjectToken`:
 * headers `kid` and `alg`, RS256 or ES256; payload `iss`, `iat` in the past, `exp`, `sub`, `aud`).
 */

import type { JsonObject } from "../../../protocol/value.ts";
import type { PublicJwk } from "../jwt.ts";
import { at, isList, isObject, textAt } from "../live.ts";
import type { Presented } from "../presented.ts";
import { type Check, every, no, type Reason, unclear, yes } from "../verdict.ts";

const source = "Security Token Service API, Method: token, subjectToken";

const algorithms = ["RS256", "ES256"];
/** Longest time from `iat` to `exp` that no page forbids, in seconds; from the other on all forbid it. */
const lifetimeSeconds = { surely: 86_400, never: 172_800 };

/** What is asked of every token, whatever the pool. `jwks` is the provider's own key set, if it has one. */
export function tokenExchanges(token: Presented, jwks: string): Check {
  return every([
    () => headerFits(token),
    () => token.signed(source, jwks === "" ? undefined : keysOf(jwks)),
    () => token.current(source),
    () => issuedInTime(token),
  ]);
}

function headerFits(token: Presented): Check {
  if (!algorithms.includes(token.algorithm)) {
    return no(reasonOf("signature", "alg", token.algorithm || "no alg", algorithms.join(" or ")));
  }
  return textAt(token.jwt.header, "kid") === ""
    ? no(reasonOf("signature", "kid", "no kid", "the id of the signing key"))
    : yes;
}

function issuedInTime(token: Presented): Check {
  const { iat, exp } = token.claims;
  if (typeof iat !== "number") return no(reasonOf("time", "iat", "no iat", "a time in the past"));
  if (iat > token.nowSeconds) {
    return no(reasonOf("time", "iat", `${iat - token.nowSeconds} s in the future`, "the past"));
  }
  const lifetime = typeof exp === "number" ? exp - iat : 0;
  const reason = reasonOf(
    "time",
    "exp",
    `${lifetime} s after iat`,
    `at most ${lifetimeSeconds.surely} s after it`,
  );
  if (lifetime >= lifetimeSeconds.never) return no(reason);
  return lifetime > lifetimeSeconds.surely ? unclear(reason) : yes;
}

function keysOf(jwks: string): readonly PublicJwk[] {
  try {
    const set = JSON.parse(jwks) as JsonObject;
    const keys = at(set, "keys");
    return isList(keys) ? (keys.filter(isObject) as readonly PublicJwk[]) : [];
  } catch {
    return [];
  }
}

function reasonOf(stage: string, rule: string, got: string, wanted: string): Reason {
  return { stage, rule, got, wanted, source };
}
