/**
 * AWS KMS Developer Guide, "Customer managed keys": what is encrypted by itself, or as AD07 and AD31
 * demand, is under a key of AWS unless another one is named. Buckets and tables are AD05's and AD07f's.
 */
import { awsKeys, awsUntagged } from "../shared/aws-keys.ts";
import { keyRule } from "../shared/key-rule.ts";
import { forMarked } from "../shared/sensitive-data.ts";

export const AD30 = forMarked(
  keyRule({
    id: "AD30",
    sentence: "What is marked as sensitive in AWS is encrypted under a key of one's own.",
    why: "Under AWS's key, leave to use the service is leave to read the data; nobody can withdraw that key, or see it used.",
    severity: "medium",
    tenets: ["T2"],
    controls: ["SC-12", "SC-28", "SC-28(1)"],
    fix: "Name a customer managed key of KMS at the place of the finding, or take the mark away where the data is not sensitive.",
    cloud: "aws",
    places: awsKeys,
  }),
  awsUntagged,
);
