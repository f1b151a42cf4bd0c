/**
 * OpenSSH's forms of keys: the public line (RFC 4253, section 6.6; RFC 5656; RFC 8709) and the
 * unencrypted private key file (`openssh/openssh-portable:PROTOCOL.key`).
 */

import { createPublicKey, type KeyObject, randomBytes } from "node:crypto";

const magic = Buffer.from("openssh-key-v1\0");
/** Block size of the cipher "none". */
const blockBytes = 8;
/** Characters in a line of PEM. */
const lineCharacters = 70;

/** OpenSSH knows three of the NIST curves (RFC 5656, section 10.1). */
const curves: Readonly<Record<string, { readonly name: string; readonly bytes: number }>> = {
  prime256v1: { name: "nistp256", bytes: 32 },
  secp384r1: { name: "nistp384", bytes: 48 },
  secp521r1: { name: "nistp521", bytes: 66 },
};

/** `ssh-rsa AAAA…` with a line end; `undefined` for a key OpenSSH does not know. */
export function opensshPublic(key: KeyObject): string | undefined {
  const blob = opensshPublicBlob(key);
  return blob === undefined ? undefined : `${kindOf(key)} ${blob.toString("base64")}\n`;
}

/** The public key's bytes, over which fingerprints are taken. */
export function opensshPublicBlob(key: KeyObject): Buffer | undefined {
  const parts = publicParts(key);
  return parts === undefined ? undefined : Buffer.concat([text(kindOf(key)), ...parts]);
}

/** The private key file, without comment and without passphrase. */
export function opensshPrivate(key: KeyObject): string | undefined {
  const blob = opensshPublicBlob(createPublicKey(key));
  const parts = privateParts(key);
  if (blob === undefined || parts === undefined) return undefined;
  const check = randomBytes(4);
  const body = Buffer.concat([check, check, text(kindOf(key)), ...parts, text("")]);
  const padding = Buffer.from(
    Array.from({ length: (blockBytes - (body.length % blockBytes)) % blockBytes }, (_, i) => i + 1),
  );
  const file = Buffer.concat([
    magic,
    text("none"),
    text("none"),
    text(""),
    Buffer.from([0, 0, 0, 1]),
    bytes(blob),
    bytes(Buffer.concat([body, padding])),
  ]);
  const lines = file.toString("base64").match(new RegExp(`.{1,${lineCharacters}}`, "g")) ?? [];
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join("\n")}\n-----END OPENSSH PRIVATE KEY-----\n`;
}

function publicParts(key: KeyObject): Buffer[] | undefined {
  const curve = curveOf(key);
  if (key.asymmetricKeyType === "ec" && curve === undefined) return undefined;
  const jwk = key.export({ format: "jwk" });
  if (jwk.kty === "RSA") return [integer(jwk.e), integer(jwk.n)];
  if (jwk.kty === "OKP") return [bytes(octets(jwk.x))];
  return curve === undefined ? undefined : [text(curve.name), bytes(point(jwk, curve.bytes))];
}

function privateParts(key: KeyObject): Buffer[] | undefined {
  const curve = curveOf(key);
  if (key.asymmetricKeyType === "ec" && curve === undefined) return undefined;
  const jwk = key.export({ format: "jwk" });
  if (jwk.kty === "RSA") {
    return [jwk.n, jwk.e, jwk.d, jwk.qi, jwk.p, jwk.q].map(integer);
  }
  if (jwk.kty === "OKP") {
    const [secret, open] = [octets(jwk.d), octets(jwk.x)];
    return [bytes(open), bytes(Buffer.concat([secret, open]))];
  }
  if (curve === undefined) return undefined;
  return [text(curve.name), bytes(point(jwk, curve.bytes)), integer(jwk.d)];
}

/** OpenSSH's name of a kind of key; keys on other curves have none. */
function kindOf(key: KeyObject): string {
  if (key.asymmetricKeyType === "rsa") return "ssh-rsa";
  if (key.asymmetricKeyType === "ed25519") return "ssh-ed25519";
  return `ecdsa-sha2-${curveOf(key)?.name ?? "unknown"}`;
}

function curveOf(key: KeyObject) {
  return curves[key.asymmetricKeyDetails?.namedCurve ?? ""];
}

/** An uncompressed point (SEC 1, section 2.3.3). */
function point(jwk: { readonly x?: string; readonly y?: string }, size: number): Buffer {
  const pad = (value: string | undefined) => {
    const raw = octets(value);
    return Buffer.concat([Buffer.alloc(size - raw.length), raw]);
  };
  return Buffer.concat([Buffer.from([4]), pad(jwk.x), pad(jwk.y)]);
}

function octets(value: string | undefined): Buffer {
  return Buffer.from(value ?? "", "base64url");
}

function text(value: string): Buffer {
  return bytes(Buffer.from(value));
}

function bytes(value: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(value.length);
  return Buffer.concat([length, value]);
}

/** A positive multiple-precision integer (RFC 4251, section 5). */
function integer(value: string | undefined): Buffer {
  let raw = octets(value);
  while (raw.length > 1 && raw[0] === 0) raw = raw.subarray(1);
  return bytes((raw[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), raw]) : raw);
}
