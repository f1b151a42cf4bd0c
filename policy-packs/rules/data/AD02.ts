/**
 * Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage": new buckets are closed
 * since April 2023, until somebody opens them. So a bucket without a block fails only where the
 * plan itself asks for what is public.
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { alone } from "../shared/alone.ts";
import { cis } from "../shared/benchmarks.ts";
import { besideBucket, bucketTypes as types } from "../shared/bucket-parts.ts";
import { referring } from "../shared/log-stores.ts";
import { opensToEverybody } from "../shared/public-bucket.ts";
import { quietly, referrersOf, refersTo, tellDoubts } from "../shared/refers-to.ts";

const blocks = besideBucket(types.block);
const openers = besideBucket(types.policy, types.acl, types.website);

export const AD02: Rule = {
  id: "AD02",
  sentence:
    "A bucket that something opens to everybody stands behind a planned public access block.",
  why: "What S3 blocks by itself is gone once anybody unblocks it, and then the bucket is read by the internet.",
  severity: "high",
  tenets: ["T2", "T6"],
  controls: ["AC-3", "AC-6", "CM-6"],
  frameworks: [cis("cis-aws-3.0.0", "2.1.4")],
  fix: "Plan a BucketPublicAccessBlock with all four flags for the bucket, and serve public content through CloudFront.",
  subjects: [types.bucket],
  needs: "plan",
  check: (subject, judge, plan) => {
    const blocked = quietly(
      judge,
      [...plan.ofType(types.accountBlock), ...referrersOf(plan, subject, blocks)],
      (block) =>
        block.type === types.accountBlock
          ? block.provider === subject.provider
          : refersTo(plan, block.inputs.at("bucket"), subject),
    );
    if (blocked.is === "yes") return;
    const opened = quietly(
      judge,
      [subject, ...referrersOf(plan, subject, openers)],
      (one) =>
        (one === subject || refersTo(plan, one.inputs.at("bucket"), subject)) &&
        opensToEverybody(one),
    );
    if (opened.is === "no") return;
    if (opened.is === "open" || blocked.is === "open") return tellDoubts(judge, opened, blocked);
    const at = { urn: subject.urn, path: "" };
    judge.fail(at, "an anonymous request, once the account's own block is off");
  },
  examples: [
    {
      kind: "violating",
      says: "a policy for everybody and no block",
      expect: "fail",
      resources: [bucket(), policy({ Principal: "*" })],
      witness: "anonymous",
    },
    {
      kind: "clean",
      says: "behind a block",
      expect: "pass",
      resources: [
        bucket(),
        policy({ Principal: "*" }),
        referring(types.block, "b", "bucket", "data"),
      ],
    },
    {
      kind: "clean",
      says: "a policy for one's own organisation",
      expect: "pass",
      resources: [bucket(), policy(organisation())],
    },
    {
      kind: "unknown",
      says: "the policy is not known",
      expect: "unknown",
      resources: alone(types.bucket, { policy: unknownHere }),
      path: "policy",
    },
    {
      kind: "absent",
      says: "closed as it is made",
      expect: "pass",
      resources: alone(types.bucket, {}),
    },
  ],
};

function bucket(): ExampleResource {
  return { type: types.bucket, name: "data", props: {} };
}

function organisation() {
  const Condition = { StringEquals: { "aws:PrincipalOrgID": "o-1234567890" } };
  return { Principal: { AWS: "*" }, Condition };
}

function policy(who: ExampleResource["props"]): ExampleResource {
  const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*", ...who };
  const document = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  return referring(types.policy, "policy", "bucket", "data", { policy: document });
}
