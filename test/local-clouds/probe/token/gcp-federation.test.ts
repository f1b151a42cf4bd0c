/** Workload and workforce identity pools: tokens, mappings, conditions. */

import { publishedKeys, signingKey } from "../../../../local-clouds/probe/token/keys.ts";
import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import { memoryWorld } from "../../../../local-clouds/world/open.ts";
import {
  audience,
  federated,
  gcp,
  idp,
  makePool,
  makeProvider,
  mapping,
  project,
  providerName,
  subject,
  usual,
  when,
} from "./gcp-world.ts";
import { type Presentation, type Row, reheaded, type TestWorld, table, tampered } from "./kit.ts";

const providers = "IAM REST API, projects.locations.workloadIdentityPools.providers";
const pools = "IAM REST API, projects.locations.workloadIdentityPools";
const exchange = "Security Token Service API, Method: token, subjectToken";
const cel = "Common Expression Language specification";
const extracting = "IAM, Attribute reference for IAM Conditions, extract";
const workforce = "IAM REST API, locations.workforcePools.providers";
const taken = { outcome: "becomes", by: "token exchange", as: subject } as const;
const condition = "attribute condition";

function refused(by: string, got?: string): Row["expect"] {
  return { outcome: "refused", by, ...(got === undefined ? {} : { got }) };
}

const tokens: readonly Row[] = [
  {
    says: "a token for the provider's resource name becomes a principal of the pool",
    source: providers,
    set: federated(),
    expect: taken,
  },
  {
    says: "the default audience may be written without https:",
    source: providers,
    set: federated({}, { audience: [`//iam.googleapis.com/${providerName}`] }),
    expect: taken,
  },
  {
    says: "the default audience has the project's number, not its id",
    source: providers,
    set: federated(
      {},
      {
        audience: [
          `https://iam.googleapis.com/projects/${project}/locations/global/workloadIdentityPools/ci-pool/providers/ci-provider`,
        ],
      },
    ),
    expect: refused("audience: allowedAudiences", project),
  },
  {
    says: "another audience is refused",
    source: providers,
    set: federated({}, { audience: ["sts.amazonaws.com"] }),
    expect: refused("audience: allowedAudiences", "sts.amazonaws.com"),
  },
  {
    says: "a list of audiences replaces the default",
    source: providers,
    set: federated({ oidc: { issuerUri: idp, allowedAudiences: ["api://gcp"] } }),
    expect: refused("audience: allowedAudiences", audience),
  },
  {
    says: "an audience of the list is taken",
    source: providers,
    set: federated(
      { oidc: { issuerUri: idp, allowedAudiences: ["other", "api://gcp"] } },
      { audience: ["api://gcp"] },
    ),
    expect: taken,
  },
  {
    says: "one of the token's audiences suffices",
    source: providers,
    set: federated({}, { audience: ["other", audience] }),
    expect: taken,
  },
  {
    says: "another issuer is refused",
    source: providers,
    set: federated({ oidc: { issuerUri: "https://other.example.com" } }),
    expect: refused("issuer: issuerUri", idp),
  },
  {
    says: "a slash at the end makes another issuer",
    source: providers,
    set: federated({ oidc: { issuerUri: `${idp}/` } }),
    expect: refused("issuer: issuerUri", idp),
  },
  {
    says: "an expired token is refused",
    source: exchange,
    set: federated({}, { expired: true }),
    expect: refused("time: exp"),
  },
  {
    says: "iat must lie in the past",
    source: exchange,
    set: federated({}, { claims: { iat: 4102444800, nbf: null } }),
    expect: refused("time: iat", "in the future"),
  },
  {
    says: "iat is required",
    source: exchange,
    set: federated({}, { claims: { iat: null } }),
    expect: refused("time: iat", "no iat"),
  },
  {
    says: "a token of two days lasts too long",
    source: exchange,
    set: federated({}, { claims: { iat: 1767323000, exp: 1767323000 + 172_800 } }),
    expect: refused("time: exp"),
  },
  {
    says: "the longest lifetime is told differently by different pages",
    source: exchange,
    set: federated({}, { claims: { iat: 1767323000, exp: 1767323000 + 100_000 } }),
    expect: { outcome: "unclear", by: "time: exp" },
  },
  {
    says: "ES256 signs as RS256 does",
    source: exchange,
    set: federated({}, { algorithm: "ES256" }),
    expect: taken,
  },
  {
    says: "other algorithms do not",
    source: exchange,
    set: federated({}, { algorithm: "ES384" }),
    expect: refused("signature: alg", "ES384"),
  },
  {
    says: "a token without kid is refused",
    source: exchange,
    set: (world) => {
      const shown = federated()(world);
      return { to: shown.to, token: reheaded(world.mint(usual), { alg: "RS256" }, "c2ln") };
    },
    expect: refused("signature: kid", "no kid"),
  },
  {
    says: "changed claims break the signature",
    source: exchange,
    set: (world) => {
      const shown = federated()(world);
      return { to: shown.to, token: tampered(world.mint(usual), { sub: "admin" }) };
    },
    expect: refused("signature: the keys of"),
  },
  {
    says: "a key set given to the provider replaces the issuer's own",
    source: providers,
    set: federated({
      oidc: { issuerUri: idp, jwksJson: JSON.stringify({ keys: publishedByAnother() }) },
    }),
    expect: refused("signature: the keys given to the provider"),
  },
];

