/** Amazon S3 User Guide, "The meaning of public": a policy for everybody without a condition on who they are. */
import { publicPolicyRule } from "../shared/resource-policies.ts";

export const AI32a = publicPolicyRule({
  id: "AI32a",
  sentence: "No bucket policy lets everybody in.",
  why: "Buckets are found by trying names; what a policy opens to all is read, or overwritten, within hours.",
  fix: "Name the accounts and roles in Principal, or ask for aws:PrincipalOrgID or aws:SourceVpce; publish by CloudFront with an origin access control.",
  policies: {
    "aws:s3/bucket:Bucket": "policy",
    "aws:s3/bucketPolicy:BucketPolicy": "policy",
  },
  action: "s3:GetObject",
});
