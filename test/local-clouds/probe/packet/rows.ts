/** Tables of packets: a small world, a packet, what becomes of it, and the document that says so. */

import assert from "node:assert/strict";
import { type Answer, probe } from "../../../../local-clouds/probe/packet/probe.ts";
import type { ValueObject } from "../../../../local-clouds/protocol/value.ts";
import type { Lab } from "../../kit/lab.ts";

/** One row of a table. */
export interface Row<W> {
  readonly name: string;
  /** Title and section of the vendor's document. */
  readonly document: string;
  /** What it says, in own words. */
  readonly says: string;
  /** Adds to the world that every row of the table begins with. */
  readonly world?: (world: W) => void;
  /** `FROM TO PROTOCOL PORT`, or with `key=value` for what else the packet has. */
  readonly packet: string;
  readonly verdict: Answer["verdict"];
  /** The stage that decides. */
  readonly stage: string;
  /** The rule that decides. */
  readonly rule: RegExp;
}

/** Tests every row of a table in a world of its own. */
export function testRows<W extends { readonly lab: Lab }>(
  rows: readonly Row<W>[],
  open: () => W,
): void {
  for (const row of rows) {
    it(row.name, () => {
      const world = open();
      try {
        row.world?.(world);
        judge(row, ask(world.lab, row.packet));
      } finally {
        world.lab.close();
      }
    });
  }
}

/** The answer to a packet written as in {@link Row.packet}. */
export function ask(lab: Lab, packet: string): Answer {
  const [from = "", to = "", protocol = "tcp", ...rest] = packet.split(" ");
  const more = rest.map((part) => (part.includes("=") ? part.split("=") : ["port", part]));
  const numbers = Object.fromEntries(more.map(([key = "", value]) => [key, Number(value)]));
  return probe(lab.clouds.world, { from, to, protocol, ...numbers });
}

function judge<W>(row: Row<W>, answer: Answer): void {
  const told = answer.steps.map((step) => `${step.outcome} ${step.stage}: ${step.rule}`).join("\n");
  assert.equal(answer.verdict, row.verdict, told);
  assert.notEqual(row.document, "");
  assert.notEqual(row.says, "");
  for (const step of answer.steps) assert.notEqual(step.document, "");
  // What stops a packet is the last step; what lets one through is the step of the row's stage.
  const deciding =
    row.verdict === "arrives"
      ? answer.steps.filter(({ stage }) => stage === row.stage)
      : answer.steps.slice(-1).filter(({ stage }) => stage === row.stage);
  assert.ok(
    deciding.some(({ rule, at }) => row.rule.test(`${rule} @ ${at}`)),
    `no step "${row.stage}" with ${row.rule}:\n${told}`,
  );
}

/** Puts a resource into the world whose type has no table entry yet. */
export function put(
  lab: Lab,
  about: {
    readonly token: string;
    readonly id: string;
    readonly account: string;
    readonly region?: string;
  },
  outputs: ValueObject,
): string {
  const { token, id, account, region = "" } = about;
  const urn = `urn:pulumi:test::lab::${token}::${id.slice(id.lastIndexOf("/") + 1)}`;
  const data = {
    package: token.split(":")[0] ?? "",
    account,
    region,
    token,
    id,
    urn,
    inputs: outputs,
    outputs,
  };
  lab.clouds.world.insert(
    { ...data, made: {}, seed: "", createdAt: new Date(lab.time.nowMs).toISOString() },
    { names: [], links: [] },
    [],
  );
  return id;
}
