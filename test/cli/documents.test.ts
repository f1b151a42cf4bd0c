/** What the documents show of `reach` is what it prints. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readNetworkIntent } from "../../model/network/read-intent.ts";
import { reach } from "../flawed/example.ts";

/** One command of a console block, and the lines below it; `…` stands for any lines. */
interface Shown {
  readonly command: string;
  readonly lines: readonly string[];
}

function documentText(name: string): string {
  return readFileSync(join(import.meta.dirname, "..", "..", "docs", name), "utf8");
}

function blocksOf(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map(
    ([, body = ""]) => body,
  );
}

function shownIn(text: string): Shown[] {
  return blocksOf(text, "console").flatMap((block) =>
    block
      .split(/^\$ /m)
      .filter((part) => part !== "")
      .map((part) => {
        const [command = "", ...lines] = part.trimEnd().split("\n");
        return { command, lines };
      }),
  );
}

describe("documents", function () {
  this.timeout(30_000);

  for (const name of ["segmentation.md", "reach.md"]) {
    for (const { command, lines } of shownIn(documentText(name))) {
      it(`${name} shows what ${command} prints`, () => {
        const [program, area, ...args] = command.split(" ");
        assert.deepEqual([program, area], ["./bulkhead", "reach"]);
        let rest = reach(...args)
          .stdout.trimEnd()
          .split("\n");
        const gaps = lines.includes("…");
        if (!gaps) assert.deepEqual(rest, lines);
        for (const line of lines.filter((one) => one !== "…")) {
          const at = rest.indexOf(line);
          assert.ok(at >= 0, `${line}\nis not among\n${rest.join("\n")}`);
          rest = rest.slice(at + 1);
        }
      });
    }
  }

  it("segmentation.md shows an intent that is sound", () => {
    const [block = ""] = blocksOf(documentText("segmentation.md"), "json");
    const { flows, roads } = readNetworkIntent(JSON.parse(block));
    assert.equal(flows.length, 6);
    assert.equal(roads?.length, 1);
  });
});
