import assert from "node:assert/strict";
import type { Exemption, Exemptions } from "../../../model/policy/exemption.ts";
import {
  applyExemptions,
  isAbout,
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

function both(one: Exemption): Exemptions {
  return { stated: [one], reviewed: [one] };
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
    const split = applyExemptions(all, both(exemption), now);
    assert.deepEqual(split.exempted, [{ finding: all[0], exemption }]);
    assert.deepEqual(split.standing, [all[1], all[2]]);
    const later = applyExemptions(all, both({ ...exemption, expires: "2026-02-01" }), now);
    assert.deepEqual(later.exempted, []);
  });

  it("of a critical rule counts only where the base branch has it", () => {
    const critical = [{ ...finding("AN02", "urn:a"), severity: "critical" as const }];
    const split = (exemptions: Exemptions) => applyExemptions(critical, exemptions, now).standing;
    assert.equal(split({ stated: [exemption], reviewed: [] }).length, 1);
    assert.equal(split({ stated: [], reviewed: [exemption] }).length, 0);
  });

  it("may leave parts of a URN open, but neither its type nor its name", () => {
    const about = (urn: string, resource: string) => isAbout({ ...exemption, urn }, resource);
    assert.ok(about("urn:pulumi:*::p::a:b:C::logs-*", "urn:pulumi:dev::p::a:b:C::logs-eu"));
    assert.ok(!about("urn:pulumi:*::p::a:b:C::logs-*", "urn:pulumi:dev::p::a:b:C::data"));
    assert.ok(about("a*b*a", "aba"));
    assert.ok(!about("a*a", "a"));
    assert.ok(!about("a.c", "abc"));
    for (const urn of ["*", "urn:pulumi:dev::p::*::db", "urn:pulumi:dev::p::a:b:C::*"]) {
      const { problems } = parseExemptions([{ ...exemption, urn }], "e");
      assert.deepEqual(
        problems.map(({ place }) => place),
        ["e[0].urn"],
      );
    }
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
