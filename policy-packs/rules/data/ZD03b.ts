/** Azure Database for PostgreSQL. Microsoft Learn, "Networking with TLS": required, and 1.2, by default. */
import { cis } from "../shared/benchmarks.ts";
import { parameterDemands, singleServerDemands } from "../shared/server-parameter.ts";
import { tlsFloorRule } from "../shared/tls-floor.ts";

export const ZD03b = tlsFloorRule({
  id: "ZD03b",
  sentence: "A PostgreSQL server takes TLS 1.2 or newer only.",
  frameworks: [cis("cis-azure-2.1.0", "4.3.1")],
  fix: "Leave require_secure_transport on and ssl_min_protocol_version at TLSv1.2 or newer.",
  demands: {
    "azure-native:dbforpostgresql:Configuration": parameterDemands("ssl_min_protocol_version"),
    "azure-native:dbforpostgresql:SingleServer": singleServerDemands,
  },
});
