/** Amazon Kinesis Data Streams. Developer Guide, "What is server-side encryption?": off by default. */
import { iso } from "../shared/benchmarks.ts";
import { demandRule } from "../shared/flag-rule.ts";

const type = "aws:kinesis/stream:Stream";
const kmsKeyId = "alias/aws/kinesis";

export const AD07i = demandRule({
  id: "AD07i",
  sentence: "A stream is encrypted.",
  why: "Records lie in plaintext on the service's disks for as long as they are kept.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-28", "SC-28(1)"],
  frameworks: [iso("aws", "A.8.24", "kinesis_stream_encrypted_at_rest")],
  fix: "Set encryptionType to KMS and kmsKeyId to a key.",
  demands: {
    [type]: [
      {
        path: ["encryptionType"],
        holds: (value) => value === "KMS",
        witness: "records are stored in plaintext",
        good: "KMS",
        bad: "NONE",
        mends: (inputs) => inputs.at("kmsKeyId").state !== "absent",
      },
    ],
  },
  base: { [type]: { kmsKeyId } },
  // Producers and consumers of other accounts may not use AWS's key.
  remedy: "opt-in",
});
