import assert from "node:assert/strict";
import fc from "fast-check";
import { cidrInterval, cidrSet, overlap, parseCidr } from "../../../model/base/address.ts";
import { covers } from "../../../model/base/interval-set.ts";
import { planPlace, segmentPrefixes } from "../../../model/network/address-plan.ts";
import type { PlaceIntent, SegmentIntent } from "../../../model/network/intent.ts";

const segments: readonly SegmentIntent[] = Array.from({ length: 8 }, (_, index) => ({
  name: `s${index}`,
  purpose: "test",
  egress: "none",
  holdsPods: index === 3,
}));

const place: fc.Arbitrary<PlaceIntent> = fc
  .tuple(fc.integer({ min: 16, max: 20 }), fc.integer({ min: 0, max: 15 }))
  .map(([length, block]) => ({
    name: "p",
    cloud: "azure",
    region: "westeurope",
    cidr4: `10.20.${length === 20 ? block * 16 : 0}.0/${length}`,
    cidr6: "fd00:20::/48",
  }));

const parse = (cidr: string) => parseCidr(cidr, cidr);

describe("address plan", () => {
  it("gives everything of a place a range of its own inside the place", () => {
    fc.assert(
      fc.property(place, (some) => {
        const plan = planPlace(some, segments);
        const own = [
          ...plan.segments.flatMap(({ cidr4, cidr6 }) => [cidr4, cidr6 ?? ""]),
          plan.pods4,
          plan.services4,
          plan.gateway4,
        ].map(parse);
        const whole = cidrSet([parse(some.cidr4), parse(some.cidr6 ?? "")]);
        for (const [index, range] of own.entries()) {
          assert.ok(covers(whole, [cidrInterval(range)]));
          assert.ok(own.slice(0, index).every((other) => !overlap(other, range)));
        }
      }),
    );
  });

  it("cuts a segment into zones that fill it", () => {
    fc.assert(
      fc.property(place, (some) => {
        for (const { cidr4, zonal4 } of planPlace(some, segments).segments) {
          assert.equal(zonal4.length, 2);
          assert.deepEqual(cidrSet(zonal4.map(parse)), cidrSet([parse(cidr4)]));
        }
      }),
    );
  });

  it("leaves room for a NAT gateway: AWS takes no subnet smaller than /28", () => {
    fc.assert(
      fc.property(place, (some) => {
        assert.equal(parse(planPlace(some, segments).gateway4).length, 28);
      }),
    );
  });

  it("counts pods to the segment that holds them, and to no other", () => {
    fc.assert(
      fc.property(place, (some) => {
        const plan = planPlace(some, segments);
        const holders = plan.segments.filter((segment) =>
          segmentPrefixes(segment).includes(plan.pods4),
        );
        assert.deepEqual(
          holders.map(({ segment }) => segment),
          ["s3"],
        );
      }),
    );
  });

  it("moves no segment when another is declared after it", () => {
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: 7 }), (some, count) => {
        const fewer = planPlace(some, segments.slice(0, count)).segments;
        assert.deepEqual(fewer, planPlace(some, segments).segments.slice(0, count));
      }),
    );
  });
});
