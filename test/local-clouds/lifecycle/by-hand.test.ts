/** What somebody does at a console: changes, removals, creations that no engine knows of. */

import assert from "node:assert/strict";
import { createByHand, type HandMade } from "../../../local-clouds/lifecycle/by-hand.ts";
import { drift, vanish } from "../../../local-clouds/lifecycle/drift.ts";
import { select } from "../../../local-clouds/lifecycle/select.ts";
import { type Lab, openLab } from "../kit/lab.ts";
import { sample, samplePackages } from "../kit/sample.ts";

describe("by hand", () => {
  let lab: Lab;
  beforeEach(() => {
    lab = openLab("aws", {}, samplePackages);
  });
  afterEach(() => lab.close());

  const by = (wanted: Partial<HandMade> & { readonly token: string }) =>
    createByHand(lab.clouds, { name: "hand", inputs: {}, config: {}, ...wanted });

  it("a resource comes with id and defaults as the service gives them, and without a URN", async () => {
    const made = await by({ token: sample.network, inputs: { range: "A" } });
    assert.equal(made.urn, "");
    assert.match(made.id, /^net-[0-9a-f]{8}$/);
    assert.equal(made.outputs["name"], "hand");
    assert.equal(made.outputs["dns"], true);
    assert.equal(made.outputs["range"], "a");
    assert.equal(made.outputs["arn"], `arn:us-east-1:123456789012:${made.id}`);
    assert.equal(lab.size(), 2, "what comes along comes along");
    const twin = await by({ token: sample.network, inputs: { range: "A" } });
    assert.notEqual(twin.id, made.id);
    assert.equal(lab.read(sample.network, made.id)?.id, made.id);
  });

  it("a resource keeps the name its inputs give, and lies where the configuration says", async () => {
    const inputs = { name: "own", range: "A" };
    const made = await by({ token: sample.network, inputs, config: { region: "eu-west-1" } });
    assert.equal(made.outputs["name"], "own");
    assert.equal(made.region, "eu-west-1");
  });

  it("a creation is refused as the service refuses it", async () => {
    await by({ token: sample.group, inputs: { name: "team" } });
    const refusals: [Partial<HandMade> & { readonly token: string }, RegExp][] = [
      [{ token: sample.group, inputs: { name: "team" } }, /GroupExists/],
      [{ token: sample.part, inputs: { network: "net-0" } }, /NoSuchNetwork/],
      [{ token: sample.part }, /missing required property 'network'/],
      [{ token: "aws:sample/nothing:Nothing" }, /do not know the resource type/],
      [{ token: "other:a/b:C" }, /none of the packages aws/],
      [{ token: sample.group, config: { region: "nowhere" } }, /invalid AWS Region/],
    ];
    for (const [wanted, words] of refusals) {
      await assert.rejects(by(wanted), words);
      assert.equal(lab.size(), 1);
    }
  });

  it("several properties change together, or none", () => {
    const net = lab.create(sample.network, "net", { range: "a", tags: { a: "1", b: "2" } });
    const changes = [
      { path: "dns", value: false },
      { path: "tags.a", value: undefined },
      { path: "tags.c", value: "3" },
      { path: "arn", value: "arn:other" },
    ];
    const { outputs, revision } = drift(lab.clouds, { selector: net.id, changes });
    assert.deepEqual(outputs["tags"], { b: "2", c: "3" });
    assert.deepEqual(outputs["tagsAll"], { b: "2", c: "3" });
    assert.deepEqual([outputs["dns"], outputs["arn"], revision], [false, "arn:other", 2]);
    const bad = [...changes.slice(0, 1), { path: "tags.nothing", value: undefined }];
    assert.throws(
      () => drift(lab.clouds, { selector: net.id, changes: bad }),
      /has no tags\.nothing/,
    );
    assert.equal(select(lab.clouds, net.id).revision, 2);
  });

  it("a resource is found by id, URN, the end of a URN or row; else the nearest is named", () => {
    const net = lab.create(sample.network, "network-main", { range: "a" });
    const { row } = select(lab.clouds, net.id);
    for (const selector of [net.urn, "network-main", "Network::network-main", `row:${row}`]) {
      assert.equal(select(lab.clouds, selector).row, row, selector);
    }
    const slips = {
      "network-mian": "network-main",
      "Network::network-man": "Network::network-main",
    };
    for (const [slip, meant] of Object.entries(slips)) {
      assert.throws(() => select(lab.clouds, slip), new RegExp(`did you mean ${meant}\\?`));
    }
    assert.throws(() => select(lab.clouds, "something else"), /no resource .* something else$/);
  });

  it("a name that several have is refused, listing their rows", () => {
    const net = lab.create(sample.network, "same", { range: "a" });
    lab.create(sample.part, "same", { network: net.id });
    assert.throws(() => select(lab.clouds, "same"), /2 resources fit same: row:\d+ \(aws:sample/);
    vanish(lab.clouds, "Part::same");
    assert.equal(select(lab.clouds, "same").id, net.id);
  });
});
