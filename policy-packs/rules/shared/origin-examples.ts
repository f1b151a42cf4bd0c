/** Distributions before buckets, websites and load balancers. */
import type { Example } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Props } from "./alone.ts";
import { alone } from "./alone.ts";

/** Distributions for one site and for many. */
export const distributionTypes = [
  "aws:cloudfront/distribution:Distribution",
  "aws:cloudfront/multitenantDistribution:MultitenantDistribution",
] as const;

/** What has the endpoint of a bucket's website. */
export const websiteType = [
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
  "aws:s3/bucket:Bucket",
] as const;

const bucket = { originId: "pages", domainName: "pages.s3.eu-central-1.amazonaws.com" };
const custom = { httpPort: 80, httpsPort: 443, originProtocolPolicy: "http-only" };

function distribution(origin: Props) {
  return alone(distributionTypes[0], { origins: [origin] });
}

/** Bound to the distribution, and open. */
export const originExamples: readonly Example[] = [
  {
    kind: "violating",
    says: "a bucket that asks nobody",
    expect: "fail",
    resources: distribution(bucket),
    path: "origins[0].originAccessControlId",
  },
  {
    kind: "violating",
    says: "a bucket's website",
    expect: "fail",
    resources: distribution({
      originId: "pages",
      domainName: "pages.s3-website.eu-central-1.amazonaws.com",
      customOriginConfig: custom,
    }),
    path: "origins[0].domainName",
  },
  {
    kind: "clean",
    says: "signed requests, by an id that is not known yet",
    expect: "pass",
    resources: distribution({ ...bucket, originAccessControlId: unknownHere }),
  },
  {
    kind: "clean",
    says: "an identity of the older kind",
    expect: "pass",
    resources: distribution({
      ...bucket,
      s3OriginConfig: { originAccessIdentity: "origin-access-identity/cloudfront/E1" },
    }),
  },
  {
    kind: "clean",
    says: "a load balancer whose name is not known yet",
    expect: "pass",
    resources: [
      {
        type: distributionTypes[0],
        name: "app",
        props: {
          origins: [{ originId: "shop", domainName: unknownHere, customOriginConfig: custom }],
        },
        dependsOn: { origins: ["shop"] },
      },
      { type: "aws:lb/loadBalancer:LoadBalancer", name: "shop", props: { internal: false } },
    ],
  },
  {
    kind: "unknown",
    says: "the origins are not known",
    expect: "unknown",
    resources: alone(distributionTypes[0], { origins: unknownHere }),
    path: "origins",
  },
  {
    kind: "absent",
    says: "no origins",
    expect: "pass",
    resources: alone(distributionTypes[1], {}),
  },
];
