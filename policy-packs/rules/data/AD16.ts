/** AWS Backup Developer Guide, "AWS Backup Vault Lock". */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { alone } from "../shared/alone.ts";
import { referring } from "../shared/log-stores.ts";
import type { Relation } from "../shared/refers-to.ts";
import { referrersOf, refersTo } from "../shared/refers-to.ts";
import { someOf } from "../shared/some-of.ts";

const vault = "aws:backup/vault:Vault";
const lock = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";

const locks: Relation = {
  from: [lock],
  to: vault,
  properties: ({ inputs }) => [inputs.at("backupVaultName")],
};

export const AD16: Rule = {
  id: "AD16",
  sentence: "A backup vault is locked.",
  why: "Whoever extorts deletes the backups first.",
  severity: "medium",
  tenets: ["T5"],
  controls: ["CP-9", "CP-9(8)"],
  fix: "Plan a VaultLockConfiguration with minRetentionDays for the vault.",
  subjects: [vault],
  needs: "plan",
  check: (subject, judge, plan) => {
    const locked = someOf(judge, referrersOf(plan, subject, locks), ({ inputs }) => {
      const keeps = (inputs.at("minRetentionDays").number() ?? 0) > 0;
      return keeps && refersTo(plan, inputs.at("backupVaultName"), subject);
    });
    if (locked === "no") {
      judge.fail({ urn: subject.urn, path: "" }, "backup:DeleteRecoveryPoint is carried out");
    }
  },
  examples: [
    {
      kind: "violating",
      says: "a lock that keeps nothing",
      expect: "fail",
      resources: [planned(), locking(0)],
      witness: "DeleteRecoveryPoint",
    },
    {
      kind: "clean",
      says: "kept for a month",
      expect: "pass",
      resources: [planned(), locking(30)],
    },
    {
      kind: "unknown",
      says: "which vault is locked is not known",
      expect: "unknown",
      resources: [planned(), { ...locking(30), dependsOn: {} }],
      path: "backupVaultName",
    },
    {
      kind: "absent",
      says: "no lock",
      expect: "fail",
      resources: alone(vault, { name: "backups" }),
    },
  ],
};

function planned(): ExampleResource {
  return { type: vault, name: "backups", props: { kmsKeyArn: unknownHere } };
}

function locking(minRetentionDays: number) {
  return referring(lock, "lock", "backupVaultName", "backups", { minRetentionDays });
}
