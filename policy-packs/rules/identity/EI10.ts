/** Microsoft Learn, "Redirect URI restrictions and limitations": localhost alone may do without TLS. */
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const plain = /^http:\/\/(?!(localhost|127\.0\.0\.1|\[::1\])([:/]|$))/i;

function redirect(path: Demand["path"]): Demand {
  return {
    path,
    holds: (uri) => !plain.test(uri ?? "") && !(uri ?? "").includes("*"),
    witness: "a code or token, read on its way or by a host of the same domain",
    good: "https://shop.example.com/auth",
    bad: "http://shop.example.com/auth",
  };
}
const properties = ["publicClient", "singlePageApplication", "web"];

export const EI10 = demandRule({
  id: "EI10",
  sentence: "Redirects go to https and to one host.",
  why: "Whoever reads the redirect, or holds any host that a wildcard covers, signs in as the user.",
  severity: "high",
  tenets: ["T2", "T6"],
  controls: ["SC-8", "IA-8"],
  fix: "Write whole https addresses in redirectUris.",
  demands: {
    "azuread:index/application:Application": properties.map((one) =>
      redirect([one, "redirectUris", "*"]),
    ),
    "azuread:index/applicationRedirectUris:ApplicationRedirectUris": [
      redirect(["redirectUris", "*"]),
    ],
  },
  more: [
    {
      kind: "violating",
      says: "any host of a domain",
      expect: "fail",
      resources: [
        {
          type: "azuread:index/application:Application",
          name: "shop",
          props: { web: { redirectUris: ["https://*.example.com/auth"] } },
        },
      ],
      path: "web.redirectUris[0]",
    },
    {
      kind: "clean",
      says: "a developer's machine, and an app of a phone",
      expect: "pass",
      resources: [
        {
          type: "azuread:index/application:Application",
          name: "shop",
          props: { publicClient: { redirectUris: ["http://localhost:8400", "shop://auth"] } },
        },
      ],
    },
  ],
});
