/**
 * The verifiers in `model/identity` and the probe were written apart from each other, from the same
 * documents. Where both decide, they must agree.
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import { admit } from "../../../../model/identity/admit.ts";
import type { Token } from "../../../../model/identity/token.ts";
import type { Trust } from "../../../../model/identity/trust.ts";
import { github, policy, provider, role, sts, trusting } from "./aws-world.ts";
import { exchange, identity } from "./azure-world.ts";
import { account, audience, email, federated, grantOn, pool } from "./gcp-world.ts";
import { type Presentation, TestWorld } from "./kit.ts";

const runs = 150;

const subject = fc.constantFrom(
  "repo:acme/shop:ref:refs/heads/main",
  "repo:acme/shop:environment:prod",
  "repo:acme/shop:pull_request",
  "repo:acme-evil/shop:ref:refs/heads/main",
  "repo:Acme/shop:ref:refs/heads/main",
  "repo:acme@1/shop@2:ref:refs/heads/main",
);
const claims = fc.record({
  sub: subject,
  repository: fc.constantFrom("acme/shop", "acme-evil/shop"),
  repository_id: fc.constantFrom("2", "9"),
  repository_owner: fc.constantFrom("acme", "evil"),
  ref: fc.constantFrom("refs/heads/main", "refs/tags/v1"),
});

const wanted = fc.constantFrom(
  "*",
  "repo:acme*",
  "repo:acme/*",
  "repo:acme/shop:*",
  "repo:acme/shop:ref:refs/heads/main",
  "repo:acme/shop:ref:refs/heads/????",
  "REPO:acme/shop:PULL_REQUEST",
  "acme/shop",
  "2",
  "refs/heads/*",
  "",
);
const operator = fc.constantFrom(
  ..."StringEquals StringNotEquals StringLike StringNotLike StringEqualsIgnoreCase".split(" "),
  ..."StringEqualsIfExists StringLikeIfExists ForAllValues:StringLike Null".split(" "),
  ..."ForAnyValue:StringLike ForAllValues:StringNotEquals ForAnyValue:StringNotLike".split(" "),
);
const key = fc
  .constantFrom(
    "sub",
    "aud",
    "amr",
    "repository",
    "repository_id",
    "repository_owner",
    "SUB",
    "typo",
  )
  .map((name) => `${github}:${name}`);
const block = fc.dictionary(
  operator,
  fc.dictionary(key, fc.array(wanted, { minLength: 1, maxLength: 2 }), { minKeys: 1, maxKeys: 2 }),
  { maxKeys: 3 },
);
const statements = fc.array(
  fc.record({
    condition: block,
    effect: fc.constantFrom("Allow", "Allow", "Deny"),
    action: fc.constantFrom("sts:AssumeRoleWithWebIdentity", "sts:*", "sts:AssumeRole"),
  }),
  { minLength: 1, maxLength: 3 },
);

/** Presents the token; agrees where both decide. Tells whether both did. */
function agree(set: (world: TestWorld) => Presentation, trust: Trust, token: Token): boolean {
  const world = new TestWorld();
  try {
    const verdicts = world.probe(set(world));
    assert.equal(verdicts.length, 1);
    const [verdict] = verdicts;
    const other = admit(trust, token);
    if (other.outcome === "undecided" || verdict?.outcome === "unclear") return false;
    const both = { probe: verdict, model: other, token };
    assert.equal(
      verdict?.outcome === "becomes",
      other.outcome === "admitted",
      JSON.stringify(both, null, 1),
    );
    return true;
  } finally {
    world.lab.close();
  }
}

function tokenOf(issuer: string, aud: string, { sub, ...rest }: { sub: string }): Token {
  return { issuer, audience: aud, subject: sub, claims: rest };
}

/** Most of the cases must be decided by both, or nothing would be compared. */
function mostly(decided: readonly boolean[]): void {
  const count = decided.filter(Boolean).length;
  assert.ok(count * 2 > decided.length, `${count} of ${decided.length} were decided by both`);
}

