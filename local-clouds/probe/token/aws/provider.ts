/**
 * The OIDC provider that stands for an issuer in an account (IAM user guide, "Create an OpenID Connect
 * (OIDC) identity provider in IAM").
 *
 * Thumbprints never decide here: AWS checks the issuer's certificate by its own library of trusted
 * root authorities, and by the thumbprints only where that library does not know it ("Obtain the
 * thumbprint for an OpenID Connect identity provider"). Every issuer of the world has a known one.
 */

import { type Live, type LiveWorld, textAt, textsAt } from "../live.ts";
import type { Presented } from "../presented.ts";
import { type Check, no, unclear, yes } from "../verdict.ts";
import { googleIssuer, issuerName } from "./token-keys.ts";

/** The type of providers. */
export const providerToken = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";

const creating = "IAM user guide, Create an OpenID Connect (OIDC) identity provider in IAM";

/** How a trust policy names the provider of a token's issuer in an account. */
export interface Provider {
  /** ARN, or the host of an issuer that is built into AWS. */
  readonly name: string;
  readonly live: Live | undefined;
}

/** The provider of an account for a token: the URL is compared as it is, case and last slash included. */
export function providerOf(live: LiveWorld, account: string, issuer: string): Provider | undefined {
  if (issuer === googleIssuer) return { name: issuerName(issuer), live: undefined };
  const found = live
    .of(providerToken)
    .find((one) => one.account === account && `https://${urlOf(one)}` === issuer);
  return found === undefined ? undefined : { name: textAt(found.properties, "arn"), live: found };
}

function urlOf(provider: Live): string {
  return issuerName(textAt(provider.properties, "url"));
}

/** Whether the account has a provider for the issuer. */
export function providerExists(live: LiveWorld, account: string, token: Presented): Check {
  if (providerOf(live, account, token.issuer) !== undefined) return yes;
  const urls = live
    .of(providerToken)
    .filter((one) => one.account === account)
    .map(urlOf);
  return no({
    stage: "provider",
    rule: `OIDC providers of account ${account}`,
    got: token.issuer,
    wanted: urls.length === 0 ? "none exists" : urls.map((url) => `https://${url}`).join(" or "),
    source: creating,
  });
}

/** Whether the token is meant for one of the provider's client ids ("audiences"). */
export function audienceListed(provider: Provider, token: Presented): Check {
  // Issuers that are built in have no list: their roles' conditions alone decide.
  if (provider.live === undefined) return yes;
  const ids = textsAt(provider.live.properties, "clientIdLists");
  const reason = {
    stage: "audience",
    rule: `clientIdLists of ${provider.name}`,
    got: token.audiences.join(", ") || "no aud",
    wanted: ids.join(" or "),
    source: creating,
  };
  const listed = token.audiences.filter((audience) => ids.includes(audience));
  if (listed.length === token.audiences.length && listed.length === 1) return yes;
  const azp = token.claims["azp"];
  const byParty = typeof azp === "string" && ids.includes(azp);
  if (listed.length === 0 && !byParty) return no(reason);
  return unclear({ ...reason, got: `${reason.got}${byParty ? ` with azp ${String(azp)}` : ""}` });
}
