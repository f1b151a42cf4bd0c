import assert from "node:assert/strict";
import type { Exemption } from "../../../model/policy/exemption.ts";
import {
  applyExemptions,
  exemptionFindings,
  parseExemptions,
  standing,
} from "../../../model/policy/exemption.ts";
import type { Finding } from "../../../model/policy/finding.ts";

const now = Date.parse("2026-03-01T12:00:00Z");
const exemption: Exemption = {
  rule: "AN02",
  urn: "urn:a",
  reason: "moving",
  owner: "ada",
  ticket: "T-1",
  expires: "2026-03-10",
};

function finding(rule: string, urn: string): Finding {
  return { rule, urn, severity: "high", sentence: "S.", path: "p", witness: "w", fix: "F." };
}

describe("exemption", () => {
  it("holds until the end of its last day, and ninety days ahead at most", () => {
    const on = (expires: string) => standing({ ...exemption, expires }, now);
    assert.equal(on("2026-03-01"), "valid");
    assert.equal(on("2026-02-28"), "expired");
    assert.equal(on("2026-05-30"), "valid");
    assert.equal(on("2026-06-01"), "too-long");
  });

  it("covers one rule at one resource", () => {
    const all = [finding("AN02", "urn:a"), finding("AN02", "urn:b"), finding("AN03", "urn:a")];
    const split = applyExemptions(all, [exemption], now);
    assert.deepEqual(split.exempted, [all[0]]);
    assert.deepEqual(split.standing, [all[1], all[2]]);
    const later = applyExemptions(all, [{ ...exemption, expires: "2026-02-01" }], now);
    assert.deepEqual(later.exempted, []);
  });

  it("is a finding itself once it is over or too long", () => {
    assert.deepEqual(exemptionFindings([exemption], now), []);
    const over = exemptionFindings([{ ...exemption, expires: "2026-02-01" }], now);
    assert.match(over[0]?.witness ?? "", /AN02 by ada \(T-1\) ended on 2026-02-01/);
    const long = exemptionFindings([{ ...exemption, expires: "2027-02-01" }], now);
    assert.match(long[0]?.witness ?? "", /runs until 2027-02-01/);
  });

  it("is read with everything wrong named, and none applied", () => {
    assert.deepEqual(parseExemptions([exemption], "e"), { exemptions: [exemption], problems: [] });
    const read = parseExemptions(
      [exemption, { ...exemption, expires: "2026-02-30", owner: " " }, 7],
      "e",
    );
    assert.deepEqual(read.exemptions, []);
    assert.deepEqual(
      read.problems.map(({ place }) => place),
      [
        "e[1].owner",
        "e[1].expires",
        ...["rule", "urn", "reason", "owner", "ticket", "expires"].map((f) => `e[2].${f}`),
      ],
    );
    assert.equal(parseExemptions("all", "e").problems[0]?.place, "e");
  });
});
