/** Buckets whose objects everybody may read, by way of a distribution of CloudFront. */
import type { Judge } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { bucketTypes } from "./bucket-parts.ts";
import type { Answer, Relation } from "./refers-to.ts";
import { isGiven, quietly, referrersOf, refersBy } from "./refers-to.ts";

export const distributionType = "aws:cloudfront/distribution:Distribution";

const origins: Relation = {
  from: [distributionType],
  to: bucketTypes.bucket,
  properties: ({ inputs }) => entriesOf(inputs.at("origins")).map((one) => one.at("domainName")),
};

/** Whether a planned distribution hands out what is in the bucket, to whoever asks. */
export function servedToAll(judge: Judge, plan: Plan, subject: PlannedResource): Answer {
  return quietly(
    judge,
    referrersOf(plan, subject, origins),
    (one) => refersBy(plan, origins, one, subject) && !asksForSignature(one.inputs),
  );
}

/** Whether a planned distribution that records its requests hands out what is in the bucket. */
export function servedWithRecord(judge: Judge, plan: Plan, subject: PlannedResource): Answer {
  return quietly(
    judge,
    referrersOf(plan, subject, origins),
    (one) =>
      refersBy(plan, origins, one, subject) && isGiven(one.inputs, "loggingConfig", "bucket"),
  );
}

/** Signed URLs and cookies (Amazon CloudFront Developer Guide, "Serve private content"). */
function asksForSignature(inputs: View): boolean {
  const behaviours = [
    inputs.at("defaultCacheBehavior"),
    ...entriesOf(inputs.at("orderedCacheBehaviors")),
  ];
  return behaviours.some((one) =>
    ["trustedKeyGroups", "trustedSigners"].some((list) => entriesOf(one.at(list)).length > 0),
  );
}

/** Whether every origin of the distribution is a bucket: files, and no application. */
export function servesFilesOnly(plan: Plan, { inputs }: PlannedResource): boolean {
  const all = entriesOf(inputs.at("origins"));
  return all.length > 0 && all.every((origin) => isBucket(plan, origin));
}

function isBucket(plan: Plan, origin: View): boolean {
  if (origin.at("customOriginConfig").state !== "absent") return false;
  const domain = origin.at("domainName");
  if (plan.follow(domain, bucketTypes.bucket).state === "resource") return true;
  return /\.s3([.-][a-z0-9-]+)?\.amazonaws\.com$/.test(domain.text() ?? "");
}

/** A distribution of the example's bucket of that name. */
export function distributionOf(bucket: string, props: Readonly<Record<string, unknown>> = {}) {
  return {
    type: distributionType,
    name: "site",
    props: {
      origins: [{ originId: "site", domainName: `${bucket}.s3.amazonaws.com` }],
      defaultCacheBehavior: { targetOriginId: "site" },
      ...props,
    },
    dependsOn: { origins: [bucket] },
  } as const;
}