/** Keys of nobody in the world. */
function publishedByAnother() {
  const world = memoryWorld();
  signingKey(world, idp, "RS256");
  return publishedKeys(world, idp);
}

const states: readonly Row[] = [
  {
    says: "a disabled pool exchanges no tokens",
    source: pools,
    set: (world) => {
      makePool(world, { disabled: true });
      makeProvider(world);
      return { to: providerName, mint: usual };
    },
    expect: refused("pool:", "disabled"),
  },
  {
    says: "a disabled provider exchanges no tokens",
    source: providers,
    set: federated({ disabled: true }),
    expect: refused("provider:", "disabled"),
  },
  {
    says: "a provider that was disabled by hand exchanges none either",
    source: providers,
    set: (world) => {
      makePool(world);
      world.lab.drift(makeProvider(world), "disabled", true);
      return { to: providerName, mint: usual };
    },
    expect: refused("provider:", "disabled"),
  },
  {
    says: "a deleted pool is kept for thirty days and exchanges no tokens",
    source: pools,
    set: (world) => {
      const made = makePool(world);
      makeProvider(world);
      world.lab.drift(made, "state", "DELETED");
      return { to: providerName, mint: usual };
    },
    expect: refused("pool:", "DELETED"),
  },
  {
    says: "a provider for AWS takes no JWT",
    source: providers,
    set: (world) => {
      makePool(world);
      gcp(world).create(
        "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider",
        "ci-provider",
        {
          workloadIdentityPoolId: "ci-pool",
          workloadIdentityPoolProviderId: "ci-provider",
          aws: { accountId: "123456789012" },
        },
      );
      return { to: providerName, mint: usual };
    },
    expect: refused("provider:", "a provider for other credentials"),
  },
];

