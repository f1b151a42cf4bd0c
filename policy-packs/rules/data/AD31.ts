/**
 * Services of AWS that store in plaintext unless they are told otherwise, beside those of AD07. Of
 * each the page on encryption at rest in its guide, and the API's default: DynamoDB Accelerator,
 * "DAX encryption at rest"; Amazon OpenSearch Service, "Encryption of data at rest"; Amazon
 * ElastiCache, "At-Rest Encryption" (on for Valkey); Amazon Data Firehose, "Data protection"; Amazon
 * API Gateway, "Override API Gateway stage-level caching"; AWS AppSync, "Caching"; AWS Glue,
 * "Encryption set up"; Amazon WorkSpaces, "Encrypted WorkSpaces"; AWS CodeBuild, "Data encryption";
 * Amazon Data Lifecycle Manager, "CrossRegionCopyRule".
 */
import type { View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const on = { holds: (value: string | undefined) => value === "true", good: true, bad: false };
const notOff = { ...on, holds: (value: string | undefined) => value !== "false" };
const notSwitchedOff = {
  holds: (value: string | undefined) => value !== "true",
  good: false,
  bad: true,
};

const copies = "a copy of the disks or of a backup is read without any key";
const plain = "what was built is stored in plaintext";

const caches = "aws:elasticache/replicationGroup:ReplicationGroup";
const methods = "aws:apigateway/methodSettings:MethodSettings";
const delivery = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
const isValkey = (inputs: View) => inputs.at("engine").text() === "valkey";
/** A member of a global datastore is encrypted as the first is. */
const isAlone = (inputs: View) => inputs.at("globalReplicationGroupId").state === "absent";
const search: Demand = { ...on, path: ["encryptAtRest", "enabled"], witness: copies };

function mode(path: readonly [string, ...string[]], witness: string, ...good: readonly string[]) {
  const [first = ""] = good;
  const holds = (value: string | undefined) => good.includes(value ?? "");
  return { path, witness, holds, good: first, bad: "DISABLED" };
}

export const AD31 = demandRule({
  id: "AD31",
  sentence:
    "Caches, search domains, streams, builds and desktops are encrypted where they are stored.",
  why: "Whoever gets hold of a disk, a backup or a bucket behind the service reads the data without any key.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-28", "SC-28(1)"],
  fix: "Switch encryption on at the place of the finding.",
  demands: {
    [methods]: [
      {
        ...on,
        path: ["settings", "cacheDataEncrypted"],
        when: (inputs) => inputs.at("settings", "cachingEnabled").flag() === true,
        witness: "answers lie in the cache in plaintext",
      },
    ],
    "aws:appsync/apiCache:ApiCache": [
      {
        ...on,
        path: ["atRestEncryptionEnabled"],
        witness: "answers lie in the cache in plaintext",
      },
    ],
    "aws:codebuild/project:Project": [
      { ...notSwitchedOff, path: ["artifacts", "encryptionDisabled"], witness: plain },
      {
        ...notSwitchedOff,
        path: ["secondaryArtifacts", "*", "encryptionDisabled"],
        witness: plain,
      },
      {
        ...notSwitchedOff,
        path: ["logsConfig", "s3Logs", "encryptionDisabled"],
        witness: "what a build printed is stored in plaintext",
      },
    ],
    "aws:dax/cluster:Cluster": [
      { ...on, path: ["serverSideEncryption", "enabled"], witness: copies },
    ],
    "aws:dlm/lifecyclePolicy:LifecyclePolicy": [
      {
        ...on,
        path: ["policyDetails", "schedules", "*", "crossRegionCopyRules", "*", "encrypted"],
        witness: "a volume in plaintext is copied in plaintext",
      },
      {
        ...on,
        path: [
          "policyDetails",
          "action",
          "crossRegionCopies",
          "*",
          "encryptionConfiguration",
          "encrypted",
        ],
        witness: "a snapshot in plaintext is copied in plaintext",
      },
    ],
    [caches]: [
      {
        ...on,
        path: ["atRestEncryptionEnabled"],
        when: (inputs) => isAlone(inputs) && !isValkey(inputs),
        witness: copies,
      },
      {
        ...notOff,
        path: ["atRestEncryptionEnabled"],
        when: (inputs) => isAlone(inputs) && isValkey(inputs),
        witness: copies,
        apart: { engine: "valkey" },
      },
    ],
    "aws:elasticsearch/domain:Domain": [search],
    "aws:glue/dataCatalogEncryptionSettings:DataCatalogEncryptionSettings": [
      mode(
        ["dataCatalogEncryptionSettings", "encryptionAtRest", "catalogEncryptionMode"],
        "the catalogue lies in plaintext",
        "SSE-KMS",
        "SSE-KMS-WITH-SERVICE-ROLE",
      ),
      {
        ...on,
        path: [
          "dataCatalogEncryptionSettings",
          "connectionPasswordEncryption",
          "returnConnectionPasswordEncrypted",
        ],
        witness: "glue:GetConnection shows the password of the source",
      },
    ],
    "aws:glue/securityConfiguration:SecurityConfiguration": [
      mode(
        ["encryptionConfiguration", "cloudwatchEncryption", "cloudwatchEncryptionMode"],
        "what a job printed is read with logs:GetLogEvents alone",
        "SSE-KMS",
      ),
      mode(
        ["encryptionConfiguration", "jobBookmarksEncryption", "jobBookmarksEncryptionMode"],
        "how far a job came lies in plaintext",
        "CSE-KMS",
      ),
      mode(
        ["encryptionConfiguration", "s3Encryption", "s3EncryptionMode"],
        "what a job writes is stored as the bucket has it",
        "SSE-KMS",
        "SSE-S3",
      ),
    ],
    [delivery]: [
      {
        ...on,
        path: ["serverSideEncryption", "enabled"],
        // What comes from another stream waits there.
        when: (inputs) =>
          [inputs.at("kinesisSourceConfiguration"), inputs.at("mskSourceConfiguration")].every(
            ({ state }) => state === "absent",
          ),
        witness: "records wait in plaintext for their delivery",
      },
    ],
    "aws:opensearch/domain:Domain": [search],
    "aws:workspaces/workspace:Workspace": [
      { ...on, path: ["rootVolumeEncryptionEnabled"], witness: copies },
      { ...on, path: ["userVolumeEncryptionEnabled"], witness: copies },
    ],
  },
  base: {
    [methods]: { settings: { cachingEnabled: true } },
    [caches]: { engine: "redis" },
  },
  more: [
    {
      kind: "clean",
      says: "it joins a global datastore",
      expect: "not-applicable",
      resources: alone(caches, { globalReplicationGroupId: "ldgnf-shop" }),
    },
    {
      kind: "clean",
      says: "no cache",
      expect: "not-applicable",
      resources: alone(methods, { settings: { cachingEnabled: false } }),
    },
    {
      kind: "clean",
      says: "records come from a stream",
      expect: "not-applicable",
      resources: alone(delivery, { kinesisSourceConfiguration: { kinesisStreamArn: "arn" } }),
    },
  ],
});
