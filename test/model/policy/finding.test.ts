import assert from "node:assert/strict";
import {
  cleanText,
  formatFinding,
  partCharactersMax,
  shortUrn,
} from "../../../model/policy/finding.ts";

describe("finding", () => {
  it("reads as one line, whatever names and values hold", () => {
    const line = formatFinding({
      rule: "AN02",
      severity: "high",
      sentence: "S.",
      urn: "urn:pulumi:dev::p::bulkhead:index:Network$aws:ec2/vpc:Vpc::a::b",
      path: "",
      witness: "x\u001b[31m\nred\u202e",
      fix: "F.",
    });
    assert.equal(
      line,
      "[AN02] S. · aws:ec2/vpc:Vpc a::b · (the resource as a whole) · witness: x [31m red  · fix: F.",
    );
  });

  it("keeps a huge value short and visible as cut", () => {
    const text = cleanText("a".repeat(10_000_000));
    assert.equal(text.length, partCharactersMax + 1);
    assert.ok(text.endsWith("…"));
  });

  it("shows what is no URN as it is", () => {
    assert.equal(shortUrn("somewhere"), "somewhere");
  });
});
