/**
 * Google (Google Cloud docs, "Get an ID token": a service account's token has its numeric id as `sub`
 * and as `azp`; the audience is what was asked for).
 */

import { claim, type Issuer } from "./issuer.ts";

/** Google's one issuer. */
export const google: Issuer = {
  name: "google",
  url: "https://accounts.google.com",
  audience: "sts.amazonaws.com",
  lifetimeSeconds: 3600,
  claims: (given) => {
    const sub = claim(given, "sub", "104567890123456789012");
    return {
      sub,
      azp: sub,
      email: "deployer@acme-prod.iam.gserviceaccount.com",
      email_verified: true,
    };
  },
};
