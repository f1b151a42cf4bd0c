/** Azure Cache for Redis and Azure Managed Redis. Microsoft Learn, "Remove TLS 1.0 and 1.1". */
import type { Demand } from "../shared/flag-rule.ts";
import { floor, tlsFloorRule } from "../shared/tls-floor.ts";

const plaintextPort: Demand = {
  path: ["enableNonSslPort"],
  holds: (value) => value !== "true",
  witness: "a client on port 6379 reads and writes in plaintext",
  good: false,
  bad: true,
};

export const ZD03d = tlsFloorRule({
  id: "ZD03d",
  sentence: "A Redis cache takes TLS 1.2 or newer only.",
  fix: "Leave enableNonSslPort off, clientProtocol at Encrypted and minimumTlsVersion at 1.2.",
  demands: {
    "azure-native:redis:Redis": [floor(["minimumTlsVersion"]), plaintextPort],
    "azure-native:redisenterprise:Database": [
      {
        path: ["clientProtocol"],
        holds: (value) => value !== "Plaintext",
        witness: "a client reads and writes in plaintext",
        good: "Encrypted",
        bad: "Plaintext",
      },
    ],
    "azure-native:redisenterprise:RedisEnterprise": [floor(["minimumTlsVersion"])],
  },
});
