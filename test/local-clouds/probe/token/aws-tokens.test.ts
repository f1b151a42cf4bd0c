/** What AWS asks of a token before any trust policy is read. */

import { github, idp, policy, privately, provider, role, sts, trusting } from "./aws-world.ts";
import { type Row, reheaded, type TestWorld, table, tampered } from "./kit.ts";

const creating = "IAM user guide, Create an OpenID Connect (OIDC) identity provider in IAM";
const errors = "AWS STS API reference, AssumeRoleWithWebIdentity, Errors";
const thumbprints = "IAM user guide, Obtain the thumbprint for an OpenID Connect identity provider";
const open = [trusting(idp)];
const usual = { issuer: `https://${idp}`, audience: [sts] };

/** A world in which the usual token is taken, and that token. */
function taken(world: TestWorld): string {
  privately(open)(world);
  return world.mint(usual);
}

const rows: readonly Row[] = [
  {
    says: "a token of an issuer whose provider is in the account is taken",
    source: creating,
    set: privately(open),
    expect: { outcome: "becomes", by: "trust policy: statement 1", as: "assumed-role/deploy/" },
  },
  {
    says: "without an identity provider in the account there is no trust to an issuer",
    source: creating,
    set: (world) => {
      role(world, "deploy", policy(trusting(idp)));
      return { to: "role/deploy", mint: usual };
    },
    expect: { outcome: "refused", by: "provider: OIDC providers of account 123456789012" },
  },
  {
    says: "a provider counts for the account that it is in, not for others",
    source: creating,
    set: (world) => {
      const elsewhere = world.lab.with("aws", { allowedAccountIds: ["210987654321"] });
      elsewhere.create("aws:iam/openIdConnectProvider:OpenIdConnectProvider", "other", {
        url: `https://${idp}`,
        clientIdLists: [sts],
      });
      role(world, "deploy", policy(trusting(idp)));
      return { to: "role/deploy", mint: usual };
    },
    expect: { outcome: "refused", by: "provider:", got: idp },
  },
  {
    says: "a provider that somebody deleted by hand is gone",
    source: creating,
    set: (world) => {
      const made = provider(world);
      role(world, "deploy", policy(trusting(idp)));
      world.lab.delete(made);
      return { to: "role/deploy", mint: usual };
    },
    expect: { outcome: "refused", by: "provider:" },
  },
  {
    says: "the URL of a provider is case-sensitive",
    source: creating,
    set: (world) => {
      provider(world, "IDP.example.com");
      role(world, "deploy", policy(trusting("IDP.example.com")));
      return { to: "role/deploy", mint: usual };
    },
    expect: { outcome: "refused", by: "provider:", got: "https://idp.example.com" },
  },
  {
    says: "the URL corresponds to iss as a whole: a slash at its end is part of it",
    source: creating,
    set: (world) => {
      withSlash(world);
      return { to: "role/deploy", mint: usual };
    },
    expect: { outcome: "refused", by: "provider:", got: "https://idp.example.com" },
  },
  {
    says: "an issuer with a slash at its end is that of the provider with the slash",
    source: creating,
    set: (world) => {
      withSlash(world);
      return { to: "role/deploy", mint: { issuer: `https://${idp}/`, audience: [sts] } };
    },
    expect: { outcome: "becomes", by: "trust policy: statement 1" },
  },
  {
    says: "an enterprise's own issuer at GitHub is another issuer than GitHub's",
    source: "GitHub docs, OpenID Connect reference, Customizing the issuer value for an enterprise",
    set: (world) => {
      provider(world, github);
      role(world, "deploy", policy(trusting(github)));
      return { to: "role/deploy", mint: { issuer: "github/acme-inc", audience: [sts] } };
    },
    expect: { outcome: "refused", by: "provider:", got: "githubusercontent.com/acme-inc" },
  },
  {
    says: "an audience that is not a client id of the provider is refused",
    source: creating,
    set: privately(open, { audience: ["https://github.com/acme"] }),
    expect: { outcome: "refused", by: "audience: clientIdLists", got: "https://github.com/acme" },
  },
  {
    says: "each client id of the provider is an audience",
    source: creating,
    set: (world) => {
      provider(world, idp, { clientIdLists: [sts, "second"] });
      role(world, "deploy", policy(trusting(idp)));
      return { to: "role/deploy", mint: { ...usual, audience: ["second"] } };
    },
    expect: { outcome: "becomes", by: "trust policy" },
  },
  {
    says: "client ids are compared exactly",
    source: creating,
    set: privately(open, { audience: ["STS.amazonaws.com"] }),
    expect: { outcome: "refused", by: "audience:", got: "STS.amazonaws.com" },
  },
  {
    says: "a client id that was removed by hand is no audience any more",
    source:
      "IAM user guide, Create an OpenID Connect (OIDC) identity provider in IAM, remove an audience",
    set: (world) => {
      const made = provider(world);
      role(world, "deploy", policy(trusting(idp)));
      world.lab.drift(made, "clientIdLists", ["other"]);
      return { to: "role/deploy", mint: usual };
    },
    expect: { outcome: "refused", by: "audience:" },
  },
  {
    says: "what becomes of several audiences of which one is a client id is not said",
    source: creating,
    set: privately(open, { audience: [sts, "other"] }),
    expect: { outcome: "unclear", by: "audience:" },
  },
  {
    says: "of several audiences one must be a client id",
    source: creating,
    set: privately(open, { audience: ["one", "other"] }),
    expect: { outcome: "refused", by: "audience:", got: "one, other" },
  },
  {
    says: "thumbprints do not decide where the issuer's certificate is of a known authority",
    source: thumbprints,
    set: (world) => {
      provider(world, idp, { thumbprintLists: ["0".repeat(40)] });
      role(world, "deploy", policy(trusting(idp)));
      return { to: "role/deploy", mint: usual };
    },
    expect: { outcome: "becomes", by: "trust policy" },
  },
  {
    says: "an expired token is refused",
    source: errors,
    set: privately(open, { expired: true }),
    expect: { outcome: "refused", by: "time: exp" },
  },
  {
    says: "a token without end is refused",
    source: errors,
    set: privately(open, { claims: { exp: null } }),
    expect: { outcome: "refused", by: "time: exp", got: "no exp" },
  },
  {
    says: "a token is not valid before its time",
    source: "RFC 7519, JSON Web Token, 4.1.5 nbf",
    set: privately(open, { notYetValid: true }),
    expect: { outcome: "refused", by: "time: nbf" },
  },
  {
    says: "claims changed after signing break the signature",
    source: errors,
    set: (world) => ({ to: "role/deploy", token: tampered(taken(world), { sub: "admin" }) }),
    expect: { outcome: "refused", by: "signature:", got: "a signature that is not of key" },
  },
  {
    says: "a token that says it is not signed is not taken",
    source: "RFC 8725, JSON Web Token Best Current Practices, 3.2",
    set: (world) => ({ to: "role/deploy", token: reheaded(taken(world), { alg: "none" }) }),
    expect: { outcome: "refused", by: "signature:", got: "alg none" },
  },
  {
    says: "the verifier does not take a symmetric algorithm that the token names",
    source: "RFC 8725, JSON Web Token Best Current Practices, 3.1",
    set: (world) => ({
      to: "role/deploy",
      token: reheaded(taken(world), { alg: "HS256" }, "c2ln"),
    }),
    expect: { outcome: "refused", by: "signature:", got: "alg HS256" },
  },
  {
    says: "a key id that the issuer does not publish is refused",
    source: errors,
    set: (world) => ({
      to: "role/deploy",
      token: reheaded(taken(world), { alg: "RS256", kid: "unknown" }, "c2ln"),
    }),
    expect: { outcome: "refused", by: "signature:", got: "kid unknown" },
  },
  {
    says: "the key of one issuer does not sign for another",
    source: errors,
    set: (world) => {
      privately(open)(world);
      const token = world.mint({
        issuer: "https://attacker.example.net",
        audience: [sts],
        claims: { iss: `https://${idp}` },
      });
      world.lendKey(usual);
      return { to: "role/deploy", token };
    },
    expect: { outcome: "refused", by: `signature: the keys of https://${idp}` },
  },
  {
    says: "an elliptic-curve key of the issuer signs as well",
    source: "IAM user guide, Federating AWS identities to external services",
    set: privately(open, { algorithm: "ES384" }),
    expect: { outcome: "becomes", by: "trust policy" },
  },
];

function withSlash(world: TestWorld): void {
  world.insert("aws:iam/openIdConnectProvider:OpenIdConnectProvider", "123456789012", "slash", {
    arn: "arn:aws:iam::123456789012:oidc-provider/idp.example.com/",
    url: "idp.example.com/",
    clientIdLists: [sts],
  });
  role(world, "deploy", policy(trusting("idp.example.com/")));
}

table("tokens at AWS", rows, 20);
