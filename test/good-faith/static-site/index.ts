/**
 * Follows "Get started with a secure static website" of Amazon CloudFront:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/getting-started-secure-static-website-cloudformation-template.html
 * and, for what the bucket lets in, "Restrict access to an Amazon S3 origin":
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const domain = "shop.example";
const siteName = `www.${domain}`;
const northVirginia = new aws.Provider("us-east-1", { region: "us-east-1" });
const zone = new aws.route53.Zone("shop", { name: domain });

// CloudFront takes certificates of us-east-1 only.
const certificate = new aws.acm.Certificate(
  "site",
  { domainName: siteName, validationMethod: "DNS" },
  { provider: northVirginia },
);
const proof = certificate.domainValidationOptions.apply((options) => options[0]);
const proofRecord = new aws.route53.Record("proof", {
  zoneId: zone.zoneId,
  name: proof.apply((option) => option?.resourceRecordName ?? ""),
  type: proof.apply((option) => option?.resourceRecordType ?? "CNAME"),
  records: [proof.apply((option) => option?.resourceRecordValue ?? "")],
  ttl: 300,
});
const validated = new aws.acm.CertificateValidation(
  "site",
  { certificateArn: certificate.arn, validationRecordFqdns: [proofRecord.fqdn] },
  { provider: northVirginia },
);

// Standard logging writes with an access control list, so this bucket has to keep them.
const logs = new aws.s3.Bucket("site-logs");
const logOwnership = new aws.s3.BucketOwnershipControls("site-logs", {
  bucket: logs.bucket,
  rule: { objectOwnership: "BucketOwnerPreferred" },
});
new aws.s3.BucketPublicAccessBlock("site-logs", {
  bucket: logs.bucket,
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
});
const logAcl = new aws.s3.BucketAcl(
  "site-logs",
  { bucket: logs.bucket, acl: "log-delivery-write" },
  { dependsOn: [logOwnership] },
);

const site = new aws.s3.Bucket("site");
new aws.s3.BucketPublicAccessBlock("site", {
  bucket: site.bucket,
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
});
const access = new aws.cloudfront.OriginAccessControl("site", {
  originAccessControlOriginType: "s3",
  signingBehavior: "always",
  signingProtocol: "sigv4",
});
const headers = new aws.cloudfront.ResponseHeadersPolicy("site", {
  securityHeadersConfig: {
    contentTypeOptions: { override: true },
    frameOptions: { frameOption: "DENY", override: true },
    referrerPolicy: { referrerPolicy: "same-origin", override: true },
    strictTransportSecurity: {
      accessControlMaxAgeSec: 63_072_000,
      includeSubdomains: true,
      preload: true,
      override: true,
    },
    contentSecurityPolicy: { contentSecurityPolicy: "default-src 'self'", override: true },
  },
});
const distribution = new aws.cloudfront.Distribution(
  "site",
  {
    enabled: true,
    aliases: [siteName],
    defaultRootObject: "index.html",
    origins: [
      {
        originId: "site",
        domainName: site.bucketRegionalDomainName,
        originAccessControlId: access.id,
      },
    ],
    defaultCacheBehavior: {
      targetOriginId: "site",
      allowedMethods: ["GET", "HEAD"],
      cachedMethods: ["GET", "HEAD"],
      compress: true,
      viewerProtocolPolicy: "redirect-to-https",
      // The managed policy CachingOptimized.
      cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
      responseHeadersPolicyId: headers.id,
    },
    loggingConfig: { bucket: logs.bucketDomainName, prefix: "cdn/", includeCookies: false },
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate: {
      acmCertificateArn: validated.certificateArn,
      sslSupportMethod: "sni-only",
      minimumProtocolVersion: "TLSv1.2_2021",
    },
  },
  { dependsOn: [logAcl] },
);
new aws.s3.BucketPolicy("site", {
  bucket: site.bucket,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ReadByThisDistribution",
        Effect: "Allow",
        Principal: { Service: "cloudfront.amazonaws.com" },
        Action: "s3:GetObject",
        Resource: pulumi.interpolate`${site.arn}/*`,
        Condition: { StringEquals: { "AWS:SourceArn": distribution.arn } },
      },
    ],
  }),
});
new aws.s3.BucketObjectv2("index.html", {
  bucket: site.bucket,
  key: "index.html",
  contentType: "text/html",
  content: "<!doctype html><title>Shop</title>",
});
new aws.route53.Record("site", {
  zoneId: zone.zoneId,
  name: siteName,
  type: "A",
  aliases: [
    {
      name: distribution.domainName,
      zoneId: distribution.hostedZoneId,
      evaluateTargetHealth: false,
    },
  ],
});

export const url = `https://${siteName}`;
