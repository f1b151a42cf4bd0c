/** The commands below `clouds`, by the command line and its processes. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { Checkout } from "../harness/checkout.ts";

interface Listed {
  readonly row: number;
  readonly token: string;
  readonly id: string;
  readonly urn: string;
}

describe("clouds", function () {
  this.timeout(120_000);
  // Each step stands on the one before it.
  this.bail(true);

  let checkout: Checkout;
  before(() => {
    checkout = new Checkout();
  });
  after(async () => {
    await checkout.run(["clouds", "stop", "--world", "blue"]);
    await checkout.run(["clouds", "stop"]);
    checkout.remove();
  });

  const clouds = async (...args: string[]) => {
    const { code, stdout, stderr } = await checkout.run(["clouds", ...args]);
    assert.equal(code, 0, stderr);
    return { stdout, stderr };
  };
  const refused = async (code: number, words: RegExp, ...args: string[]) => {
    const outcome = await checkout.run(["clouds", ...args]);
    assert.equal(outcome.code, code, outcome.stderr);
    assert.match(outcome.stderr, words);
  };
  const listed = async (...args: string[]): Promise<Listed[]> => {
    const { stdout } = await clouds("state", "--json", ...args);
    return (JSON.parse(stdout) as { resources: Listed[] }).resources;
  };

  it("fault asks for clouds that stay", () =>
    refused(1, /clouds start first/, "fault", "--op", "create", "--kind", "error"));

  it("fault arms, lists and disarms", async () => {
    await clouds("start");
    const args = ["--op", "create", "--kind", "timeout", "--rate", "0.5", "--seed", "7"];
    const { stdout } = await clouds("fault", "--on", "*Vpc*", ...args, "--json");
    const [one] = (JSON.parse(stdout) as { faults: Record<string, unknown>[] }).faults;
    const { id, ...rest } = one ?? {};
    const asked = { on: "*Vpc*", op: "create", kind: "timeout", rate: 0.5, seed: "7" };
    assert.deepEqual(rest, { ...asked, asked: 0, struck: 0 });
    assert.match((await clouds("fault", "--list")).stdout, /\*Vpc\* +create +timeout +0\.5 +7/);
    await refused(1, /No fault nothing is armed/, "fault", "--clear", "nothing");
    assert.match((await clouds("fault", "--clear", String(id))).stderr, /1 fault disarmed/);
    assert.match((await clouds("fault", "--list")).stderr, /0 faults armed/);
  });

  it("fault refuses what it does not know", async () => {
    await refused(2, /throttle, error, init-failure/, "fault", "--op", "create", "--kind", "x");
    await refused(2, /--op with --kind/, "fault", "--op", "create");
    await refused(2, /--op with --kind, or --list/, "fault");
    await refused(2, /A number is needed/, "fault", "--rate", "often");
    const gone = ["--op", "create", "--kind", "gone"];
    await refused(1, /gone cannot meet create, only read, update, delete/, "fault", ...gone);
  });

  it("drift creates by hand, and state lists it as unmanaged", async () => {
    writeFileSync(checkout.path("vpc.json"), '{"cidrBlock":"10.9.0.0/16"}');
    const vpc = ["aws:ec2/vpc:Vpc", "hand", "--inputs", checkout.path("vpc.json")];
    await clouds("drift", "--create", ...vpc, "--config", "region=eu-west-1");
    await clouds("drift", "--create", "aws:iam/user:User", "bob");
    const all = await listed();
    assert.equal(all.length, 5);
    const left = await listed("--unmanaged");
    assert.deepEqual(
      left.map(({ token, urn }) => [token, urn]),
      [
        ["aws:ec2/vpc:Vpc", ""],
        ["aws:iam/user:User", ""],
      ],
    );
    assert.deepEqual(
      (await listed("--token", "aws:iam/*")).map(({ id }) => id),
      ["bob"],
    );
    assert.deepEqual(await listed("--package", "gcp"), []);
    assert.deepEqual(await listed("--account", "nobody"), []);
    await refused(1, /EntityAlreadyExists/, "drift", "--create", "aws:iam/user:User", "bob");
  });

  it("state --unmanaged takes the state of any program", async () => {
    const [vpc, user] = await listed("--unmanaged");
    assert.ok(vpc && user);
    const held = { urn: "urn:pulumi:s::p::t::n", type: user.token, id: user.id, custom: true };
    const file = checkout.path("state.json");
    writeFileSync(file, JSON.stringify({ version: 3, deployment: { resources: [held] } }));
    assert.deepEqual(await listed("--unmanaged", "--state", file), [vpc]);
    writeFileSync(file, "{}");
    await refused(2, /a state export/, "state", "--unmanaged", "--state", file);
  });

  it("drift changes several properties and removes one; show shows it", async () => {
    await clouds("drift", "bob", "tags.a=1", 'tags["b=c"]=x', "forceDestroy=true");
    await clouds("drift", "bob", "tags.a-");
    const shown = JSON.parse((await clouds("state", "show", "bob")).stdout) as {
      outputs: Record<string, unknown>;
    };
    assert.deepEqual(shown.outputs["tags"], { "b=c": "x" });
    assert.equal(shown.outputs["forceDestroy"], true);
    await refused(1, /did you mean bob\?/, "drift", "boob", "a=1");
    await refused(2, /PATH=VALUE, PATH-, or --delete/, "drift", "bob");
    await refused(2, /PATH- to remove it/, "drift", "bob", "tags.a");
    await clouds("drift", "bob", "--delete");
    await refused(1, /no resource/, "state", "show", "bob");
  });

  it("a world goes into a file and into another world", async () => {
    const file = checkout.path("world.json");
    await clouds("state", "export", file);
    await refused(2, /start --world blue makes one/, "state", "--world", "blue");
    await clouds("state", "import", file, "--world", "blue");
    assert.deepEqual(await listed("--world", "blue"), await listed());
    await refused(1, /must be empty/, "state", "import", file, "--world", "blue");
    const world = JSON.parse(readFileSync(file, "utf8")) as object;
    writeFileSync(file, JSON.stringify({ ...world, version: 99 }));
    await refused(1, /version is 99/, "state", "import", file, "--world", "green");
    writeFileSync(file, "{");
    await refused(2, /as clouds state export writes it/, "state", "import", file);
  });

  it("worlds are apart, and run side by side", async () => {
    await clouds("start", "--world", "blue");
    const { stdout } = await clouds("worlds", "--json");
    const { worlds } = JSON.parse(stdout) as { worlds: { name: string; pid: number | null }[] };
    assert.deepEqual(
      worlds.map(({ name }) => name),
      ["blue", "green", "local"],
    );
    const pids = worlds.map(({ pid }) => pid);
    assert.ok(pids[0] !== null && pids[1] === null && pids[2] !== null && pids[0] !== pids[2]);
    await clouds("reset", "--world", "blue");
    assert.deepEqual(await listed("--world", "blue"), []);
    assert.equal((await listed()).length, 4);
  });
});