const long = "s".repeat(128);
const mappings: readonly Row[] = [
  {
    says: "google.subject may be any text that the claims give",
    source: providers,
    set: federated({ attributeMapping: { "google.subject": "'idp::' + assertion.sub" } }),
    expect: { ...taken, as: "/subject/idp::subject" },
  },
  {
    says: "google.subject has at most 127 bytes",
    source: providers,
    set: federated({}, { claims: { sub: long } }),
    expect: refused("attribute mapping: google.subject", "128 bytes"),
  },
  {
    says: "127 bytes are taken",
    source: providers,
    set: federated({}, { claims: { sub: long.slice(1) } }),
    expect: { outcome: "becomes", by: "token exchange" },
  },
  {
    says: "the limit counts bytes, not characters",
    source: providers,
    set: federated({}, { claims: { sub: "ü".repeat(64) } }),
    expect: refused("attribute mapping: google.subject", "128 bytes"),
  },
  {
    says: "google.subject must be a text",
    source: providers,
    set: federated({ attributeMapping: { "google.subject": "assertion.sub == 'subject'" } }),
    expect: refused("attribute mapping: google.subject", "bool"),
  },
  {
    says: "a claim that is not there gives no subject",
    source: cel,
    set: federated({ attributeMapping: { "google.subject": "assertion.email" } }),
    expect: refused("attribute mapping: google.subject", "no such key: email"),
  },
  {
    says: "google.groups must be a list of texts",
    source: providers,
    set: mapping({ "google.groups": "assertion.sub" }),
    expect: refused("attribute mapping: google.groups", "string"),
  },
  {
    says: "a list of groups is taken",
    source: providers,
    set: mapping({ "google.groups": "assertion.groups" }, { groups: ["dev"] }),
    expect: taken,
  },
  {
    says: "a custom attribute must be a text",
    source: providers,
    set: mapping({ "attribute.protected": "assertion.protected" }, { protected: true }),
    expect: refused("attribute mapping: attribute.protected", "bool"),
  },
  {
    says: "whether a custom attribute may stay without value is not said",
    source: providers,
    set: mapping({ "attribute.environment": "assertion.environment" }),
    expect: { outcome: "unclear", by: "attribute mapping: attribute.environment" },
  },
  {
    says: "a claim may be asked for before it is read",
    source: cel,
    set: mapping({
      "attribute.environment": "has(assertion.environment) ? assertion.environment : 'none'",
    }),
    expect: taken,
  },
  {
    says: "all attributes together have at most 8 KB",
    source: providers,
    set: mapping({ "attribute.big": "assertion.big" }, { big: "x".repeat(9000) }),
    expect: refused("attribute mapping: all attributes"),
  },
  {
    says: "extract takes what stands between two parts of a template",
    source: extracting,
    set: federated(
      { attributeMapping: { "google.subject": "assertion.arn.extract('assumed-role/{role}/')" } },
      { claims: { arn: "arn:aws:sts::1:assumed-role/deployer/s" } },
    ),
    expect: { outcome: "becomes", by: "token exchange", as: "/subject/deployer" },
  },
  {
    says: "extract gives the empty text where the template does not fit",
    source: extracting,
    set: federated({
      attributeMapping: { "google.subject": "assertion.sub.extract('role/{role}/')" },
    }),
    expect: refused("attribute mapping: google.subject", "an empty subject"),
  },
];

