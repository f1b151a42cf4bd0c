/** Values on the wire: every form survives the way in and out. */

import assert from "node:assert/strict";
import fc from "fast-check";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { fromStruct, toStruct } from "../../../local-clouds/protocol/struct.ts";
import {
  equal,
  hasUnknown,
  type Json,
  reveal,
  Secret,
  Unknown,
} from "../../../local-clouds/protocol/value.ts";
import {
  decode,
  encode,
  MalformedValue,
  signatureKey,
  unknownText,
} from "../../../local-clouds/protocol/wire.ts";

const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const assetSignature = "c44067f5952c0a294b673a41bacd8c17";
const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** Any wire value the engine may send to a provider that takes secrets. */
const wire: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (Object.is(n, -0) ? 0 : n)),
    fc.string(),
    fc.constant(unknownText),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie("value"), { maxKeys: 4, noNullPrototype: true }),
    tie("value").map((value) => ({ [signatureKey]: secretSignature, value })),
    fc.string().map((text) => ({ [signatureKey]: assetSignature, hash: "0", text })),
  ),
})).value;

describe("wire", () => {
  it("gives back every value as it came", () => {
    fc.assert(fc.property(wire, (value) => assert.deepEqual(encode(decode(value), true), value)));
  });

  it("gives back every value through protobuf", () => {
    fc.assert(
      fc.property(wire, (value) => {
        const properties = fromStruct(toStruct({ value: decode(value) }));
        assert.deepEqual(encode(properties["value"] ?? null, true), value);
      }),
    );
  });

  it("is written in the bytes that protobuf's own library writes", () => {
    fc.assert(
      fc.property(wire, (value) => {
        const own = toStruct({ value: decode(value), more: "x".repeat(5000) });
        const plain = { value, more: "x".repeat(5000) };
        const theirs = struct.Struct.fromJavaScript(plain as never);
        // The library sorts the keys.
        const sorted = struct.Struct.deserializeBinary(own.serializeBinary()).serializeBinary();
        assert.deepEqual(Buffer.from(sorted), Buffer.from(theirs.serializeBinary()));
        assert.equal(own.serializeBinary().length, sorted.length);
        assert.deepEqual(own.toJavaScript(), theirs.toJavaScript());
      }),
    );
  });

  it("drops secret marks for a receiver that takes none, and nothing else", () => {
    fc.assert(
      fc.property(wire, (value) => {
        const plain = encode(decode(value), false);
        assert.ok(!JSON.stringify(plain).includes(secretSignature));
        assert.ok(hasUnknown(decode(value)) || equal(decode(plain), reveal(decode(value), "v")));
      }),
    );
  });

  it("reads every kind of unknown, and outputs", () => {
    for (const text of [
      unknownText,
      "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
      "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    ]) {
      assert.equal(decode(text), Unknown.value);
    }
    assert.equal(decode({ [signatureKey]: outputSignature }), Unknown.value);
    assert.equal(decode({ [signatureKey]: outputSignature, value: "a", dependencies: [] }), "a");
    const hidden = decode({ [signatureKey]: outputSignature, value: "a", secret: true });
    assert.ok(hidden instanceof Secret && hidden.value === "a");
  });

  it("refuses signatures that are not Pulumi's", () => {
    assert.throws(() => decode({ a: [{ [signatureKey]: "0" }] }), MalformedValue);
    assert.throws(() => decode({ [signatureKey]: secretSignature }), MalformedValue);
  });
});
