/** Azure App Service. Microsoft Learn, "App Service TLS overview": 1.2 where nothing is said. */
import { cis, iso } from "../shared/benchmarks.ts";
import { floor, tlsFloorRule } from "../shared/tls-floor.ts";

const floors = [
  floor(["siteConfig", "minTlsVersion"]),
  floor(["siteConfig", "scmMinTlsVersion"]),
] as const;

export const ZD03g = tlsFloorRule({
  id: "ZD03g",
  sentence: "A web app, and its deployment site, take TLS 1.2 or newer only.",
  frameworks: [cis("cis-azure-2.1.0", "9.3"), iso("azure", "A.8.24", "app_minimum_tls_version_12")],
  fix: "Set siteConfig.minTlsVersion and scmMinTlsVersion to 1.2 or leave them out.",
  demands: { "azure-native:web:WebApp": floors, "azure-native:web:WebAppSlot": floors },
});
