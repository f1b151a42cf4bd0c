import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

function bulkhead(...args: readonly string[]) {
  const main = join(root, "automation", "cli", "main.ts");
  const env = { ...process.env, CI: "true" };
  return spawnSync(process.execPath, [main, ...args], { encoding: "utf8", cwd: root, env });
}

describe("command line", function () {
  this.timeout(30_000);

  it("prints its version and nothing else", () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      version: string;
    };
    const { stdout, stderr, status } = bulkhead("--version");
    assert.deepEqual([stdout, stderr, status], [`${version}\n`, "", 0]);
  });

  it("prints its help as a result", () => {
    const { stdout, status } = bulkhead("--help");
    assert.equal(status, 0);
    for (const command of [
      "up",
      "preview",
      "refresh",
      "destroy",
      "check",
      "reach",
      "clouds",
      "doctor",
      "test",
      "bench",
    ]) {
      assert.match(stdout, new RegExp(`^  ${command}\\b`, "m"));
    }
  });

  it("without a command is wrong use", () => {
    const { stdout, stderr, status } = bulkhead();
    assert.deepEqual([stdout, status], ["", 2]);
    assert.match(stderr, /Usage/);
  });

  const slips: [string, readonly string[], RegExp, RegExp][] = [
    ["a command", ["upp"], /Did you mean "up"/, /up, preview, refresh, destroy/],
    [
      "a command within another",
      ["clouds", "stat"],
      /Did you mean "start"/,
      /start, env, stop, state, drift, fault, worlds, reset/,
    ],
    ["a stack", ["up", "locl"], /Did you mean "local"/, /dev, local, prod, staging/],
    ["a scope of tests", ["test", "unt"], /Did you mean "unit"/, /types, lint, format/],
    ["an area of tests", ["test", "--full", "fault"], /Did you mean "faults"/, /allowed: faults/],
    ["an area", ["bench", "fundation"], /Did you mean "foundation"/, /foundation/],
  ];
  for (const [what, args, suggestion, list] of slips) {
    it(`lists what exists and suggests the nearest for ${what}`, () => {
      const { stdout, stderr, status } = bulkhead(...args);
      assert.equal(status, 2);
      assert.equal(stdout, "");
      assert.match(stderr, suggestion);
      assert.match(stderr, list);
    });
  }

  it("suggests nothing where nothing is near", () => {
    const { stderr, status } = bulkhead("up", "production-of-another-team");
    assert.equal(status, 2);
    assert.ok(!stderr.includes("Did you mean"));
  });

  const wrong: [string, readonly string[]][] = [
    ["an unknown option", ["up", "--nonsense"]],
    ["an argument too many", ["up", "local", "dev"]],
    ["a missing argument", ["check"]],
    ["a stack that is a path", ["up", "../local"]],
  ];
  for (const [what, args] of wrong) {
    it(`${what} is wrong use`, () => {
      const { stderr, status } = bulkhead(...args);
      assert.equal(status, 2, stderr);
    });
  }

  it("tells every problem of a stack's settings before any engine starts", () => {
    const { stdout, stderr, status } = bulkhead("preview", "dev");
    assert.equal(status, 2, stderr);
    assert.equal(stdout, "");
    assert.match(stderr, /bulkhead:aws\.account/);
    assert.match(stderr, /bulkhead:github/);
    assert.ok(!stderr.includes("▸ Engine"));
  });

  it("check judges a state export, with evidence, and ends with 1", () => {
    const rule = {
      urn: "urn:pulumi:s::p::aws:ec2/securityGroupRule:SecurityGroupRule::ssh",
      type: "aws:ec2/securityGroupRule:SecurityGroupRule",
      inputs: {
        type: "ingress",
        cidrBlocks: ["0.0.0.0/0"],
        fromPort: 22,
        toPort: 22,
        protocol: "tcp",
      },
    };
    const input = JSON.stringify({ version: 3, deployment: { resources: [rule] } });
    const main = join(root, "automation", "cli", "main.ts");
    const { stdout, status } = spawnSync(process.execPath, [main, "check", "-", "--json"], {
      encoding: "utf8",
      input,
    });
    assert.equal(status, 1);
    const answer = JSON.parse(stdout) as {
      findings: { rule: string; urn: string; path: string; witness: string; fix: string }[];
    };
    const found = answer.findings.find((finding) => finding.rule === "AN02");
    assert.equal(found?.urn, rule.urn);
    assert.equal(found?.path, "cidrBlocks[0]");
    assert.ok(found.witness !== "" && found.fix !== "");
  });

  it("check refuses what is no export", () => {
    const main = join(root, "automation", "cli", "main.ts");
    for (const input of ["{", "{}", '[{"name":"x"}]']) {
      const { status } = spawnSync(process.execPath, [main, "check", "-"], {
        encoding: "utf8",
        input,
      });
      assert.equal(status, 2, input);
    }
  });
});
