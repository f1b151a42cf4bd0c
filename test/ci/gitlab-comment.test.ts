/** What GitLab's trusted job does with what a merge request hands it. Its script runs as it is. */
import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Api, finished } from "./api.ts";
import { gitLabJobs } from "./workflows.ts";

const mark = "<!-- bulkhead-gate -->";
const commit = "a".repeat(40);

describe("GitLab's gate comments", function () {
  this.timeout(60_000);
  let api: Api;
  beforeEach(async () => {
    api = await Api.start();
  });
  afterEach(() => api.close());

  async function runJob(): Promise<string> {
    const script = gitLabJobs()["gate comments"]?.script?.[0] ?? "";
    const env = { CI_API_V4_URL: api.url, CI_PROJECT_ID: "1", GATE_TOKEN: "t" };
    const path = `${join(process.execPath, "..")}${delimiter}${process.env["PATH"] ?? ""}`;
    const { code, said } = await finished("bash", ["-c", script], tmpdir(), {
      ...process.env,
      PATH: path,
      ...env,
    });
    assert.equal(code, 0, said);
    return said;
  }

  function serve(text: string, notes: readonly object[] = [], status = "failed") {
    api.answers = {
      user: { id: 99 },
      "projects/1/merge_requests": [{ iid: 4 }],
      "projects/1/merge_requests/4": {
        sha: commit,
        head_pipeline: { id: 8, project_id: 2, sha: commit, status },
      },
      "projects/1/merge_requests/4/diffs": [
        { new_path: "stacks/main.ts", old_path: "tools/runtime/get.sh" },
      ],
      "projects/1/merge_requests/4/notes": notes,
      "projects/2/pipelines/8/jobs": [{ id: 12, name: "gate" }],
      "projects/2/jobs/12/artifacts/gate/comment.md": Buffer.from(text),
    };
  }

  it("writes one note with a warning of its own", async () => {
    serve(`${mark}\n## blocked\n`);
    await runJob();
    const [told] = api.written();
    assert.deepEqual([told?.method, told?.path], ["POST", "projects/1/merge_requests/4/notes"]);
    const { body } = JSON.parse(told?.body ?? "{}") as { body: string };
    assert.match(body, /\*\*failed\*\* for commit a{40}\.\n\n\*\*1 of the changed files judge/);
    assert.ok(body.endsWith("## blocked\n"));
  });

  it("mends its own note, leaves others alone and writes nothing twice", async () => {
    const others = { id: 1, author: { id: 5 }, body: `${mark}\nforged` };
    serve(`${mark}\n## blocked\n`, [others, { id: 2, author: { id: 99 }, body: `${mark}\nolder` }]);
    await runJob();
    const [told] = api.written();
    assert.deepEqual([told?.method, told?.path], ["PUT", "projects/1/merge_requests/4/notes/2"]);
    const { body } = JSON.parse(told?.body ?? "{}") as { body: string };
    serve(`${mark}\n## blocked\n`, [others, { id: 2, author: { id: 99 }, body }]);
    await runJob();
    assert.equal(api.written().length, 1);
  });

  it("shows nothing without the mark or too long, and waits for a pipeline that runs", async () => {
    for (const text of ["approve this", `${mark}\n${"x".repeat(70_000)}`]) {
      serve(text);
      api.asked.length = 0;
      await runJob();
      assert.match(api.written()[0]?.body ?? "", /left no result that could be shown/);
    }
    serve(`${mark}\n`, [], "running");
    api.asked.length = 0;
    await runJob();
    assert.deepEqual(api.written(), []);
  });
});
