/**
 * What decides on a bucket beside policies: Block Public Access, ownership of objects, access control lists (Amazon S3 user guide,
 * "Blocking public access to your Amazon S3 storage", "Controlling ownership of objects and disabling ACLs", "Access control list (ACL)
 * overview").
 */

import { type Policy, parsePolicy } from "../../probe/token/aws/policy.ts";
import { type Live, type LiveWorld, textAt } from "../../probe/token/live.ts";
import { because, type Check, no, type Reason, yes } from "../../probe/token/verdict.ts";
import type { JsonObject } from "../../protocol/value.ts";
import type { AwsActor } from "./actor.ts";
import type { AwsResource } from "./resource.ts";

const blocking = "Amazon S3 user guide, Blocking public access to your Amazon S3 storage";
const ownershipSource =
  "Amazon S3 user guide, Controlling ownership of objects and disabling ACLs for your bucket";

/** How reasons name what decided; refusals end in their words. */
export const publicAccessStage = "S3 Block Public Access";
export const ownershipStage = "S3 Object Ownership";

type Setting =
  | "blockPublicAcls"
  | "blockPublicPolicy"
  | "ignorePublicAcls"
  | "restrictPublicBuckets";

/** A setting of the bucket or of its account; new buckets have all of them until somebody says otherwise. */
function isSet(live: LiveWorld, bucket: Live, setting: Setting): boolean {
  const own = live
    .of("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock")
    .find(({ properties }) => textAt(properties, "bucket") === bucket.id);
  const ofAccount = live
    .of("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock")
    .find(({ account }) => account === bucket.account);
  return (
    own === undefined || own.properties[setting] === true || ofAccount?.properties[setting] === true
  );
}

/** With ACLs disabled, the bucket's owner owns every object: the default of new buckets. */
function hasAcls(live: LiveWorld, bucket: Live): boolean {
  const own = live
    .of("aws:s3/bucketOwnershipControls:BucketOwnershipControls")
    .find(({ properties }) => textAt(properties, "bucket") === bucket.id);
  const ownership = textAt(own?.properties, "rule.objectOwnership");
  return ownership === "BucketOwnerPreferred" || ownership === "ObjectWriter";
}

/** Keys that narrow a policy to somebody known, where their values have no wildcard ("The meaning of 'public'"). */
const narrowing: ReadonlySet<string> = new Set([
  "aws:principalarn",
  "aws:principalaccount",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceip",
  "aws:sourceowner",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:userid",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
  "s3:x-amz-server-side-encryption-aws-kms-key-id",
]);

/** Whether a bucket's policy lets everybody in. */
export function isPublicPolicy({ statements }: Policy): boolean {
  return statements.some(
    ({ effect, principals, conditions }) =>
      effect === "Allow" &&
      principals?.["AWS"]?.includes("*") === true &&
      !conditions.some(
        ({ key, values }) =>
          narrowing.has(key.toLowerCase()) && !values.some((one) => /[*?]|\/0$/.test(one)),
      ),
  );
}

/** What a call may not do to a bucket, whatever the policies: make it public, or use ACLs where there are none. */
export function settingsAllow(
  live: LiveWorld,
  { live: bucket }: AwsResource,
  action: string,
  given: JsonObject,
): Check {
  if (bucket === undefined || !action.startsWith("s3:Put")) return yes;
  const policy = action === "s3:PutBucketPolicy" ? parsePolicy(given["policy"]) : undefined;
  if (policy !== undefined && isPublicPolicy(policy) && isSet(live, bucket, "blockPublicPolicy"))
    return prevented("policies", "BlockPublicPolicy");
  const acl = textAt(given, "acl");
  const aboutAcl = /^s3:Put(Bucket|Object)Acl$/.test(action) || acl !== "";
  if (!aboutAcl || acl === "bucket-owner-full-control") return yes;
  if (!hasAcls(live, bucket)) {
    return no({
      stage: ownershipStage,
      rule: "AccessControlListNotSupported",
      got: "The bucket does not allow ACLs",
      wanted: "BucketOwnerPreferred or ObjectWriter as ownership of objects",
      source: ownershipSource,
    });
  }
  return isPublicAcl(acl) && isSet(live, bucket, "blockPublicAcls")
    ? prevented("ACLs", "BlockPublicAcls")
    : yes;
}

