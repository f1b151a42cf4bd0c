import assert from "node:assert/strict";
import fc from "fast-check";
import { escapeText, Markup, markup } from "../../../automation/report/markup.ts";

describe("markup", () => {
  it("escapes values and keeps markup", () => {
    const inner = markup`<b>${"<i>"}</b>`;
    assert.equal(
      markup`<p title="${'"x" onload="'}">${inner}</p>`.text,
      '<p title="&quot;x&quot; onload=&quot;"><b>&lt;i&gt;</b></p>',
    );
  });

  it("joins lists of either", () => {
    assert.equal(markup`${["<", new Markup("<br>")]}`.text, "&lt;<br>");
  });

  it("no text opens a tag, ends an attribute or holds what XML cannot", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const escaped = escapeText(text);
        assert.ok(!/[<>"']/.test(escaped));
        assert.ok(!/(?![\t\n\r])\p{Cc}|\p{Surrogate}/u.test(escaped));
        assert.ok(!/&(?!(amp|lt|gt|quot|#39);)/.test(escaped));
      }),
    );
  });
});
