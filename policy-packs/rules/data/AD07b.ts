/** The account's default for Amazon EBS. Amazon EBS User Guide, "Enable EBS encryption by default". */
import { iso } from "../shared/benchmarks.ts";
import { demandRule } from "../shared/flag-rule.ts";

export const AD07b = demandRule({
  id: "AD07b",
  sentence: "Encryption of new volumes by default is never switched off.",
  why: "One forgotten flag leaves a volume in plaintext, and its snapshots after it.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-28", "CM-6"],
  frameworks: [iso("aws", "A.8.24", "ec2_ebs_default_encryption")],
  fix: "Set enabled to true, or leave it out.",
  demands: {
    "aws:ebs/encryptionByDefault:EncryptionByDefault": [
      {
        path: ["enabled"],
        holds: (value) => value !== "false",
        witness: "ec2:CreateVolume without a word about encryption makes one in plaintext",
        good: true,
        bad: false,
      },
    ],
  },
  // Volumes that exist stay as they are.
  remedy: "safe",
});
