/** A token as it is presented, with what every verifier asks of it first. */

import type { JsonObject } from "../../protocol/value.ts";
import type { World } from "../../world/world.ts";
import { type Jwt, type PublicJwk, signatureFault } from "./jwt.ts";
import { publishedKeys } from "./keys.ts";
import { textAt, textsAt } from "./live.ts";
import { type Check, no, unclear, yes } from "./verdict.ts";

/** What some keys say of the signature. */
interface Verified {
  readonly keys: readonly PublicJwk[];
  readonly fault: string | undefined;
}

/** A token and the circumstances under which it is presented. */
export class Presented {
  readonly jwt: Jwt;
  /** The time of the presentation, in seconds since 1970. */
  readonly nowSeconds: number;
  /** Facts of the request that no token tells, e.g. `ip`, `platform`. */
  readonly context: JsonObject;
  private readonly world: World;
  private issuerSays: Verified | undefined;

  constructor(world: World, jwt: Jwt, nowSeconds: number, context: JsonObject) {
    this.world = world;
    this.jwt = jwt;
    this.nowSeconds = nowSeconds;
    this.context = context;
  }

  get claims(): JsonObject {
    return this.jwt.claims;
  }
  get issuer(): string {
    return textAt(this.claims, "iss");
  }
  get subject(): string {
    return textAt(this.claims, "sub");
  }
  get audiences(): readonly string[] {
    return textsAt(this.claims, "aud");
  }
  get algorithm(): string {
    return textAt(this.jwt.header, "alg");
  }

  /** Whether a key of the issuer, or of a set that the verifier was given, made the signature. */
  signed(source: string, given?: readonly PublicJwk[]): Check {
    const { keys, fault } = given === undefined ? this.byIssuer() : this.verified(given);
    if (fault === undefined) return yes;
    return no({
      stage: "signature",
      rule: given === undefined ? `the keys of ${this.issuer}` : "the keys given to the provider",
      got: fault,
      wanted:
        keys.length === 0 ? "an issuer of this world with keys" : `alg and kid of ${listed(keys)}`,
      source,
    });
  }

  /** Every verifier without keys of its own asks the issuer; the answer is the same for all. */
  private byIssuer(): Verified {
    this.issuerSays ??= this.verified(publishedKeys(this.world, this.issuer));
    return this.issuerSays;
  }

  private verified(keys: readonly PublicJwk[]): Verified {
    return { keys, fault: signatureFault(this.jwt, keys) };
  }

  /** Whether the present lies within the token's time (RFC 7519 §4.1.4 and §4.1.5). */
  current(source: string): Check {
    const { exp, nbf } = this.claims;
    const reason = (rule: string, got: string, wanted: string) => ({
      stage: "time",
      rule,
      got,
      wanted,
      source,
    });
    if (typeof exp !== "number") return no(reason("exp", "no exp", "an exp in the future"));
    if (exp <= this.nowSeconds) {
      return no(reason("exp", timeText(exp), `later than ${timeText(this.nowSeconds)}`));
    }
    if (nbf === undefined) return yes;
    if (typeof nbf !== "number") return unclear(reason("nbf", String(nbf), "a number"));
    return nbf > this.nowSeconds
      ? no(reason("nbf", timeText(nbf), `not later than ${timeText(this.nowSeconds)}`))
      : yes;
  }
}

function listed(keys: readonly PublicJwk[]): string {
  return keys.map((key) => `${key.alg ?? key.kty ?? "?"} ${key.kid ?? "without kid"}`).join(", ");
}

function timeText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000", "");
}
