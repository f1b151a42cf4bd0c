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

  it("takes a UUID where the service wants one, even against a proposal", () => {
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    assert.match(nameBy("azure-native", { uuid: true })?.name ?? "", uuid);
    const wish = { mode: "propose", proposedName: "Proposed-Name" };
    assert.match(nameBy("azure-native", { uuid: true }, { wish })?.name ?? "", uuid);
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
