/** S3 buckets (Amazon S3 API reference). Bucket names are one name space over all accounts and regions. */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../types/type.ts";
import { dnsSuffix, partition, regionAndTags } from "./common.ts";

/** DNS zones of S3's endpoints (AWS General Reference, "Amazon S3 endpoints and quotas"). */
const hostedZones: Readonly<Record<string, string>> = {
  "eu-central-1": "Z21DNDUVLTQW6Q",
  "eu-central-2": "Z030506016YDQGETNASS",
  "eu-north-1": "Z3BAZG2TWCNX0D",
  "eu-west-1": "Z1BKCTXD74EZPE",
  "eu-west-2": "Z3GKZC51ZF0DB4",
  "eu-west-3": "Z3R1K369G5AVDG",
  "us-east-1": "Z3AQBSTGFYJSTF",
  "us-east-2": "Z2O1EMRO9K5GLX",
  "us-west-1": "Z2F56UZL2M1ACD",
  "us-west-2": "Z3BJ6K6RIION7M",
};

const common: Omit<TypeEntry, "token"> = {
  autoname: { property: "bucket", charactersMax: 63, lowerCase: true },
  defaults: { forceDestroy: false },
  maps: ["policy"],
  forceNew: ["bucket", "bucketNamespace", "bucketPrefix", "objectLockEnabled", "region"],
  id: (r) => r.text("bucket"),
  planned: regionAndTags,
  outputs: {
    arn: (r) => `arn:${partition(r.region)}:s3:::${r.text("bucket")}`,
    bucketDomainName: (r) => `${r.text("bucket")}.s3.${dnsSuffix(r.region)}`,
    bucketRegionalDomainName: (r) => `${r.text("bucket")}.s3.${r.region}.${dnsSuffix(r.region)}`,
    bucketRegion: (r) => r.region,
    bucketNamespace: "global",
    bucketPrefix: null,
    hostedZoneId: (r) => hostedZones[r.region],
    objectLockEnabled: false,
    requestPayer: "BucketOwner",
    objectLockConfiguration: null,
    accelerationStatus: "",
    corsRules: [],
    lifecycleRules: [],
    policy: null,
    grants: (r) => [
      {
        id: r.hex(`owner ${r.account}`, 64),
        permissions: ["FULL_CONTROL"],
        type: "CanonicalUser",
        uri: "",
      },
    ],
  },
  keys: ["arn", "bucket"],
  uniqueInWorld: true,
  takenByOwn: {
    code: "BucketAlreadyOwnedByYou",
    says: "Your previous request to create the named bucket succeeded and you already own it.",
  },
  taken: {
    code: "BucketAlreadyExists",
    says: "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.",
  },
  admit: refuseBucket,
  inUse: { code: "BucketNotEmpty", says: "The bucket you tried to delete is not empty" },
  timeouts: { create: 1200, read: 1200, update: 1200, delete: 3600 },
};

const encryptions = {
  applyServerSideEncryptionByDefaults: [{ kmsMasterKeyId: "", sseAlgorithm: "AES256" }],
  bucketKeyEnabled: false,
};
const encryption = {
  applyServerSideEncryptionByDefault: { kmsMasterKeyId: "", sseAlgorithm: "AES256" },
  bucketKeyEnabled: false,
};
/** A bucket that is made for Object Lock is versioned from the start. */
const versioning = (r: Resource) => ({ enabled: r.flag("objectLockEnabled"), mfaDelete: false });

/** The endpoint of a bucket's website (Amazon S3 user guide, "Website endpoints"); none without a website. */
function websiteDomain(r: Resource): string | null {
  if (r.given("website") === undefined) return null;
  const separator = dashedWebsites.has(r.region) ? "-" : ".";
  return `s3-website${separator}${r.region}.${dnsSuffix(r.region)}`;
}

/** Regions whose website endpoints have a dash before the region. */
const dashedWebsites: ReadonlySet<string> = new Set([
  "ap-northeast-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "eu-west-1",
  "sa-east-1",
  "us-east-1",
  "us-gov-west-1",
  "us-west-1",
  "us-west-2",
]);

const bucket: TypeEntry = {
  ...common,
  token: "aws:s3/bucket:Bucket",
  outputs: {
    ...common.outputs,
    logging: null,
    replicationConfiguration: null,
    serverSideEncryptionConfiguration: { rule: encryption },
    website: null,
    websiteDomain,
    websiteEndpoint: (r) => {
      const domain = websiteDomain(r);
      return domain === null ? null : `${r.text("bucket")}.${domain}`;
    },
    versioning,
  },
};

/** The older spelling of the SDK, with lists where the other has objects. */
const bucketV2: TypeEntry = {
  ...common,
  token: "aws:s3/bucketV2:BucketV2",
  outputs: {
    ...common.outputs,
    serverSideEncryptionConfigurations: [{ rules: [encryptions] }],
    replicationConfigurations: [],
    versionings: (r) => [versioning(r)],
    websites: [],
  },
};

/** Amazon S3 user guide, "General purpose bucket naming rules". */
function refuseBucket(r: Resource): ServiceError | undefined {
  const name = r.text("bucket");
  const formed = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name);
  const refused =
    name.includes("..") ||
    /^\d+\.\d+\.\d+\.\d+$/.test(name) ||
    /^(xn--|sthree-|amzn-s3-demo-)/.test(name) ||
    /(-s3alias|--ol-s3|--x-s3|\.mrap)$/.test(name);
  return formed && !refused
    ? undefined
    : { code: "InvalidBucketName", says: `The specified bucket is not valid: ${name}` };
}

/** The entries of buckets. */
export const s3Types: readonly TypeEntry[] = [bucket, bucketV2];