describe("a second opinion on trusts", function () {
  this.timeout(60_000);

  it("agrees on trust policies of AWS", () => {
    const decided: boolean[] = [];
    fc.assert(
      fc.property(statements, claims, fc.constantFrom(sts, "other"), (parts, given, aud) => {
        const document = policy(
          ...parts.map(({ condition, effect, action }) =>
            trusting(github, condition as JsonObject, { Effect: effect, Action: action }),
          ),
        );
        const set = (world: TestWorld) => {
          provider(world, github);
          role(world, "deploy", document);
          return { to: "role/deploy", mint: { issuer: "github", audience: [aud], claims: given } };
        };
        const token = tokenOf(`https://${github}`, aud, given);
        decided.push(agree(set, { cloud: "aws", document, clientIds: [sts] }, token));
      }),
      { numRuns: runs },
    );
    mostly(decided);
  });

  it("agrees on federated credentials of Azure", () => {
    const decided: boolean[] = [];
    fc.assert(
      fc.property(
        subject,
        claims,
        fc.constantFrom(exchange, "other"),
        (wantedSubject, given, aud) => {
          const issuer = `https://${github}`;
          const credential = { issuer, subject: wantedSubject, audiences: [exchange] };
          const set = (world: TestWorld) => {
            identity(world, credential);
            return {
              to: "userAssignedIdentities/deployer",
              mint: { issuer: "github", audience: [aud], claims: given },
            };
          };
          decided.push(agree(set, { cloud: "azure", ...credential }, tokenOf(issuer, aud, given)));
        },
      ),
      { numRuns: runs },
    );
    mostly(decided);
  });

  it("agrees on workload identity of Google Cloud", () => {
    const decided: boolean[] = [];
    const condition = fc.constantFrom(
      "assertion.repository_owner == 'acme'",
      "assertion.sub == 'repo:acme/shop:*'",
      "assertion.sub.startsWith('repo:acme')",
      "assertion.repository_id == '2' && assertion.ref == 'refs/heads/main'",
      "assertion.missing == 'x' || attribute.repository == 'acme/shop'",
      "assertion.ref.matches('^refs/heads/.*')",
      "'acme' in [assertion.repository_owner]",
      "attribute.unmapped == 'x'",
      "google.subject.endsWith('pull_request')",
    );
    const member = fc.constantFrom(
      "principalSet://iam.googleapis.com/POOL/*",
      "principalSet://iam.googleapis.com/POOL/attribute.repository/acme/shop",
      "principal://iam.googleapis.com/POOL/subject/repo:acme/shop:ref:refs/heads/main",
      "principalSet://iam.googleapis.com/POOL/attribute.ref/refs/heads/main",
    );
    fc.assert(
      fc.property(condition, member, claims, (attributeCondition, name, given) => {
        const issuer = `https://${github}`;
        const attributeMapping = {
          "google.subject": "assertion.sub",
          "attribute.repository": "assertion.repository",
        };
        const granted = name.replace("POOL", pool);
        const set = (world: TestWorld) => {
          // An issuer of many tenants wants its condition to name a claim; this one may not.
          federated({ attributeMapping })(world);
          const [made] = world.lab.clouds.world.ofToken(
            "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider",
            {},
          );
          assert.ok(made);
          world.lab.clouds.world.change(
            made,
            made.inputs,
            { ...made.outputs, oidc: { issuerUri: issuer }, attributeCondition },
            { names: [], links: [] },
          );
          grantOn(world, account(world), granted);
          return { to: email, mint: { issuer: "github", audience: [audience], claims: given } };
        };
        const trust: Trust = {
          cloud: "gcp",
          issuer,
          allowedAudiences: [],
          attributeMapping,
          attributeCondition,
          pool,
          provider: "ci-provider",
          member: granted,
        };
        decided.push(agree(set, trust, tokenOf(issuer, audience, given)));
      }),
      { numRuns: runs },
    );
    mostly(decided);
  });
});
