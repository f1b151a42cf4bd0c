/** Amazon S3 Glacier Developer Guide, "Vault access policies": `*` is everybody. */
import { publicPolicyRule } from "../shared/resource-policies.ts";

export const AI32i = publicPolicyRule({
  id: "AI32i",
  sentence: "No Glacier vault's policy lets everybody in.",
  why: "Anybody has the archives handed out to him, or deletes them.",
  fix: "Name the accounts in Principal.",
  policies: {
    "aws:glacier/vault:Vault": "accessPolicy",
  },
  action: "glacier:InitiateJob",
});
