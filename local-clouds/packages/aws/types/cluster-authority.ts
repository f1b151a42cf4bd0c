/**
 * The certificate authority that the service makes for each Kubernetes cluster: a self-signed
 * X.509 certificate, written out in DER (RFC 5280 §4.1; X.690 §8).
 */

import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import type { JsonObject } from "../../../protocol/value.ts";

const validYears = 10;

/** DER tags. */
const tag = {
  boolean: 1,
  integer: 2,
  bits: 3,
  octets: 4,
  oid: 6,
  utf8: 12,
  time: 24,
  sequence: 48,
  set: 49,
  version: 160,
  extensions: 163,
} as const;

/** Object identifiers, encoded (RFC 5758 ecdsa-with-SHA256; X.520 common name; RFC 5280 extensions). */
const oid = {
  ecdsaWithSha256: Buffer.from([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]),
  commonName: Buffer.from([0x55, 0x04, 0x03]),
  basicConstraints: Buffer.from([0x55, 0x1d, 0x13]),
  keyUsage: Buffer.from([0x55, 0x1d, 0x0f]),
};

/** `digitalSignature`, `keyEncipherment` and `keyCertSign` as the bits of a key usage (RFC 5280 §4.2.1.3). */
const authorityUsage = Buffer.from([0x02, 0b1010_0100]);

/** A fresh authority, valid for ten years: the output `certificateAuthority`, base64 of PEM. */
export function makeAuthority(): JsonObject {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const algorithm = der(tag.sequence, der(tag.oid, oid.ecdsaWithSha256));
  const name = nameOf("kubernetes");
  const from = new Date();
  const to = new Date(from);
  to.setUTCFullYear(from.getUTCFullYear() + validYears);
  const certificate = der(
    tag.sequence,
    der(tag.version, der(tag.integer, Buffer.from([2]))),
    der(tag.integer, Buffer.from([1]), randomBytes(15)),
    algorithm,
    name,
    der(tag.sequence, timeOf(from), timeOf(to)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(tag.extensions, der(tag.sequence, ...extensions())),
  );
  const signature = sign("sha256", certificate, privateKey);
  const whole = der(
    tag.sequence,
    certificate,
    algorithm,
    der(tag.bits, Buffer.from([0]), signature),
  );
  return { certificateAuthority: { data: Buffer.from(pemOf(whole)).toString("base64") } };
}

/** One element: tag, length, contents. */
function der(kind: number, ...contents: readonly Buffer[]): Buffer {
  const body = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([kind]), lengthOf(body.length), body]);
}

/** Lengths below 128 are one byte, longer ones are led by the count of their bytes. */
function lengthOf(length: number): Buffer {
  if (length < 128) return Buffer.from([length]);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  const used = bytes.subarray(bytes.findIndex((byte) => byte !== 0));
  return Buffer.concat([Buffer.from([0x80 | used.length]), used]);
}

function nameOf(commonName: string): Buffer {
  const attribute = der(
    tag.sequence,
    der(tag.oid, oid.commonName),
    der(tag.utf8, Buffer.from(commonName)),
  );
  return der(tag.sequence, der(tag.set, attribute));
}

/** GeneralizedTime to the second, `YYYYMMDDHHMMSSZ`. */
function timeOf(time: Date): Buffer {
  const digits = time.toISOString().replaceAll(/\D/g, "").slice(0, 14);
  return der(tag.time, Buffer.from(`${digits}Z`));
}

function extensions(): readonly Buffer[] {
  const yes = der(tag.boolean, Buffer.from([0xff]));
  return [
    der(
      tag.sequence,
      der(tag.oid, oid.basicConstraints),
      yes,
      der(tag.octets, der(tag.sequence, yes)),
    ),
    der(
      tag.sequence,
      der(tag.oid, oid.keyUsage),
      yes,
      der(tag.octets, der(tag.bits, authorityUsage)),
    ),
  ];
}

function pemOf(certificate: Buffer): string {
  const lines = certificate.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}
