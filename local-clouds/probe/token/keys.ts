/**
 * The signing keys of the world's issuers. Each is made once, when its issuer first signs, and kept
 * with the world, so that a token verifies later and a forged one does not.
 */

import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
} from "node:crypto";
import type { World } from "../../world/world.ts";
import type { PublicJwk } from "./jwt.ts";

/** Algorithms the issuers sign by. */
export const algorithms = ["RS256", "ES256", "ES384"] as const;
/** One of them. */
export type Algorithm = (typeof algorithms)[number];

/** Length of an RSA key. */
const modulusBits = 2048;

/** A key that an issuer signs by. */
export interface SigningKey {
  readonly kid: string;
  readonly key: KeyObject;
}

/** The key of an issuer, made where there is none yet. */
export function signingKey(world: World, issuer: string, algorithm: Algorithm): SigningKey {
  const known = world.mark(keyMark(issuer, algorithm));
  const jwk = known === undefined ? newKey(algorithm) : (JSON.parse(known) as JsonWebKey);
  if (known === undefined) world.setMark(keyMark(issuer, algorithm), JSON.stringify(jwk));
  const key = createPrivateKey({ key: jwk, format: "jwk" });
  return { kid: kidOf(publicPart(key)), key };
}

/** The keys that an issuer publishes; none while it has not signed anything. */
export function publishedKeys(world: World, issuer: string): readonly PublicJwk[] {
  return algorithms.flatMap((alg) => {
    const known = world.mark(keyMark(issuer, alg));
    if (known === undefined) return [];
    const jwk = publicPart(
      createPrivateKey({ key: JSON.parse(known) as JsonWebKey, format: "jwk" }),
    );
    return [{ ...jwk, kid: kidOf(jwk), alg, use: "sig" }];
  });
}

/** The note under which the world keeps a key. */
export function keyMark(issuer: string, algorithm: Algorithm): string {
  return `issuer key ${algorithm} ${issuer}`;
}

function newKey(algorithm: Algorithm): JsonWebKey {
  const { privateKey } =
    algorithm === "RS256"
      ? generateKeyPairSync("rsa", { modulusLength: modulusBits })
      : generateKeyPairSync("ec", { namedCurve: algorithm === "ES256" ? "P-256" : "P-384" });
  return privateKey.export({ format: "jwk" });
}

function publicPart(key: KeyObject): JsonWebKey {
  return createPublicKey(key).export({ format: "jwk" });
}

/** The thumbprint of a key: SHA-256 over its required members in order of their names (RFC 7638). */
function kidOf(jwk: JsonWebKey): string {
  const members = jwk.kty === "EC" ? ["crv", "kty", "x", "y"] : ["e", "kty", "n"];
  const fields = members.map((name) => [name, (jwk as Record<string, unknown>)[name]] as const);
  return createHash("sha256")
    .update(JSON.stringify(Object.fromEntries(fields)))
    .digest("base64url");
}
