/** The gate on a real repository: a path that three harmless-looking edits open together. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import type { GateResult } from "../../automation/gate/result.ts";
import { commentCharactersMax } from "../../automation/gate/words/markdown.ts";
import { Checkout } from "../harness/checkout.ts";

const minutes = 60_000;
const main = "stacks/main.ts";

/** A web machine that the internet may call, and a database that only the web machine may. */
const program = `
import * as aws from "@pulumi/aws";
import { readSettings, settingNames, accountsOf } from "./settings.ts";
import { settingsOfThisStack } from "./this-stack.ts";
import { cloudProviders } from "./providers.ts";

const read = readSettings("local", settingsOfThisStack(settingNames));
if ("problems" in read) throw new Error("settings");
const { aws: provider } = cloudProviders(accountsOf(read.settings), "local");
const own = { provider };

const vpc = new aws.ec2.Vpc("shop", { cidrBlock: "10.20.0.0/16" }, own);
const vpcId = vpc.id;
new aws.ec2.DefaultSecurityGroup("none", { vpcId, ingress: [], egress: [] }, own);
const gateway = new aws.ec2.InternetGateway("shop", { vpcId }, own);
const open = new aws.ec2.RouteTable("open", { vpcId }, own);
const shut = new aws.ec2.RouteTable("shut", { vpcId }, own);
new aws.ec2.Route("out", { routeTableId: open.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id }, own);
// more routes

const subnet = (name: string, cidrBlock: string, table: aws.ec2.RouteTable) => {
  const made = new aws.ec2.Subnet(name, { vpcId, cidrBlock }, own);
  new aws.ec2.RouteTableAssociation(name, { subnetId: made.id, routeTableId: table.id }, own);
  return made;
};
const group = (name: string) => new aws.ec2.SecurityGroup(name, { vpcId, description: name }, own);
const webGroup = group("web");
const dataGroup = group("data");
const inward = (name: string, args: Omit<aws.vpc.SecurityGroupIngressRuleArgs, "ipProtocol">) =>
  new aws.vpc.SecurityGroupIngressRule(name, { ...args, ipProtocol: "tcp" }, own);
inward("https", { securityGroupId: webGroup.id, cidrIpv4: "0.0.0.0/0", fromPort: 443, toPort: 443, description: "customers" });
inward("queries", { securityGroupId: dataGroup.id, referencedSecurityGroupId: webGroup.id, fromPort: 5432, toPort: 5432, description: "web to data" });
// more rules

const machine = (name: string, subnetId: aws.ec2.Subnet, groupId: aws.ec2.SecurityGroup, associatePublicIpAddress: boolean) =>
  new aws.ec2.Instance(name, {
    ami: "ami-0123456789abcdef0", instanceType: "t3.micro", subnetId: subnetId.id,
    vpcSecurityGroupIds: [groupId.id], associatePublicIpAddress, metadataOptions: { httpTokens: "required" },
  }, own);
machine("web", subnet("web", "10.20.1.0/24", open), webGroup, true);
machine("data", subnet("data", "10.20.2.0/24", shut), dataGroup, false);
`;

const edits = [
  [
    "// more routes",
    'new aws.ec2.Route("updates", { routeTableId: shut.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id }, own);',
  ],
  [
    "// more rules",
    'inward("reports", { securityGroupId: dataGroup.id, cidrIpv4: "0.0.0.0/1", fromPort: 5432, toPort: 5432, description: "reports from the offices" });',
  ],
  ["shut), dataGroup, false", "shut), dataGroup, true"],
] as const;

/** A checkout under git, on a branch `change` of `main`. */
class Repository extends Checkout {
  git(...args: string[]): string {
    const who = ["-c", "user.name=a", "-c", "user.email=a@example.invalid"];
    return execFileSync("git", [...who, ...args], { cwd: this.dir, encoding: "utf8" });
  }

