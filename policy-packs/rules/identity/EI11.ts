/**
 * Microsoft Learn, "OAuth 2.0 implicit grant flow": off unless it is said, and no longer advised. ID
 * tokens alone belong to the hybrid flow as well, which App Service uses, and open no API.
 */
import { demandRule } from "../shared/flag-rule.ts";

const holds = (value: string | undefined) => value !== "true";
const witness = "an access token in the address of a page, its history and its log";

export const EI11 = demandRule({
  id: "EI11",
  sentence: "No application gets access tokens by the implicit grant.",
  why: "The token stands in an address: other scripts, histories and logs read it, and it is bound to nobody.",
  severity: "medium",
  tenets: ["T6"],
  controls: ["IA-5", "SC-8"],
  fix: "Set accessTokenIssuanceEnabled to false, and use the authorization code flow with PKCE.",
  demands: {
    "azuread:index/application:Application": [
      {
        path: ["web", "implicitGrant", "accessTokenIssuanceEnabled"],
        holds,
        witness,
        good: false,
        bad: true,
      },
    ],
    "azuread:index/applicationRegistration:ApplicationRegistration": [
      { path: ["implicitAccessTokenIssuanceEnabled"], holds, witness, good: false, bad: true },
    ],
  },
  // A page that still uses the flow gets no token any more.
  remedy: "opt-in",
});
