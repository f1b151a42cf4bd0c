/** The lifecycle rules, by the types of the sample package. */

import assert from "node:assert/strict";
import { type Lab, openLab, unknown } from "../kit/lab.ts";
import { sample, samplePackages } from "../kit/sample.ts";

const range = { range: "A-Z" };

describe("lifecycle", () => {
  let lab: Lab;
  beforeEach(() => {
    lab = openLab("aws", { region: "eu-central-1" }, samplePackages);
  });
  afterEach(() => lab.close());

  it("creates, reads and deletes with what came along", () => {
    const net = lab.create(sample.network, "main", {
      ...range,
      password: "p",
      tags: { team: "core" },
    });
    assert.match(net.id, /^net-[0-9a-f]{8}$/);
    assert.equal(net.outputs["arn"], `arn:eu-central-1:123456789012:${net.id}`);
    assert.deepEqual(net.outputs["tagsAll"], { team: "core" });
    assert.equal(net.outputs["range"], "a-z");
    assert.equal(net.outputs["password"], undefined);
    assert.equal(net.inputs["password"], "p");
    assert.deepEqual(lab.read(sample.network, net.id)?.outputs, net.outputs);
    assert.equal(lab.size(), 2);
    lab.delete(net);
    assert.equal(lab.read(sample.network, net.id), undefined);
    assert.equal(lab.size(), 0);
    lab.delete(net);
  });

  it("gives a replacement another id", () => {
    const first = lab.create(sample.network, "main", range);
    assert.notEqual(first.id, lab.create(sample.network, "main", range).id);
  });

  it("names as the bridge does and keeps the name", () => {
    const net = lab.create(sample.network, "a-very-long-logical-name", range);
    assert.match(
      String(net.inputs["name"]),
      /^a-very-long--[0-9a-f]{7}$|^a-very-long-l-[0-9a-f]{7}$/,
    );
    assert.equal(String(net.inputs["name"]).length, 20);
    const again = lab.check(sample.network, "a-very-long-logical-name", range, net.inputs);
    assert.equal(again["name"], net.inputs["name"]);
    const given = lab.create(sample.network, "other", { ...range, name: "mine" });
    assert.notEqual(lab.check(sample.network, "other", range, given.inputs)["name"], "mine");
  });

  it("notes filled-in inputs as the bridge does", () => {
    const inputs = lab.check(sample.network, "main", {
      ...range,
      tags: { a: "b" },
      rules: [{ port: 1 }, { port: 2, action: "deny" }],
    });
    assert.deepEqual(inputs["__defaults"], ["dns", "name"]);
    assert.deepEqual(inputs["tags"], { a: "b" });
    assert.deepEqual(inputs["rules"], [
      { port: 1, action: "allow", __defaults: ["action"] },
      { port: 2, action: "deny", __defaults: [] },
    ]);
  });

  it("leaves out at preview what only the service can tell", () => {
    const outputs = lab.preview(sample.network, "main", { range: unknown, tags: { a: "b" } });
    assert.equal(outputs["arn"], undefined);
    assert.equal(outputs["description"], undefined);
    assert.deepEqual(outputs["tagsAll"], { a: "b" });
    assert.equal(outputs["range"], unknown);
    assert.equal(outputs["id"], "");
    assert.equal(
      lab.preview(sample.network, "main", { ...range, tags: unknown })["tagsAll"],
      undefined,
    );
    assert.equal(lab.size(), 0);
  });

  it("counts an unknown as given, and an absence as missing", () => {
    assert.deepEqual(lab.checkFailures(sample.part, "p", { network: unknown }), []);
    assert.equal(lab.checkFailures(sample.part, "p", {})[0]?.property, "network");
    assert.equal(lab.checkFailures(sample.part, "p", { network: null })[0]?.property, "network");
  });

  it("refuses a reference that points nowhere, with the service's code", () => {
    const message = lab.refusal(() => lab.create(sample.part, "p", { network: "net-0" }));
    assert.match(message, /NoSuchNetwork: network net-0 does not exist/);
  });

  it("finds a target by each of its keys and shows it to the entry", () => {
    const net = lab.create(sample.network, "main", range);
    const part = lab.create(sample.part, "p", { network: net.outputs["arn"] ?? null });
    assert.equal(part.outputs["networkArn"], net.outputs["arn"]);
  });

  it("keeps accounts and regions apart", () => {
    const net = lab.create(sample.network, "main", range);
    const elsewhere = lab.with("aws", { region: "us-east-1" });
    const other = lab.with("aws", { region: "eu-central-1", profile: "other" });
    for (const foreign of [elsewhere, other]) {
      assert.equal(foreign.read(sample.network, net.id), undefined);
      assert.match(
        foreign.refusal(() => foreign.create(sample.part, "p", { network: net.id })),
        /NoSuchNetwork/,
      );
    }
    const moved = elsewhere.create(sample.part, "p", { network: net.id, region: "eu-central-1" });
    assert.equal(moved.outputs["networkArn"], net.outputs["arn"]);
    assert.deepEqual(lab.invoke("aws:sample/count:count"), { parts: 1, region: "eu-central-1" });
    assert.deepEqual(elsewhere.invoke("aws:sample/count:count"), { parts: 0, region: "us-east-1" });
  });

  it("finds a global type from every region and refuses a taken id", () => {
    lab.create(sample.group, "g", { name: "admins" });
    const elsewhere = lab.with("aws", { region: "us-east-1" });
    assert.ok(elsewhere.read(sample.group, "admins"));
    assert.match(
      elsewhere.refusal(() => elsewhere.create(sample.group, "g", { name: "admins" })),
      /GroupExists/,
    );
    lab.with("aws", { profile: "other" }).create(sample.group, "g", { name: "admins" });
  });

  it("refuses to delete what is in use, also by way of a companion", () => {
    const net = lab.create(sample.network, "main", range);
    const group = lab.clouds.world.ofToken(sample.group, {})[0]?.id ?? "";
    const part = lab.create(sample.part, "p", { network: net.id });
    assert.match(
      lab.refusal(() => lab.delete(net)),
      new RegExp(`NetworkInUse: network ${net.id} is held by ${part.id}`),
    );
    lab.delete(part);
    const other = lab.create(sample.network, "other", range);
    const attached = lab.create(sample.part, "p", { network: other.id, groups: [group] });
    assert.match(
      lab.refusal(() => lab.delete(net)),
      /NetworkInUse/,
    );
    lab.delete(attached);
    lab.delete(net);
    lab.delete(other);
    assert.equal(lab.size(), 0);
  });

  it("removes what disappears with a resource", () => {
    const net = lab.create(sample.network, "main", range);
    const owner = lab.create(sample.part, "a", { network: net.id });
    lab.create(sample.part, "b", { network: net.id, owner: owner.id });
    lab.delete(owner);
    lab.delete(net);
    assert.equal(lab.size(), 0);
  });

  it("asks the entry's last word at creation and update", () => {
    const net = lab.create(sample.network, "main", range);
    const parts = ["a", "b", "c"].map((name) => lab.create(sample.part, name, { network: net.id }));
    assert.match(
      lab.refusal(() => lab.create(sample.part, "d", { network: net.id })),
      /TooMany/,
    );
    assert.ok(parts[0]);
    lab.update(parts[0], { network: net.id, note: "x" });
  });

  it("tells replacement from update and honours ignored changes", () => {
    const news = { ...range, tags: { a: "b" }, rules: [{ port: 1 }] };
    const net = lab.create(sample.network, "main", news);
    assert.deepEqual(lab.diff(net, news).changed, []);
    assert.deepEqual(lab.diff(net, { ...news, range: "B" }).replaces, ["range"]);
    assert.deepEqual(lab.diff(net, { ...news, rules: [{ port: 2 }] }).replaces, ["rules[0].port"]);
    assert.deepEqual(lab.diff(net, { ...news, rules: [{ port: 1, note: "x" }] }).replaces, []);
    assert.deepEqual(lab.diff(net, { ...news, rules: [] }).replaces, ["rules[0]"]);
    const updated = lab.diff(net, { ...news, tags: { a: "c", d: "e" } });
    assert.deepEqual(
      [...updated.detailed],
      [
        ["tags.a", { kind: "update", replaces: false }],
        ["tags.d", { kind: "add", replaces: false }],
      ],
    );
    assert.deepEqual(lab.diff(net, { ...news, tags: { a: "c" } }, ["tags.a"]).changed, []);
    assert.deepEqual(lab.diff(net, { ...news, tags: { z: "c" } }, ["tags"]).changed, []);
    assert.deepEqual(lab.diff(net, { ...news, range: unknown }).replaces, ["range"]);
    // Stable is what replaces as a whole, not what holds something that does (recorded Diffs).
    assert.deepEqual(lab.diff(net, { ...news, range: "B" }).stables, []);
    assert.deepEqual(lab.diff(net, { ...news, rules: [{ port: 2 }] }).stables, ["range"]);
  });

  it("deletes before replacing only under a name the user gave and kept", () => {
    const generated = lab.create(sample.network, "main", range);
    assert.equal(lab.diff(generated, { range: "B" }).deleteBeforeReplace, false);
    const given = lab.create(sample.network, "mine", { ...range, name: "mine" });
    assert.equal(lab.diff(given, { range: "B", name: "mine" }).deleteBeforeReplace, true);
    assert.equal(lab.diff(given, { range: "B", name: "other" }).deleteBeforeReplace, false);
    assert.equal(
      lab.diff(given, { ...range, name: "mine", tags: { a: "b" } }).deleteBeforeReplace,
      false,
    );
  });

  it("updates in place, keeping id and what did not change", () => {
    const net = lab.create(sample.network, "main", { ...range, tags: { a: "b" } });
    const updated = lab.update(net, { ...range, tags: { a: "c" } });
    assert.equal(updated.id, net.id);
    assert.deepEqual(updated.outputs["tagsAll"], { a: "c" });
    assert.equal(updated.outputs["arn"], net.outputs["arn"]);
    assert.deepEqual(lab.read(sample.network, net.id)?.inputs, updated.inputs);
  });

  it("shows at preview of an update what is certain, and changes nothing", () => {
    const net = lab.create(sample.network, "main", { ...range, tags: { a: "b" } });
    const planned = lab.previewUpdate(net, { ...range, tags: { a: "c" }, note: unknown });
    assert.equal(planned["arn"], net.outputs["arn"]);
    assert.deepEqual(planned["tagsAll"], { a: "c" });
    assert.equal(planned["note"], unknown);
    assert.deepEqual(lab.read(sample.network, net.id)?.outputs, net.outputs);
    lab.delete(net);
    assert.deepEqual(lab.previewUpdate(net, { ...range, tags: { a: "c" } })["tagsAll"], { a: "c" });
    assert.match(
      lab.refusal(() => lab.update(net, { ...range, tags: { a: "c" } })),
      /ResourceNotFound/,
    );
  });

  it("shows drift in a read and keeps it over an update of something else", () => {
    const net = lab.create(sample.network, "main", { ...range, tags: { a: "b" } });
    lab.drift(net, "dns", false);
    lab.drift(net, "tags.a", "changed");
    const seen = lab.read(sample.network, net.id);
    assert.equal(seen?.outputs["dns"], false);
    assert.equal(seen?.inputs["dns"], false);
    assert.deepEqual(seen?.outputs["tagsAll"], { a: "changed" });
    const updated = lab.update(net, { ...range, range: "A-Y", tags: { a: "b" } });
    assert.equal(updated.outputs["dns"], false);
    lab.drift(net, "arn", "arn:other");
    assert.equal(lab.read(sample.network, net.id)?.outputs["arn"], "arn:other");
    assert.equal(lab.read(sample.network, net.id)?.inputs["arn"], undefined);
  });

  it("keeps in drift what the provider's configuration added", () => {
    const tagging = lab.with("aws", { region: "us-east-1", shared: { owner: "core" } });
    const net = tagging.create(sample.network, "main", { ...range, tags: { a: "b" } });
    lab.drift(net, "tags.a", "c");
    lab.drift(net, "tags.d", "e");
    const seen = tagging.read(sample.network, net.id);
    assert.deepEqual(seen?.outputs["tagsAll"], { owner: "core", a: "c", d: "e" });
    assert.equal(seen?.outputs["arn"], net.outputs["arn"]);
  });

  it("refuses an unknown input outside of a preview", () => {
    assert.match(
      lab.refusal(() => lab.create(sample.network, "main", { range: unknown })),
      /unknown outside of a preview/,
    );
  });

  it("refuses an unknown type, naming where its entry would go", () => {
    const message = lab.refusal(() => lab.check("aws:ec2/nonsense:Nonsense", "x", {}));
    assert.match(message, /aws:ec2\/nonsense:Nonsense.*local-clouds\/packages\/aws\/types\//);
  });
});
