/** A bench for actions: a small world, somebody who acts, and the decision that a document calls for. */

import assert from "node:assert/strict";
import { act } from "../../../local-clouds/act/act.ts";
import type { Answer, Question } from "../../../local-clouds/act/question.ts";
import type { Clouds } from "../../../local-clouds/lifecycle/session.ts";
import type { JsonObject } from "../../../local-clouds/protocol/value.ts";
import { Recorder } from "../../../local-clouds/records/recorder.ts";
import type { StoredRecord } from "../../../local-clouds/world/world.ts";
import { TestWorld } from "../probe/token/kit.ts";

/** What somebody wants to do. */
export interface Wish {
  readonly as: string;
  readonly action: string;
  readonly resource: string;
  readonly with?: JsonObject;
  readonly context?: JsonObject;
}

/** One row of a table. */
export interface Row {
  /** What the vendor's document states, in own words. */
  readonly says: string;
  /** Title and section of that document. */
  readonly source: string;
  /** Puts up the world and tells who wants what. */
  readonly set: (world: TestWorld) => Wish;
  readonly outcome: Answer["outcome"];
  /** Part of `STAGE: RULE: GOT` of what decided. */
  readonly by: string;
  /** Type of which the world has one more, or one less, afterwards. */
  readonly makes?: string;
}

/** The clouds of a world, with a recorder. */
export function recorded(world: TestWorld): Clouds {
  const { clouds } = world.lab;
  return { ...clouds, records: new Recorder(clouds.world) };
}

/** Acts. */
export function acting(world: TestWorld, wish: Wish, clouds = recorded(world)): Promise<Answer> {
  const question: Question = { to: "", with: {}, context: {}, ...wish };
  return act(clouds, question);
}

/** Everything that was delivered, with parsed bodies where they are JSON. */
export function deliveredIn(world: TestWorld): readonly (StoredRecord & { json: JsonObject })[] {
  return world.lab.clouds.world.records(0).map((record) => ({
    ...record,
    json: record.body.startsWith("{") ? (JSON.parse(record.body) as JsonObject) : {},
  }));
}

/** Runs the rows of a table as tests, and says how many there are. */
export function table(title: string, rows: readonly Row[], rowsMin: number): void {
  describe(title, () => {
    for (const row of rows) it(`${row.says} (${row.source})`, () => judge(row));
    it(`has at least ${rowsMin} rows, each told apart`, () => {
      assert.ok(rows.length >= rowsMin, `${rows.length} rows`);
      assert.equal(new Set(rows.map(({ says }) => says)).size, rows.length);
    });
  });
}

async function judge({ set, outcome, by, makes }: Row): Promise<void> {
  const world = new TestWorld();
  try {
    const wish = set(world);
    const count = () =>
      world.lab.clouds.world.all().filter(({ token }) => makes === undefined || token === makes)
        .length;
    const before = count();
    const answer = await acting(world, wish);
    const said = JSON.stringify(answer, null, 1);
    assert.equal(answer.outcome, outcome, said);
    const { stage, rule, got, source } = answer.reason;
    assert.ok(`${stage}: ${rule}: ${got}`.includes(by), `${JSON.stringify(by)} is not in ${said}`);
    assert.notEqual(source, "", said);
    assert.equal(count() - before, makes === undefined ? 0 : 1, said);
  } finally {
    world.lab.close();
  }
}
