/** Members of database clusters (Amazon RDS API reference). */

import type { Resource } from "../../../../types/resource.ts";
import type { Computed, TypeEntry } from "../../../../types/type.ts";
import { others } from "../common.ts";
import { error, ordinary, refer, refuseIf } from "../ordinary.ts";
import { type Family, host, resourceId, toMonitoring, toParameters } from "./database-common.ts";

/** The entry of the members of a family's clusters. */
export function clusterInstance(family: Family): TypeEntry {
  const rds = family.module === "rds";
  return ordinary(`aws:${family.module}/clusterInstance:ClusterInstance`, {
    id: "{identifier}",
    arn: "rds:db:{identifier}",
    autoname: {
      property: "identifier",
      charactersMax: 63,
      lowerCase: true,
      ...(rds ? { separator: "" } : {}),
    },
    defaults: {
      autoMinorVersionUpgrade: true,
      promotionTier: 0,
      ...(rds
        ? {
            copyTagsToSnapshot: false,
            forceDestroy: false,
            monitoringInterval: 0,
            publiclyAccessible: false,
          }
        : { engine: family.engine ?? "" }),
      ...(family.module === "neptune" ? { port: 8182, publiclyAccessible: false } : {}),
    },
    forceNew: [
      "availabilityZone",
      "clusterIdentifier",
      "engine",
      "identifier",
      "identifierPrefix",
      ...(rds ? ["customIamInstanceProfile", "dbSubnetGroupName"] : []),
      ...(family.module === "neptune"
        ? ["neptuneSubnetGroupName", "port", "publiclyAccessible"]
        : []),
    ],
    outputs: {
      availabilityZone: (r) => `${r.region}a`,
      dbiResourceId: resourceId("db"),
      identifierPrefix: "",
      endpoint: (r) => host(r, family.host),
      engineVersion: (r) => ofCluster(r, "engineVersion"),
      storageEncrypted: (r) => ofCluster(r, "storageEncrypted"),
      preferredMaintenanceWindow: "sun:07:00-sun:07:30",
      preferredBackupWindow: "03:01-03:31",
      // The first instance of a cluster writes.
      writer: (r) =>
        !others(r).some(
          ({ properties }) => properties["clusterIdentifier"] === r.given("clusterIdentifier"),
        ),
      ...instanceOutputs(family),
    },
    references: [
      refer(
        "clusterIdentifier",
        `aws:${family.module}/cluster:Cluster`,
        error("DBClusterNotFoundFault", "DBCluster {value} not found."),
        { holds: true },
      ),
      ...(rds
        ? [
            toMonitoring,
            toParameters("dbParameterGroupName", "aws:rds/parameterGroup:ParameterGroup"),
          ]
        : []),
    ],
    taken: error("DBInstanceAlreadyExists", "DB instance already exists"),
    admit: (r) =>
      refuseIf(
        ofCluster(r, "engine") !== r.text("engine", family.engine ?? ""),
        "InvalidParameterCombination",
        `The engine name requested for your DB instance (${r.text("engine", "")}) doesn't match the engine name of your DB cluster (${String(ofCluster(r, "engine"))}).`,
      ),
    timeouts: { create: 5400, update: 5400, delete: 5400 },
  });
}

/** Outputs that the families of databases do not share. */
function instanceOutputs(family: Family): Readonly<Record<string, Computed>> {
  return {
    ...(family.module === "neptune"
      ? {
          kmsKeyArn: (r: Resource) => ofCluster(r, "kmsKeyArn"),
          neptuneSubnetGroupName: (r: Resource) => ofCluster(r, "neptuneSubnetGroupName"),
        }
      : {
          kmsKeyId: (r: Resource) => ofCluster(r, "kmsKeyId"),
          dbSubnetGroupName: (r: Resource) => ofCluster(r, "dbSubnetGroupName"),
          port: (r: Resource) => ofCluster(r, "port"),
          caCertIdentifier: "rds-ca-rsa2048-g1",
        }),
    ...(family.module === "rds"
      ? {
          engineVersionActual: (r: Resource) => ofCluster(r, "engineVersion"),
          networkType: "IPV4",
          performanceInsightsEnabled: false,
        }
      : {}),
  };
}

function ofCluster(r: Resource, property: string) {
  return r.target("clusterIdentifier")?.properties[property];
}
