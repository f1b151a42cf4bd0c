/**
 * Amazon S3 User Guide, "Controlling ownership of objects and disabling ACLs for your bucket": without
 * ownership controls ACLs are off. Amazon CloudFront Developer Guide, "Access logs (standard logs)":
 * the older kind is delivered by ACLs, so the bucket that takes it needs them.
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { bucketTypes } from "../shared/bucket-parts.ts";
import { referring } from "../shared/log-stores.ts";
import type { Relation } from "../shared/refers-to.ts";
import { quietly, referrersOf, refersBy, tellDoubts } from "../shared/refers-to.ts";

const type = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";
const distribution = "aws:cloudfront/distribution:Distribution";

const deliveries: Relation = {
  from: [distribution],
  to: bucketTypes.bucket,
  properties: ({ inputs }) => [inputs.at("loggingConfig", "bucket")],
};

export const AD34: Rule = {
  id: "AD34",
  sentence:
    "No object of a bucket has an ACL: the bucket's owner owns all, and policies alone decide.",
  why: "Whoever may write an object opens it to others by its ACL, and no policy of the bucket shows it.",
  severity: "medium",
  tenets: ["T6"],
  controls: ["AC-3", "AC-6"],
  fix: "Set rule.objectOwnership to BucketOwnerEnforced, or leave the ownership controls out.",
  subjects: [type],
  needs: "plan",
  check: ({ inputs }, judge, plan) => {
    const ownership = inputs.at("rule", "objectOwnership");
    if (ownership.text() === "BucketOwnerEnforced") return;
    const bucket = plan.follow(inputs.at("bucket"), bucketTypes.bucket);
    if (bucket.state === "resource") {
      const { resource } = bucket;
      const logs = quietly(judge, referrersOf(plan, resource, deliveries), (one) =>
        refersBy(plan, deliveries, one, resource),
      );
      if (logs.is === "yes")
        return judge.notApplicable("CloudFront's older logs are delivered by ACL");
      if (logs.is === "open") return tellDoubts(judge, logs);
    }
    judge.fail(ownership, "s3:PutObjectAcl opens one object to everybody");
  },
  examples: [
    {
      kind: "violating",
      says: "the writer owns what he writes",
      expect: "fail",
      resources: [controls("ObjectWriter"), bucket()],
      path: "rule.objectOwnership",
    },
    {
      kind: "violating",
      says: "of a bucket elsewhere",
      expect: "fail",
      resources: alone(type, { bucket: "data", rule: { objectOwnership: "BucketOwnerPreferred" } }),
    },
    {
      kind: "clean",
      says: "the bucket's owner owns all",
      expect: "pass",
      resources: [controls("BucketOwnerEnforced"), bucket()],
    },
    {
      kind: "clean",
      says: "it takes CloudFront's logs",
      expect: "not-applicable",
      resources: [controls("BucketOwnerPreferred"), bucket(), logging()],
    },
    {
      kind: "unknown",
      says: "not known",
      expect: "unknown",
      resources: [controls(unknownHere), bucket()],
      path: "rule.objectOwnership",
    },
    {
      kind: "unknown",
      says: "where CloudFront's logs go is not known",
      expect: "unknown",
      resources: [controls("ObjectWriter"), bucket(), { ...logging(), dependsOn: {} }],
      path: "loggingConfig.bucket",
    },
    { kind: "absent", says: "no rule", expect: "fail", resources: alone(type, { bucket: "data" }) },
  ],
};

function controls(objectOwnership: Json) {
  return referring(type, "controls", "bucket", "data", { rule: { objectOwnership } });
}

function bucket(): ExampleResource {
  return { type: bucketTypes.bucket, name: "data", props: {} };
}

function logging(): ExampleResource {
  const props = { loggingConfig: { bucket: unknownHere } };
  return { type: distribution, name: "front", props, dependsOn: { loggingConfig: ["data"] } };
}
