/** Nothing that a change names breaks out of the gate's outputs. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { gateResult } from "../../../automation/gate/result.ts";
import { annotationsOf } from "../../../automation/gate/words/annotations.ts";
import { junitOf } from "../../../automation/gate/words/junit.ts";
import { commentCharactersMax, commentOf } from "../../../automation/gate/words/markdown.ts";
import { mermaidOf } from "../../../automation/gate/words/mermaid.ts";
import { code, xml } from "../../../automation/gate/words/safe.ts";
import { summaryOf } from "../../../automation/gate/words/summary.ts";
import { harmful, resultWith } from "./results.ts";

/** Texts of every kind, with the characters that formats care about. */
const texts = fc.oneof(
  fc.string({ unit: "binary", minLength: 1 }),
  fc.string({ minLength: 1, unit: fc.constantFrom(..."`<>&\"'|[](){}#@\n\r*_~!%:,;-= \\$") }),
  fc.constant(harmful),
);

/** A Markdown line without its code spans, read by CommonMark's rule: runs of equal length pair up. */
function outsideOfCode(markdown: string): string {
  return markdown.replaceAll(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/gs, "");
}

describe("words of the gate", () => {
  it("put every foreign text of the comment into code", () => {
    // With text that has no letters of its own, whatever is left was written here.
    const own = outsideOfCode(commentOf(resultWith("plain")));
    fc.assert(
      fc.property(texts, (text) => {
        const comment = outsideOfCode(commentOf(resultWith(text)).replace(/```mermaid.*?```/s, ""));
        assert.equal(comment, own.replace(/```mermaid.*?```/s, ""));
      }),
    );
  });

  it("close every code span they open", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const span = code(text);
        assert.equal(outsideOfCode(`a ${span} b`), "a  b");
        assert.doesNotMatch(span, /[\n\r]/);
      }),
    );
  });

  it("keep labels of the diagram inside of their quotes", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const diagram = mermaidOf(resultWith(text).stacks[0]?.comparison.flows ?? []);
        const [head, ...lines] = diagram.split("\n");
        assert.equal(head, "flowchart LR");
        for (const line of lines) {
          assert.match(line, /^ {2}n\d+(\["[^"<>`]*"\]| (-->|==>|-\.->)\|"[^"<>`]*"\| n\d+)$/u);
        }
      }),
    );
  });

  it("write XML that holds together", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const document = junitOf(resultWith(text));
        const tags = [...document.matchAll(/<(\/?)([a-z]+)((?:\s+[a-z]+="[^"<]*")*)\s*(\/?)>/g)];
        const rest = document
          .replace(/^<\?xml[^>]*\?>/, "")
          .replaceAll(/<(\/?)([a-z]+)((?:\s+[a-z]+="[^"<]*")*)\s*(\/?)>/g, "");
        assert.doesNotMatch(rest, /[<>]/);
        assert.doesNotMatch(rest, /&(?!(amp|lt|gt|quot|apos);)/);
        const depth = tags.reduce((sum, [, close, , , empty]) => {
          return sum + (close === "/" ? -1 : empty === "/" ? 0 : 1);
        }, 0);
        assert.equal(depth, 0);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: XML forbids these
        assert.doesNotMatch(xml(text), /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
      }),
    );
  });

  it("write annotations of one line each, with one command in it", () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const line of annotationsOf(resultWith(text))) {
          assert.match(line, /^::(error|warning) title=[^\n\r:,]*::[^\n\r]*$/u);
        }
      }),
    );
  });

  it("write no control character to a terminal", () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal obeys these
    assert.doesNotMatch(summaryOf(resultWith(harmful)), /[\u0000-\u0009\u000b-\u001f\u007f]/);
  });

  it("fit the comment into what GitHub takes, and count what does not fit", () => {
    const { findings } = resultWith("x".repeat(300)).stacks[0]?.comparison ?? { findings: [] };
    const many = Array.from({ length: 500 }, () => findings).flat();
    const comment = commentOf(resultWith("x", { findings: many }));
    assert.ok(comment.length <= commentCharactersMax, `${comment.length}`);
    assert.ok(comment.length > commentCharactersMax - 2_000);
    assert.match(comment, /\*\d+ more parts do not fit here/);
    assert.match(comment, /Base `x`, head `x`\.\n$/);
  });

  it("let no long list or text hide what comes after it", () => {
    const files = Array.from({ length: 5_000 }, (_, index) => `policy-packs/rules/${index}.ts`);
    const long = "y".repeat(100_000);
    const about = { base: "x", head: "x", changedFiles: files, notes: [] };
    const { stacks } = resultWith("x", { errors: [long] });
    const comparisons = stacks.map(({ comparison }) => comparison);
    const comment = commentOf(gateResult({ ...about, faults: [long, "told"] }, comparisons));
    assert.ok(comment.length <= commentCharactersMax);
    assert.match(comment, /touches what judges it\*\*: .*, 4980 more\./);
    assert.match(comment, /^- `told`$/m);
    assert.match(comment, /\*\*`AN02`\*\* critical, mandatory, new/);
  });
});
