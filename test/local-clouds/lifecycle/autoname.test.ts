/** Names that providers choose, by package manner and the engine's autonaming options. */

import assert from "node:assert/strict";
import { chooseName } from "../../../local-clouds/lifecycle/autoname.ts";
import { packages } from "../../../local-clouds/packages/index.ts";
import type { Profile } from "../../../local-clouds/types/profile.ts";

const seed = Buffer.from("a seed of the engine");

function profileOf(name: string): Profile {
  const cloud = packages.get(name);
  assert.ok(cloud);
  return cloud.profile;
}

function nameBy(name: string, rule = {}, request = {}) {
  const wanted = {
    logicalName: "Web-1",
    randomSeed: seed,
    wish: undefined,
    oldInputs: {},
    ...request,
  };
  return chooseName(profileOf(name), { property: "name", ...rule }, wanted);
}

describe("autoname", () => {
  it("follows each package's manner", () => {
    assert.match(nameBy("aws")?.name ?? "", /^Web-1-[0-9a-f]{7}$/);
    assert.match(nameBy("gcp")?.name ?? "", /^Web-1-[0-9a-f]{7}$/);
    assert.match(nameBy("azure-native")?.name ?? "", /^Web-1[0-9a-f]{8}$/);
    assert.match(nameBy("kubernetes")?.name ?? "", /^Web-1-[0-9a-f]{8}$/);
  });

  it("gives the same name for the same seed, another for another", () => {
    assert.deepEqual(nameBy("aws"), nameBy("aws"));
    assert.notDeepEqual(nameBy("aws"), nameBy("aws", {}, { randomSeed: Buffer.from("other") }));
  });

  it("shapes the logical name, never the suffix", () => {
    assert.match(
      nameBy("azure-native", { lowerCase: true, charactersMax: 10 })?.name ?? "",
      /^we[0-9a-f]{8}$/,
    );
    assert.deepEqual(nameBy("azure-native", { suffix: false }), { name: "Web-1", random: false });
  });

  it("begins, joins and ends as the type's service demands, within its length", () => {
    assert.match(nameBy("aws", { separator: "" })?.name ?? "", /^Web-1[0-9a-f]{7}$/);
    assert.match(nameBy("aws", { beginning: "alias/" })?.name ?? "", /^alias\/Web-1-[0-9a-f]{7}$/);
    const twice = nameBy("aws", { beginning: "alias/" }, { logicalName: "alias/web" });
    assert.match(twice?.name ?? "", /^alias\/web-[0-9a-f]{7}$/);
    const ending = { text: ".fifo", when: "fifoQueue" };
    const fifo = (charactersMax: number, fifoQueue: boolean) =>
      nameBy("aws", { ending, charactersMax }, { inputs: { fifoQueue } })?.name ?? "";
    assert.match(fifo(80, true), /^Web-1-[0-9a-f]{7}\.fifo$/);
    assert.match(fifo(80, false), /^Web-1-[0-9a-f]{7}$/);
    assert.match(fifo(15, true), /^We-[0-9a-f]{7}\.fifo$/);
  });

  it("honours the engine's options", () => {
    const wish = (mode: string) => ({ wish: { mode, proposedName: "Proposed-Name" } });
    assert.equal(
      nameBy("aws", { lowerCase: true, charactersMax: 8 }, wish("propose"))?.name,
      "proposed",
    );
    assert.equal(nameBy("aws", { lowerCase: true }, wish("enforce"))?.name, "Proposed-Name");
    assert.equal(nameBy("aws", {}, wish("disable")), undefined);
  });

  it("keeps a name the provider chose before, not one the program gave", () => {
    assert.equal(
      nameBy("aws", {}, { oldInputs: { name: "old", __defaults: ["name"] } })?.name,
      "old",
    );
    assert.notEqual(nameBy("aws", {}, { oldInputs: { name: "old", __defaults: [] } })?.name, "old");
    assert.equal(nameBy("azure-native", {}, { oldInputs: { name: "old" } })?.name, "old");
  });
});
