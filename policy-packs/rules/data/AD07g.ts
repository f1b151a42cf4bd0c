/** Amazon SNS. Amazon SNS Developer Guide, "Securing Amazon SNS data with server-side encryption". */
import { iso } from "../shared/benchmarks.ts";
import { keyRule } from "../shared/key-rule.ts";

const type = "aws:sns/topic:Topic";
const cloudsKey = "alias/aws/sns";

export const AD07g = keyRule({
  id: "AD07g",
  sentence: "A topic is encrypted.",
  why: "Messages wait for their receivers in plaintext on the service's disks.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-28", "SC-28(1)"],
  frameworks: [iso("aws", "A.8.24", "sns_topics_kms_encryption_at_rest_enabled")],
  fix: "Set kmsMasterKeyId to a key of your own, or to alias/aws/sns where no other service publishes.",
  cloud: "aws",
  cloudsKey: true,
  places: { [type]: [{ path: ["kmsMasterKeyId"], witness: "messages are stored in plaintext" }] },
  base: { [type]: { displayName: "orders" } },
  // Services such as S3 and EventBridge may not publish under AWS's key for SNS.
  remedy: {
    kind: "opt-in",
    edits: ({ inputs }) =>
      (inputs.at("kmsMasterKeyId").text() ?? "") === ""
        ? [{ path: ["kmsMasterKeyId"], value: cloudsKey }]
        : [],
  },
});
