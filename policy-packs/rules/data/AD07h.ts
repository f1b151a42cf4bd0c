/**
 * Amazon SQS. Amazon SQS Developer Guide, "Encryption at rest in Amazon SQS": new queues of which
 * nothing is said are encrypted under SQS's own key.
 */
import { alone } from "../shared/alone.ts";
import { iso } from "../shared/benchmarks.ts";
import { demandRule } from "../shared/flag-rule.ts";
import { isGiven } from "../shared/refers-to.ts";

export const AD07h = demandRule({
  id: "AD07h",
  sentence: "A queue is encrypted.",
  why: "Messages wait for their receivers in plaintext on the service's disks.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-28", "SC-28(1)"],
  frameworks: [iso("aws", "A.8.24", "sqs_queues_server_side_encryption_enabled")],
  fix: "Leave sqsManagedSseEnabled out or set it to true, or name a key in kmsMasterKeyId.",
  demands: {
    "aws:sqs/queue:Queue": [
      {
        path: ["sqsManagedSseEnabled"],
        holds: (value) => value !== "false",
        when: (inputs) => !isGiven(inputs, "kmsMasterKeyId"),
        witness: "messages are stored in plaintext",
        good: true,
        bad: false,
      },
    ],
  },
  more: [
    {
      kind: "clean",
      says: "a key takes the place of SQS's own",
      expect: "not-applicable",
      resources: alone("aws:sqs/queue:Queue", {
        sqsManagedSseEnabled: false,
        kmsMasterKeyId: "alias/queues",
      }),
    },
  ],
  // Nobody who sends or receives needs another permission.
  remedy: "safe",
});
