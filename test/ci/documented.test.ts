/** Every command that the gate's page and the workflow files show is one that there is. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { commentMark } from "../../automation/gate/words/markdown.ts";
import { textOf } from "./workflows.ts";

const root = join(import.meta.dirname, "..", "..");
const page = readFileSync(join(root, "docs", "gate.md"), "utf8");
const files = ["github/gate.yml", "github/gate-comment.yml", "gitlab/gate.yml"];

function bulkhead(...args: readonly string[]) {
  const main = join(root, "automation", "cli", "main.ts");
  return spawnSync(process.execPath, [main, ...args], { encoding: "utf8", cwd: root });
}

/** `./bulkhead WORDS --options`, as shown. */
function shownIn(
  text: string,
): { readonly words: readonly string[]; readonly options: string[] }[] {
  return [...text.matchAll(/\.\/bulkhead ([a-z][^\n`]*)/g)].map(([, line = ""]) => ({
    words: /^[a-z]+( [a-z]+)*/.exec(line)?.[0].split(" ") ?? [],
    options: line.match(/--[a-z-]+/g) ?? [],
  }));
}

describe("the gate's page", function () {
  this.timeout(60_000);

  it("and the workflow files name commands and options that there are", () => {
    const shown = [page, ...files.map(textOf)].flatMap(shownIn);
    assert.ok(shown.length >= 9, `${shown.length}`);
    const helps = new Map<string, string>();
    for (const { words, options } of shown) {
      const name = words.join(" ");
      const help = helps.get(name) ?? bulkhead(...words, "--help").stdout;
      helps.set(name, help);
      assert.match(help, new RegExp(`^Usage: bulkhead ${name}\\b`), name);
      for (const option of options) assert.ok(help.includes(`${option} `), `${name} ${option}`);
    }
    assert.deepEqual([...helps.keys()].sort(), ["exemptions check", "gate"]);
  });

  it("links to files that there are", () => {
    const links = [...page.matchAll(/\]\(([^)]+)\)/g)].map(([, link = ""]) => link);
    assert.ok(links.length >= files.length);
    for (const link of links) assert.ok(existsSync(join(root, "docs", link)), link);
  });

  it("and both trusted jobs know the comment by its mark", () => {
    for (const file of files.slice(1)) assert.ok(textOf(file).includes(commentMark), file);
  });

  it("keeps what is kept for later apart from results", () => {
    for (const option of ["--json", "--output=x", "--base-from=x"]) {
      const { status, stderr } = bulkhead("gate", "--save=x", option);
      assert.equal(status, 2, stderr);
      assert.match(stderr, /cannot be used with option/);
    }
  });
});
