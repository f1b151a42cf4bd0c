import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { admit } from "../../../model/identity/admit.ts";
import { matchesPattern, parsePattern } from "../../../model/identity/aws/wildcard.ts";
import type { GithubRun } from "../../../model/identity/github.ts";
import { githubToken, parseGithubSubject } from "../../../model/identity/github.ts";
import { judgeTrust } from "../../../model/identity/judge.ts";
import { naivelyAdmits } from "../../../model/identity/naive.ts";
import type { Trust } from "../../../model/identity/trust.ts";
import { awsTrust, gcpAudience, gcpTrust, production, repository } from "./trusts.ts";

const names = ["acme", "acme-evil", "Acme", "mallory", "ac"] as const;
const repositories = ["api", "api2", "x"] as const;

/** Runs of anybody; ids follow from names, or are those of a successor. */
const run: fc.Arbitrary<GithubRun> = fc
  .record({
    owner: fc.constantFrom(...names),
    repository: fc.constantFrom(...repositories),
    successor: fc.boolean(),
    environment: fc.option(fc.constantFrom("production", "staging"), { nil: undefined }),
    ref: fc.constantFrom("refs/heads/main", "refs/heads/evil", "refs/tags/v1"),
    event: fc.constantFrom("push", "pull_request"),
    subjectForm: fc.constantFrom("names", "immutable"),
  })
  .map(({ owner, repository: name, successor, environment, ref, event, subjectForm }) => ({
    owner,
    repository: name,
    ownerId: owner === "acme" && !successor ? "1" : `${90 + names.indexOf(owner)}`,
    repositoryId:
      owner === "acme" && name === "api" && !successor
        ? "2"
        : `${70 + 5 * names.indexOf(owner) + repositories.indexOf(name)}`,
    ...(environment === undefined ? {} : { environment }),
    ref,
    event,
    subjectForm,
  }));

const isOurs = ({ repositoryId, environment }: GithubRun) =>
  repositoryId === repository.repositoryId && environment === "production";

const operator = fc.constantFrom(
  ...["StringEquals", "StringLike", "StringNotEquals", "StringNotLike", "StringEqualsIfExists"],
  ...["StringLikeIfExists", "ForAllValues:StringLike", "ForAnyValue:StringLike"],
  ...["StringEqualsIgnoreCase", "ForAllValues:StringNotEquals"],
);

const claim = fc.constantFrom(
  "sub",
  "repository",
  "repository_id",
  "environment",
  "ref",
  "subject",
);

const value = fc.constantFrom(
  ...["*", "repo:acme*", "repo:acme/api:*", "repo:acme@1/api@2:environment:production"],
  ...[
    "repo:acme@1/*",
    "repo:*:environment:production",
    "acme/api",
    "acme/*",
    "2",
    "1",
    "production",
  ],
  ...["refs/heads/*", "refs/heads/main", "?", "repo:mallory/x:*", "prod*"],
);

const awsTrusts: fc.Arbitrary<Trust> = fc
  .uniqueArray(fc.tuple(operator, claim, fc.array(value, { minLength: 1, maxLength: 2 })), {
    selector: ([op, key]) => `${op} ${key}`,
    maxLength: 4,
  })
  .map((conditions) => {
    const block: Record<string, Record<string, string[]>> = {};
    for (const [op, key, values] of conditions) block[op] = { ...block[op], [key]: values };
    return awsTrust(block);
  });

const conjunct = fc.constantFrom(
  ...["assertion.repository_id == '2'", "assertion.environment == 'production'"],
  ...["assertion.repository_owner == 'acme'", "assertion.repository.startsWith('acme/')"],
  ...["assertion.repository_owner_id in ['1', '93']", "assertion.ref == 'refs/heads/main'"],
  ...["attribute.repository_id == '2'", "assertion.sub.contains('acme')", "true"],
);

const gcpTrusts: fc.Arbitrary<Trust> = fc
  .tuple(fc.array(conjunct, { minLength: 1, maxLength: 3 }), fc.constantFrom(" && ", " || "))
  .map(([conjuncts, joint]) => gcpTrust(conjuncts.join(joint)));

for (const [cloud, trusts, audience] of [
  ["AWS", awsTrusts, "sts.amazonaws.com"],
  ["GCP", gcpTrusts, gcpAudience],
] as const) {
  describe(`trusts of ${cloud}`, () => {
    const intended = { runs: [production], audience };

    it("are read alike by both evaluators", () => {
      fc.assert(
        fc.property(trusts, run, (trust, someone) => {
          const token = githubToken(someone, audience);
          const { outcome } = admit(trust, token);
          assert.notEqual(outcome, "undecided");
          assert.equal(outcome === "admitted", naivelyAdmits(trust, token));
        }),
        { numRuns: 1500 },
      );
    });

    it("never pass where anybody else gets in", () => {
      fc.assert(
        fc.property(trusts, fc.array(run, { minLength: 40, maxLength: 40 }), (trust, everybody) => {
          const others = everybody.filter((one) => !isOurs(one));
          const open = others.some(
            (one) => admit(trust, githubToken(one, audience)).outcome === "admitted",
          );
          const { verdict } = judgeTrust(trust, intended);
          if (open) assert.notEqual(verdict, "pass");
        }),
        { numRuns: 60 },
      );
    });
  });
}

describe("AWS wildcards", () => {
  it("match what the same regular expression matches", () => {
    const letters = fc.array(fc.constantFrom("a", "b", "*", "?", "/"), { maxLength: 8 });
    fc.assert(
      fc.property(letters, letters, (pattern, text) => {
        const word = text.join("").replaceAll(/[*?]/g, "a");
        const regex = pattern.map((c) => (c === "*" ? ".*" : c === "?" ? "." : c)).join("");
        const parts = parsePattern(pattern.join(""));
        assert.ok(parts !== undefined);
        assert.equal(matchesPattern(parts, word), new RegExp(`^${regex}$`).test(word));
      }),
    );
  });
});

describe("GitHub's subjects", () => {
  it("are read back as they were written", () => {
    fc.assert(
      fc.property(run, (someone) => {
        const parts = parseGithubSubject(githubToken(someone, "x").subject);
        assert.equal(parts?.owner, someone.owner);
        assert.equal(parts?.repository, someone.repository);
        assert.equal(parts?.ownerId, someone.subjectForm === "names" ? undefined : someone.ownerId);
        assert.equal(parts?.context.environment, someone.environment);
      }),
    );
  });
});
