/** Directories of manifests: what is found, and what is refused before it does harm. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { aliasesMax, nestingMax } from "../../../automation/manifests/documents.ts";
import { allBytesMax, fileBytesMax } from "../../../automation/manifests/files.ts";
import { ManifestReader, problemsMax } from "../../../automation/manifests/read.ts";
import type { Problem } from "../../../model/base/problem.ts";
import { ProblemError } from "../../../model/base/problem.ts";

const pod = (name: string) => `{apiVersion: v1, kind: Pod, metadata: {name: ${name}}}\n`;

describe("a directory of manifests", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "manifests-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  }

  const namesIn = (directory: string) =>
    new ManifestReader().read(directory).workloads.map(({ owner }) => owner);

  function problemsOf(directory: string): readonly Problem[] {
    try {
      new ManifestReader().read(directory);
    } catch (error) {
      assert.ok(error instanceof ProblemError, String(error));
      return error.problems;
    }
    return [];
  }

  it("is read with all below it: YAML and JSON, sorted, without what begins with a dot", () => {
    write({
      "b/c.yml": pod("c"),
      "a.yaml": `${pod("a1")}---\n${pod("a2")}`,
      "b/d.json": '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"d"}}',
      "e.txt": "no manifest",
      ".git/f.yaml": "{",
    });
    assert.deepEqual(namesIn(folder), ["a1", "a2", "c", "d"]);
    assert.deepEqual(namesIn(join(folder, "a.yaml")), ["a1", "a2"]);
  });

  it("is read once where links lead in circles", () => {
    write({ "a.yaml": pod("a") });
    symlinkSync(".", join(folder, "self"));
    assert.deepEqual(namesIn(folder), ["a"]);
  });

  it("may use YAML's references and merges", () => {
    write({
      "a.yaml":
        "x: &m {name: merged}\napiVersion: v1\nkind: Pod\nmetadata: {<<: *m, namespace: shop}\n",
    });
    assert.deepEqual(namesIn(folder), ["merged"]);
  });

  it("tells all problems at once, of broken files and of wrong objects", () => {
    write({ "a.yaml": "a: b: c\n", "b.yaml": "{apiVersion: v1, kind: Pod}", "c.json": "{" });
    const places = problemsOf(folder).map(({ place }) => place);
    assert.deepEqual(places, ["a.yaml:1:5", "c.json:1:2", "b.yaml: metadata.name"]);
  });

  it("tells an object that is there twice, with both places", () => {
    write({ "a.yaml": pod("a"), "b.yaml": pod("a") });
    const [problem] = problemsOf(folder);
    assert.equal(problem?.code, "input-duplicate");
    assert.match(`${problem?.place} ${problem?.next}`, /b\.yaml.* a\.yaml/);
  });

  it("counts the problems beyond the first", () => {
    write({
      "a.yaml": Array(problemsMax + 7)
        .fill("{kind: Pod}")
        .join("\n---\n"),
    });
    const problems = problemsOf(folder);
    assert.equal(problems.length, problemsMax + 1);
    assert.equal(problems.at(-1)?.got, "7 more problems");
  });

  for (const missing of ["nowhere", ""]) {
    it(`is a problem where there is nothing: ${missing || "an empty one"}`, () => {
      assert.deepEqual(
        problemsOf(join(folder, missing)).map(({ code }) => code),
        ["input-missing"],
      );
    });
  }

  const bombs: Readonly<Record<string, string>> = {
    "references of references": Array.from({ length: 12 }, (_, level) => {
      const value =
        level === 0
          ? "x"
          : Array(10)
              .fill(`*a${level - 1}`)
              .join(", ");
      return `a${level}: &a${level} [${value}]`;
    }).join("\n"),
    "too many references": `x: &x 1\ny: [${Array(aliasesMax + 1)
      .fill("*x")
      .join(", ")}]`,
    "deep nesting": `${"[".repeat(nestingMax + 1)}${"]".repeat(nestingMax + 1)}`,
    "nesting without end": "[".repeat(1_000_000),
  };
  for (const [what, text] of Object.entries(bombs)) {
    it(`is too large with ${what}`, () => {
      write({ "a.yaml": text });
      assert.deepEqual(
        problemsOf(folder).map(({ code }) => code),
        ["input-too-large"],
      );
    });
  }

  it("is too large with a file or with files beyond the limits, before any is read", () => {
    const sized = (name: string, bytes: number) => {
      writeFileSync(join(folder, name), "");
      truncateSync(join(folder, name), bytes);
    };
    sized("a.yaml", fileBytesMax + 1);
    assert.deepEqual(
      problemsOf(folder).map(({ code, place }) => [code, place]),
      [["input-too-large", "a.yaml"]],
    );
    const count = Math.ceil(allBytesMax / fileBytesMax) + 1;
    for (let index = 0; index < count; index++) sized(`${index}.yaml`, fileBytesMax);
    rmSync(join(folder, "a.yaml"));
    assert.deepEqual(
      problemsOf(folder).map(({ code, place }) => [code, place]),
      [["input-too-large", folder]],
    );
  });
});
