/**
 * Amazon S3 User Guide, "Logging requests with server access logging"; a trail with data events of
 * every bucket records the same, and a distribution with a log who read what it hands out. A bucket that
 * takes logs itself is left out: it would log its own writing for ever.
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { alone } from "../shared/alone.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import { besideBucket, logTargets, partsOf, bucketTypes as types } from "../shared/bucket-parts.ts";
import { referring, storeTypes } from "../shared/log-stores.ts";
import { distributionOf, distributionType, servedWithRecord } from "../shared/public-site.ts";
import type { Relation } from "../shared/refers-to.ts";
import { isGiven, quietly, referrersOf, refersBy, tellDoubts } from "../shared/refers-to.ts";
import { recordsObjects } from "../shared/trail-selectors.ts";

const loggings = besideBucket(types.logging);
const targets: Relation = {
  from: [
    types.bucket,
    types.logging,
    "aws:lb/loadBalancer:LoadBalancer",
    "aws:elb/loadBalancer:LoadBalancer",
    distributionType,
  ],
  to: types.bucket,
  properties: ({ inputs }) => logTargets(inputs),
};

export const AL13: Rule = {
  id: "AL13",
  sentence: "Who asks a bucket for what is recorded.",
  why: "Nobody can tell afterwards which data an attacker took.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-2", "AU-12"],
  frameworks: [
    cis("cis-aws-3.0.0", "3.4"),
    iso("aws", "A.8.15", "s3_bucket_server_access_logging_enabled"),
  ],
  fix: "Plan a BucketLogging with the bucket and a targetBucket, or a trail with data events of all buckets.",
  subjects: [types.bucket],
  needs: "plan",
  check: (subject, judge, plan) => {
    const logs = quietly(judge, [subject, ...referrersOf(plan, subject, loggings)], (one) =>
      one === subject
        ? partsOf(one.inputs, "logging", "loggings").some((part) => isGiven(part, "targetBucket"))
        : refersBy(plan, loggings, one, subject),
    );
    const takesLogs = quietly(judge, referrersOf(plan, subject, targets), (one) =>
      refersBy(plan, targets, one, subject),
    );
    const trails = quietly(judge, plan.ofType(storeTypes.trail), ({ inputs }) =>
      recordsObjects(inputs, "read"),
    );
    if (logs.is === "yes" || trails.is === "yes") return;
    const served = servedWithRecord(judge, plan, subject);
    if (served.is === "yes") return judge.notApplicable("a distribution records who reads it");
    if (takesLogs.is === "yes") return judge.notApplicable("it takes access logs itself");
    if ([logs, takesLogs, trails, served].some(({ is }) => is === "open")) {
      return tellDoubts(judge, logs, takesLogs, trails, served);
    }
    judge.fail({ urn: subject.urn, path: "" }, "s3:GetObject leaves no record");
  },
  examples: [
    {
      kind: "violating",
      says: "a bucket, and a log of another one",
      expect: "fail",
      resources: [bucket(), { type: types.logging, name: "log", props: { bucket: "another" } }],
      path: "",
    },
    {
      kind: "clean",
      says: "a log of its own",
      expect: "pass",
      resources: [bucket(), referring(types.logging, "log", "bucket", "data")],
    },
    {
      kind: "clean",
      says: "a log inside",
      expect: "pass",
      resources: alone(types.bucket, { logging: { targetBucket: "logs" } }),
    },
    {
      kind: "clean",
      says: "a trail of every object",
      expect: "pass",
      resources: [
        bucket(),
        {
          type: storeTypes.trail,
          name: "trail",
          props: {
            eventSelectors: [
              { dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }] },
            ],
          },
        },
      ],
    },
    {
      kind: "clean",
      says: "it takes logs",
      expect: "not-applicable",
      resources: [bucket(), referring(types.logging, "log", "targetBucket", "data")],
    },
    {
      kind: "clean",
      says: "a distribution with a log hands it out",
      expect: "not-applicable",
      resources: [bucket(), distributionOf("data", { loggingConfig: { bucket: "logs" } })],
    },
    {
      kind: "violating",
      says: "a distribution without a log hands it out",
      expect: "fail",
      resources: [bucket(), distributionOf("data")],
    },
    {
      kind: "clean",
      says: "it takes a distribution's log",
      expect: "not-applicable",
      resources: [
        bucket(),
        {
          type: distributionType,
          name: "front",
          props: { loggingConfig: { bucket: unknownHere } },
          dependsOn: { loggingConfig: ["data"] },
        },
      ],
    },
    {
      kind: "unknown",
      says: "which bucket is logged is not known",
      expect: "unknown",
      resources: [bucket(), { type: types.logging, name: "log", props: { bucket: unknownHere } }],
      path: "bucket",
    },
    { kind: "absent", says: "no log", expect: "fail", resources: alone(types.bucket, {}) },
  ],
};

function bucket(): ExampleResource {
  return { type: types.bucket, name: "data", props: { bucket: "data" } };
}
