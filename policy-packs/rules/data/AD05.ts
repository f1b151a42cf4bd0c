/**
 * Amazon S3 User Guide, "Using server-side encryption with AWS KMS keys". Buckets that take access
 * logs are left out: S3 and load balancers write them under S3's own key only. So is what everybody may
 * read by a distribution; and a trail encrypts by itself what it writes.
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, PlannedResource } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { iso } from "../shared/benchmarks.ts";
import {
  besideBucket,
  encryptionRules,
  logTargets,
  bucketTypes as types,
} from "../shared/bucket-parts.ts";
import { namesOwnKey } from "../shared/key-rule.ts";
import { referring, storeTypes } from "../shared/log-stores.ts";
import { distributionOf, distributionType, servedToAll } from "../shared/public-site.ts";
import type { Relation } from "../shared/refers-to.ts";
import { quietly, referrersOf, refersBy, refersTo, tellDoubts } from "../shared/refers-to.ts";

const key = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const balancers = ["aws:lb/loadBalancer:LoadBalancer", "aws:elb/loadBalancer:LoadBalancer"];
const trails: Relation = {
  from: [storeTypes.trail],
  to: types.bucket,
  properties: ({ inputs }) => [inputs.at("s3BucketName")],
};

const configurations = besideBucket(types.encryption);
const logging: Relation = {
  from: [types.bucket, types.logging, ...balancers, distributionType],
  to: types.bucket,
  properties: ({ inputs }) => logTargets(inputs),
};

export const AD05: Rule = {
  id: "AD05",
  sentence: "A bucket encrypts what it takes under a key of one's own.",
  why: "With S3's own key, leave to read the bucket is leave to read the data; a key of one's own is a second lock that can be taken away.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-12", "SC-28", "SC-28(1)"],
  frameworks: [iso("aws", "A.8.24", "s3_bucket_kms_encryption")],
  fix: "Plan a BucketServerSideEncryptionConfiguration with sseAlgorithm aws:kms and kmsMasterKeyId of a key of your own.",
  subjects: [types.bucket],
  needs: "plan",
  check: (subject, judge, plan) => {
    const isSubject = (one: PlannedResource) =>
      one === subject || refersTo(plan, one.inputs.at("bucket"), subject);
    const encrypts = ({ inputs }: PlannedResource) =>
      encryptionRules(inputs).some((rule) => {
        const byDefault = rule.at("applyServerSideEncryptionByDefault");
        const algorithm = byDefault.at("sseAlgorithm").text() ?? "";
        return (
          algorithm.startsWith("aws:kms") &&
          namesOwnKey(byDefault.at("kmsMasterKeyId"), plan, "aws")
        );
      });
    const candidates = [subject, ...referrersOf(plan, subject, configurations)];
    const encrypted = quietly(judge, candidates, (one) => isSubject(one) && encrypts(one));
    if (encrypted.is === "yes") return;
    const takesLogs = quietly(judge, referrersOf(plan, subject, logging), ({ inputs }) =>
      logTargets(inputs).some((target) => refersTo(plan, target, subject)),
    );
    if (takesLogs.is === "yes")
      return judge.notApplicable("access logs are written under S3's key");
    const byTrail = quietly(
      judge,
      referrersOf(plan, subject, trails),
      (one) =>
        refersBy(plan, trails, one, subject) && namesOwnKey(one.inputs.at("kmsKeyId"), plan, "aws"),
    );
    if (byTrail.is === "yes") return judge.notApplicable("a trail encrypts what it writes there");
    const served = servedToAll(judge, plan, subject);
    if (served.is === "yes") return judge.notApplicable("everybody may read it by a distribution");
    const answers = [encrypted, takesLogs, byTrail, served];
    if (answers.some(({ is }) => is === "open")) return tellDoubts(judge, ...answers);
    judge.fail({ urn: subject.urn, path: "" }, "whoever may call s3:GetObject reads the data");
  },
  examples: [
    {
      kind: "violating",
      says: "S3's own key",
      expect: "fail",
      resources: [bucket(), encryption({ sseAlgorithm: "AES256" })],
    },
    {
      kind: "violating",
      says: "the key that AWS makes for S3",
      expect: "fail",
      resources: [
        bucket(),
        encryption({ sseAlgorithm: "aws:kms", kmsMasterKeyId: "alias/aws/s3" }),
      ],
    },
    {
      kind: "clean",
      says: "a key of one's own",
      expect: "pass",
      resources: [bucket(), encryption({ sseAlgorithm: "aws:kms", kmsMasterKeyId: key })],
    },
    {
      kind: "clean",
      says: "it takes a load balancer's logs",
      expect: "not-applicable",
      resources: [
        bucket(),
        {
          type: balancers[0] ?? "",
          name: "front",
          props: { accessLogs: { bucket: unknownHere } },
          dependsOn: { accessLogs: ["data"] },
        },
      ],
    },
    {
      kind: "clean",
      says: "a trail writes into it under a key of one's own",
      expect: "not-applicable",
      resources: [
        bucket(),
        referring(storeTypes.trail, "trail", "s3BucketName", "data", { kmsKeyId: key }),
      ],
    },
    {
      kind: "violating",
      says: "a trail writes into it under S3's key",
      expect: "fail",
      resources: [bucket(), referring(storeTypes.trail, "trail", "s3BucketName", "data")],
    },
    {
      kind: "clean",
      says: "a distribution hands it out to everybody",
      expect: "not-applicable",
      resources: [bucket(), distributionOf("data")],
    },
    {
      kind: "violating",
      says: "a distribution hands it out to those with a signature",
      expect: "fail",
      resources: [
        bucket(),
        distributionOf("data", { defaultCacheBehavior: { trustedKeyGroups: ["readers"] } }),
      ],
    },
    {
      kind: "unknown",
      says: "the algorithm is not known",
      expect: "unknown",
      resources: [bucket(), encryption(unknownHere)],
    },
    {
      kind: "absent",
      says: "nothing is planned",
      expect: "fail",
      resources: alone(types.bucket, {}),
    },
  ],
};

function bucket(): ExampleResource {
  return { type: types.bucket, name: "data", props: {} };
}

function encryption(applyServerSideEncryptionByDefault: Json) {
  const rules = [{ applyServerSideEncryptionByDefault }];
  return referring(types.encryption, "encryption", "bucket", "data", { rules });
}
