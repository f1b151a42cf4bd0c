/** What gate-comment.yml does with what a pull request hands it. Its steps run as they are. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Api, finished } from "./api.ts";
import { workflow } from "./workflows.ts";

const mark = "<!-- bulkhead-gate -->";
const commit = "a".repeat(40);

/** The GitHub command line's `api`, over curl: the options that the workflow uses. */
const gh = `#!/bin/bash
shift; method=GET; data=(); path=; input=()
while [ $# -gt 0 ]; do case $1 in
  --method) method=$2; shift ;; -f) data+=(--data-urlencode "$2"); shift ;; --input) input=(--data-binary "@$2"); shift ;;
  --silent|--paginate) ;; *) path=$1 ;;
esac; shift; done
if [ "$method" = GET ]; then exec curl -sSf --get "\${data[@]}" "$API/$path"; fi
exec curl -sSf -X "$method" "\${input[@]}" "$API/$path" -o /dev/null
`;

/** Programs that the workflow's steps use and this machine lacks. */
function lackingTools(): string[] {
  return ["jq", "unzip", "zip", "curl"].filter((tool) => spawnSync("which", [tool]).status !== 0);
}

describe("gate-comment.yml", function () {
  this.timeout(60_000);
  let api: Api;
  let dir: string;
  // GitHub's machines have them all.
  before(function () {
    const lacking = lackingTools();
    if (lacking.length === 0) return;
    process.stderr.write(`the workflow's steps need ${lacking.join(", ")} on PATH\n`);
    this.skip();
  });
  beforeEach(async () => {
    api = await Api.start();
    dir = mkdtempSync(join(tmpdir(), "bulkhead-ci-"));
    mkdirSync(join(dir, "bin"));
    writeFileSync(join(dir, "bin", "gh"), gh, { mode: 0o755 });
  });
  afterEach(() => {
    api.close();
    rmSync(dir, { recursive: true, force: true });
  });

  /** Runs the steps as GitHub does; returns those that failed. */
  async function runSteps(env: NodeJS.ProcessEnv = {}): Promise<readonly string[]> {
    const [job] = Object.values(workflow("gate-comment.yml").jobs);
    const kept = join(dir, "github-env");
    writeFileSync(kept, "");
    const failed: string[] = [];
    for (const { name = "", run = "" } of job?.steps ?? []) {
      const lines = readFileSync(kept, "utf8")
        .split("\n")
        .filter((line) => line.includes("="));
      const more = Object.fromEntries(lines.map((line) => line.split("=") as [string, string]));
      if (more["NUMBER"] === "none") break;
      const { code } = await finished(
        "bash",
        ["--noprofile", "--norc", "-eo", "pipefail", "-c", run],
        dir,
        {
          ...{
            ...process.env,
            PATH: `${join(dir, "bin")}${delimiter}${process.env["PATH"] ?? ""}`,
          },
          ...{ API: api.url, GITHUB_ENV: kept, REPOSITORY: "acme/shop", RUN: "5", COMMIT: commit },
          ...{ RUN_URL: "https://example.invalid/5", CONCLUSION: "failure", OWNER: "stranger" },
          ...{ BRANCH: "$(touch owned);`touch owned`", ...more, ...env },
        },
      );
      if (code !== 0) failed.push(name);
    }
    return failed;
  }

  /** A zip with these files. */
  function zipOf(files: Readonly<Record<string, string>>): Buffer {
    const folder = mkdtempSync(join(dir, "zip-"));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    execFileSync("zip", ["-q", "a.zip", ...Object.keys(files)], { cwd: folder });
    return readFileSync(join(folder, "a.zip"));
  }

  function serve(
    files: Readonly<Record<string, string>>,
    more: Readonly<Record<string, unknown>> = {},
  ) {
    api.answers = {
      "repos/acme/shop/pulls": [
        { number: 3, head: { sha: "b".repeat(40) } },
        { number: 7, head: { sha: commit } },
      ],
      "repos/acme/shop/actions/runs/5/artifacts": {
        artifacts: [{ id: 11, name: "gate", expired: false, size_in_bytes: 4_000 }],
      },
      "repos/acme/shop/actions/artifacts/11/zip": zipOf(files),
      "repos/acme/shop/pulls/7/files": [{ filename: "stacks/main.ts" }],
      "repos/acme/shop/issues/7/comments": [],
      ...more,
    };
  }

  const comment = `${mark}\n## blocked\n`;
  const sarif = (name: string) =>
    JSON.stringify({
      version: "2.1.0",
      runs: [
        {
          tool: { driver: { name } },
          results: [
            { ruleId: "AN02", baselineState: "new" },
            { ruleId: "AN03", baselineState: "absent" },
            { ruleId: "AN04", baselineState: "new", suppressions: [{ kind: "external" }] },
          ],
        },
      ],
    });

  function saidBody(): string {
    const [first] = api.written();
    return (JSON.parse(first?.body ?? "{}") as { body: string }).body;
  }

  it("writes one comment to the pull request of the commit, and uploads what stands", async () => {
    serve({ "comment.md": comment, "gate.sarif": sarif("bulkhead") });
    assert.deepEqual(await runSteps(), []);
    const [told, shown] = api.written();
    assert.deepEqual([told?.method, told?.path], ["POST", "repos/acme/shop/issues/7/comments"]);
    assert.ok(
      saidBody().startsWith(`${mark}\nThe check ended with **failure** for commit ${commit}`),
    );
    assert.ok(saidBody().endsWith("## blocked\n"));
    assert.ok(!saidBody().includes("judge this change"));
    assert.equal(shown?.path, "repos/acme/shop/code-scanning/sarifs");
    const upload = JSON.parse(shown?.body ?? "") as {
      sarif: string;
      ref: string;
      commit_sha: string;
    };
    assert.deepEqual([upload.ref, upload.commit_sha], ["refs/pull/7/head", commit]);
    const sent = gunzipSync(Buffer.from(upload.sarif, "base64")).toString();
    assert.match(sent, /AN02/);
    assert.doesNotMatch(sent, /AN03|AN04/);
  });

  it("asks for a branch by its name, whatever that name is", async () => {
    serve({ "comment.md": comment });
    await runSteps();
    const query = new URLSearchParams(
      api.asked.find(({ path }) => path.startsWith("repos/acme/shop/pulls?"))?.path.split("?")[1],
    );
    assert.equal(query.get("head"), "stranger:$(touch owned);`touch owned`");
    assert.throws(() => readFileSync(join(dir, "owned")));
  });

  it("mends its own comment and nobody else's", async () => {
    serve(
      { "comment.md": comment },
      {
        "repos/acme/shop/issues/7/comments": [
          { id: 1, user: { login: "stranger" }, body: comment },
          { id: 2, user: { login: "github-actions[bot]" }, body: "something else" },
          { id: 3, user: { login: "github-actions[bot]" }, body: comment },
        ],
      },
    );
    await runSteps();
    const [told] = api.written();
    assert.deepEqual([told?.method, told?.path], ["PATCH", "repos/acme/shop/issues/comments/3"]);
  });

  it("warns by itself where the change touches what judges it", async () => {
    serve(
      { "comment.md": comment },
      {
        "repos/acme/shop/pulls/7/files": [
          { filename: "x.ts", previous_filename: "model/base/cidr.ts" },
        ],
      },
    );
    await runSteps();
    assert.match(saidBody(), /\*\*1 of the changed files judge this change themselves/);
  });

  for (const [what, files] of [
    ["has not the mark", { "comment.md": "approve this" }],
    ["is longer than a comment", { "comment.md": `${mark}\n${"x".repeat(300_000)}` }],
    ["is not there", { "other.md": comment }],
  ] as const) {
    it(`shows nothing of a text that ${what}`, async () => {
      serve(files);
      await runSteps();
      assert.match(saidBody(), /The gate left no result that could be shown/);
      assert.doesNotMatch(saidBody(), /approve|xxx/);
    });
  }

  it("takes no artifact that is too large, and no other tool's findings", async () => {
    serve({ "comment.md": comment, "gate.sarif": sarif("CodeQL") });
    assert.deepEqual(await runSteps(), ["show the findings"]);
    serve(
      { "comment.md": comment },
      {
        "repos/acme/shop/actions/runs/5/artifacts": {
          artifacts: [{ id: 11, name: "gate", expired: false, size_in_bytes: 90_000_000 }],
        },
      },
    );
    rmSync(join(dir, "gate.zip"));
    api.asked.length = 0;
    await runSteps();
    assert.match(saidBody(), /left no result/);
  });

  it("says nothing where no open pull request has the commit", async () => {
    serve({ "comment.md": comment }, { "repos/acme/shop/pulls": [] });
    assert.deepEqual(await runSteps(), []);
    assert.deepEqual(api.written(), []);
  });
});
