/** The random provider: shapes, demands, and that results are drawn once. */

import assert from "node:assert/strict";
import { bcryptWith } from "../../../../local-clouds/packages/random/bcrypt.ts";
import { piWords } from "../../../../local-clouds/packages/random/pi.ts";
import { type Lab, type Made, openLab } from "../../kit/lab.ts";

const token = (name: string) => `random:index/random${name}:Random${name}`;

describe("random", () => {
  let lab: Lab;
  beforeEach(() => {
    lab = openLab("random");
  });
  afterEach(() => lab.close());

  it("makes ids in all four forms", async () => {
    const id = await lab.createLater(token("Id"), "id", { byteLength: 5, prefix: "p-" });
    const hex = text(id, "hex");
    assert.match(hex, /^p-[0-9a-f]{10}$/);
    const bytes = Buffer.from(hex.slice(2), "hex");
    assert.equal(id.outputs["b64Std"], `p-${bytes.toString("base64")}`);
    assert.equal(id.outputs["b64Url"], `p-${bytes.toString("base64url")}`);
    assert.equal(id.outputs["dec"], `p-${bytes.readUIntBE(0, 5)}`);
    assert.equal(id.id, bytes.toString("base64url"));
  });

  it("leaves results unknown at preview", () => {
    const planned = lab.preview(token("Password"), "p", { length: 9 });
    assert.equal(planned["result"], undefined);
    assert.equal(planned["lower"], true);
  });

  it("keeps results until keepers change", async () => {
    const uuid = await lab.createLater(token("Uuid"), "u", { keepers: { a: "1" } });
    assert.match(
      text(uuid, "result"),
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    assert.deepEqual(lab.diff(uuid, { keepers: { a: "1" } }).changed, []);
    assert.deepEqual(lab.diff(uuid, { keepers: { a: "2" } }).replaces, ["keepers.a"]);
  });

  it("tells resources with the same id apart", async () => {
    const [one, two] = [
      await lab.createLater(token("Password"), "one", { length: 20 }),
      await lab.createLater(token("Password"), "two", { length: 20 }),
    ];
    assert.equal(one.id, two.id);
    assert.notEqual(one.outputs["result"], two.outputs["result"]);
    const again = await lab.createLater(token("Password"), "one", { length: 20 });
    lab.delete(one);
    assert.equal(lab.size(), 2);
    assert.deepEqual(lab.read(again.token, again.id, again)?.outputs, again.outputs);
    assert.deepEqual(lab.read(two.token, two.id, two)?.outputs, two.outputs);
  });

  it("meets the demands on passwords", async () => {
    const demands = {
      length: 8,
      minLower: 2,
      minUpper: 2,
      minNumeric: 2,
      minSpecial: 2,
      overrideSpecial: "+",
    };
    const made = await lab.createLater(token("Password"), "p", demands);
    const result = text(made, "result");
    for (const kind of [/[a-z]/g, /[A-Z]/g, /[0-9]/g, /\+/g])
      assert.equal(result.match(kind)?.length, 2);
    const digits = { length: 30, lower: false, upper: false, special: false };
    assert.match(
      text(await lab.createLater(token("String"), "s", digits), "result"),
      /^[0-9]{30}$/,
    );
    assert.equal(
      lab.checkFailures(token("Password"), "p", { ...demands, length: 7 })[0]?.property,
      "length",
    );
  });

  it("hashes passwords as bcrypt does", async () => {
    // Test vector of the original implementation (crypt_blowfish).
    const salt = Buffer.from("10410410410410410410410410410410", "hex");
    assert.equal(
      bcryptWith("U*U", salt, 5),
      "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
    );
    const made = await lab.createLater(token("Password"), "p", { length: 12 });
    assert.match(text(made, "bcryptHash"), /^\$2a\$10\$[./A-Za-z0-9]{53}$/);
    assert.deepEqual([...piWords(2)], [0x243f6a88, 0x85a308d3]);
  });

  it("draws pets, integers, bytes and shuffles", async () => {
    const pet = await lab.createLater(token("Pet"), "pet", {
      length: 3,
      prefix: "x",
      separator: "_",
    });
    assert.match(pet.id, /^x_[a-z]+_[a-z]+_[a-z]+$/);
    assert.equal(pet.outputs["id"], pet.id);
    const integer = await lab.createLater(token("Integer"), "i", { min: 3, max: 4 });
    assert.ok([3, 4].includes(Number(integer.outputs["result"])));
    assert.equal(lab.checkFailures(token("Integer"), "i", { min: 3, max: 2 })[0]?.property, "max");
    const bytes = await lab.createLater(token("Bytes"), "b", { length: 7 });
    assert.equal(
      Buffer.from(text(bytes, "base64"), "base64").toString("hex"),
      bytes.outputs["hex"],
    );
    const shuffle = await lab.createLater(token("Shuffle"), "s", {
      inputs: ["a", "b", "c"],
      resultCount: 6,
    });
    const results = shuffle.outputs["results"] as string[];
    assert.deepEqual([...results].sort(), ["a", "a", "b", "b", "c", "c"]);
    const seven = await lab.createLater(token("Uuid7"), "u", {});
    assert.match(text(seven, "result"), /^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  });
});

function text(made: Made, key: string): string {
  const value = made.outputs[key];
  assert.equal(typeof value, "string", `${key} is no text`);
  return String(value);
}
