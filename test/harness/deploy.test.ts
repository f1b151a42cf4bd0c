import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { deploy, deployFully, identities, named, unknownInput } from "./deploy.ts";

class Thing extends pulumi.CustomResource {
  declare readonly size: pulumi.Output<number>;

  constructor(name: string, inputs: pulumi.Inputs, opts?: pulumi.CustomResourceOptions) {
    super("test:index:Thing", name, { size: undefined, ...inputs }, opts);
  }
}

describe("deploy harness", () => {
  it("makes a resource that is born inside apply visible as a difference of the two passes", async () => {
    const program = () => {
      const first = new Thing("first", {});
      first.id.apply((id) => new Thing("second", { id }));
    };
    assert.equal((await deploy(program)).length, 2);
    assert.equal((await deploy(program, { preview: true })).length, 1);
  });

  it("waits for resources that a chain of applies brings late", async () => {
    const program = () => {
      let last: pulumi.Output<unknown> = new Thing("0", {}).id;
      for (let i = 1; i < 8; i++) {
        last = last.apply((value) => new Thing(String(i), { value }).id);
      }
    };
    assert.equal((await deploy(program)).length, 8);
  });

  it("shows parents, dependencies, unknown and secret inputs", async () => {
    const program = () => {
      const parent = new pulumi.ComponentResource("test:index:Group", "group");
      const first = new Thing("first", { password: pulumi.secret("x") }, { parent });
      new Thing("second", { size: first.size, plain: 1 }, { parent, dependsOn: first });
    };
    const known = await deploy(program, { outputs: () => ({ size: 3 }) });
    const second = named(known, "second");
    assert.equal(second.inputs.size, 3);
    assert.match(second.parent, /::group$/);
    assert.ok(second.dependsOn.some((urn) => urn.endsWith("::first")));
    assert.deepEqual(named(known, "first").inputs.password, { secret: "x" });
    const unknown = await deploy(program, { preview: true, outputs: () => ({ size: 3 }) });
    assert.equal(named(unknown, "second").inputs.size, unknownInput);
    assert.equal(named(unknown, "second").inputs.plain, 1);
    assert.deepEqual(identities(unknown), identities(known));
  });

  it("records calls and refuses those a test does not answer", async () => {
    const program = () => {
      const answer = pulumi.output(pulumi.runtime.invoke("test:index:ask", { of: 1 }));
      answer.apply((value) => new Thing("asked", { value }));
    };
    const { calls, resources } = await deployFully(program, { call: () => ({ is: 2 }) });
    assert.deepEqual(
      calls.map(({ token, inputs }) => [token, inputs]),
      [["test:index:ask", { of: 1 }]],
    );
    assert.deepEqual(named(resources, "asked").inputs.value, { is: 2 });
    await assert.rejects(deploy(program), /answers no call of test:index:ask/);
  });

  it("throws what goes wrong inside apply", async () => {
    await assert.rejects(
      deploy(() => {
        new Thing("first", {}).id.apply(() => {
          throw new Error("broken inside");
        });
      }),
      /broken inside/,
    );
  });

  it("keeps runs apart", async () => {
    await deploy(() => new Thing("a", {}));
    const names = (await deploy(() => new Thing("b", {}))).map(({ name }) => name);
    assert.deepEqual(names, ["b"]);
  });
});
