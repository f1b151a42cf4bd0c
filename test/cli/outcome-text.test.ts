/** The end of an operation as text: who can reach whom. */
import assert from "node:assert/strict";
import { nothingThere } from "../../automation/cli/outcome.ts";
import { withReach } from "../../automation/cli/outcome-reach.ts";
import { outcomeText } from "../../automation/cli/outcome-text.ts";
import { environmentStack } from "../../automation/engine/stack-place.ts";
import type { OperationChange, OperationReach } from "../../automation/reach/operation.ts";
import { emptyTopology } from "../../model/network/topology.ts";

function change(from: string, more: Partial<OperationChange> = {}): OperationChange {
  return {
    kind: "added",
    from,
    to: "app@aws",
    addresses: [],
    added: "tcp/22",
    removed: "nothing",
    reading: "may",
    settled: true,
    violation: false,
    witness: {
      packet: `${from} → app@aws tcp/22`,
      ends: [],
      before: { arrives: false, by: ["a default"], origins: [] },
      after: { arrives: true, by: ["rule one", "rule two"], origins: [] },
    },
    ...more,
  };
}

function textOf(changes: readonly OperationChange[]): string {
  const place = {
    place: "aws",
    cloud: "aws",
    region: "r",
    sides: [],
    cells: [],
    pairs: 7,
  } as const;
  const reach: OperationReach = {
    places: [{ ...place, verdict: "proven", unknowns: [], unseen: ["web"] }],
    changes,
  };
  const outcome = nothingThere(environmentStack("/checkout", "local"), "up");
  return outcomeText({ ...outcome, reach }, false);
}

describe("reach in an outcome", () => {
  it("is said of each place, and that nothing changes", () => {
    const text = textOf([]);
    assert.match(text, /\nReach\n {2}aws: proven, 7 pairs compared, nothing guards web\n/);
    assert.match(text, /no flow is added, removed or changed/);
  });

  it("lists a handful of flows and counts the others", () => {
    const text = textOf(Array.from({ length: 8 }, (_, index) => change(`s${index}`)));
    assert.match(text, / {2}\+ s5 => app@aws : tcp\/22\n {2}and 2 more, see the report/);
    assert.ok(!text.includes("s6"));
    assert.ok(!text.includes("packet"));
  });

  it("shows the packet of what breaks the intent, and the rules that decide", () => {
    const text = textOf([
      change("internet", { violation: true, addresses: ["203.0.113.0/24"] }),
      change("web@aws", { kind: "changed", removed: "tcp/80" }),
      change("old@aws", { kind: "removed", added: "nothing", removed: "udp" }),
      change("new@aws", { settled: false }),
    ]);
    assert.ok(
      text.includes(
        [
          "  + 203.0.113.0/24 => app@aws : tcp/22 (violation)",
          "      packet internet → app@aws tcp/22",
          "      before stopped by a default",
          "      now    let through by rule one; rule two",
          "  ~ web@aws => app@aws : +tcp/22 -tcp/80",
          "  - old@aws => app@aws : udp",
          "  + new@aws => app@aws : perhaps tcp/22",
        ].join("\n"),
      ),
      text,
    );
  });

  it("is compared with the state before; a fault in it is an error and takes nothing away", async () => {
    const outcome = nothingThere(environmentStack("/checkout", "local"), "up");
    const network = { topology: emptyTopology, segmentations: [] };
    const empty = JSON.stringify({ deployment: {} });
    assert.deepEqual((await withReach(outcome, network, empty)).reach, { places: [], changes: [] });
    assert.equal(await withReach(outcome, undefined, empty), outcome);
    const { errors, ...rest } = await withReach(outcome, network, "no state");
    assert.match(errors.join(), /^who can reach whom: .*stack local before/);
    assert.deepEqual({ ...rest, errors: [] }, outcome);
  });

  it("is not spoken of where no network was judged", () => {
    const outcome = nothingThere(environmentStack("/checkout", "local"), "up");
    assert.ok(!outcomeText(outcome, false).includes("Reach"));
  });
});
