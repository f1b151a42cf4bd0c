import assert from "node:assert/strict";
import { isIP } from "node:net";
import fc from "fast-check";
import type { Cidr } from "../../../model/base/address.ts";
import {
  cidrInterval,
  everyAddress,
  familyOf,
  formatAddress,
  formatCidr,
  overlap,
  parseCidr,
  subnet,
  tryParseAddress,
  tryParseCidr,
} from "../../../model/base/address.ts";
import { partOf } from "../../../model/base/address-part.ts";
import { has } from "../../../model/base/interval-set.ts";
import { ProblemError } from "../../../model/base/problem.ts";

const bits = { 4: 32, 6: 128 } as const;

const cidr: fc.Arbitrary<Cidr> = fc
  .constantFrom(4 as const, 6 as const)
  .chain((family) =>
    fc.tuple(
      fc.constant(family),
      fc.bigInt(0n, (1n << BigInt(bits[family])) - 1n),
      fc.integer({ min: 0, max: bits[family] }),
    ),
  )
  .map(([family, value, length]) => {
    const host = BigInt(bits[family] - length);
    return { family, base: (value >> host) << host, length };
  });

describe("addresses", () => {
  it("read back what they write", () => {
    fc.assert(
      fc.property(cidr, (some) => {
        assert.deepEqual(tryParseCidr(formatCidr(some)), some);
      }),
    );
  });

  it("take exactly the texts that are addresses", () => {
    const text = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.stringMatching(/^[0-9a-f:.]{0,20}$/),
      fc.constantFrom(
        "::",
        "1.2.3.4::",
        "::1.2.3.4",
        "1::2::3",
        "01.2.3.4",
        "1.2.3",
        "fe80::1%eth0",
        "",
      ),
    );
    fc.assert(
      fc.property(text, (some) => {
        // Zones name an interface of one machine, so they are no address here.
        const expected = some.includes("%") ? 0 : isIP(some);
        assert.equal(tryParseAddress(some)?.family ?? 0, expected, some);
      }),
      { numRuns: 2000 },
    );
  });

  it("keep the families apart on one line", () => {
    fc.assert(
      fc.property(cidr, (some) => {
        const { from, to } = cidrInterval(some);
        assert.equal(familyOf(from), some.family);
        assert.equal(familyOf(to), some.family);
        assert.ok(has(everyAddress, from) && has(everyAddress, to));
        assert.equal(tryParseAddress(formatAddress(from))?.value, some.base);
      }),
    );
  });

  it("drop host bits, as the clouds do", () => {
    assert.equal(formatCidr(parseCidr("100.68.0.18/18", "test")), "100.68.0.0/18");
    assert.equal(formatCidr(parseCidr("2001:DB8::1/32", "test")), "2001:db8::/32");
  });

  it("refuse what is no prefix, naming the place", () => {
    for (const text of ["10.0.0.0", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/ 8", "a/8"]) {
      assert.equal(tryParseCidr(text), undefined, text);
      assert.throws(
        () => parseCidr(text, "places[0].cidr4"),
        (error) => error instanceof ProblemError && error.problems[0]?.place === "places[0].cidr4",
      );
    }
  });

  it("cut a prefix into parts that fill it without overlap", () => {
    fc.assert(
      fc.property(cidr, fc.integer({ min: 1, max: 4 }), (some, newBits) => {
        fc.pre(some.length + newBits <= bits[some.family]);
        const parts = Array.from({ length: 2 ** newBits }, (_, i) => subnet(some, newBits, i, "x"));
        let next = cidrInterval(some).from;
        for (const part of parts) {
          assert.equal(cidrInterval(part).from, next);
          assert.ok(overlap(some, part));
          next = cidrInterval(part).to + 1n;
        }
        assert.equal(next, cidrInterval(some).to + 1n);
      }),
    );
  });

  it("refuse a part that is not there", () => {
    const range = parseCidr("10.0.0.0/30", "x");
    for (const [newBits, index] of [
      [3, 0],
      [1, 2],
      [1, -1],
    ] as const) {
      assert.throws(() => subnet(range, newBits, index, "x"), ProblemError);
    }
  });

  it("find a /64 in the range a cloud assigned", () => {
    assert.equal(partOf("2600:1f18:1:aa00::/56", 64, 255, "x"), "2600:1f18:1:aaff::/64");
    assert.throws(() => partOf("2600:1f18:1:aa00::/56", 64, 256, "x"), ProblemError);
  });
});
