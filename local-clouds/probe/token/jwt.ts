/** JSON Web Tokens: taken apart, signed, verified (RFC 7515, RFC 7518, RFC 7519). */

import { createPublicKey, type JsonWebKey, type KeyObject, sign, verify } from "node:crypto";
import type { Json, JsonObject } from "../../protocol/value.ts";
import { isObject } from "./live.ts";

/** A token taken apart; nothing in it is verified. */
export interface Jwt {
  readonly raw: string;
  readonly header: JsonObject;
  readonly claims: JsonObject;
}

/** A public key as a JWKS holds it. */
export type PublicJwk = JsonWebKey & { readonly kid?: string; readonly alg?: string };

/** Node's name of the hash behind each algorithm that issuers of the world may use (RFC 7518 §3.1). */
const hashes: Readonly<Record<string, string>> = {
  RS256: "sha256",
  RS384: "sha384",
  RS512: "sha512",
  ES256: "sha256",
  ES384: "sha384",
  ES512: "sha512",
};

/** Takes a compact token apart; what is wrong with one that is none is told by a text. */
export function parseJwt(raw: string): Jwt | string {
  const parts = raw.trim().split(".");
  const [header = "", claims = ""] = parts;
  if (parts.length !== 3) return `${parts.length} parts instead of 3`;
  const [head, body] = [decoded(header), decoded(claims)];
  if (head === undefined) return "a header that is no JSON object";
  if (body === undefined) return "claims that are no JSON object";
  return { raw: raw.trim(), header: head, claims: body };
}

function decoded(part: string): JsonObject | undefined {
  try {
    const value = JSON.parse(Buffer.from(part, "base64url").toString("utf8")) as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A signed token. */
export function signJwt(header: JsonObject, claims: JsonObject, key: KeyObject): string {
  const input = `${encoded(header)}.${encoded(claims)}`;
  const hash = hashes[String(header["alg"])];
  if (hash === undefined) throw new RangeError(`no algorithm ${String(header["alg"])}`);
  const signature = sign(hash, Buffer.from(input), { key, dsaEncoding: "ieee-p1363" });
  return `${input}.${signature.toString("base64url")}`;
}

function encoded(value: JsonObject): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** Why no key of a set verifies a token; `undefined` when one does. */
export function signatureFault(jwt: Jwt, keys: readonly PublicJwk[]): string | undefined {
  const alg = String(jwt.header["alg"] ?? "no alg");
  const hash = hashes[alg];
  // RFC 8725 §3.1: the verifier decides which algorithms it takes, never the token.
  if (hash === undefined) return `alg ${alg}`;
  const kid = jwt.header["kid"];
  const fitting = keys.filter((key) => kid === undefined || key.kid === kid);
  if (fitting.length === 0) return `kid ${String(kid)}`;
  const family = alg.startsWith("ES") ? "EC" : "RSA";
  const verified = fitting.some(
    (key) =>
      key.kty === family && (key.alg === undefined || key.alg === alg) && holds(jwt, key, hash),
  );
  return verified ? undefined : `a signature that is not of key ${String(kid)}`;
}

function holds(jwt: Jwt, jwk: PublicJwk, hash: string): boolean {
  const end = jwt.raw.lastIndexOf(".");
  const [input, signature] = [jwt.raw.slice(0, end), jwt.raw.slice(end + 1)];
  try {
    const key = createPublicKey({ key: jwk, format: "jwk" });
    return verify(
      hash,
      Buffer.from(input),
      { key, dsaEncoding: "ieee-p1363" },
      Buffer.from(signature, "base64url"),
    );
  } catch {
    return false;
  }
}
