/**
 * Workload identity pools: which provider takes a token, and as whom (IAM, "Workload Identity
 * Federation"; IAM REST API, "projects.locations.workloadIdentityPools.providers").
 */

import type { JsonObject } from "../../../protocol/value.ts";
import { type Live, type LiveWorld, objectAt, objectsAt, textAt, textsAt } from "../live.ts";
import type { Presented } from "../presented.ts";
import { type Check, every, no, type Reason, yes } from "../verdict.ts";
import { tokenExchanges } from "./exchange.ts";
import { conditionAdmits, mapAttributes } from "./mapping.ts";
import { type GcpPrincipal, poolPrincipal } from "./principal.ts";

const poolToken = "gcp:iam/workloadIdentityPool:WorkloadIdentityPool";
const providerToken = "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider";
const workforceToken = "gcp:iam/workforcePool:WorkforcePool";
const workforceProviderToken = "gcp:iam/workforcePoolProvider:WorkforcePoolProvider";

const source = "IAM REST API, projects.locations.workloadIdentityPools.providers";
const workforceSource = "IAM REST API, locations.workforcePools.providers";

/** A provider with what it says of the token. */
export interface Admission {
  readonly kind: "workload identity provider" | "workforce identity provider";
  /** Resource name. */
  readonly id: string;
  readonly check: Check;
  /** Whom it makes of the token, where it does. */
  readonly principal: GcpPrincipal;
}

/** What every provider of every pool says. */
export function admissionsOf(live: LiveWorld, token: Presented): readonly Admission[] {
  return [
    ...live.of(providerToken).map((provider) => workload(live, provider, token)),
    ...live.of(workforceProviderToken).map((provider) => workforce(live, provider, token)),
  ];
}

function workload(live: LiveWorld, provider: Live, token: Presented): Admission {
  const id = textAt(provider.properties, "name");
  const name = id.replace(/\/providers\/.*$/, "");
  const pool = live.of(poolToken).find((one) => textAt(one.properties, "name") === name);
  const oidc = objectsAt(provider.properties, "oidc")[0];
  const audiences = textsAt(oidc, "allowedAudiences");
  // Without a list the provider's own full name is the audience, with `https:` or without.
  const wanted =
    audiences.length > 0
      ? audiences
      : [`https://iam.googleapis.com/${id}`, `//iam.googleapis.com/${id}`];
  return admission(provider, token, {
    kind: "workload identity provider",
    id,
    pool: name,
    poolThere: () => usable(pool, "pool", name, source),
    oidc,
    audiences: wanted,
    source,
  });
}

function workforce(live: LiveWorld, provider: Live, token: Presented): Admission {
  const id = textAt(provider.properties, "name") || provider.id;
  const name = id.replace(/\/providers\/.*$/, "");
  const pool = live.of(workforceToken).find((one) => textAt(one.properties, "name") === name);
  const oidc = objectsAt(provider.properties, "oidc")[0];
  return admission(provider, token, {
    kind: "workforce identity provider",
    id,
    pool: name,
    poolThere: () => usable(pool, "pool", name, workforceSource),
    oidc,
    // The client id is the audience that is wanted.
    audiences: textsAt(oidc, "clientId"),
    source: workforceSource,
  });
}

/** What a provider is judged by. */
interface Terms {
  readonly kind: Admission["kind"];
  readonly id: string;
  readonly pool: string;
  readonly poolThere: () => Check;
  readonly oidc: JsonObject | undefined;
  readonly audiences: readonly string[];
  readonly source: string;
}

function admission(provider: Live, token: Presented, terms: Terms): Admission {
  const { properties } = provider;
  const mapped = mapAttributes(objectAt(properties, "attributeMapping"), token.claims);
  const condition = textAt(properties, "attributeCondition");
  const check = every([
    terms.poolThere,
    () => usable(provider, "provider", terms.id, terms.source),
    () => takesTokens(terms),
    () => issuerFits(terms, token),
    () => tokenExchanges(token, textAt(terms.oidc, "jwksJson")),
    () => audienceFits(terms, token),
    () => mapped.check,
    () => conditionAdmits(condition, token.claims, mapped.attributes),
  ]);
  const principal = poolPrincipal(terms.pool, mapped.attributes);
  return { kind: terms.kind, id: terms.id, check, principal };
}

/** Neither disabled nor deleted pools and providers exchange tokens. */
function usable(one: Live | undefined, what: string, id: string, page: string): Check {
  const reason = (got: string): Reason => ({
    stage: what,
    rule: id,
    got,
    wanted: "ACTIVE and not disabled",
    source: page,
  });
  if (one === undefined) return no(reason("nothing of that name"));
  if (one.properties["disabled"] === true) return no(reason("disabled"));
  const state = textAt(one.properties, "state");
  return state === "DELETED" ? no(reason(state)) : yes;
}

/** Providers are for AWS, OIDC, SAML or X.509; only those for OIDC take a JWT. */
function takesTokens({ oidc, id, source: page }: Terms): Check {
  if (oidc !== undefined) return yes;
  const got = "a JWT, and a provider for other credentials";
  return no({ stage: "provider", rule: id, got, wanted: "an OIDC provider", source: page });
}

/** The issuer is compared as it is. */
function issuerFits({ oidc, source: page }: Terms, token: Presented): Check {
  const wanted = textAt(oidc, "issuerUri");
  if (wanted === token.issuer) return yes;
  return no({ stage: "issuer", rule: "issuerUri", got: token.issuer, wanted, source: page });
}

/** One of the token's audiences must be one that the provider takes. */
function audienceFits({ audiences, kind, source: page }: Terms, token: Presented): Check {
  if (token.audiences.some((audience) => audiences.includes(audience))) return yes;
  return no({
    stage: "audience",
    rule: kind === "workforce identity provider" ? "clientId" : "allowedAudiences",
    got: token.audiences.join(", ") || "no aud",
    wanted: audiences.join(" or "),
    source: page,
  });
}
