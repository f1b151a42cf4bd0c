/** CloudFront distributions and what they are made of (Amazon CloudFront API reference). CloudFront has no region. */

import type { Resource } from "../../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../../types/type.ts";
import { objectsIn, oneOf, others, textsIn } from "../common.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { toCertificate, toFunction } from "../references.ts";

const arnOf = (kind: string) => `arn:{partition}:cloudfront::{account}:${kind}/{id}`;
const etag = { etag: (r: Resource) => `E${r.characters(r.content(), 13)}` };
const cache = "defaultCacheBehavior";
const more = "orderedCacheBehaviors[*]";

const behaviour = (path: string) => ({
  [`${path}.compress`]: false,
  [`${path}.minTtl`]: 0,
});
const behaviourOutputs = (path: string) => ({
  [`${path}.cachePolicyId`]: "",
  [`${path}.defaultTtl`]: 0,
  [`${path}.fieldLevelEncryptionId`]: "",
  [`${path}.functionAssociations`]: [],
  [`${path}.lambdaFunctionAssociations`]: [],
  [`${path}.maxTtl`]: 0,
  [`${path}.originRequestPolicyId`]: "",
  [`${path}.realtimeLogConfigArn`]: "",
  [`${path}.responseHeadersPolicyId`]: "",
  [`${path}.smoothStreaming`]: false,
  [`${path}.trustedKeyGroups`]: [],
  [`${path}.trustedSigners`]: [],
});

const distribution = ordinary("aws:cloudfront/distribution:Distribution", {
  global: true,
  id: "E{upper13}",
  arn: arnOf("distribution"),
  defaults: {
    httpVersion: "http2",
    isIpv6Enabled: false,
    priceClass: "PriceClass_All",
    retainOnDelete: false,
    staging: false,
    waitForDeployment: true,
    "origins[*].connectionAttempts": 3,
    "origins[*].connectionTimeout": 10,
    "origins[*].originPath": "",
    "viewerCertificate.minimumProtocolVersion": "TLSv1",
    ...behaviour(cache),
    ...behaviour(more),
  },
  forceNew: ["staging"],
  check: (r) => [
    ...oneOf(r.text("httpVersion", "http2"), "httpVersion", [
      "http1.1",
      "http2",
      "http3",
      "http2and3",
    ]),
    ...oneOf(r.text("priceClass", "PriceClass_All"), "priceClass", [
      "PriceClass_All",
      "PriceClass_200",
      "PriceClass_100",
    ]),
    ...[
      ...r.every(`${cache}.viewerProtocolPolicy`),
      ...r.every(`${more}.viewerProtocolPolicy`),
    ].flatMap((policy) =>
      oneOf(String(policy), "viewerProtocolPolicy", [
        "allow-all",
        "https-only",
        "redirect-to-https",
      ]),
    ),
  ],
  outputs: {
    ...etag,
    ...behaviourOutputs(cache),
    ...behaviourOutputs(more),
    aliases: [],
    callerReference: (r) => `terraform-${r.digits("reference", 26)}`,
    continuousDeploymentPolicyId: "",
    customErrorResponses: [],
    domainName: form("d{lower13}.cloudfront.net"),
    hostedZoneId: "Z2FDTNDATAQYW2",
    inProgressValidationBatches: 0,
    lastModifiedTime: (r) => r.createdAt.replace("T", " ").replace("Z", " +0000 UTC"),
    loggingConfig: null,
    loggingV1Enabled: (r) => r.given("loggingConfig.bucket") !== undefined,
    orderedCacheBehaviors: [],
    "origins[*].customHeaders": [],
    "origins[*].originAccessControlId": "",
    "restrictions.geoRestriction.locations": [],
    status: "Deployed",
    trustedKeyGroups: [{ enabled: false, items: [] }],
    trustedSigners: [{ enabled: false, items: [] }],
    "viewerCertificate.acmCertificateArn": "",
    "viewerCertificate.iamCertificateId": "",
    "viewerCertificate.sslSupportMethod": "",
    webAclId: "",
  },
  keys: ["domainName"],
  references: [
    toCertificate(
      "viewerCertificate.acmCertificateArn",
      error(
        "InvalidViewerCertificate",
        "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.",
      ),
    ),
    refer(
      "origins[*].originAccessControlId",
      "aws:cloudfront/originAccessControl:OriginAccessControl",
      error("InvalidOriginAccessControl", "The origin access control {value} does not exist."),
      { holds: true },
    ),
    ...[cache, more].flatMap((path) => [
      refer(
        `${path}.cachePolicyId`,
        "aws:cloudfront/cachePolicy:CachePolicy",
        error("NoSuchCachePolicy", "The specified cache policy does not exist."),
        { holds: true, unless: isManaged },
      ),
      refer(
        `${path}.originRequestPolicyId`,
        "aws:cloudfront/originRequestPolicy:OriginRequestPolicy",
        error("NoSuchOriginRequestPolicy", "The specified origin request policy does not exist."),
        { holds: true, unless: isManaged },
      ),
      refer(
        `${path}.responseHeadersPolicyId`,
        "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
        error(
          "NoSuchResponseHeadersPolicy",
          "The specified response headers policy does not exist.",
        ),
        { holds: true, unless: isManaged },
      ),
      refer(
        `${path}.functionAssociations[*].functionArn`,
        "aws:cloudfront/function:Function",
        error("InvalidFunctionAssociation", "The function {value} does not exist or is not live."),
        { by: "arn", holds: true },
      ),
      toFunction(`${path}.lambdaFunctionAssociations[*].lambdaArn`, { within: "world" }),
    ]),
    refer(
      "webAclId",
      "aws:wafv2/webAcl:WebAcl",
      error("InvalidWebACLId", "The specified web ACL doesn't exist: {value}"),
      { by: "arn", within: "world", unless: (value) => !value.startsWith("arn:") },
    ),
  ],
  admit: refuseDistribution,
  inUse: error("DistributionNotDisabled", "The distribution {id} is in use by {value}"),
  schemaVersion: 1,
});

