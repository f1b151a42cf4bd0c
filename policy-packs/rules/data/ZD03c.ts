/** Azure Database for MySQL. Microsoft Learn, "Networking with TLS": required, and 1.2, by default. */
import { cis } from "../shared/benchmarks.ts";
import { parameterDemands, singleServerDemands } from "../shared/server-parameter.ts";
import { tlsFloorRule } from "../shared/tls-floor.ts";

export const ZD03c = tlsFloorRule({
  id: "ZD03c",
  sentence: "A MySQL server takes TLS 1.2 or newer only.",
  frameworks: [cis("cis-azure-2.1.0", "4.4.2")],
  fix: "Leave require_secure_transport on and tls_version at TLSv1.2 or newer.",
  demands: {
    "azure-native:dbformysql:Configuration": parameterDemands("tls_version"),
    "azure-native:dbformysql:SingleServer": singleServerDemands,
  },
});
