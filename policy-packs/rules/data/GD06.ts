/** Memorystore documentation, "In-transit encryption", "AUTH" and "IAM authentication": all off by default. */
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const anybody = "whoever reaches the port reads and writes without a credential";
const plaintext = "the traffic between a client and the cache is read on the way";

export const GD06 = demandRule({
  id: "GD06",
  sentence: "A cache asks who its clients are, and is reached by TLS only.",
  why: "Whoever gets into the network reads sessions and passwords out of the cache, or out of its traffic.",
  severity: "high",
  tenets: ["T2", "T6"],
  controls: ["SC-8", "IA-2", "AC-3"],
  fix: "Set authEnabled to true, or authorizationMode to IAM authentication, and transitEncryptionMode to server authentication.",
  demands: {
    "gcp:memorystore/instance:Instance": [
      mode("authorizationMode", "IAM_AUTH", "AUTH_DISABLED", anybody),
      mode(
        "transitEncryptionMode",
        "SERVER_AUTHENTICATION",
        "TRANSIT_ENCRYPTION_DISABLED",
        plaintext,
      ),
    ],
    "gcp:redis/cluster:Cluster": [
      mode("authorizationMode", "AUTH_MODE_IAM_AUTH", "AUTH_MODE_DISABLED", anybody),
      mode(
        "transitEncryptionMode",
        "TRANSIT_ENCRYPTION_MODE_SERVER_AUTHENTICATION",
        "TRANSIT_ENCRYPTION_MODE_DISABLED",
        plaintext,
      ),
    ],
    "gcp:redis/instance:Instance": [
      mode("authEnabled", true, false, anybody),
      mode("transitEncryptionMode", "SERVER_AUTHENTICATION", "DISABLED", plaintext),
    ],
  },
});

function mode<T extends string | boolean>(name: string, good: T, bad: T, witness: string): Demand {
  return { path: [name], holds: (value) => value === String(good), witness, good, bad };
}
