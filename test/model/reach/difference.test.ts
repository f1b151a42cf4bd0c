import assert from "node:assert/strict";
import fc from "fast-check";
import type { FlowChange } from "../../../model/reach/difference.ts";
import { differenceOf } from "../../../model/reach/difference.ts";
import { changed, endpoint, meant, rule, stage, type web } from "./sample.ts";
import { cidrs, ports, topologyArbitrary } from "./topologies.ts";

const brief = ({ kind, from, to, family }: FlowChange) =>
  `${kind} ${from.name} → ${to.name} v${family}`;

describe("differenceOf", () => {
  it("finds no change in no change, whatever is unknown", () => {
    fc.assert(
      fc.property(topologyArbitrary, (topology) => {
        assert.deepEqual(differenceOf(topology, topology).changes, []);
      }),
      { numRuns: 50 },
    );
  });

  it("tells an added flow from a changed and a removed one", () => {
    const after = changed(
      stage("web out", "out", []),
      stage("web in", "in", [rule("allow", [{}], "tcp/443", "tcp/80")]),
      stage("app out", "out", [rule("allow", [{}], "udp/53")]),
    );
    const { changes } = differenceOf(meant, after);
    assert.deepEqual(changes.map(brief), [
      "removed web → app v4",
      "added app → internet v4",
      "changed internet → web v4",
    ]);
    assert.deepEqual(changes[2]?.added, ports("tcp/80"));
    assert.deepEqual(changes[2]?.removed, []);
    assert.equal(changes[2]?.witness.actual?.arrives, true);
    assert.equal(changes[2]?.witness.wanted?.arrives, false);
  });

  it("names endpoints that come and go, and what passes through them", () => {
    const db = endpoint("db", cidrs("10.0.3.0/24"), ["app in"]);
    const after = { ...meant, endpoints: [...meant.endpoints, db] };
    const { changes, addedEndpoints, removedEndpoints } = differenceOf(meant, after);
    assert.deepEqual([addedEndpoints, removedEndpoints], [["db"], []]);
    assert.ok(changes.every(({ from, to }) => [from.name, to.name].includes("db")));
    assert.ok(changes.map(brief).includes("added db → internet v4"));
    assert.deepEqual(differenceOf(after, meant).removedEndpoints, ["db"]);
  });

  it("takes an endpoint that moves for the same", () => {
    const moved = (addresses: typeof web) => ({
      ...meant,
      endpoints: meant.endpoints.map((one) => (one.id === "web" ? { ...one, addresses } : one)),
    });
    assert.deepEqual(differenceOf(meant, moved(cidrs("10.0.9.0/24"))).changes, []);
    assert.deepEqual(differenceOf(meant, moved(cidrs("10.0.1.0/24", "10.0.7.0/24"))).changes, []);
  });

  it("finds the reverse of a change in the reverse of the states", () => {
    fc.assert(
      fc.property(topologyArbitrary, topologyArbitrary, (before, other) => {
        const after = { ...other, endpoints: before.endpoints };
        const there = differenceOf(before, after).changes;
        const back = differenceOf(after, before).changes;
        const reversed = { added: "removed", removed: "added", changed: "changed" } as const;
        assert.deepEqual(
          back.map((change) => brief({ ...change, kind: reversed[change.kind] })).sort(),
          there.map(brief).sort(),
        );
      }),
      { numRuns: 100 },
    );
  });
});
