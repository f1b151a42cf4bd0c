/** Properties as protobuf's Struct. */

import assert from "node:assert/strict";
import fc from "fast-check";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { fromStruct, toStruct } from "../../../local-clouds/protocol/struct.ts";
import type { ValueObject } from "../../../local-clouds/protocol/value.ts";

// protobuf's own reading loses a key `__proto__`.
const objects = (
  fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }) as fc.Arbitrary<ValueObject>
).filter((object) => !JSON.stringify(object).includes("__proto__"));

describe("structs", () => {
  it("have the bytes that protobuf's own conversion gives", () => {
    fc.assert(
      fc.property(objects, (object) => {
        const wanted = struct.Struct.fromJavaScript(object as never).serializeBinary();
        assert.deepEqual(toStruct(object).serializeBinary(), wanted);
      }),
    );
  });

  it("come back from the wire as they were", () => {
    fc.assert(
      fc.property(objects, (object) => {
        const read = struct.Struct.deserializeBinary(toStruct(object).serializeBinary());
        assert.deepEqual(fromStruct(read), object);
        assert.deepEqual(fromStruct(toStruct(object)), object);
      }),
    );
  });
});
