/** What the families of databases share: RDS, Aurora, DocumentDB, Neptune (Amazon RDS API reference, which the others share). */

import type { Resource } from "../../../../types/resource.ts";
import type { Computed, InputFault, Reference } from "../../../../types/type.ts";
import { textsIn } from "../common.ts";
import { toRole } from "../iam-references.ts";
import { error, form, refer } from "../ordinary.ts";

/** Days that backups are kept at most (CreateDBInstance, BackupRetentionPeriod). */
const backupDaysMax = 35;

/** What the RDS API calls a family of databases: one set of calls, three Pulumi modules. */
export interface Family {
  readonly module: "rds" | "docdb" | "neptune";
  readonly engine?: string;
  /** Name of the property that points to the subnet group. */
  readonly subnetGroup: string;
  readonly host: string;
  readonly port: number;
  readonly version: string;
}

/** Aurora, and what else RDS calls a cluster. */
export const aurora: Family = {
  module: "rds",
  subnetGroup: "dbSubnetGroupName",
  host: "rds",
  port: 3306,
  version: "8.0.mysql_aurora.3.08.2",
};

/** DocumentDB. */
export const docdb: Family = {
  module: "docdb",
  engine: "docdb",
  subnetGroup: "dbSubnetGroupName",
  host: "docdb",
  port: 27_017,
  version: "5.0.0",
};

/** Neptune. */
export const neptune: Family = {
  module: "neptune",
  engine: "neptune",
  subnetGroup: "neptuneSubnetGroupName",
  host: "neptune",
  port: 8182,
  version: "1.4.5.1",
};

/** Engines of instances on their own, with a port and a version of today. */
const engines: Readonly<Record<string, { port: number; version: string; license: string }>> = {
  mysql: { port: 3306, version: "8.4.7", license: "general-public-license" },
  mariadb: { port: 3306, version: "11.8.3", license: "general-public-license" },
  postgres: { port: 5432, version: "17.6", license: "postgresql-license" },
};

/** Port, version and licence of the engine that an instance asks for. */
export function engineOf(r: Resource) {
  const engine = r.text("engine", "");
  if (engine.startsWith("oracle"))
    return { port: 1521, version: "19", license: "license-included" };
  if (engine.startsWith("sqlserver"))
    return { port: 1433, version: "16.00", license: "license-included" };
  if (engine.startsWith("aurora-postgresql"))
    return { port: 5432, version: "17.5", license: "postgresql-license" };
  return engines[engine] ?? { port: 3306, version: "8.4.7", license: "general-public-license" };
}

/** The token of a family's subnet groups. */
export const group = (module: Family["module"]) => `aws:${module}/subnetGroup:SubnetGroup`;

/** The subnet group of a family's databases. */
export const toSubnetGroup = (family: Family): Reference =>
  refer(
    family.subnetGroup,
    group(family.module),
    error("DBSubnetGroupNotFoundFault", "DB subnet group '{value}' does not exist."),
    { holds: true, unless: (value) => value === "default" },
  );

/** The role of enhanced monitoring. */
export const toMonitoring = toRole(
  "monitoringRoleArn",
  error(
    "InvalidParameterValue",
    "IAM role ARN value is invalid or does not include the required permissions for: ENHANCED_MONITORING",
  ),
);

const ownGroup = (value: string) => value.startsWith("default.");

/** A parameter group, unless it is one that RDS itself owns. */
export const toParameters = (at: string, token: string): Reference =>
  refer(at, token, error("DBParameterGroupNotFound", "DBParameterGroup not found: {value}"), {
    holds: true,
    unless: ownGroup,
  });

/** The default security group of the network behind a subnet group. */
export function defaultGroupsOf(r: Resource, at: string): string[] {
  const vpc = vpcOf(r, at);
  const found = r.find("aws:ec2/vpc:Vpc", String(vpc))?.properties["defaultSecurityGroupId"];
  return typeof found === "string" ? [found] : [];
}

/** The network behind a subnet group. */
export function vpcOf(r: Resource, at: string) {
  const subnets = textsIn(r.target(at)?.properties["subnetIds"]);
  return r.find("aws:ec2/subnet:Subnet", subnets[0] ?? "")?.properties["vpcId"];
}

/** The fault of a backup retention that RDS does not take. */
export const days = (r: Resource): InputFault[] => {
  const kept = r.number("backupRetentionPeriod", 0);
  return kept >= 0 && kept <= backupDaysMax
    ? []
    : [
        {
          property: "backupRetentionPeriod",
          reason: `expected backup_retention_period to be in the range (0 - ${backupDaysMax}), got ${kept}`,
        },
      ];
};

/** Identifiers are lower case, begin with a letter, and have no two hyphens in a row nor one at the end. */
export function identifierFault(r: Resource, property: string): InputFault[] {
  const name = r.text(property, "a");
  return /^[a-z][a-z0-9-]{0,62}$/.test(name) && !/--|-$/.test(name)
    ? []
    : [
        {
          property,
          reason: `only lowercase alphanumeric characters and hyphens allowed in "${property}", the first must be a letter: ${name}`,
        },
      ];
}

/** An id that never changes, e.g. `db-ABC…`. */
export const resourceId =
  (prefix: string): Computed =>
  (r) =>
    `${prefix}-${r.characters("resource", 26, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")}`;

/** The DNS zone of database endpoints. */
export const hosted = "Z1RLNUO7B9Q6NB";

/** The host name of an instance. */
export function host(r: Resource, service: string): string {
  return form(`{identifier}.c{lower11:host}.{region}.${service}.{suffix}`)(r);
}

/** The ARN of a key that AWS keeps for a service. */
export function awsKey(r: Resource, label: string): string {
  return form(`arn:{partition}:kms:{region}:{account}:key/{uuid:${label}}`)(r);
}

/** The secret that RDS makes for a password that it manages. */
export function masterSecret(r: Resource) {
  if (!r.flag("manageMasterUserPassword")) return [];
  return [
    {
      kmsKeyId: awsKey(r, "secretsmanager"),
      secretArn: form(
        "arn:{partition}:secretsmanager:{region}:{account}:secret:rds!db-{uuid:secret}-{lower6:secret}",
      )(r),
      secretStatus: "active",
    },
  ];
}

/** RDS's refusal of settings that exclude each other. */
export const combination = (says: string) => error("InvalidParameterCombination", says);
