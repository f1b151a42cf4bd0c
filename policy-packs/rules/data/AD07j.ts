/**
 * Amazon Redshift. Amazon Redshift Management Guide, "Amazon Redshift database encryption": new
 * clusters of which nothing is said are encrypted since January 2025.
 */
import { alone } from "../shared/alone.ts";
import { iso } from "../shared/benchmarks.ts";
import { demandRule } from "../shared/flag-rule.ts";

const sources = ["snapshotIdentifier", "snapshotArn"];

export const AD07j = demandRule({
  id: "AD07j",
  sentence: "A data warehouse is encrypted.",
  why: "Its snapshots are as readable as it is, for whoever gets hold of one.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-28", "SC-28(1)"],
  frameworks: [iso("aws", "A.8.24", "redshift_cluster_encrypted_at_rest")],
  fix: "Leave encrypted out or set it to true.",
  demands: {
    "aws:redshift/cluster:Cluster": [
      {
        path: ["encrypted"],
        holds: (value) => value !== "false",
        when: (inputs) => sources.every((name) => inputs.at(name).state === "absent"),
        witness: "a snapshot shared with another account is restored there in plaintext",
        good: true,
        bad: false,
      },
    ],
  },
  more: [
    {
      kind: "clean",
      says: "restored from a snapshot",
      expect: "not-applicable",
      resources: alone("aws:redshift/cluster:Cluster", {
        encrypted: "false",
        snapshotIdentifier: "before",
      }),
    },
  ],
  // A cluster that exists is moved for hours, and takes no writes meanwhile.
  remedy: "opt-in",
});
