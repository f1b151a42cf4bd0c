/**
 * Amazon S3 User Guide, "The meaning of public": a policy for everybody without a condition on who they
 * are; "Creating access points restricted to a virtual private cloud": such a one has no other callers.
 */
import { alone } from "../shared/alone.ts";
import { openTo, publicPolicyRule } from "../shared/resource-policies.ts";

const accessPoint = "aws:s3/accessPoint:AccessPoint";

export const AI32a = publicPolicyRule({
  id: "AI32a",
  sentence: "No policy of a bucket or an access point lets everybody in.",
  why: "Buckets are found by trying names; what a policy opens to all is read, or overwritten, within hours.",
  fix: "Name the accounts and roles in Principal, or ask for aws:PrincipalOrgID or aws:SourceVpce; publish by CloudFront with an origin access control.",
  policies: {
    [accessPoint]: "policy",
    "aws:s3/bucket:Bucket": "policy",
    "aws:s3/bucketPolicy:BucketPolicy": "policy",
    "aws:s3/vectorsVectorBucketPolicy:VectorsVectorBucketPolicy": "policy",
    "aws:s3control/accessPointPolicy:AccessPointPolicy": "policy",
    "aws:s3tables/tableBucketPolicy:TableBucketPolicy": "resourcePolicy",
  },
  action: "s3:GetObject",
  unless: (subject, plan) => {
    const target = plan.follow(subject.inputs.at("accessPointArn"), accessPoint);
    const point = target.state === "resource" ? target.resource : subject;
    if (point.type !== accessPoint) return undefined;
    const inside = point.inputs.at("vpcConfiguration").state === "known";
    return inside ? "the access point answers one VPC only" : undefined;
  },
  more: [
    {
      kind: "clean",
      says: "an access point of one VPC",
      expect: "not-applicable",
      resources: alone(accessPoint, {
        policy: openTo("s3:GetObject"),
        vpcConfiguration: { vpcId: "vpc-1" },
      }),
    },
  ],
});
