/** Bucket policies (Amazon S3 user guide, "Bucket policies" and "Blocking public access"). */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../types/type.ts";
import { isJsonObject, region } from "./common.ts";
import {
  documentFault,
  documentProblem,
  documentText,
  type Statement,
  statementsOf,
} from "./policy-documents.ts";
import { bucketOfArn, toBucket } from "./s3-references.ts";

/** Bytes of a bucket policy (S3 quotas). */
const policyBytesMax = 20_480;

const bucketPolicy: TypeEntry = {
  token: "aws:s3/bucketPolicy:BucketPolicy",
  maps: ["policy"],
  forceNew: ["bucket", "region"],
  check: (r) => documentFault(r, "policy"),
  id: (r) => r.text("bucket"),
  planned: region,
  normalised: { policy: (_r, given) => documentText(given) },
  references: [{ ...toBucket("bucket"), cascades: true }],
  admit: refusePolicy,
};

function refusePolicy(r: Resource): ServiceError | undefined {
  const text = documentText(r.given("policy") ?? "");
  const problem = documentProblem(text, "resource");
  if (problem !== undefined) return { code: "MalformedPolicy", says: problem };
  if (Buffer.byteLength(text) > policyBytesMax) {
    return {
      code: "PolicyTooLarge",
      says: `Policy exceeds the maximum allowed document size of ${policyBytesMax} bytes`,
    };
  }
  const statements = statementsOf(text);
  const bucket = bucketOfArn(r.text("bucket"));
  const foreign = statements
    .flatMap(({ resources }) => resources)
    .find((resource) => !isOf(bucket, resource));
  if (foreign !== undefined)
    return { code: "MalformedPolicy", says: "Policy has invalid resource" };
  return statements.some(isPublic) && !allowsPublic(r, bucket)
    ? {
        code: "AccessDenied",
        says: "User is not authorized to perform: s3:PutBucketPolicy because public policies are blocked by the BlockPublicPolicy block public access setting.",
      }
    : undefined;
}

function isOf(bucket: string, resource: string): boolean {
  const [name] = resource.replace(/^arn:[\w-]+:s3:::/, "").split("/");
  return resource !== name && (name === bucket || name === "*" || matches(name ?? "", bucket));
}

function matches(pattern: string, name: string): boolean {
  const source = pattern
    .replaceAll(/[.+^$()|[\]{}\\]/g, String.raw`\$&`)
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`).test(name);
}

/** Everybody is let in and no condition narrows it. */
function isPublic({ effect, principals, raw }: Statement): boolean {
  const everybody = (principals["AWS"] ?? []).includes("*");
  const narrowed = isJsonObject(raw["Condition"]) && Object.keys(raw["Condition"]).length > 0;
  return effect === "Allow" && everybody && !narrowed;
}

/** New buckets block public policies until a setting of their own says otherwise. */
function allowsPublic(r: Resource, bucket: string): boolean {
  return r
    .all("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock")
    .some(
      ({ properties }) =>
        properties["bucket"] === bucket && properties["blockPublicPolicy"] === false,
    );
}

/** The entries of bucket policies. */
export const s3PolicyTypes: readonly TypeEntry[] = [bucketPolicy];
