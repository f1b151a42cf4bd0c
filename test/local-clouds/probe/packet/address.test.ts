/** Addresses and prefixes as a probe compares them. */

import assert from "node:assert/strict";
import fc from "fast-check";
import {
  addressAt,
  addressOf,
  encloses,
  freeAddress,
  holds,
  isPublic,
} from "../../../../local-clouds/probe/packet/address.ts";

function at(text: string) {
  const address = addressOf(text);
  assert.ok(address, text);
  return address;
}

describe("packet probe: addresses", () => {
  it("reads an address with or without a length, and writes it back", () => {
    assert.equal(at("10.0.1.7/24").text, "10.0.1.7");
    assert.equal(at("FD00:0:0::1").text, "fd00::1");
    assert.equal(addressOf("10.0.1"), undefined);
    assert.equal(addressAt(at("2001:db8::5").onLine).text, "2001:db8::5");
  });

  it("knows what prefixes, single addresses and ranges hold, each in its family", () => {
    const rows: [string, string, boolean][] = [
      ["10.0.1.0/24", "10.0.1.255", true],
      ["10.0.1.0/24", "10.0.2.0", false],
      ["10.0.1.7", "10.0.1.7", true],
      ["10.0.1.7", "10.0.1.8", false],
      ["10.0.1.5-10.0.1.7", "10.0.1.7", true],
      ["10.0.1.5-10.0.1.7", "10.0.1.8", false],
      ["10.0.1.5-10.0.1.7", "10.0.1.4", false],
      ["0.0.0.0/0", "::1", false],
      ["::/0", "10.0.0.1", false],
      ["fd00::/8", "fdff::1", true],
      ["nonsense", "10.0.0.1", false],
    ];
    for (const [range, address, held] of rows) {
      assert.equal(holds(range, at(address)), held, `${range} ${address}`);
    }
  });

  it("knows which prefix lies in which", () => {
    assert.ok(encloses("10.0.0.0/8", "10.8.0.0/14"));
    assert.ok(encloses("10.8.0.0/14", "10.8.0.0/14"));
    assert.ok(!encloses("10.8.0.0/14", "10.0.0.0/8"));
    assert.ok(!encloses("::/0", "10.0.0.0/8"));
    assert.ok(!encloses("10.0.0.0/8", "nonsense"));
    assert.ok(!encloses("nonsense", "10.0.0.0/8"));
  });

  it("finds the first free address behind the reserved ones, inside the prefix", () => {
    const taken =
      (...texts: string[]) =>
      (one: { readonly text: string }) =>
        texts.includes(one.text);
    assert.equal(freeAddress("10.0.1.0/29", 4n, taken())?.text, "10.0.1.4");
    assert.equal(freeAddress("10.0.1.0/29", 4n, taken("10.0.1.4", "10.0.1.5"))?.text, "10.0.1.6");
    const all = ["10.0.1.4", "10.0.1.5", "10.0.1.6", "10.0.1.7"];
    assert.equal(freeAddress("10.0.1.0/29", 4n, taken(...all)), undefined);
    assert.equal(freeAddress("nonsense", 4n, taken()), undefined);
  });

  it("takes no private, shared, local or loopback address for public", () => {
    for (const text of [
      "10.1.2.3",
      "172.31.0.1",
      "192.168.1.1",
      "100.64.0.1",
      "169.254.1.1",
      "fd00::1",
      "fe80::1",
    ]) {
      assert.ok(!isPublic(at(text)), text);
    }
    for (const text of ["172.32.0.1", "100.128.0.1", "8.8.8.8", "2600::1"])
      assert.ok(isPublic(at(text)), text);
  });

  it("holds exactly the addresses between a prefix's ends", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 32 }), fc.nat(), fc.nat(), (length, base, other) => {
        const [network, address] = [addressAt(BigInt(base)), addressAt(BigInt(other))];
        const shift = BigInt(32 - length);
        const same = network.onLine >> shift === address.onLine >> shift;
        assert.equal(holds(`${network.text}/${length}`, address), same);
      }),
    );
  });
});
