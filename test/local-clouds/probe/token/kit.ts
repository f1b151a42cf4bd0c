/** A bench for token probes: a small world, a token, and the verdict that a document calls for. */

import assert from "node:assert/strict";
import { issuerNamed } from "../../../../local-clouds/probe/token/issuers/index.ts";
import { algorithms, keyMark, signingKey } from "../../../../local-clouds/probe/token/keys.ts";
import { LiveWorld } from "../../../../local-clouds/probe/token/live.ts";
import { type MintRequest, mint } from "../../../../local-clouds/probe/token/mint.ts";
import { type ProbeRequest, probeToken } from "../../../../local-clouds/probe/token/probe.ts";
import type { Verdict } from "../../../../local-clouds/probe/token/verdict.ts";
import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import { memoryWorld } from "../../../../local-clouds/world/open.ts";
import type { World } from "../../../../local-clouds/world/world.ts";
import { type Lab, openLab } from "../../kit/lab.ts";

/** What a row expects. */
export interface Expected {
  readonly outcome: Verdict["outcome"];
  /** Part of `STAGE: RULE` of what decided. */
  readonly by: string;
  /** Part of what was got, where that tells rows apart. */
  readonly got?: string;
  /** Part of a line that is held. */
  readonly holds?: string;
  /** Part of what it becomes. */
  readonly as?: string;
}

/** One row of a table. */
export interface Row {
  /** What the vendor's document states, in own words. */
  readonly says: string;
  /** Title and section of that document. */
  readonly source: string;
  /** Puts up the world and tells what is presented to which target (the end of its id). */
  readonly set: (world: TestWorld) => Presentation;
  readonly expect: Expected;
}

/** What is presented, and where. */
export interface Presentation {
  readonly to: string;
  readonly mint?: MintRequest;
  readonly token?: string;
  readonly context?: JsonObject;
}

/** Keys take long to make: each issuer's is made once for all worlds of the tests. */
const keys: World = memoryWorld();

/** A world of a row. */
export class TestWorld {
  readonly lab: Lab;
  private rows = 0;

  constructor() {
    this.lab = openLab("aws", { region: "eu-central-1" });
  }

  /** A token of the world's issuer. */
  mint(request: MintRequest): string {
    this.lendKey(request);
    const { world } = this.lab.clouds;
    return mint(world, new LiveWorld(world), this.nowSeconds, request);
  }

  /** What the probe says of a presentation. */
  probe({ to, mint: minted, token, context }: Presentation, follow = false): readonly Verdict[] {
    if (minted !== undefined) this.lendKey(minted);
    const request: ProbeRequest = {
      ...(token === undefined ? {} : { token }),
      ...(minted === undefined ? {} : { mint: minted }),
      ...(context === undefined ? {} : { context }),
      ...(to === "" ? {} : { to: [to] }),
      follow,
    };
    return probeToken(this.lab.clouds.world, this.lab.time.nowMs, request).verdicts;
  }

  /** A resource of a type that no table has yet, or one as only the real service would make it. */
  insert(token: string, account: string, id: string, outputs: JsonObject, region = ""): void {
    this.rows++;
    const data = {
      package: token.split(":")[0] ?? "",
      account,
      region,
      token,
      id,
      urn: `urn:pulumi:test::lab::${token}::row-${this.rows}`,
      inputs: {},
      outputs,
      made: {},
      seed: String(this.rows),
      createdAt: "2026-01-01T00:00:00.000Z",
    };
    this.lab.clouds.world.insert(data, { names: [], links: [] }, []);
  }

  get nowSeconds(): number {
    return Math.floor(this.lab.time.nowMs / 1000);
  }

  /** Keys of issuers that follow from chains, too. */
  lendKey({ issuer, algorithm = "RS256" }: MintRequest): void {
    const { world } = this.lab.clouds;
    const { url } = issuerNamed(new LiveWorld(world), issuer);
    signingKey(keys, url, algorithm);
    for (const one of algorithms) {
      const known = keys.mark(keyMark(url, one));
      if (known !== undefined) world.setMark(keyMark(url, one), known);
    }
  }
}

/** Runs the rows of a table as tests, and says how many there are. */
export function table(title: string, rows: readonly Row[], rowsMin: number): void {
  describe(title, () => {
    for (const row of rows) {
      it(`${row.says} (${row.source})`, () => judge(row));
    }
    it(`has at least ${rowsMin} rows, each told apart`, () => {
      assert.ok(rows.length >= rowsMin, `${rows.length} rows`);
      assert.equal(new Set(rows.map(({ says }) => says)).size, rows.length);
    });
  });
}

function judge({ set, expect }: Row): void {
  const world = new TestWorld();
  try {
    const presentation = set(world);
    const verdicts = world.probe(presentation);
    assert.equal(verdicts.length, 1, `${verdicts.length} targets are ${presentation.to}`);
    const [verdict] = verdicts;
    assert.ok(verdict);
    const { reason } = verdict;
    const said = JSON.stringify(verdict, null, 1);
    assert.equal(verdict.outcome, expect.outcome, said);
    includes(`${reason.stage}: ${reason.rule}`, expect.by, said);
    if (expect.got !== undefined) includes(reason.got, expect.got, said);
    if (expect.as !== undefined) includes(verdict.as ?? "", expect.as, said);
    if (expect.holds !== undefined) includes(verdict.holds.join("\n"), expect.holds, said);
    assert.notEqual(reason.source, "", said);
  } finally {
    world.lab.close();
  }
}

function includes(text: string, part: string, said: string): void {
  assert.ok(
    text.includes(part),
    `${JSON.stringify(part)} is not in ${JSON.stringify(text)}: ${said}`,
  );
}

/** A token whose claims were changed after it was signed. */
export function tampered(token: string, change: JsonObject): string {
  const [head = "", body = "", signature = ""] = token.split(".");
  const claims = JSON.parse(Buffer.from(body, "base64url").toString()) as JsonObject;
  const changed = Buffer.from(JSON.stringify({ ...claims, ...change })).toString("base64url");
  return [head, changed, signature].join(".");
}

/** A token with another header and no, or a given, signature. */
export function reheaded(token: string, header: JsonObject, signature = ""): string {
  const [, body = ""] = token.split(".");
  return [Buffer.from(JSON.stringify(header)).toString("base64url"), body, signature].join(".");
}
