/** What keeps data. */

import type { TypeEntry } from "../../../../types/type.ts";
import { accessPointTypes } from "./access-points.ts";
import { analysisTypes } from "./analysis.ts";
import { backupTypes } from "./backups.ts";
import { brokerTypes } from "./brokers.ts";
import { cacheTypes } from "./caches.ts";
import { databaseClusterTypes } from "./database-clusters.ts";
import { databaseGroupTypes } from "./database-groups.ts";
import { databaseInstanceTypes } from "./database-instances.ts";
import { databaseProxyTypes } from "./database-proxies.ts";
import { directoryBucketTypes } from "./directory-buckets.ts";
import { dynamodbTypes } from "./dynamodb.ts";
import { fileSystemTypes } from "./file-systems.ts";
import { objectTypes } from "./objects.ts";
import { pipelineTypes } from "./pipelines.ts";
import { searchTypes } from "./search.ts";

/** The entries of databases, stores, files, objects and backups. */
export const dataTypes: readonly TypeEntry[] = [
  ...databaseGroupTypes,
  ...databaseInstanceTypes,
  ...databaseClusterTypes,
  ...databaseProxyTypes,
  ...dynamodbTypes,
  ...cacheTypes,
  ...searchTypes,
  ...fileSystemTypes,
  ...backupTypes,
  ...brokerTypes,
  ...analysisTypes,
  ...pipelineTypes,
  ...objectTypes,
  ...accessPointTypes,
  ...directoryBucketTypes,
];