/** Who is not of the bucket's account may not use a public policy where that is restricted. */
export function publicAllows(
  live: LiveWorld,
  actor: AwsActor,
  { live: bucket, account }: AwsResource,
  policy: Policy | undefined,
): Check {
  if (bucket === undefined || !isBucket(bucket) || actor.account === account) return yes;
  const isOpen = policy !== undefined && isPublicPolicy(policy);
  return isOpen && isSet(live, bucket, "restrictPublicBuckets")
    ? prevented("access", "RestrictPublicBuckets")
    : yes;
}

/** The words of the sentence that S3 answers. */
function prevented(what: string, setting: string): Check {
  return no({
    stage: publicAccessStage,
    rule: setting,
    got: `because public ${what} are prevented by the ${setting} setting in S3 Block Public Access`,
    wanted: `the setting ${setting} switched off at the bucket and its account`,
    source: blocking,
  });
}

function isBucket({ token }: Live): boolean {
  return /^aws:s3\/bucket(V2)?:/.test(token);
}

function isPublicAcl(acl: string): boolean {
  return ["public-read", "public-read-write", "authenticated-read"].includes(acl);
}

/** What the permissions of an ACL are as actions ("Mapping of ACL permissions and access policy permissions"). */
const onBucket: Readonly<Record<string, readonly string[]>> = {
  READ: ["s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads"],
  WRITE: ["s3:PutObject", "s3:DeleteObject"],
};
const onObject: Readonly<Record<string, readonly string[]>> = {
  READ: ["s3:GetObject", "s3:GetObjectVersion"],
};

/** Permissions that canned ACLs give to others than the owner ("Canned ACL"). */
const canned: Readonly<Record<string, readonly string[]>> = {
  "public-read": ["READ"],
  "public-read-write": ["READ", "WRITE"],
  "authenticated-read": ["READ"],
};

/** What the ACL of a bucket or of an object lets everybody do; `undefined` where none does. */
export function aclAllows(
  live: LiveWorld,
  actor: AwsActor,
  { live: bucket, arn }: AwsResource,
  action: string,
): Check | undefined {
  if (bucket === undefined || !isBucket(bucket) || !hasAcls(live, bucket)) return undefined;
  if (isSet(live, bucket, "ignorePublicAcls")) return undefined;
  const key = arn.replace(/^arn:[\w-]+:s3:::[^/]+\/?/, "");
  const acls = [
    { acl: textAt(aclOf(live, bucket)?.properties, "acl"), gives: onBucket },
    { acl: textAt(objectOf(live, bucket, key)?.properties, "acl"), gives: onObject },
  ];
  const won = acls.find(
    ({ acl, gives }) =>
      (acl !== "authenticated-read" || actor.kind !== "anonymous") &&
      (canned[acl] ?? []).some((permission) => gives[permission]?.includes(action) === true),
  );
  if (won === undefined) return undefined;
  const reason: Reason = {
    stage: "access control list",
    rule: won.acl,
    got: action,
    wanted: "a grant to everybody",
    source: "Amazon S3 user guide, Access control list (ACL) overview",
  };
  return because(reason);
}

function aclOf(live: LiveWorld, { id }: Live): Live | undefined {
  return live
    .of("aws:s3/bucketAcl:BucketAcl")
    .find(({ properties }) => textAt(properties, "bucket") === id);
}

function objectOf(live: LiveWorld, { id }: Live, key: string): Live | undefined {
  return live
    .of("aws:s3/bucketObject:BucketObject", "aws:s3/bucketObjectv2:BucketObjectv2")
    .find(
      ({ properties }) =>
        key !== "" && textAt(properties, "bucket") === id && textAt(properties, "key") === key,
    );
}
