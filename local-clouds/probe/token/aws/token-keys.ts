/**
 * Which context keys AWS STS makes of a token's claims (IAM user guide, "IAM and AWS STS condition
 * context keys", "Available keys for AWS OIDC federation").
 */

import type { Json } from "../../../protocol/value.ts";
import { textsOf } from "../live.ts";
import type { Presented } from "../presented.ts";
import { type Known, value, values } from "./request.ts";

/** Google's issuer is built into AWS: its keys differ from those of OIDC providers in an account. */
export const googleIssuer = "https://accounts.google.com";

/** Claims beside `aud`, `sub` and `amr` that AWS documents for an issuer. */
const providerClaims: Readonly<Record<string, readonly string[]>> = {
  "token.actions.githubusercontent.com": [
    "actor",
    "actor_id",
    "enterprise_id",
    "environment",
    "job_workflow_ref",
    "ref",
    "repository",
    "repository_id",
    "repository_owner_id",
    "workflow",
  ],
  "accounts.google.com": ["email"],
};

/** Issuers of which AWS documents more claims than are listed above. */
const listedInPart: ReadonlySet<string> = new Set(["gitlab.com", "accounts.google.com"]);

/** What a condition key under an issuer's name means for a token: `ISSUER:CLAIM`. */
export function tokenKey(token: Presented, key: string): Known | undefined {
  const name = issuerName(token.issuer).toLowerCase();
  if (!key.startsWith(`${name}:`)) return undefined;
  const claim = key.slice(name.length + 1);
  if (claim === "aud") return audienceKey(token);
  if (claim === "oaud") return audiencesKnown(token);
  if (claim === "sub") return known(token.claims["sub"]);
  if (claim === "amr") return known(token.claims["amr"]);
  const listed = providerClaims[name] ?? [];
  if (listed.includes(claim)) return known(token.claims[claim]);
  const carried = Object.keys(token.claims).find((one) => one.toLowerCase() === claim);
  if (carried === undefined) return { kind: "absent" };
  return listedInPart.has(name)
    ? { kind: "open", why: `whether STS maps ${carried} of ${name} is not told` }
    : { kind: "absent" };
}

/** An issuer as IAM writes it: without scheme. */
export function issuerName(issuer: string): string {
  return issuer.replace(/^https:\/\//, "");
}

/** The key is `azp` where that is set: so it is said of Google's tokens, and of others nothing. */
function audienceKey(token: Presented): Known {
  const azp = token.claims["azp"];
  if (typeof azp !== "string" || token.audiences.every((one) => one === azp)) {
    return audiencesKnown(token);
  }
  return token.issuer === googleIssuer
    ? value(azp)
    : { kind: "open", why: `aud ${token.audiences.join(", ")} with azp ${azp}` };
}

function audiencesKnown(token: Presented): Known {
  return values(token.audiences);
}

function known(claim: Json | undefined): Known {
  if (typeof claim === "number" || typeof claim === "boolean") return value(String(claim));
  const texts = textsOf(claim);
  return texts.length === 0 ? { kind: "absent" } : values(texts);
}
