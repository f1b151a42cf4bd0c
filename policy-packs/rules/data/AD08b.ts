/** Amazon MSK. Amazon MSK Developer Guide, "Amazon MSK encryption": TLS where nothing is said. */
import { iso } from "../shared/benchmarks.ts";
import { demandRule } from "../shared/flag-rule.ts";

export const AD08b = demandRule({
  id: "AD08b",
  sentence: "A Kafka cluster takes and passes on messages by TLS only.",
  why: "Whoever listens in the network reads every message, and may add some.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-8", "SC-8(1)"],
  frameworks: [iso("aws", "A.8.12", "kafka_cluster_in_transit_encryption_enabled")],
  fix: "Set encryptionInfo.encryptionInTransit.clientBroker to TLS and inCluster to true.",
  demands: {
    "aws:msk/cluster:Cluster": [
      {
        path: ["encryptionInfo", "encryptionInTransit", "clientBroker"],
        holds: (value) => value === undefined || value === "TLS",
        witness: "a client on port 9092 produces and consumes in plaintext",
        good: "TLS",
        bad: "TLS_PLAINTEXT",
      },
      {
        path: ["encryptionInfo", "encryptionInTransit", "inCluster"],
        holds: (value) => value !== "false",
        witness: "brokers copy messages to each other in plaintext",
        good: true,
        bad: false,
      },
    ],
  },
  // Clients that speak plaintext are cut off; inCluster replaces the cluster.
  remedy: "opt-in",
});
