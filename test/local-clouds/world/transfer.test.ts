/** A world carried away and brought in again: all of it, or none. */

import assert from "node:assert/strict";
import type { JsonObject } from "../../../local-clouds/protocol/value.ts";
import { memoryWorld } from "../../../local-clouds/world/open.ts";
import { schemaVersion } from "../../../local-clouds/world/schema.ts";
import { exportWorld, importWorld, NoWorld } from "../../../local-clouds/world/transfer.ts";
import { openLab } from "../kit/lab.ts";
import { sample, samplePackages } from "../kit/sample.ts";

describe("an exported world", () => {
  const lab = openLab("aws", {}, samplePackages);
  const net = lab.create(sample.network, "net", { range: "a" });
  lab.create(sample.part, "part", { network: net.id });
  lab.delete(lab.create(sample.part, "gone", { network: net.id }));
  const document = JSON.parse(JSON.stringify(exportWorld(lab.clouds.world))) as JsonObject;
  after(() => lab.close());

  it("comes in as it was: resources, what holds them, what was ever born", () => {
    const world = memoryWorld();
    importWorld(world, document);
    assert.deepEqual(world.all(), lab.clouds.world.all());
    const [row] = world.ofToken(sample.network, {});
    assert.ok(row);
    assert.deepEqual(
      world.holders(row).map(({ token }) => token),
      [sample.part],
    );
    assert.equal(world.births(row.account, row.urn), 1);
    assert.equal(world.named(sample.network, "id", row.id, {}).length, 1);
    assert.deepEqual(exportWorld(world), document);
    world.close();
  });

  it("does not mix with what is there", () => {
    assert.throws(() => importWorld(lab.clouds.world, document), /must be empty/);
  });

  const tables = document["tables"] as Record<string, JsonObject[]>;
  const [first = {}, ...others] = tables["resources"] ?? [];
  const withResources = (resources: unknown) => ({ ...document, tables: { ...tables, resources } });
  const damages: [string, unknown, RegExp][] = [
    ["of another program", { ...document, format: "other" }, /format/],
    [
      "of a newer version",
      { ...document, version: schemaVersion + 1 },
      /version is \d+, known up to/,
    ],
    ["without tables", { ...document, tables: 3 }, /no tables/],
    ["without a table", { ...document, tables: { resources: [] } }, /lacks the table/],
    ["with a table of its own", { ...document, tables: { ...tables, other: [] } }, /a table other/],
    [
      "with a changed property",
      withResources([{ ...first, outputs: "{}" }, ...others]),
      /checksum/,
    ],
    ["with a row that is none", withResources([7]), /no object/],
    [
      "with a column that lacks",
      withResources([{ ...first, id: undefined }, ...others]),
      /resources.id/,
    ],
    [
      "with a column of another type",
      withResources([{ ...first, revision: "x" }, ...others]),
      /revision/,
    ],
    ["with two rows of one number", withResources([first, first, ...others]), /UNIQUE/],
    ["with links to nothing", withResources(others.slice(0, 1)), /not there/],
  ];
  for (const [what, damaged, words] of damages) {
    it(`${what} is refused and leaves the world empty`, () => {
      const world = memoryWorld();
      const wrong = (error: unknown) => error instanceof NoWorld && words.test(error.message);
      assert.throws(() => importWorld(world, damaged as JsonObject), wrong);
      assert.equal(world.size(), 0);
      importWorld(world, document);
      assert.equal(world.size(), lab.clouds.world.size());
      world.close();
    });
  }
});