/** Policies that AWS manages are known by fixed ids (CloudFront developer guide, "Use managed policies"). */
const managed = [
  "658327ea-f89d-4fab-a63d-7e88639e58f6",
  "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  "b2884449-e4de-46a7-ac36-70bc7f1ddd6d",
  "08627262-05a9-4f76-9ded-b50ca2e3a84f",
  "2e54312d-136d-493c-8eb9-b001f22f67d2",
  "83da9c7e-98b4-4e11-a168-04f0df8e2c65",
  "216adef6-5c7f-47e4-b989-5492eafa07d3",
  "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf",
  "59781a5b-3903-41f3-afcb-af62929ccde1",
  "b689b0a8-53d0-40ab-baf2-68738e2966ac",
  "33f36d7e-f396-46d9-90e0-52428a34d9dc",
  "acba4595-bd28-49b8-b9fe-13317c0390fa",
  "775133bc-15f2-49f9-abea-afb2e0bf67d2",
  "5cc3b908-e619-4b99-88e5-2cf7f45965bd",
  "67f7725c-6f97-4210-82d7-5512b31e9d03",
  "60669652-455b-4ae9-85a4-c4c02393f86c",
  "eaab4381-ed33-4a86-88ca-d9558dc6cd63",
  "e61eb60c-9c35-4d20-a928-2b84e02af89c",
];

function isManaged(value: string): boolean {
  return managed.includes(value);
}

function refuseDistribution(r: Resource): ServiceError | undefined {
  const origins = [
    ...r.every("origins[*].originId"),
    ...objectsIn(r.list("originGroups")).map((group) => group["originId"]),
  ];
  const target = [...r.every(`${cache}.targetOriginId`), ...r.every(`${more}.targetOriginId`)].find(
    (id) => !origins.includes(String(id)),
  );
  if (target !== undefined) {
    return error(
      "NoSuchOrigin",
      `One or more of your origins or origin groups do not exist: ${String(target)}`,
    );
  }
  const names = textsIn(r.list("aliases"));
  const arn = r.text("viewerCertificate.acmCertificateArn", "");
  if (
    names.length > 0 &&
    arn === "" &&
    r.given("viewerCertificate.iamCertificateId") === undefined
  ) {
    return error(
      "InvalidViewerCertificate",
      "To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted certificate that validates your authorization to use the domain name.",
    );
  }
  if (arn !== "" && arn.split(":")[3] !== "us-east-1") {
    return error(
      "InvalidViewerCertificate",
      "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.",
    );
  }
  const taken = others(r).some(({ properties }) =>
    textsIn(properties["aliases"]).some((name) => names.includes(name)),
  );
  return refuseIf(
    taken,
    "CNAMEAlreadyExists",
    "One or more of the CNAMEs you provided are already associated with a different resource.",
  );
}

