/**
 * Amazon DynamoDB. Amazon DynamoDB Developer Guide, "Encryption at rest": every table is encrypted,
 * but under a key of AWS unless another one is named.
 */
import { alone } from "../shared/alone.ts";
import { iso } from "../shared/benchmarks.ts";
import { keyRule } from "../shared/key-rule.ts";

const type = "aws:dynamodb/table:Table";

export const AD07f = keyRule({
  id: "AD07f",
  sentence: "A table is encrypted under a key of one's own.",
  why: "Under AWS's key, leave to read the table is leave to read the data; nobody can withdraw that key, or see it used.",
  // Not in plaintext as its neighbours would be.
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-12", "SC-28", "SC-28(1)"],
  frameworks: [iso("aws", "A.8.24", "dynamodb_tables_kms_cmk_encryption_enabled")],
  fix: "Set serverSideEncryption.enabled to true and serverSideEncryption.kmsKeyArn to a key of your own.",
  cloud: "aws",
  places: {
    [type]: [
      {
        path: ["serverSideEncryption", "kmsKeyArn"],
        unused: (inputs) => {
          const enabled = inputs.at("serverSideEncryption", "enabled");
          return enabled.flag() === true ? undefined : enabled;
        },
        witness: "whoever may call dynamodb:Scan reads the data",
        bad: "alias/aws/dynamodb",
      },
    ],
  },
  base: { [type]: { serverSideEncryption: { enabled: true } } },
  more: [
    {
      kind: "violating",
      says: "a key that is not in use",
      expect: "fail",
      resources: alone(type, {
        serverSideEncryption: {
          enabled: false,
          kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
        },
      }),
    },
  ],
});
