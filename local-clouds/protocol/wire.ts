/**
 * Property values on the wire: plain JSON in which Pulumi marks secrets, unknowns, outputs, assets
 * and references by a signature key (`pulumi/pulumi:sdk/go/common/resource/sig/sig.go`).
 */

import {
  isList,
  isObject,
  type Json,
  Secret,
  Unknown,
  type Value,
  type ValueObject,
} from "./value.ts";

/** The key whose presence makes an object special. */
export const signatureKey = "4dabf18193072939515e22adb298388d";

const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** Special objects that a simulated service passes on as they are. */
const opaqueSignatures: ReadonlySet<string> = new Set([
  "5cf8f73096256a8f31e491e813e4eb8e", // resource reference
  "c44067f5952c0a294b673a41bacd8c17", // asset
  "0def7320c3a5731c473e5ecbe6d01bc7", // archive
  "803fd3297a5875dc03ca845dda5d2a98", // byte string
]);

/** What the Node SDK sends for every unknown. */
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Every text that stands for an unknown, by the type it will have (`pkg/resource/plugin/rpc.go`). */
const unknownTexts: ReadonlySet<string> = new Set([
  unknownText, // string
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

/** A message that is not in the protocol's form. */
export class MalformedValue extends Error {
  constructor(reason: string) {
    super(`malformed property value: ${reason}`);
    this.name = "MalformedValue";
  }
}

/** Whether a wire value is marked secret. */
export function isSecret(wire: Json): boolean {
  return isObject(wire) && wire[signatureKey] === secretSignature;
}

/** What a secret wire value holds. */
export function secretValue(wire: Json): Json {
  return isObject(wire) ? ((wire["value"] ?? null) as Json) : wire;
}

/** Decodes one wire value; throws {@link MalformedValue} on an unknown signature. */
export function decode(wire: Json): Value {
  if (typeof wire === "string") return unknownTexts.has(wire) ? Unknown.value : wire;
  if (isList(wire)) return wire.map((item) => decode(item as Json));
  if (!isObject(wire)) return wire;
  return signatureKey in wire ? decodeSpecial(wire) : decodeObject(wire);
}

/** Decodes the properties of a resource or of a call. */
export function decodeObject(wire: { readonly [key: string]: Json }): ValueObject {
  return Object.fromEntries(Object.entries(wire).map(([key, item]) => [key, decode(item)]));
}

function decodeSpecial(wire: { readonly [key: string]: Json }): Value {
  const signature = wire[signatureKey];
  if (signature === secretSignature) {
    if (!("value" in wire)) throw new MalformedValue("a secret without a value");
    return new Secret(decode(wire["value"] ?? null));
  }
  if (signature === outputSignature) {
    const inner = "value" in wire ? decode(wire["value"] ?? null) : Unknown.value;
    return wire["secret"] === true ? new Secret(inner) : inner;
  }
  if (typeof signature === "string" && opaqueSignatures.has(signature)) return wire;
  throw new MalformedValue(`signature ${JSON.stringify(signature)} is none of Pulumi's`);
}

/** Encodes a value; secret marks are kept only for a receiver that takes them. */
export function encode(value: Value, keepSecrets: boolean): Json {
  if (value instanceof Unknown) return unknownText;
  if (value instanceof Secret) {
    const inner = encode(value.value, keepSecrets);
    return keepSecrets ? { [signatureKey]: secretSignature, value: inner } : inner;
  }
  if (isList(value)) return value.map((item) => encode(item, keepSecrets));
  return isObject(value) ? encodeObject(value, keepSecrets) : value;
}

/** {@link encode} of an object of properties. */
export function encodeObject(value: ValueObject, keepSecrets: boolean): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, encode(item, keepSecrets)]),
  );
}
