/** Cloud KMS documentation, "Access control with IAM": keys inherit from their ring. */
import { cis } from "../shared/benchmarks.ts";
import { publicMembersRule } from "../shared/public-members.ts";

export const GI12g = publicMembersRule({
  id: "GI12g",
  sentence: "Nobody unnamed uses a key ring.",
  why: "Whoever holds any ciphertext reads it, by every key of the ring.",
  frameworks: [cis("cis-gcp-3.0.0", "1.9")],
  fix: "Name groups and service accounts as members.",
  families: ["kms/keyRingIAM"],
  role: "roles/cloudkms.cryptoKeyDecrypter",
});
