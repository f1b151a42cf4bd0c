/**
 * Types whose deletion destroys data, and what keeps the data when the resource goes: the service's
 * own deletion protection, a last snapshot, a refusal to delete what is not empty. Vendors' API
 * references and the providers' schemas; the defaults are those of the providers in use.
 */
import type { Demand } from "./flag-rule.ts";

/** What keeps the data; undefined where nothing but `protect` or a lock does. */
export type Keeping = Pick<Demand, "path" | "holds" | "bad" | "good">;

const must = (path: Demand["path"], good: string | boolean, bad: string | boolean): Keeping => ({
  path,
  holds: (value) => value === String(good),
  good,
  bad,
});
/** Kept unless somebody says otherwise. */
const unless = (path: Demand["path"], bad: string | boolean, good: string | boolean): Keeping => ({
  path,
  holds: (value) => value !== String(bad),
  good,
  bad,
});

const protectedByAws = must(["deletionProtection"], true, false);
const lastSnapshot = unless(["skipFinalSnapshot"], true, false);
const notForced = unless(["forceDestroy"], true, false);
const protectedByGoogle = unless(["deletionProtection"], false, true);

/** By canonical type, each way that is enough. */
export const dataHolders: Readonly<Record<string, readonly Keeping[]>> = {
  "aws:docdb/cluster:Cluster": [protectedByAws, lastSnapshot],
  "aws:dynamodb/table:Table": [must(["deletionProtectionEnabled"], true, false)],
  "aws:ebs/volume:Volume": [must(["finalSnapshot"], true, false)],
  "aws:efs/fileSystem:FileSystem": [],
  "aws:neptune/cluster:Cluster": [protectedByAws, lastSnapshot],
  "aws:rds/cluster:Cluster": [protectedByAws, lastSnapshot],
  "aws:rds/instance:Instance": [protectedByAws, lastSnapshot],
  "aws:redshift/cluster:Cluster": [lastSnapshot],
  "aws:s3/bucket:Bucket": [notForced],
  "azure-native:cosmosdb:DatabaseAccount": [],
  "azure-native:dbformysql:Server": [],
  "azure-native:dbforpostgresql:Server": [],
  "azure-native:sql:Database": [],
  "azure-native:storage:StorageAccount": [],
  "gcp:alloydb/cluster:Cluster": [protectedByGoogle],
  "gcp:bigquery/dataset:Dataset": [unless(["deleteContentsOnDestroy"], true, false)],
  "gcp:bigquery/table:Table": [protectedByGoogle],
  "gcp:bigtable/instance:Instance": [protectedByGoogle],
  "gcp:filestore/instance:Instance": [must(["deletionProtectionEnabled"], true, false)],
  "gcp:firestore/database:Database": [unless(["deletionPolicy"], "DELETE", "ABANDON")],
  "gcp:spanner/database:Database": [protectedByGoogle],
  "gcp:sql/databaseInstance:DatabaseInstance": [
    protectedByGoogle,
    // The service's own refuses every client, the provider's is a matter of the program alone.
    must(["settings", "deletionProtectionEnabled"], true, false),
  ],
  "gcp:storage/bucket:Bucket": [notForced],
};
