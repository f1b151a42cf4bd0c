/**
 * Amazon S3 User Guide, "Using server-side encryption with AWS KMS keys". Buckets that take access
 * logs of S3 or of load balancers are left out: those services write under S3's own key only.
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
import { referring } from "../shared/log-stores.ts";
import type { Relation } from "../shared/refers-to.ts";
import { quietly, referrersOf, refersTo, tellDoubts } from "../shared/refers-to.ts";

const key = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const balancers = ["aws:lb/loadBalancer:LoadBalancer", "aws:elb/loadBalancer:LoadBalancer"];

const configurations = besideBucket(types.encryption);
const logging: Relation = {
  from: [types.bucket, types.logging, ...balancers],
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
    if (encrypted.is === "open") return tellDoubts(judge, encrypted);
    if (takesLogs.is === "open") return tellDoubts(judge, takesLogs);
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
