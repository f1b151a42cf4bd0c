/** Keys, buckets, log groups. */
import { at, type Case, call, form, from, refusal, refusalOf, some } from "../case.ts";

const keyToken = "aws:kms/key:Key";
const aliasToken = "aws:kms/alias:Alias";
const bucketToken = "aws:s3/bucket:Bucket";
const groupToken = "aws:cloudwatch/logGroup:LogGroup";
const place = { LocationConstraint: "eu-west-1" };
const makeKey = call("key", "kms", "create_key");
const keyId = from("key.KeyMetadata.KeyId");
const makeBucket = call("bucket", "s3", "create_bucket", {
  Bucket: "acme-logs",
  CreateBucketConfiguration: place,
});

export const storeCases: Readonly<Record<string, Case>> = {
  "a key": {
    ours: (lab) => {
      const key = lab.create(keyToken, "k", {});
      return {
        id: form(key.id),
        ...some(key.outputs, [
          "arn",
          "keyUsage",
          "customerMasterKeySpec",
          "isEnabled",
          "multiRegion",
          "enableKeyRotation",
        ]),
      };
    },
    steps: [
      makeKey,
      call("described", "kms", "describe_key", { KeyId: keyId }),
      call("rotation", "kms", "get_key_rotation_status", { KeyId: keyId }),
    ],
    theirs: (answers) => ({
      id: form(at(answers, "key.KeyMetadata.KeyId")),
      arn: form(at(answers, "key.KeyMetadata.Arn")),
      keyUsage: at(answers, "described.KeyMetadata.KeyUsage"),
      customerMasterKeySpec: at(answers, "described.KeyMetadata.KeySpec"),
      isEnabled: at(answers, "described.KeyMetadata.Enabled"),
      multiRegion: at(answers, "described.KeyMetadata.MultiRegion"),
      enableKeyRotation: at(answers, "rotation.KeyRotationEnabled"),
    }),
    differs: {
      keyUsage:
        "moto leaves it out where the request does; ENCRYPT_DECRYPT is the default (CreateKey, KeyUsage)",
      multiRegion:
        "moto leaves it out where the request does; KeyMetadata says false (KMS API reference, KeyMetadata)",
    },
  },
  "an alias of a key": {
    ours: (lab) => {
      const key = lab.create(keyToken, "k", {});
      const alias = lab.create(aliasToken, "a", { name: "alias/logs", targetKeyId: key.id });
      return { id: alias.id, arn: form(alias.outputs["arn"]) };
    },
    steps: [
      makeKey,
      call("alias", "kms", "create_alias", { AliasName: "alias/logs", TargetKeyId: keyId }),
      call("listed", "kms", "list_aliases", { KeyId: keyId }),
    ],
    theirs: (answers) => ({
      id: at(answers, "listed.Aliases.0.AliasName"),
      arn: form(at(answers, "listed.Aliases.0.AliasArn")),
    }),
  },
  "an alias of no key": {
    ours: (lab) =>
      refusal(lab, () =>
        lab.create(aliasToken, "a", {
          name: "alias/logs",
          targetKeyId: "11111111-2222-4333-8444-555555555555",
        }),
      ),
    steps: [
      call("alias", "kms", "create_alias", {
        AliasName: "alias/logs",
        TargetKeyId: "11111111-2222-4333-8444-555555555555",
      }),
    ],
    theirs: (answers) => refusalOf(answers, "alias"),
  },
  "an alias twice": {
    ours: (lab) => {
      const key = lab.create(keyToken, "k", {});
      lab.create(aliasToken, "a", { name: "alias/logs", targetKeyId: key.id });
      return refusal(lab, () =>
        lab.create(aliasToken, "b", { name: "alias/logs", targetKeyId: key.id }),
      );
    },
    steps: [
      makeKey,
      call("one", "kms", "create_alias", { AliasName: "alias/logs", TargetKeyId: keyId }),
      call("two", "kms", "create_alias", { AliasName: "alias/logs", TargetKeyId: keyId }),
    ],
    theirs: (answers) => refusalOf(answers, "two"),
  },
  "a bucket": {
    ours: (lab) => {
      const bucket = lab.create(bucketToken, "b", { bucket: "acme-logs" });
      return { id: bucket.id, region: bucket.outputs["region"], arn: bucket.outputs["arn"] };
    },
    steps: [makeBucket, call("where", "s3", "get_bucket_location", { Bucket: "acme-logs" })],
    theirs: (answers) => ({
      id: "acme-logs",
      region: at(answers, "where.LocationConstraint"),
      arn: at(answers, "bucket.BucketArn") ?? "arn:aws:s3:::acme-logs",
    }),
  },
  "a bucket whose name is taken by the same account": {
    ours: (lab) => {
      lab.create(bucketToken, "b", { bucket: "acme-logs" });
      return refusal(lab, () => lab.create(bucketToken, "c", { bucket: "acme-logs" }));
    },
    steps: [makeBucket, { ...makeBucket, as: "again" }],
    theirs: (answers) => refusalOf(answers, "again"),
  },
  "a policy of no bucket": {
    ours: (lab) =>
      refusal(lab, () =>
        lab.create("aws:s3/bucketPolicy:BucketPolicy", "p", {
          bucket: "acme-none",
          policy: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
        }),
      ),
    steps: [
      call("policy", "s3", "put_bucket_policy", {
        Bucket: "acme-none",
        Policy: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
      }),
    ],
    theirs: (answers) => refusalOf(answers, "policy"),
  },
  "a log group": {
    ours: (lab) => {
      const group = lab.create(groupToken, "g", { name: "/shop" });
      return {
        id: group.id,
        arn: form(group.outputs["arn"]),
        class: group.outputs["logGroupClass"],
      };
    },
    steps: [
      call("group", "logs", "create_log_group", { logGroupName: "/shop" }),
      call("listed", "logs", "describe_log_groups", { logGroupNamePrefix: "/shop" }),
    ],
    theirs: (answers) => ({
      id: at(answers, "listed.logGroups.0.logGroupName"),
      arn: form(at(answers, "listed.logGroups.0.logGroupArn")),
      class: at(answers, "listed.logGroups.0.logGroupClass"),
    }),
    differs: {
      class:
        "moto leaves it out; the class is STANDARD unless another is asked for (CreateLogGroup)",
    },
  },
  "a log group twice": {
    ours: (lab) => {
      lab.create(groupToken, "g", { name: "/shop" });
      return refusal(lab, () => lab.create(groupToken, "h", { name: "/shop" }));
    },
    steps: [
      call("one", "logs", "create_log_group", { logGroupName: "/shop" }),
      call("two", "logs", "create_log_group", { logGroupName: "/shop" }),
    ],
    theirs: (answers) => refusalOf(answers, "two"),
  },
};
