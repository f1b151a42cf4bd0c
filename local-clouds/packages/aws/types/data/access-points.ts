import type { TypeEntry } from "../../../../types/type.ts";
import { toVpc } from "../ec2-references.ts";
import { error, form, ordinary } from "../ordinary.ts";
import { asDocument, documentFault } from "../policy-documents.ts";
import { toBucket } from "../s3-references.ts";

const accountAccess = ordinary("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", {
  global: true,
  untagged: true,
  id: (r) => r.text("accountId", r.account),
  defaults: {
    blockPublicAcls: false,
    blockPublicPolicy: false,
    ignorePublicAcls: false,
    restrictPublicBuckets: false,
  },
  forceNew: ["accountId"],
  outputs: { accountId: (r) => r.account },
});

const accessPoint = ordinary("aws:s3/accessPoint:AccessPoint", {
  id: (r) => `${r.text("accountId", r.account)}:${r.text("name")}`,
  arn: "s3:accesspoint/{name}",
  autoname: { property: "name", charactersMax: 50, lowerCase: true },
  defaults: {
    "publicAccessBlockConfiguration.blockPublicAcls": true,
    "publicAccessBlockConfiguration.blockPublicPolicy": true,
    "publicAccessBlockConfiguration.ignorePublicAcls": true,
    "publicAccessBlockConfiguration.restrictPublicBuckets": true,
  },
  forceNew: [
    "accountId",
    "bucket",
    "bucketAccountId",
    "name",
    "publicAccessBlockConfiguration",
    "vpcConfiguration",
  ],
  check: (r) => documentFault(r, "policy"),
  outputs: {
    accountId: (r) => r.account,
    bucketAccountId: (r) => r.account,
    alias: form("{name}-{lower34}-s3alias"),
    domainName: form("{name}-{account}.s3-accesspoint.{region}.{suffix}"),
    endpoints: {},
    hasPublicAccessPolicy: false,
    networkOrigin: (r) => (r.given("vpcConfiguration") === undefined ? "Internet" : "VPC"),
    policy: "",
    publicAccessBlockConfiguration: {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
  },
  normalised: { policy: asDocument },
  keys: ["alias"],
  references: [
    { ...toBucket("bucket"), holds: true },
    { ...toVpc("vpcConfiguration.vpcId"), holds: false },
  ],
  taken: error(
    "AccessPointAlreadyOwnedByYou",
    "Your previous request to create the named access point succeeded and you already own it.",
  ),
});

/** The entries of access to buckets. */
export const accessPointTypes: readonly TypeEntry[] = [accountAccess, accessPoint];
