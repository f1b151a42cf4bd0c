/**
 * Google Cloud, "Customer-managed encryption keys (CMEK)": disks, Cloud SQL, BigQuery, Pub/Sub,
 * Spanner and Artifact Registry. Tables of BigQuery are encrypted as their dataset says.
 */
import type { View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import type { KeyPlace } from "../shared/key-rule.ts";
import { keyRule } from "../shared/key-rule.ts";
import { isGiven } from "../shared/refers-to.ts";

const disk = "a snapshot of the disk is read without another key";
const lacks =
  (...path: readonly [string, ...string[]]) =>
  (inputs: View) =>
    !isGiven(inputs, ...path);
const diskPlace = (name: string): KeyPlace => ({
  path: ["diskEncryptionKey", name],
  when: lacks("diskEncryptionKey", "rawKey"),
  witness: disk,
});
const bootDisk: KeyPlace = {
  path: ["bootDisk", "kmsKeySelfLink"],
  // A disk of its own is judged there; a key for the whole machine, or one's own raw key, does.
  when: (inputs) =>
    lacks("bootDisk", "source")(inputs) &&
    lacks("bootDisk", "diskEncryptionKeyRaw")(inputs) &&
    lacks("instanceEncryptionKey", "kmsKeySelfLink")(inputs),
  witness: disk,
};

export const GD03 = keyRule({
  id: "GD03",
  sentence:
    "Disks, databases, datasets, topics and repositories are encrypted under a key of one's own.",
  why: "Under Google's key, leave to read the service is leave to read the data; nobody can withdraw that key, or see it used.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-12", "SC-28", "SC-28(1)"],
  frameworks: [
    cis("cis-gcp-3.0.0", "7.3"),
    iso("gcp", "A.8.11", "bigquery_dataset_cmk_encryption"),
  ],
  fix: "Name a key of your own: kmsKeyName, encryptionKeyName of Cloud SQL, diskEncryptionKey of disks, defaultEncryptionConfiguration of datasets.",
  cloud: "gcp",
  places: {
    "gcp:artifactregistry/repository:Repository": [
      { path: ["kmsKeyName"], witness: "whoever may pull reads the images" },
    ],
    "gcp:bigquery/dataset:Dataset": [
      {
        path: ["defaultEncryptionConfiguration", "kmsKeyName"],
        when: lacks("externalDatasetReference", "externalSource"),
        witness: "whoever may query reads the data",
      },
    ],
    "gcp:compute/disk:Disk": [diskPlace("kmsKeySelfLink")],
    "gcp:compute/instance:Instance": [bootDisk],
    "gcp:compute/regionDisk:RegionDisk": [diskPlace("kmsKeyName")],
    "gcp:pubsub/topic:Topic": [
      { path: ["kmsKeyName"], witness: "whoever may subscribe reads the messages" },
    ],
    "gcp:spanner/database:Database": [
      {
        path: ["encryptionConfig", "kmsKeyName"],
        when: (inputs) => inputs.at("encryptionConfig", "kmsKeyNames").items().length === 0,
        witness: "whoever may query reads the data",
      },
    ],
    "gcp:sql/databaseInstance:DatabaseInstance": [
      {
        path: ["encryptionKeyName"],
        // A replica in its primary's region has its key.
        when: lacks("masterInstanceName"),
        witness: "whoever restores a backup reads the data",
      },
    ],
  },
  more: [
    {
      kind: "clean",
      says: "a disk of its own",
      expect: "not-applicable",
      resources: alone("gcp:compute/instance:Instance", { bootDisk: { source: "disk-1" } }),
    },
    {
      kind: "clean",
      says: "a key for the whole machine",
      expect: "not-applicable",
      resources: alone("gcp:compute/instance:Instance", {
        instanceEncryptionKey: { kmsKeySelfLink: "k" },
      }),
    },
    {
      kind: "clean",
      says: "several keys",
      expect: "not-applicable",
      resources: alone("gcp:spanner/database:Database", {
        encryptionConfig: { kmsKeyNames: ["k"] },
      }),
    },
  ],
  base: {
    "gcp:artifactregistry/repository:Repository": { format: "DOCKER" },
    "gcp:bigquery/dataset:Dataset": { datasetId: "orders" },
    "gcp:compute/disk:Disk": { size: 10 },
    "gcp:compute/instance:Instance": { machineType: "e2-small" },
    "gcp:compute/regionDisk:RegionDisk": { size: 200 },
    "gcp:pubsub/topic:Topic": { name: "orders" },
    "gcp:spanner/database:Database": { instance: "orders" },
    "gcp:sql/databaseInstance:DatabaseInstance": { databaseVersion: "POSTGRES_17" },
  },
});
