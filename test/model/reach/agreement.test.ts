/**
 * The bitsets against the naive walk: random topologies, random packets, both readings, requests and
 * replies. `./bulkhead test --full segmentation` asks for 10⁶ packets.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { seedOf } from "../../../automation/cli/testing/seed.ts";
import type { Packet, Reading } from "../../../model/network/walk.ts";
import { walk } from "../../../model/network/walk.ts";
import { arrival, computeReach } from "../../../model/reach/reach.ts";
import { packetAt, picker, topologyArbitrary } from "./topologies.ts";

const minutes = 60_000;
const full = process.env["BULKHEAD_FULL"] === "segmentation";
const seed = seedOf(import.meta.dirname, process.env);
const packetsPerTopology = 250;
const topologies = full ? 4000 : 240;
const readings: readonly Reading[] = ["may", "must"];

const numericSeed = createHash("sha256").update(seed).digest().readInt32LE();

describe(`reach and walk, seed ${seed}`, function () {
  this.timeout(30 * minutes);

  it(`agree on ${topologies * packetsPerTopology} packets in two readings`, () => {
    let asked = 0;
    const seen = new Set<string>();
    for (const [index, topology] of fc
      .sample(topologyArbitrary, { seed: numericSeed, numRuns: topologies })
      .entries()) {
      const pick = picker(numericSeed + index);
      const reach = computeReach(topology);
      for (let i = 0; i < packetsPerTopology; i++) {
        const packet = packetAt(topology, pick);
        if (packet === undefined) continue;
        for (const reading of readings) {
          const { arrives, replyArrives } = walk(topology, packet, reading);
          const answer = arrival(reach, packet, reading);
          assert.deepEqual(answer, { arrives, replyArrives }, said(packet, reading, index));
          seen.add(`${reading} ${arrives} ${replyArrives}`);
        }
        asked++;
      }
    }
    assert.equal(seen.size, 8, "every answer was met in both readings");
    assert.ok(asked > topologies * packetsPerTopology * 0.95, `${asked} packets`);
  });
});

function said(packet: Packet, reading: Reading, index: number): string {
  const text = JSON.stringify(packet, (_, value: unknown) =>
    typeof value === "bigint" ? `${value}` : value,
  );
  return `topology ${index}, ${reading}: ${text}`;
}
