/** Key pairs in the forms the tls provider gives. */

import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
} from "node:crypto";
import { promisify } from "node:util";
import type { JsonObject } from "../../protocol/value.ts";
import { opensshPrivate, opensshPublic, opensshPublicBlob } from "./openssh.ts";

const generate = promisify(generateKeyPair);

/** Curves by the provider's names. */
const curves: Readonly<Record<string, string>> = {
  P224: "secp224r1",
  P256: "prime256v1",
  P384: "secp384r1",
  P521: "secp521r1",
};

/** Algorithms and curves that the provider takes. */
export const algorithms = ["RSA", "ECDSA", "ED25519"] as const;
/** Names of the curves. */
export const curveNames: readonly string[] = Object.keys(curves);

/** Makes a private key; `rsaBits` and `curve` matter to their algorithms alone. */
export async function makeKey(
  algorithm: string,
  rsaBits: number,
  curve: string,
): Promise<KeyObject> {
  if (algorithm === "RSA") return (await generate("rsa", { modulusLength: rsaBits })).privateKey;
  if (algorithm === "ED25519") return (await generate("ed25519")).privateKey;
  const namedCurve = curves[curve];
  if (algorithm !== "ECDSA" || namedCurve === undefined)
    throw new RangeError(`no keys of ${algorithm} ${curve}`);
  return (await generate("ec", { namedCurve })).privateKey;
}

/** Everything the provider tells about a private key. */
export function keyOutputs(key: KeyObject): JsonObject {
  return {
    privateKeyPem: key.export({ format: "pem", type: pemType(key) }).toString(),
    privateKeyPemPkcs8: key.export({ format: "pem", type: "pkcs8" }).toString(),
    privateKeyOpenssh: opensshPrivate(key) ?? "",
    ...publicOutputs(createPublicKey(key)),
  };
}

/** Everything the provider tells about a public key. */
export function publicOutputs(key: KeyObject): JsonObject {
  const blob = opensshPublicBlob(key);
  const md5 = blob === undefined ? "" : createHash("md5").update(blob).digest("hex");
  const sha256 = blob === undefined ? "" : createHash("sha256").update(blob).digest("base64");
  return {
    publicKeyPem: key.export({ format: "pem", type: "spki" }).toString(),
    publicKeyOpenssh: opensshPublic(key) ?? "",
    publicKeyFingerprintMd5: md5.match(/../g)?.join(":") ?? "",
    publicKeyFingerprintSha256: sha256 === "" ? "" : `SHA256:${sha256.replace(/=+$/, "")}`,
  };
}

/** The id of a key: SHA-1 of its public key in PKIX form. */
export function keyId(publicKeyPem: string): string {
  const der = createPublicKey(publicKeyPem).export({ format: "der", type: "spki" });
  return createHash("sha1").update(der).digest("hex");
}

/** A private key from PEM; throws `RangeError` if it is none. */
export function parseKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new RangeError("the text is no private key in PEM");
  }
}

/** The provider's name of a key's algorithm. */
export function algorithmOf(key: KeyObject): (typeof algorithms)[number] {
  if (key.asymmetricKeyType === "rsa") return "RSA";
  if (key.asymmetricKeyType === "ed25519") return "ED25519";
  if (key.asymmetricKeyType === "ec") return "ECDSA";
  throw new RangeError(`keys of type ${key.asymmetricKeyType} are not supported`);
}

/** The older, algorithm's own PEM form, where there is one. */
function pemType(key: KeyObject): "pkcs1" | "sec1" | "pkcs8" {
  if (key.asymmetricKeyType === "rsa") return "pkcs1";
  return key.asymmetricKeyType === "ec" ? "sec1" : "pkcs8";
}
