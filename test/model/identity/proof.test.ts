import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { adversariesOf, exposures } from "../../../model/identity/adversaries.ts";
import { noHints } from "../../../model/identity/hints.ts";
import { provesIntended } from "../../../model/identity/proof.ts";
import { awsTrust, gcpAudience, gcpTrust, main, meantFor, production } from "./trusts.ts";

const aws = "sts.amazonaws.com";
const intended = meantFor(production, aws);
const pins = { aud: aws, repository_id: "2", environment: "production" };

/** The trust that demands all of `pins` except one, of a provider that is not known. */
function without(claim: keyof typeof pins): boolean {
  const { [claim]: _, ...rest } = pins;
  const { clientIds: __, ...trust } = awsTrust({ StringEquals: rest });
  return provesIntended(trust, intended);
}

describe("proving a trust", () => {
  it("needs audience, repository and job", () => {
    assert.ok(provesIntended(awsTrust({ StringEquals: pins }), intended));
    assert.ok(!without("aud"));
    assert.ok(!without("repository_id"));
    assert.ok(!without("environment"));
  });

  it("counts only demands that a missing claim fails", () => {
    for (const operator of ["StringEqualsIfExists", "ForAllValues:StringEquals"]) {
      assert.ok(!provesIntended(awsTrust({ [operator]: pins }), intended), operator);
    }
  });

  it("takes a branch for a job only where the job has no environment", () => {
    const onBranch = awsTrust({
      StringEquals: { aud: aws, repository_id: "2", ref: "refs/heads/main" },
    });
    assert.ok(provesIntended(onBranch, meantFor(main, aws)));
    assert.ok(!provesIntended(onBranch, intended));
  });

  it("needs every way in to be narrow", () => {
    const narrow = awsTrust({ StringEquals: pins }).document as { Statement: unknown[] };
    const wide = awsTrust({ StringEquals: { aud: aws } }).document as { Statement: unknown[] };
    const both = { Statement: [...narrow.Statement, ...wide.Statement] };
    assert.ok(!provesIntended({ cloud: "aws", document: both }, intended));
  });

  it("reads only what a condition says at its top", () => {
    const meant = meantFor(production, gcpAudience);
    const pinned = "assertion.repository_id == '2' && assertion.environment == 'production'";
    assert.ok(provesIntended(gcpTrust(pinned), meant));
    assert.ok(!provesIntended(gcpTrust(`(${pinned}) || true`), meant));
    assert.ok(!provesIntended(gcpTrust(`!(${pinned})`), meant));
    assert.ok(!provesIntended(gcpTrust(pinned.replace("==", "!=")), meant));
  });
});

describe("adversaries", () => {
  it("are of every kind even where a trust mentions nobody", () => {
    const found = new Set([...adversariesOf(intended, noHints)].map(({ exposure }) => exposure));
    assert.deepEqual([...found], [...exposures]);
  });

  it("choose names that look like ours", () => {
    const alike = [...adversariesOf(intended, noHints)].filter(
      ({ exposure }) => exposure === "prefix",
    );
    assert.ok(alike.length > 0);
    for (const { token } of alike) assert.match(String(token.claims["repository"]), /^acme-.+\//);
  });

  it("never hold the intended job's own token", () => {
    for (const { token, exposure } of adversariesOf(intended, noHints)) {
      const ours =
        token.claims["repository_id"] === "2" && token.claims["environment"] === "production";
      assert.ok(!ours || (exposure === "replay" && token.audience !== aws), token.subject);
    }
  });
});
