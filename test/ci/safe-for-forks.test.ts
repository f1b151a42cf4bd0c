/** What may not change in the workflow files: who runs a stranger's code holds nothing, and the reverse. */
import assert from "node:assert/strict";
import { isJudge } from "../../automation/gate/result.ts";
import { gitLabJobs, type Step, textOf, workflow } from "./workflows.ts";

const untrusted = workflow("gate.yml");
const trusted = workflow("gate-comment.yml");

function stepsOf({ jobs }: typeof untrusted): readonly Step[] {
  return Object.values(jobs).flatMap((job) => job.steps);
}

describe("GitHub workflows", () => {
  it("give a pull request's code no secret, no writing token and no identity", () => {
    assert.deepEqual(Object.keys(untrusted.on).sort(), ["pull_request", "push"]);
    assert.deepEqual(untrusted.permissions, { contents: "read" });
    for (const job of Object.values(untrusted.jobs)) {
      assert.equal(job.permissions, undefined, "a job asks for more");
      const [first] = job.steps;
      assert.match(first?.uses ?? "", /^actions\/checkout@/);
      assert.equal(first?.with?.["persist-credentials"], false);
    }
    assert.doesNotMatch(textOf("github/gate.yml"), /secrets\.|github\.token|id-token|GH_TOKEN/i);
  });

  it("let a pull request's code leave nothing in a cache", () => {
    const { gate } = untrusted.jobs;
    for (const { uses = "" } of gate?.steps ?? []) {
      assert.doesNotMatch(uses, /^actions\/cache(\/save)?@/);
    }
  });

  it("run nothing of a pull request where they may write", () => {
    assert.deepEqual(trusted.on, { workflow_run: { workflows: ["gate"], types: ["completed"] } });
    assert.deepEqual(trusted.permissions, {});
    assert.deepEqual(Object.values(trusted.jobs)[0]?.permissions, {
      actions: "read",
      "pull-requests": "write",
      "security-events": "write",
    });
    for (const { uses, run = "" } of stepsOf(trusted)) {
      assert.equal(uses, undefined);
      assert.doesNotMatch(run, /git |npm|bulkhead gate|\.\/|eval|unzip (?!-p )/);
    }
  });

  it("put no value into a script's text", () => {
    for (const { run = "" } of [...stepsOf(untrusted), ...stepsOf(trusted)]) {
      assert.ok(!run.includes("${{"), run);
    }
  });

  it("pin every action by digest and name its version", () => {
    const lines = textOf("github/gate.yml").match(/uses: .*/g) ?? [];
    assert.ok(lines.length >= 5);
    for (const line of lines) assert.match(line, /^uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("count the same files as judges as the gate does", () => {
    const pattern = /test\("(\^.*?)"\)/.exec(textOf("github/gate-comment.yml"))?.[1] ?? "";
    sameJudges(new RegExp(pattern));
  });
});

describe("GitLab jobs", () => {
  const jobs = gitLabJobs();

  it("keep the token from a merge request's code, and that code from the token", () => {
    const { gate, "gate comments": comments } = jobs;
    assert.deepEqual(gate?.rules, [{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }]);
    assert.doesNotMatch(JSON.stringify(gate), /TOKEN|id_tokens|secrets/);
    const when = '$CI_PIPELINE_SOURCE == "schedule" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH';
    assert.deepEqual(comments?.rules, [{ if: when }]);
    assert.equal(comments?.variables?.["GIT_STRATEGY"], "none");
    assert.equal(comments?.extends, ".gate-image");
    assert.doesNotMatch(comments?.script?.join("\n") ?? "", /\.\/bulkhead|npm |git /);
  });

  it("pin the image by digest", () => {
    const images = Object.values(jobs).flatMap(({ image }) => image ?? []);
    assert.equal(images.length, 1);
    assert.match(images[0] ?? "", /^node:24\.\d+\.\d+-bookworm@sha256:[0-9a-f]{64}$/);
  });

  it("hand the base over as a quoted variable", () => {
    assert.deepEqual(jobs["gate"]?.script, ['./bulkhead gate --base "$BASE" --output gate']);
  });

  it("count the same files as judges as the gate does", () => {
    const pattern = /const judges = \/(.*)\/;/.exec(textOf("gitlab/gate.yml"))?.[1] ?? "";
    sameJudges(new RegExp(pattern));
  });
});

function sameJudges(pattern: RegExp): void {
  const judging = [
    ...["policy-packs/rules/network/AN02.ts", "model/reach/prove.ts", "automation/gate/decide.ts"],
    ...["stacks/exemptions.json", "stacks/rules.json", "bulkhead", "package-lock.json"],
    ...["tools/engine/go.mod", "local-clouds/main.ts", "Pulumi.yaml", "package.json"],
  ];
  for (const file of judging) {
    assert.ok(isJudge(file), file);
    assert.ok(pattern.test(file), file);
  }
  for (const file of [
    "stacks/intent.ts",
    "stacks/Pulumi.prod.yaml",
    "components/network/index.ts",
    "docs/model/x",
    "README.md",
  ]) {
    assert.ok(!isJudge(file), file);
    assert.ok(!pattern.test(file), file);
  }
}
