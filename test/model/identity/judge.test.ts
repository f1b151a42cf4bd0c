import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { admit } from "../../../model/identity/admit.ts";
import { adversariesOf } from "../../../model/identity/adversaries.ts";
import { hintsOf } from "../../../model/identity/hints.ts";
import { judgeTrust } from "../../../model/identity/judge.ts";
import { naivelyAdmits } from "../../../model/identity/naive.ts";
import { onMain } from "./intended.ts";
import { awsTrust } from "./trusts.ts";
import { truthTable } from "./truth-table.ts";

describe("judging a trust", () => {
  for (const [what, trust, intended, expected] of truthTable) {
    it(`${what}: ${expected}`, () => {
      const verdict = judgeTrust(trust, intended);
      const got =
        verdict.verdict === "fail"
          ? verdict.witness.exposure
          : verdict.verdict === "unknown"
            ? "unknown"
            : verdict.admitsIntended
              ? "pass"
              : "dead";
      assert.equal(got, expected, JSON.stringify(verdict));
      if (verdict.verdict === "pass") {
        // A proof must hold against everybody the trust's own words suggest, too.
        for (const [i, { token, who }] of [...adversariesOf(intended, hintsOf(trust))].entries()) {
          assert.equal(admit(trust, token).outcome, "refused", who);
          // The naive evaluator is slow: every fiftieth token.
          if (i % 50 === 0) assert.ok(!naivelyAdmits(trust, token), who);
        }
      }
      if (verdict.verdict !== "fail") return;
      assert.equal(admit(trust, verdict.witness.token).outcome, "admitted");
      assert.ok(naivelyAdmits(trust, verdict.witness.token));
      assert.notEqual(verdict.witness.admittedBy, "");
    });
  }

  it("says what it could not decide", () => {
    const trust = awsTrust({
      StringLike: { sub: "repo:acme/other:*" },
      IpAddress: { "aws:SourceIp": "192.0.2.0/24" },
    });
    const verdict = judgeTrust(trust, onMain);
    assert.equal(verdict.verdict, "unknown");
    assert.match(verdict.verdict === "unknown" ? verdict.because : "", /IpAddress aws:SourceIp/);
  });
});
