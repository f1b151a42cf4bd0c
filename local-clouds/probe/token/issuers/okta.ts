/** A workforce identity provider, as Okta issues ID tokens (Okta docs, "OpenID Connect & OAuth 2.0 API", "ID token claims"). */

import { claim, type Issuer } from "./issuer.ts";

/** One organisation at the provider. */
export function okta(organisation: string): Issuer {
  const host = organisation === "" ? "example" : organisation;
  return {
    name: organisation === "" ? "okta" : `okta/${organisation}`,
    url: `https://${host}.okta.com`,
    audience: "0oa1b2c3d4e5f6g7h8i9",
    lifetimeSeconds: 3600,
    claims: (given) => ({
      sub: "00u1a2b3c4d5e6f7g8h9",
      ver: 1,
      email: claim(given, "preferred_username", "alice@example.com"),
      name: "Alice Example",
      preferred_username: "alice@example.com",
      amr: ["pwd", "mfa", "otp"],
      acr: "urn:okta:loa:2fa:any",
      groups: ["engineering"],
      idp: "00o1a2b3c4d5e6f7g8h9",
    }),
  };
}

/** Any other issuer by its URL: nothing but the registered claims. */
export function plainIssuer(url: string): Issuer {
  return {
    name: url,
    url,
    audience: "sts.amazonaws.com",
    lifetimeSeconds: 3600,
    claims: () => ({ sub: "subject" }),
  };
}
