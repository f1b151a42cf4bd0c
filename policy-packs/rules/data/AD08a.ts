/**
 * Amazon ElastiCache. Amazon ElastiCache User Guide, "ElastiCache in-transit encryption": off unless
 * asked for, and a single node of Redis or Valkey without a replication group cannot have it.
 */
import type { View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { iso } from "../shared/benchmarks.ts";
import { demandRule } from "../shared/flag-rule.ts";
import { isGiven } from "../shared/refers-to.ts";

const group = "aws:elasticache/replicationGroup:ReplicationGroup";
const single = "aws:elasticache/cluster:Cluster";
const witness = "the traffic between a client and a node is read on the way";
const followsNoOther = (inputs: View) => !isGiven(inputs, "globalReplicationGroupId");

export const AD08a = demandRule({
  id: "AD08a",
  sentence: "A cache is reached by TLS only.",
  why: "Whoever listens in the network reads sessions and passwords out of the cache's traffic.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-8", "SC-8(1)"],
  frameworks: [iso("aws", "A.8.24", "elasticache_redis_cluster_in_transit_encryption_enabled")],
  fix: "Set transitEncryptionEnabled to true and transitEncryptionMode to required; for Redis or Valkey plan a ReplicationGroup.",
  demands: {
    [group]: [
      {
        path: ["transitEncryptionEnabled"],
        holds: (value) => value === "true",
        when: followsNoOther,
        witness,
        good: true,
        bad: false,
      },
      {
        path: ["transitEncryptionMode"],
        holds: (value) => value !== "preferred",
        witness,
        good: "required",
        bad: "preferred",
      },
    ],
    [single]: [
      {
        path: ["transitEncryptionEnabled"],
        holds: (value) => value === "true",
        when: (inputs) => !isGiven(inputs, "replicationGroupId"),
        witness,
        good: true,
        bad: false,
        mends: (inputs) => inputs.at("engine").text() === "memcached",
      },
    ],
  },
  base: { [single]: { engine: "memcached" } },
  more: [
    {
      kind: "clean",
      says: "a member of a group",
      expect: "not-applicable",
      resources: alone(single, { replicationGroupId: "sessions" }),
    },
    {
      kind: "absent",
      says: "a single node of Redis",
      expect: "fail",
      resources: alone(single, { engine: "redis" }),
    },
  ],
  // Clients must speak TLS first, and engines before 7.0.5 are replaced.
  remedy: "opt-in",
});
