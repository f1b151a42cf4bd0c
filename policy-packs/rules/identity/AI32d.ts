/** AWS KMS Developer Guide, "Key policies": `*` is every identity of every account. */
import { publicPolicyRule } from "../shared/resource-policies.ts";

export const AI32d = publicPolicyRule({
  id: "AI32d",
  sentence: "No key policy lets everybody in.",
  why: "Whoever holds the ciphertext reads it: the key that should stop him opens it for him.",
  fix: "Name the accounts and roles in Principal, or ask for kms:CallerAccount.",
  policies: {
    "aws:kms/externalKey:ExternalKey": "policy",
    "aws:kms/key:Key": "policy",
    "aws:kms/keyPolicy:KeyPolicy": "policy",
    "aws:kms/replicaExternalKey:ReplicaExternalKey": "policy",
    "aws:kms/replicaKey:ReplicaKey": "policy",
  },
  action: "kms:Decrypt",
});
