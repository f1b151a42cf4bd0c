/** The four flags by which S3 refuses or ignores what would make a bucket public. */
import type { Rule } from "../../../model/policy/rule.ts";
import { cis, iso } from "./benchmarks.ts";
import { demandRule } from "./flag-rule.ts";

interface Words {
  readonly id: string;
  readonly flag: string;
  readonly sentence: string;
  readonly why: string;
  readonly witness: string;
}

/** The rule about one of the flags, of a bucket and of a whole account. Absent is off. */
export function publicAccessRule({ flag, witness, ...words }: Words): Rule {
  const demand = {
    path: [flag],
    holds: (value: string | undefined) => value === "true",
    witness,
    good: true,
    bad: false,
  } as const;
  return demandRule({
    ...words,
    severity: "high",
    tenets: ["T2", "T6"],
    controls: ["AC-3", "AC-6", "SC-7"],
    frameworks: [
      cis("cis-aws-3.0.0", "2.1.4"),
      iso("aws", "A.8.1", "s3_account_level_public_access_blocks"),
    ],
    fix: `Set ${flag} to true.`,
    demands: {
      "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": [demand],
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": [demand],
    },
    // A bucket that is public on purpose stops being so.
    remedy: "opt-in",
  });
}
