/** Cloud KMS documentation, "Access control with IAM", for keys. */
import { cis } from "../shared/benchmarks.ts";
import { publicMembersRule } from "../shared/public-members.ts";

export const GI12f = publicMembersRule({
  id: "GI12f",
  sentence: "Nobody unnamed uses a key.",
  why: "Whoever holds the ciphertext reads it: the key that should stop him opens it for him.",
  frameworks: [cis("cis-gcp-3.0.0", "1.9")],
  fix: "Name groups and service accounts as members.",
  families: ["kms/cryptoKeyIAM"],
  role: "roles/cloudkms.cryptoKeyDecrypter",
});
