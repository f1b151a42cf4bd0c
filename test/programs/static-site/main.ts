import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const domain = "www.example.org";

const bucket = new aws.s3.Bucket("site", { forceDestroy: true });
new aws.s3.BucketPublicAccessBlock("site", {
  bucket: bucket.id,
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
});
new aws.s3.BucketVersioning("site", {
  bucket: bucket.id,
  versioningConfiguration: { status: "Enabled" },
});
new aws.s3.BucketObject("index.html", {
  bucket: bucket.id,
  key: "index.html",
  contentType: "text/html",
  source: new pulumi.asset.StringAsset("<h1>hello</h1>"),
});

const zone = new aws.route53.Zone("example", { name: "example.org" });
const certificate = new aws.acm.Certificate("site", {
  domainName: domain,
  validationMethod: "DNS",
  region: "us-east-1",
});
const option = certificate.domainValidationOptions.apply((options) => options[0]);
const proof = new aws.route53.Record("proof", {
  zoneId: zone.zoneId,
  name: option.apply((one) => one?.resourceRecordName ?? ""),
  type: option.apply((one) => one?.resourceRecordType ?? "CNAME"),
  records: [option.apply((one) => one?.resourceRecordValue ?? "")],
  ttl: 300,
});
const validated = new aws.acm.CertificateValidation("site", {
  certificateArn: certificate.arn,
  validationRecordFqdns: [proof.fqdn],
  region: "us-east-1",
});

const access = new aws.cloudfront.OriginAccessControl("site", {
  originAccessControlOriginType: "s3",
  signingBehavior: "always",
  signingProtocol: "sigv4",
});
const distribution = new aws.cloudfront.Distribution("site", {
  enabled: true,
  aliases: [domain],
  defaultRootObject: "index.html",
  origins: [
    {
      originId: "bucket",
      domainName: bucket.bucketRegionalDomainName,
      originAccessControlId: access.id,
    },
  ],
  defaultCacheBehavior: {
    targetOriginId: "bucket",
    viewerProtocolPolicy: "redirect-to-https",
    allowedMethods: ["GET", "HEAD"],
    cachedMethods: ["GET", "HEAD"],
    cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
  },
  restrictions: { geoRestriction: { restrictionType: "none" } },
  viewerCertificate: {
    acmCertificateArn: validated.certificateArn,
    sslSupportMethod: "sni-only",
    minimumProtocolVersion: "TLSv1.2_2021",
  },
});
new aws.s3.BucketPolicy("site", {
  bucket: bucket.id,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "cloudfront.amazonaws.com" },
        Action: "s3:GetObject",
        Resource: pulumi.interpolate`${bucket.arn}/*`,
        Condition: { StringEquals: { "AWS:SourceArn": distribution.arn } },
      },
    ],
  }),
});
new aws.route53.Record("site", {
  zoneId: zone.zoneId,
  name: domain,
  type: "A",
  aliases: [
    {
      name: distribution.domainName,
      zoneId: distribution.hostedZoneId,
      evaluateTargetHealth: false,
    },
  ],
});

export const url = `https://${domain}`;
export const distributionName = distribution.domainName;
