/** Microsoft Learn, "Configure HTTPS on an Azure Front Door custom domain": TLS 1.2 where nothing is said. */
import { floor, tlsFloorRule } from "../shared/tls-floor.ts";

export const ZD51 = tlsFloorRule({
  id: "ZD51",
  sentence: "A domain of Front Door takes TLS 1.2 or newer only.",
  fix: "Set tlsSettings.minimumTlsVersion to TLS12 or newer, or leave it out.",
  demands: {
    "azure-native:cdn:AFDCustomDomain": [
      floor(["tlsSettings", "minimumTlsVersion"], "TLS12", "TLS10"),
    ],
  },
});
