/** AWS Key Management Service Developer Guide, "Rotate AWS KMS keys": symmetric keys of KMS only. */
import type { View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import { demandRule } from "../shared/flag-rule.ts";
import { isGiven } from "../shared/refers-to.ts";

export const AD09 = demandRule({
  id: "AD09",
  sentence: "A key is rotated.",
  why: "Whatever is learnt of one key material opens everything that was ever encrypted.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-12", "SC-12(1)"],
  frameworks: [
    cis("cis-aws-3.0.0", "3.6"),
    {
      framework: "pci-dss-4.0",
      control: "3.7.4",
      source: "Prowler 3e000fa, prowler/compliance/aws/pci_4.0_aws.json, kms_cmk_rotation_enabled",
    },
    iso("aws", "A.8.24", "kms_cmk_rotation_enabled"),
  ],
  fix: "Set enableKeyRotation to true.",
  demands: {
    "aws:kms/key:Key": [
      {
        path: ["enableKeyRotation"],
        holds: (value) => value === "true",
        when: canRotate,
        witness: "material copied once decrypts for ever",
        good: true,
        bad: false,
      },
    ],
  },
  more: [
    {
      kind: "clean",
      says: "a key that signs cannot be rotated",
      expect: "not-applicable",
      resources: alone("aws:kms/key:Key", { customerMasterKeySpec: "RSA_3072" }),
    },
  ],
  // Old material stays for decrypting, and nobody who uses the key notices.
  remedy: "safe",
});

function canRotate(inputs: View): boolean {
  if (["customKeyStoreId", "xksKeyId"].some((name) => isGiven(inputs, name))) return false;
  return (inputs.at("customerMasterKeySpec").text() ?? "SYMMETRIC_DEFAULT") === "SYMMETRIC_DEFAULT";
}
