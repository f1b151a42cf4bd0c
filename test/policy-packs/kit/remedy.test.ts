import assert from "node:assert/strict";
import * as deserialize from "@pulumi/policy/deserialize.js";
import { asset } from "@pulumi/pulumi";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { edited, opened, sendable } from "../../../policy-packs/kit/remedy.ts";
import { behindProxy } from "../../../policy-packs/kit/unknown.ts";
import { secret } from "../secrets.ts";

/** Internals of the SDK: present at run time, stripped from its declarations. */
const sdk = deserialize as unknown as {
  deserializeProperties(message: unknown, keepSecrets: boolean): unknown;
  serializeProperties(value: unknown): Promise<unknown>;
};

/** What the pack gets for these wire values. */
function received(wire: Record<string, unknown>): unknown {
  return behindProxy(sdk.deserializeProperties(struct.Struct.fromJavaScript(wire as never), true));
}

describe("remedies", () => {
  it("make objects on the way, take values away, and change one element of a list", () => {
    const inputs = { a: { b: 1 }, list: [{ x: 1 }, { x: 2 }] };
    assert.deepEqual(edited(inputs, [{ path: ["n", "m"], value: true }]), {
      ...inputs,
      n: { m: true },
    });
    assert.deepEqual(edited(inputs, [{ path: ["a", "b"], value: undefined }]), {
      ...inputs,
      a: {},
    });
    const changed = edited(inputs, [{ path: ["list", 1, "x"], value: 3 }]);
    assert.deepEqual(changed, { ...inputs, list: [{ x: 1 }, { x: 3 }] });
    assert.deepEqual(inputs, { a: { b: 1 }, list: [{ x: 1 }, { x: 2 }] });
  });

  it("open secrets for reading and close them again", async () => {
    const wire = { outer: secret({ inner: "a", left: "b" }) };
    const inputs = received(wire);
    assert.deepEqual(opened(inputs), { outer: { inner: "a", left: "b" } });
    const next = edited(inputs, [{ path: ["outer", "inner"], value: "c" }]);
    assert.deepEqual(await sdk.serializeProperties(await sendable(next)), {
      outer: secret({ inner: "c", left: "b" }),
    });
  });

  it("keep what is in an archive, which the SDK alone would lose", async () => {
    const files = { "index.js": new asset.StringAsset("x"), lib: new asset.FileArchive("./lib") };
    const inputs = { code: new asset.AssetArchive(files), memory: 1 };
    const sent = (await sdk.serializeProperties(await sendable(inputs))) as { code: never };
    const back = received(sent) as typeof inputs;
    assert.deepEqual(Object.keys(await back.code.assets), ["index.js", "lib"]);
    const alone = (await sdk.serializeProperties(inputs)) as { code: { assets: unknown } };
    assert.ok(Array.isArray(alone.code.assets), "the SDK keeps archives by itself now");
  });
});