const conditions: readonly Row[] = [
  {
    says: "a condition that is true lets the token in",
    source: providers,
    set: when("assertion.sub == 'subject'"),
    expect: taken,
  },
  {
    says: "a condition that is false does not",
    source: providers,
    set: when("assertion.sub == 'other'"),
    expect: refused(condition, "false"),
  },
  {
    says: "== takes a star literally",
    source: cel,
    set: when("assertion.sub == 'sub*'"),
    expect: refused(condition, "false"),
  },
  {
    says: "== is case-sensitive",
    source: cel,
    set: when("assertion.sub == 'Subject'"),
    expect: refused(condition, "false"),
  },
  {
    says: "a claim that is not there is an error",
    source: cel,
    set: when("assertion.repository_id == '1'"),
    expect: refused(condition, "no such key: repository_id"),
  },
  {
    says: "a number is not equal to its text",
    source: cel,
    set: when("assertion.id == '7'", { id: 7 }),
    expect: refused(condition, "false"),
  },
  {
    says: "&& is false when one side is, whatever the other",
    source: cel,
    set: when("assertion.missing == '1' && false"),
    expect: refused(condition, "false"),
  },
  {
    says: "|| is true when one side is, whatever the other",
    source: cel,
    set: when("assertion.missing == '1' || assertion.sub == 'subject'"),
    expect: taken,
  },
  {
    says: "an error on one side of && counts where the other is true",
    source: cel,
    set: when("assertion.missing == '1' && true"),
    expect: refused(condition, "no such key"),
  },
  {
    says: "in asks whether a list has a value",
    source: cel,
    set: when("assertion.sub in ['other', 'subject']"),
    expect: taken,
  },
  {
    says: "in asks a claim that is a list",
    source: cel,
    set: when("'mfa' in assertion.amr", { amr: ["pwd"] }),
    expect: refused(condition, "false"),
  },
  {
    says: "startsWith compares the beginning",
    source: cel,
    set: when("assertion.sub.startsWith('sub')"),
    expect: taken,
  },
  {
    says: "startsWith without the slash takes longer names",
    source: cel,
    set: when("assertion.sub.startsWith('repo:acme')", { sub: "repo:acme-evil/x" }),
    expect: { outcome: "becomes", by: "token exchange" },
  },
  {
    says: "endsWith compares the end",
    source: cel,
    set: when("assertion.sub.endsWith('ject')"),
    expect: taken,
  },
  {
    says: "contains looks anywhere",
    source: cel,
    set: when("assertion.sub.contains('bje')"),
    expect: taken,
  },
  {
    says: "matches looks for the pattern anywhere",
    source: cel,
    set: when("assertion.sub.matches('bj')"),
    expect: taken,
  },
  {
    says: "an anchored pattern must fit whole",
    source: cel,
    set: when("assertion.sub.matches('^bj')"),
    expect: refused(condition, "false"),
  },
  {
    says: "a pattern that regular expressions read differently is not guessed",
    source: cel,
    set: when("assertion.sub.matches('(?i)SUBJECT')"),
    expect: { outcome: "unclear", by: condition },
  },
  {
    says: "size counts characters",
    source: cel,
    set: when("size(assertion.sub) == 7"),
    expect: taken,
  },
  {
    says: "a choice takes one of two values",
    source: cel,
    set: when("(assertion.sub == 'subject' ? 'a' : 'b') == 'a'"),
    expect: taken,
  },
  {
    says: "! turns a condition round",
    source: cel,
    set: when("!(assertion.sub == 'subject')"),
    expect: refused(condition, "false"),
  },
  {
    says: "exists asks for one item of a list",
    source: cel,
    set: when("assertion.groups.exists(g, g.startsWith('ops-'))", { groups: ["dev", "ops-1"] }),
    expect: taken,
  },
  {
    says: "all asks for every item of a list",
    source: cel,
    set: when("assertion.groups.all(g, g.startsWith('ops-'))", { groups: ["dev", "ops-1"] }),
    expect: refused(condition, "false"),
  },
  {
    says: "google.subject is the mapped subject",
    source: providers,
    set: federated({
      attributeMapping: { "google.subject": "'x' + assertion.sub" },
      attributeCondition: "google.subject == 'xsubject'",
    }),
    expect: { outcome: "becomes", by: "token exchange" },
  },
  {
    says: "google.groups is the mapped groups",
    source: providers,
    set: federated(
      {
        attributeMapping: {
          "google.subject": "assertion.sub",
          "google.groups": "assertion.groups",
        },
        attributeCondition: "'admins' in google.groups",
      },
      { claims: { groups: ["dev"] } },
    ),
    expect: refused(condition, "false"),
  },
  {
    says: "attribute.NAME is a mapped attribute",
    source: providers,
    set: federated(
      {
        attributeMapping: { "google.subject": "assertion.sub", "attribute.team": "assertion.team" },
        attributeCondition: "attribute.team == 'shop'",
      },
      { claims: { team: "shop" } },
    ),
    expect: taken,
  },
  {
    says: "an attribute that is not mapped is an error",
    source: providers,
    set: when("attribute.team == 'shop'", { team: "shop" }),
    expect: refused(condition, "no such key: team"),
  },
  {
    says: "a condition must be a bool",
    source: providers,
    set: when("assertion.sub"),
    expect: refused(condition, "a string"),
  },
  {
    says: "a function that is not documented is not guessed",
    source: cel,
    set: when("assertion.sub.reverse() == 'x'"),
    expect: { outcome: "unclear", by: condition },
  },
  {
    says: "what is no expression of the subset is not guessed",
    source: cel,
    set: when("assertion.sub = 'subject'"),
    expect: { outcome: "unclear", by: condition },
  },
  {
    says: "claims with other signs in their names are read by index",
    source: cel,
    set: when("assertion['https://idp/team'] == 'shop'", { "https://idp/team": "shop" }),
    expect: taken,
  },
  {
    says: "a condition that somebody took away lets every token in",
    source: providers,
    set: (world) => {
      makePool(world);
      const made = makeProvider(world, { attributeCondition: "false" });
      world.lab.drift(made, "attributeCondition", undefined);
      return { to: providerName, mint: usual };
    },
    expect: taken,
  },
  {
    says: "numeric ids of GitHub hold against a repository of the same name",
    source:
      "Google Cloud docs, Configure Workload Identity Federation with deployment pipelines, Conditions",
    set: federated(
      {
        oidc: { issuerUri: "https://token.actions.githubusercontent.com" },
        attributeCondition:
          "assertion.repository_owner_id == '65432' && assertion.repository_id == '123456'",
      },
      { issuer: "github", claims: { repository_id: "999" } },
    ),
    expect: refused(condition, "false"),
  },
];

