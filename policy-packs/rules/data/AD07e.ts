/** Amazon EFS. Amazon EFS User Guide, "Encrypting data at rest": the API's default is off. */
import { cis, iso } from "../shared/benchmarks.ts";
import { demandRule } from "../shared/flag-rule.ts";

export const AD07e = demandRule({
  id: "AD07e",
  sentence: "A file system is encrypted.",
  why: "Without it the files lie in plaintext on the disks, and in every backup.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-28", "SC-28(1)"],
  frameworks: [
    cis("cis-aws-3.0.0", "2.4.1"),
    iso("aws", "A.8.24", "efs_encryption_at_rest_enabled"),
  ],
  fix: "Set encrypted to true.",
  demands: {
    "aws:efs/fileSystem:FileSystem": [
      {
        path: ["encrypted"],
        holds: (value) => value === "true",
        witness: "a copy of the disks or of a backup is read without any key",
        good: true,
        bad: false,
      },
    ],
  },
  // A file system that exists is replaced.
  remedy: "opt-in",
});