  static make(): Repository {
    const made = new Repository();
    made.write(main, program);
    made.write("stacks/rules.json", '{ "local": { "levels": { "AD07a": "disabled" } } }');
    made.git("init", "--quiet", "--initial-branch=main");
    // In a user's checkout it is a folder, which is ignored.
    appendFileSync(made.path(".git", "info", "exclude"), "node_modules\n");
    made.git("add", "--all");
    made.git("commit", "--quiet", "--message=base");
    made.git("switch", "--quiet", "--create=change");
    return made;
  }

  result(): GateResult {
    return JSON.parse(readFileSync(this.path("gate", "gate.json"), "utf8")) as GateResult;
  }
}

describe("gate", function () {
  this.timeout(10 * minutes);
  let repository: Repository;
  before(() => {
    repository = Repository.make();
  });
  after(() => repository.remove());

  it("passes where nothing changes, and leaves nothing behind", async () => {
    const { code, stdout, stderr } = await repository.run([
      ...["gate", "--base", "main", "--output", "gate"],
    ]);
    // Findings that were there before are the base's, and block as they would block an update.
    const { stacks, touched } = repository.result();
    assert.equal(stacks[0]?.verdict.decision, code === 0 ? "passed" : "blocked", stderr);
    assert.deepEqual(stacks[0]?.comparison.edits, [], stdout);
    assert.deepEqual(stacks[0]?.comparison.flows, []);
    assert.deepEqual(
      stacks[0]?.comparison.findings.filter(({ age }) => age !== "unchanged"),
      [],
    );
    assert.deepEqual(touched, []);
    // The machines' volumes are not encrypted; the branch's settings say that nobody is to ask.
    assert.deepEqual(
      stacks[0]?.comparison.findings.filter(({ rule }) => rule === "AD07a"),
      [],
    );
    assert.equal(repository.git("worktree", "list").trim().split("\n").length, 1);
    assert.ok(!existsSync(repository.path(".bulkhead", "state")));
  });

  it("shows the path from the internet to the data, its packet and the three edits", async () => {
    for (const [from, to] of edits) repository.edit(main, from, to);
    const { code, stdout } = await repository.run([
      ...["gate", "--base", "main", "--output", "gate"],
    ]);
    assert.equal(code, 1, stdout);
    const [stack] = repository.result().stacks;
    assert.equal(stack?.verdict.decision, "blocked");
    const flow = stack.comparison.flows.find(
      ({ from, to, added }) => from === "internet" && to === "data" && added === "tcp/5432",
    );
    assert.ok(flow, stdout);
    assert.match(flow.witness.packet, /^internet \([\d.]+\) → data \(.*\) tcp\/5432$/);
    const named = flow.edits.map(({ urn, path }) => `${urn.split("::").at(-1)} ${path}`.trim());
    assert.deepEqual(named.sort(), ["data associatePublicIpAddress", "reports", "updates"]);
    const comment = readFileSync(repository.path("gate", "comment.md"), "utf8");
    assert.ok(comment.length <= commentCharactersMax);
    for (const text of ["tcp/5432", "associatePublicIpAddress", "`updates`", "mermaid"]) {
      assert.ok(comment.includes(text.replaceAll("`", "")), text);
    }
  });

  it("needs all three: with one taken back no packet arrives at the machine", async () => {
    const [, , [from, to]] = edits;
    repository.edit(main, to, from);
    await repository.run(["gate", "--base", "main", "--output", "gate"]);
    const [stack] = repository.result().stacks;
    const ends = stack?.comparison.flows.flatMap(({ from, witness }) =>
      from === "internet" ? witness.ends : [],
    );
    // Whatever else may be put into the group, in a subnet with a public address, still is told.
    assert.ok(
      ends?.every((urn) => !urn.includes("aws:ec2/instance:Instance::")),
      ends?.join(),
    );
  });

  it("takes the base from a file that was kept there, and from no other commit's", async () => {
    repository.git("stash", "--quiet");
    repository.git("switch", "--quiet", "main");
    const kept = await repository.run(["gate", "--save", "base.json"]);
    assert.equal(kept.code, 0, kept.stderr);
    repository.git("switch", "--quiet", "change");
    repository.git("stash", "pop", "--quiet");
    const args = ["gate", "--base", "main", "--base-from", "base.json", "--output", "gate"];
    const { stdout } = await repository.run(args);
    assert.equal(repository.result().stacks[0]?.comparison.complete, true, stdout);
    repository.git("commit", "--quiet", "--all", "--message=change");
    const wrong = await repository.run([...args.slice(0, 2), "HEAD", ...args.slice(3)]);
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /--base-from: got commit [0-9a-f]{40}; allowed: stack local/);
  });

  it("decides nothing where a side or the exemptions are broken, and tells all of it", async () => {
    const good = repository.read(main);
    repository.write(main, `${good}\nthrow new Error("the head is broken");\n`);
    repository.write("stacks/exemptions.json", '[{"rule":"AN02"}]');
    const settings = repository.read("stacks/rules.json");
    repository.write("stacks/rules.json", '{ "local": { "levels": { "AN2": "advisory" } } }');
    try {
      const { code, stdout, stderr } = await repository.run(["gate", "--base=main", "--json"]);
      assert.equal(code, 1, stderr);
      const result = JSON.parse(stdout) as GateResult;
      assert.equal(result.decision, "undecided");
      assert.equal(result.faults.length, 6, result.faults.join("\n"));
      const errors = result.stacks[0]?.comparison.errors ?? [];
      assert.ok(errors.some((error) => /^head: .*the head is broken/s.test(error)));
      assert.ok(
        errors.every((error) => error.startsWith("head: ")),
        errors.join("\n"),
      );
    } finally {
      repository.write(main, good);
      rmSync(repository.path("stacks", "exemptions.json"));
      repository.write("stacks/rules.json", settings);
    }
  });

  it("stopped in a preview, leaves no clouds, no folder and no files of the base", async () => {
    const scratch = repository.path("scratch");
    mkdirSync(scratch);
    const run = repository.start(["./bulkhead", "gate", "--base=main"], { TMPDIR: scratch });
    await run.saw("Preview bulkhead local", 5 * minutes);
    assert.equal(
      readdirSync(scratch).filter((name) => name.startsWith("bulkhead-gate-")).length,
      1,
    );
    run.signal("SIGINT");
    const { code, stdout, stderr } = await run.done;
    assert.deepEqual([code, stdout], [1, ""], stderr);
    assert.match(stderr, /^Stopped\. Nothing is decided, and nothing was kept\.$/m);
    assert.doesNotMatch(stderr, /next run continues/);
    assert.deepEqual(
      readdirSync(scratch).filter((name) => name.startsWith("bulkhead-gate-")),
      [],
    );
    assert.equal(repository.git("worktree", "list").trim().split("\n").length, 1);
    assert.ok(!execFileSync("ps", ["-eo", "args"], { encoding: "utf8" }).includes(scratch));
  });

  it("costs no preview, and ends, where its outputs cannot be written", async () => {
    repository.write("a-file", "");
    for (const folder of ["/proc/1/gate/deep", "/proc/gate", repository.path("a-file", "gate")]) {
      const run = repository.start(["./bulkhead", "gate", "--base=main", "--output", folder]);
      const { code, stdout, stderr } = await run.done;
      assert.deepEqual([code, stdout], [3, ""], stderr);
      assert.ok(stderr.includes(`${folder}: got `) && stderr.includes("[environment-broken]"));
      assert.ok(!stderr.includes("Preview"), stderr);
    }
    rmSync(repository.path("a-file"));
  });

  it("tells a name that is no commit, and takes none for an option", async () => {
    for (const name of ["nowhere", "--help; rm -rf .", "-x", "$(touch owned)"]) {
      const { code, stderr } = await repository.run(["gate", `--base=${name}`]);
      assert.equal(code, 2, stderr);
      assert.match(stderr, /--base: got/);
    }
    assert.ok(!existsSync(repository.path("owned")));
  });
});
