/** Identity-Aware Proxy documentation, "Setting up access": accessor roles go to named people. */
import { publicMembersRule } from "../shared/public-members.ts";

export const GI19 = publicMembersRule({
  id: "GI19",
  sentence: "The identity-aware proxy admits named people.",
  why: "Everybody with a Google account passes the proxy, and the application behind it trusts who has passed.",
  severity: "medium",
  fix: "Name groups as members of roles/iap.httpsResourceAccessor and roles/iap.tunnelResourceAccessor.",
  families: [
    "iap/appEngineServiceIam",
    "iap/appEngineVersionIam",
    "iap/tunnelDestGroupIam",
    "iap/tunnelIam",
    "iap/tunnelInstanceIAM",
    "iap/webBackendServiceIam",
    "iap/webCloudRunServiceIam",
    "iap/webForwardingRuleServiceIam",
    "iap/webIam",
    "iap/webRegionBackendServiceIam",
    "iap/webRegionForwardingRuleServiceIam",
    "iap/webTypeAppEngingIam",
    "iap/webTypeComputeIam",
  ],
  role: "roles/iap.httpsResourceAccessor",
});
