/** The world's issuers: what they sign, by which keys, and what becomes of the keys. */

import assert from "node:assert/strict";
import { createPublicKey, verify } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BadRequest } from "../../../../local-clouds/lifecycle/session.ts";
import { issuerNamed } from "../../../../local-clouds/probe/token/issuers/index.ts";
import { parseJwt } from "../../../../local-clouds/probe/token/jwt.ts";
import { publishedKeys, signingKey } from "../../../../local-clouds/probe/token/keys.ts";
import { LiveWorld } from "../../../../local-clouds/probe/token/live.ts";
import { type MintRequest, mint } from "../../../../local-clouds/probe/token/mint.ts";
import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import { closeWorld, memoryWorld, openWorld } from "../../../../local-clouds/world/open.ts";
import { eksCluster } from "./aws-world.ts";
import { TestWorld } from "./kit.ts";

function claimsOf(world: TestWorld, request: MintRequest): JsonObject {
  const jwt = parseJwt(world.mint(request));
  assert.ok(typeof jwt === "object");
  return jwt.claims;
}

describe("issuers of the world", () => {
  let world: TestWorld;
  beforeEach(() => {
    world = new TestWorld();
  });
  afterEach(() => world.lab.close());

  it("are named, each with its own iss", () => {
    const live = new LiveWorld(world.lab.clouds.world);
    for (const [name, url] of [
      ["github", "https://token.actions.githubusercontent.com"],
      ["github/acme-inc", "https://token.actions.githubusercontent.com/acme-inc"],
      ["gitlab", "https://gitlab.com"],
      ["gitlab/gitlab.example.com", "https://gitlab.example.com"],
      ["okta", "https://example.okta.com"],
      ["google", "https://accounts.google.com"],
      ["entra/t-1", "https://login.microsoftonline.com/t-1/v2.0"],
      ["entra-v1/t-1", "https://sts.windows.net/t-1/"],
      ["https://idp.example.com/", "https://idp.example.com/"],
    ] as const) {
      assert.equal(issuerNamed(live, name).url, url);
    }
    assert.throws(() => issuerNamed(live, "nobody"), BadRequest);
    assert.throws(() => issuerNamed(live, "eks/none"), /github, gitlab, okta/);
  });

  it("are also the clusters that are deployed, and known by their URL", () => {
    const { issuer } = eksCluster(world);
    const claims = claimsOf(world, {
      issuer: "eks/shop",
      claims: { sub: "system:serviceaccount:shop:web" },
    });
    assert.equal(claims["iss"], issuer);
    assert.equal(claims["aud"], "https://kubernetes.default.svc");
    assert.deepEqual(claims["kubernetes.io"], {
      namespace: "shop",
      serviceaccount: { name: "web" },
    });
    assert.equal(claimsOf(world, { issuer })["sub"], "system:serviceaccount:default:default");
  });

  it("follow the claims that were asked for", () => {
    const claims = claimsOf(world, {
      issuer: "github",
      claims: { repository: "acme/api", ref: "refs/tags/v1" },
    });
    assert.equal(claims["sub"], "repo:acme/api:ref:refs/tags/v1");
    assert.equal(claims["ref_type"], "tag");
    assert.equal(claims["job_workflow_ref"], "acme/api/.github/workflows/deploy.yml@refs/tags/v1");
    assert.equal(
      claimsOf(world, { issuer: "gitlab", claims: { ref: "dev" } })["sub"],
      "project_path:acme/shop:ref_type:branch:ref:dev",
    );
    assert.equal(claimsOf(world, { issuer: "google", claims: { sub: "7" } })["azp"], "7");
    assert.equal(claimsOf(world, { issuer: "entra/t", claims: { oid: "o-1" } })["sub"], "o-1");
    assert.equal(claimsOf(world, { issuer: "github", claims: { sub: "mine", exp: 5 } })["exp"], 5);
  });

  it("write one audience as a text and several as a list", () => {
    assert.equal(claimsOf(world, { issuer: "github", audience: ["a"] })["aud"], "a");
    assert.deepEqual(claimsOf(world, { issuer: "github", audience: ["a", "b"] })["aud"], [
      "a",
      "b",
    ]);
  });

  it("sign so that any verifier can check it by the published keys", () => {
    for (const algorithm of ["RS256", "ES256", "ES384"] as const) {
      const token = world.mint({ issuer: "github", algorithm });
      const jwt = parseJwt(token);
      assert.ok(typeof jwt === "object");
      const keys = publishedKeys(
        world.lab.clouds.world,
        "https://token.actions.githubusercontent.com",
      );
      const jwk = keys.find(({ kid }) => kid === jwt.header["kid"]);
      assert.ok(jwk);
      assert.equal("d" in jwk, false, "a private key was published");
      const [head, body, signature = ""] = token.split(".");
      const key = createPublicKey({ key: jwk, format: "jwk" });
      const hash = algorithm === "ES384" ? "sha384" : "sha256";
      assert.ok(
        verify(
          hash,
          Buffer.from(`${head}.${body}`),
          { key, dsaEncoding: "ieee-p1363" },
          Buffer.from(signature, "base64url"),
        ),
      );
    }
  });

  it("keep their keys with the world's file, through an emptying of it, too", () => {
    const folder = mkdtempSync(join(tmpdir(), "bulkhead-issuers-"));
    try {
      const file = join(folder, "world.db");
      const opened = openWorld(file);
      const { kid } = signingKey(opened, "https://idp.example.com", "ES256");
      opened.reset();
      closeWorld(opened, file);
      const again = openWorld(file);
      assert.equal(signingKey(again, "https://idp.example.com", "ES256").kid, kid);
      assert.notEqual(signingKey(again, "https://other.example.com", "ES256").kid, kid);
      closeWorld(again, file);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("publish no key before they have signed anything", () => {
    const empty = memoryWorld();
    assert.deepEqual(publishedKeys(empty, "https://gitlab.com"), []);
    mint(empty, new LiveWorld(empty), 0, { issuer: "gitlab", algorithm: "ES256" });
    assert.equal(publishedKeys(empty, "https://gitlab.com").length, 1);
    empty.close();
  });
});

describe("what is no token", () => {
  it("is told apart from a token that is refused", () => {
    for (const [raw, what] of [
      ["", /1 parts/],
      ["a.b", /2 parts/],
      ["a.b.c.d.e", /5 parts/],
      ["!!.e30.", /header/],
      ["e30.bm8.", /claims/],
      ["e30.W10.", /claims/],
    ] as const) {
      const said = parseJwt(raw);
      assert.match(typeof said === "string" ? said : "a token", what);
    }
  });
});