const accessControl = ordinary("aws:cloudfront/originAccessControl:OriginAccessControl", {
  global: true,
  untagged: true,
  id: "E{upper13}",
  arn: arnOf("origin-access-control"),
  autoname: { property: "name", charactersMax: 64 },
  defaults: { description: "Managed by Pulumi" },
  check: (r) => [
    ...oneOf(r.text("originAccessControlOriginType"), "originAccessControlOriginType", [
      "s3",
      "mediastore",
      "lambda",
      "mediapackagev2",
    ]),
    ...oneOf(r.text("signingBehavior"), "signingBehavior", ["always", "never", "no-override"]),
    ...oneOf(r.text("signingProtocol"), "signingProtocol", ["sigv4"]),
  ],
  outputs: etag,
  admit: (r) =>
    refuseIf(
      others(r).some(({ properties }) => properties["name"] === r.given("name")),
      "OriginAccessControlAlreadyExists",
      "An origin access control with the same name already exists.",
    ),
  inUse: error(
    "OriginAccessControlInUse",
    "Cannot delete the origin access control because it's in use by one or more distributions.",
  ),
});

const accessIdentity = ordinary("aws:cloudfront/originAccessIdentity:OriginAccessIdentity", {
  global: true,
  untagged: true,
  id: "E{upper13}",
  arn: arnOf("origin-access-identity"),
  outputs: {
    ...etag,
    callerReference: (r) => `terraform-${r.digits("reference", 26)}`,
    cloudfrontAccessIdentityPath: form("origin-access-identity/cloudfront/{id}"),
    comment: "",
    iamArn: form("arn:{partition}:iam::cloudfront:user/CloudFront Origin Access Identity {id}"),
    s3CanonicalUserId: form("{hex96}"),
  },
});

const edgeFunction = ordinary("aws:cloudfront/function:Function", {
  global: true,
  id: "{name}",
  arn: "arn:{partition}:cloudfront::{account}:function/{name}",
  name: 64,
  defaults: { publish: true },
  check: (r) => oneOf(r.text("runtime"), "runtime", ["cloudfront-js-1.0", "cloudfront-js-2.0"]),
  outputs: { ...etag, comment: "", liveStageEtag: form("E{upper13:live}"), status: "UNPUBLISHED" },
  taken: error(
    "FunctionAlreadyExists",
    "A function with the same name already exists in this AWS account: {id}",
  ),
  admit: (r) =>
    refuseIf(
      Buffer.byteLength(r.text("code")) > codeBytesMax,
      "FunctionSizeLimitExceeded",
      `The function exceeds the maximum size of ${codeBytesMax} bytes`,
    ),
  inUse: error(
    "FunctionInUse",
    "Cannot delete function, it is in use by one or more distributions.",
  ),
});

/** Bytes of one function's code (CloudFront quotas). */
const codeBytesMax = 10_240;

const policy = (kind: string, path: string, said: Partial<TypeEntry> & { inUse: ServiceError }) =>
  ordinary(`aws:cloudfront/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`, {
    global: true,
    untagged: true,
    id: "{uuid}",
    arn: arnOf(path),
    autoname: { property: "name", charactersMax: 128 },
    ...said,
    outputs: { ...etag, ...said.outputs },
    admit: (r) =>
      refuseIf(
        others(r).some(({ properties }) => properties["name"] === r.given("name")),
        `${kind}AlreadyExists`,
        `A ${path.replaceAll("-", " ")} with the same name already exists.`,
      ),
  });

const cachePolicy = policy("CachePolicy", "cache-policy", {
  defaults: { defaultTtl: 86_400, maxTtl: 31_536_000, minTtl: 0 },
  inUse: error(
    "CachePolicyInUse",
    "Cannot delete the cache policy because it is attached to one or more cache behaviors.",
  ),
});
const originRequestPolicy = policy("OriginRequestPolicy", "origin-request-policy", {
  inUse: error(
    "OriginRequestPolicyInUse",
    "Cannot delete the origin request policy because it is attached to one or more cache behaviors.",
  ),
});
const responseHeadersPolicy = policy("ResponseHeadersPolicy", "response-headers-policy", {
  inUse: error(
    "ResponseHeadersPolicyInUse",
    "Cannot delete the response headers policy because it is attached to one or more cache behaviors.",
  ),
});

/** The entries of CloudFront. */
export const cloudfrontTypes: readonly TypeEntry[] = [
  distribution,
  accessControl,
  accessIdentity,
  edgeFunction,
  cachePolicy,
  originRequestPolicy,
  responseHeadersPolicy,
];
