/** What AWS documents, statement by statement, against what the lift makes of plain resources. */
import assert from "node:assert/strict";
import { liftAws } from "../../../../policy-packs/lift/aws/topology.ts";
import { fateOf } from "./packet.ts";
import { planOf } from "./program.ts";
import { truths } from "./truths.ts";

describe("AWS truth table", () => {
  for (const { document, program, rows } of truths) {
    for (const phase of ["update", "preview"] as const) {
      const { topology } = liftAws(planOf(program, phase));
      for (const { says, packets } of rows) {
        for (const [packet, fate] of Object.entries(packets)) {
          it(`${document}: ${says} ${packet} ${fate} (${phase})`, () => {
            assert.equal(fateOf(topology, packet), fate);
          });
        }
      }
    }
  }

  it("holds at least sixty statements", () => {
    assert.ok(truths.flatMap(({ rows }) => rows).length >= 60);
  });
});
