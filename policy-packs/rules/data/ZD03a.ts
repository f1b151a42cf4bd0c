/** Azure SQL. Microsoft Learn, "Connectivity settings": 1.2 where nothing is said. */
import { floor, tlsFloorRule } from "../shared/tls-floor.ts";

export const ZD03a = tlsFloorRule({
  id: "ZD03a",
  sentence: "A SQL server takes TLS 1.2 or newer only.",
  fix: "Set minimalTlsVersion to 1.2 or leave it out.",
  demands: {
    "azure-native:sql:ManagedInstance": [floor(["minimalTlsVersion"], "1.2", "None")],
    "azure-native:sql:Server": [floor(["minimalTlsVersion"], "1.2", "None")],
  },
});