/** A workforce pool with a provider of the workforce's identity provider. */
function staff(
  inputs: JsonObject = {},
  claims: JsonObject = {},
  client = "client-1",
  poolInputs: JsonObject = {},
): (world: TestWorld) => Presentation {
  return (world) => {
    const lab = gcp(world);
    lab.create("gcp:iam/workforcePool:WorkforcePool", "staff", {
      workforcePoolId: "staff-pool",
      location: "global",
      parent: "organizations/123456789",
      ...poolInputs,
    });
    lab.create("gcp:iam/workforcePoolProvider:WorkforcePoolProvider", "okta", {
      workforcePoolId: "staff-pool",
      location: "global",
      providerId: "okta-staff",
      attributeMapping: { "google.subject": "assertion.sub", "google.groups": "assertion.groups" },
      oidc: { issuerUri: "https://example.okta.com", clientId: "client-1" },
      ...inputs,
    });
    return {
      to: "workforcePools/staff-pool/providers/okta-staff",
      mint: { issuer: "okta", audience: [client], claims },
    };
  };
}

const people: readonly Row[] = [
  {
    says: "a person of the workforce becomes a principal of its pool",
    source: workforce,
    set: staff(),
    expect: {
      outcome: "becomes",
      by: "token exchange",
      as: "principal://iam.googleapis.com/locations/global/workforcePools/staff-pool/subject/00u1a2b3c4d5e6f7g8h9",
    },
  },
  {
    says: "the client id must match the audience",
    source: workforce,
    set: staff({}, {}, "client-2"),
    expect: refused("audience: clientId", "client-2"),
  },
  {
    says: "a condition may ask how the person signed in",
    source: workforce,
    set: staff({ attributeCondition: "'mfa' in assertion.amr" }, { amr: ["pwd"] }),
    expect: refused(condition, "false"),
  },
  {
    says: "a condition may ask for a group",
    source: workforce,
    set: staff({ attributeCondition: "'engineering' in google.groups" }),
    expect: { outcome: "becomes", by: "token exchange" },
  },
  {
    says: "a disabled pool lets nobody sign in",
    source: "IAM REST API, locations.workforcePools",
    set: staff({}, {}, "client-1", { disabled: true }),
    expect: refused("pool: locations/global/workforcePools/staff-pool", "disabled"),
  },
];

table(
  "identity pools of Google Cloud",
  [...tokens, ...states, ...mappings, ...conditions, ...people],
  60,
);
