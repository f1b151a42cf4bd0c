/** What exists and is in no state. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { heldInBackend, heldInFile } from "../../../automation/clouds/held.ts";
import { unmanaged, type WorldObject } from "../../../automation/clouds/unmanaged.ts";

const token = "aws:ec2/vpc:Vpc";

function object(row: number, rest: Partial<WorldObject> = {}): WorldObject {
  const urn = `urn:pulumi:s::p::${token}::n${row}`;
  return { row, package: "aws", token, id: `vpc-${row}`, urn, companionOf: null, ...rest };
}

const heldOf = ({ urn, id, token: type }: WorldObject) => ({ urn, id, type });
const rows = (objects: readonly WorldObject[]) => objects.map(({ row }) => row);

describe("unmanaged", () => {
  it("is exactly what no state holds, whatever the order of both", () => {
    const worlds = fc.uniqueArray(fc.nat(200), { maxLength: 40 });
    fc.assert(
      fc.property(worlds, fc.func(fc.boolean()), fc.boolean(), (numbers, isHeld, reversed) => {
        const world = numbers.map((row) => object(row));
        const held = world.filter((one) => isHeld(one.row)).map(heldOf);
        const left = unmanaged(world, reversed ? held.reverse() : held);
        const expected = numbers.filter((row) => !isHeld(row)).sort((a, b) => a - b);
        assert.deepEqual(rows(left), expected);
      }),
    );
  });

  it("leaves the older one of two that a lost answer made of one resource", () => {
    const twins = [object(1, { urn: "u", id: "none" }), object(2, { urn: "u", id: "none" })];
    assert.deepEqual(rows(unmanaged(twins, [{ urn: "u", id: "none", type: token }])), [1]);
    const others = [object(1, { urn: "u" }), object(2, { urn: "u" })];
    assert.deepEqual(rows(unmanaged(others, [{ urn: "u", id: "vpc-1", type: token }])), [2]);
  });

  it("lists what somebody made by hand, but not what a service made along with it", () => {
    const world = [object(1, { urn: "" }), object(2, { urn: "", companionOf: 1 })];
    assert.deepEqual(rows(unmanaged(world, [])), [1]);
  });

  it("knows a resource that was renamed, and one by a token with an API version", () => {
    const world = [object(1), object(2, { token: "azure-native:network:Subnet", id: "/s/2" })];
    const held = [
      { urn: "urn:pulumi:s::p::aws:ec2/vpc:Vpc::renamed", type: token, id: "vpc-1" },
      { urn: "u", type: "azure-native:network/v20240101:Subnet", id: "/s/2" },
    ];
    assert.deepEqual(unmanaged(world, held), []);
  });

  it("does not take one kind for another, nor one cluster's object for the other's", () => {
    const [role, user] = ["aws:iam/role:Role", "aws:iam/user:User"];
    const world = [
      object(1, { token: role, id: "a", urn: "ur" }),
      object(2, { token: user, id: "a", urn: "uu" }),
      object(3, { token: "kubernetes:core/v1:Pod", id: "ns/p", urn: "one" }),
      object(4, { token: "kubernetes:core/v1:Pod", id: "ns/p", urn: "other" }),
    ];
    const held = [
      { urn: "uu", type: user, id: "a" },
      { urn: "other", type: "kubernetes:core/v1:Pod", id: "ns/p" },
    ];
    assert.deepEqual(rows(unmanaged(world, held)), [1, 3]);
  });
});

describe("what stacks hold", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "bulkhead-held-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const resources = [
    { urn: "a", type: token, id: "vpc-1", custom: true },
    { urn: "b", type: token, id: "vpc-2", custom: true, delete: true },
    { urn: "c", type: token, id: "vpc-3", custom: true, external: true },
    { urn: "d", type: "pulumi:providers:aws", id: "p", custom: true },
    { urn: "e", type: "bulkhead:Network", custom: false },
  ];

  it("is what they manage: not what they only read, no component, no provider", () => {
    const file = join(folder, "export.json");
    writeFileSync(file, JSON.stringify({ version: 3, deployment: { resources } }));
    assert.deepEqual(
      heldInFile(file).map(({ urn }) => urn),
      ["a", "b"],
    );
    writeFileSync(file, "{");
    assert.throws(() => heldInFile(file), /state export/);
  });

  it("is read from every stack of a backend, compressed or not; an empty one holds nothing", () => {
    const stacks = join(folder, ".pulumi", "stacks");
    assert.deepEqual(heldInBackend(folder), []);
    for (const project of ["one", "two"]) mkdirSync(join(stacks, project), { recursive: true });
    const text = JSON.stringify({ version: 3, checkpoint: { stack: "s", latest: { resources } } });
    writeFileSync(join(stacks, "one", "s.json"), text);
    writeFileSync(join(stacks, "one", "s.json.bak"), "damaged");
    writeFileSync(join(stacks, "two", "s.json.gz"), gzipSync(text));
    const nothing = { version: 3, checkpoint: { stack: "t", latest: {} } };
    writeFileSync(join(stacks, "two", "t.json"), JSON.stringify(nothing));
    assert.deepEqual(
      heldInBackend(folder).map(({ urn }) => urn),
      ["a", "b", "a", "b"],
    );
  });
});
