/** Which condition keys STS fills from a web identity token. */
import type { Claim, Token } from "../token.ts";
import { claimsOf } from "../token.ts";

/**
 * Claims beyond `aud`, `sub` and `amr` that STS exposes, by issuer (IAM guide, "Available keys for
 * AWS OIDC federation"). A claim that is not listed is absent from the context, whatever the token
 * says: GitHub's `repository_owner` is the common surprise.
 */
const exposedClaims: Readonly<Record<string, readonly string[]>> = {
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
};

const google = "accounts.google.com";

/** The issuer as condition keys and provider ARNs write it: without `https://`. */
export function issuerPrefix(issuer: string): string {
  return issuer.replace(/^https:\/\//, "").replace(/\/$/, "");
}

/** A key's value in the request: its values, absent, or not derivable from a token. */
export type KeyValue =
  | { readonly kind: "values"; readonly values: readonly string[] }
  | { readonly kind: "absent" }
  | { readonly kind: "unknown" };

/** What a condition key reads for this token. Keys are compared without regard to letter case. */
export function readKey(key: string, token: Token): KeyValue {
  const colon = key.lastIndexOf(":");
  const prefix = key.slice(0, colon).toLowerCase();
  const name = key.slice(colon + 1).toLowerCase();
  // `aws:SourceIp`, `sts:RoleSessionName` and the like come from the request, not from the token.
  if (prefix === "aws" || prefix === "sts" || colon < 0) return { kind: "unknown" };
  const issuer = issuerPrefix(token.issuer);
  // A key of another provider is simply not in the request.
  if (prefix !== issuer.toLowerCase()) return { kind: "absent" };
  return toValue(exposed(issuer, name, token));
}

function exposed(issuer: string, name: string, token: Token): Claim | undefined {
  const claims = claimsOf(token);
  if (issuer === google && name === "aud") return claims.get("azp") ?? token.audience;
  if (issuer === google && name === "oaud") return token.audience;
  const readable = ["aud", "sub", "amr", ...(exposedClaims[issuer] ?? [])];
  return readable.includes(name) ? claims.get(name) : undefined;
}

function toValue(claim: Claim | undefined): KeyValue {
  if (claim === undefined) return { kind: "absent" };
  return { kind: "values", values: typeof claim === "string" ? [claim] : claim };
}
