/** Proxies in front of databases (Amazon RDS API reference). */

import type { TypeEntry } from "../../../../types/type.ts";
import { oneOf, textOf } from "../common.ts";
import { toGroup, toSubnet } from "../ec2-references.ts";
import { toRole } from "../iam-references.ts";
import { error, form, ordinary, refer } from "../ordinary.ts";

const families = ["MYSQL", "POSTGRESQL", "SQLSERVER"];

const proxy = ordinary("aws:rds/proxy:Proxy", {
  id: "{name}",
  arn: "rds:db-proxy:prx-0{hex16}",
  name: 63,
  forceNew: ["endpointNetworkType", "engineFamily", "targetConnectionNetworkType", "vpcSubnetIds"],
  check: (r) => oneOf(r.text("engineFamily"), "engineFamily", families),
  outputs: {
    debugLogging: false,
    defaultAuthScheme: "NONE",
    endpoint: form("{name}.proxy-c{lower11:host}.{region}.rds.{suffix}"),
    endpointNetworkType: "IPV4",
    idleClientTimeout: 1800,
    requireTls: false,
    targetConnectionNetworkType: "IPV4",
    vpcSecurityGroupIds: [],
  },
  references: [
    toRole(
      "roleArn",
      error("InvalidParameterValue", "IAM role {value} does not exist or can't be assumed"),
    ),
    toSubnet("vpcSubnetIds[*]"),
    toGroup("vpcSecurityGroupIds[*]"),
    refer(
      "auths[*].secretArn",
      "aws:secretsmanager/secret:Secret",
      error("InvalidParameterValue", "Secret {value} doesn't exist"),
      { by: "arn" },
    ),
  ],
  taken: error("DBProxyAlreadyExistsFault", "DB proxy with name {id} already exists."),
  inUse: error("InvalidDBProxyStateFault", "DB proxy {id} has targets: {value}"),
  timeouts: { create: 1800, update: 1800, delete: 3600 },
});

const toProxy = (holds: boolean) =>
  refer(
    "dbProxyName",
    proxy.token,
    error("DBProxyNotFoundFault", "DB proxy {value} not found"),
    holds ? { holds } : { cascades: true },
  );

const proxyGroup = ordinary("aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup", {
  id: "{dbProxyName}",
  arn: "rds:target-group:prx-tg-0{hex16}",
  untagged: true,
  forceNew: ["dbProxyName"],
  outputs: {
    name: "default",
    connectionPoolConfig: {
      connectionBorrowTimeout: 120,
      initQuery: "",
      maxConnectionsPercent: 100,
      maxIdleConnectionsPercent: 50,
      sessionPinningFilters: [],
    },
  },
  references: [toProxy(false)],
});

const proxyTarget = ordinary("aws:rds/proxyTarget:ProxyTarget", {
  id: (r) =>
    [
      r.text("dbProxyName"),
      r.text("targetGroupName"),
      r.given("dbInstanceIdentifier") === undefined ? "TRACKED_CLUSTER" : "RDS_INSTANCE",
      r.text("dbInstanceIdentifier", r.text("dbClusterIdentifier", "")),
    ].join("/"),
  untagged: true,
  forceNew: ["dbClusterIdentifier", "dbInstanceIdentifier", "dbProxyName", "targetGroupName"],
  outputs: {
    endpoint: (r) => r.target("dbInstanceIdentifier")?.properties["address"] ?? "",
    port: (r) =>
      (r.target("dbInstanceIdentifier") ?? r.target("dbClusterIdentifier"))?.properties["port"],
    rdsResourceId: (r) => r.text("dbInstanceIdentifier", r.text("dbClusterIdentifier", "")),
    targetArn: (r) =>
      textOf(
        (r.target("dbInstanceIdentifier") ?? r.target("dbClusterIdentifier"))?.properties ?? {},
        "arn",
      ),
    trackedClusterId: (r) => r.text("dbClusterIdentifier", ""),
    type: (r) =>
      r.given("dbInstanceIdentifier") === undefined ? "TRACKED_CLUSTER" : "RDS_INSTANCE",
  },
  references: [
    toProxy(true),
    refer(
      "dbInstanceIdentifier",
      "aws:rds/instance:Instance",
      error("DBInstanceNotFound", "DBInstance {value} not found."),
    ),
    refer(
      "dbClusterIdentifier",
      "aws:rds/cluster:Cluster",
      error("DBClusterNotFoundFault", "DBCluster {value} not found."),
    ),
  ],
});

/** The entries of proxies. */
export const databaseProxyTypes: readonly TypeEntry[] = [proxy, proxyGroup, proxyTarget];
