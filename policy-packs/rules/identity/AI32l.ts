/** AWS Backup Developer Guide, "Vault access policies": a vault may be opened to other accounts, and to all. */
import { publicPolicyRule } from "../shared/resource-policies.ts";

export const AI32l = publicPolicyRule({
  id: "AI32l",
  sentence: "No backup vault's policy lets everybody in.",
  why: "Anybody copies his backups in, or ours out, and with them all data there ever was.",
  fix: "Name the accounts in Principal, or ask for aws:PrincipalOrgID.",
  policies: {
    "aws:backup/vaultPolicy:VaultPolicy": "policy",
  },
  action: "backup:CopyIntoBackupVault",
});
