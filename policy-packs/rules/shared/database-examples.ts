/** Databases of three clouds, and who may call them. */
import type { Example, ExampleResource } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { awsRuleTypes } from "../../lift/aws-rules.ts";
import type { Props } from "./alone.ts";
import { alone } from "./alone.ts";

/** What names addresses by itself. */
export const databaseTypes = {
  cloudSql: "gcp:sql/databaseInstance:DatabaseInstance",
  firewalls: [
    "azure-native:sql:FirewallRule",
    "azure-native:dbforpostgresql:FirewallRule",
    "azure-native:dbformysql:FirewallRule",
    "azure-native:redis:FirewallRule",
  ] as readonly string[],
} as const;

const postgres = { protocol: "tcp", fromPort: 5432, toPort: 5432 };
const office = { startIpAddress: "198.51.100.1", endIpAddress: "198.51.100.9", serverName: "shop" };

function group(ingress: Props): ExampleResource {
  return {
    type: awsRuleTypes.group,
    name: "data",
    props: { vpcId: "vpc-1", ingress: [{ ...postgres, ...ingress }] },
  };
}

function carrier(type: string, groups: readonly string[] = ["data"]): ExampleResource {
  return {
    type,
    name: "store",
    props: { vpcSecurityGroupIds: [unknownHere] },
    dependsOn: { vpcSecurityGroupIds: groups },
  };
}

const database = carrier("aws:rds/instance:Instance");

/** By address and by group. */
export const databaseExamples: readonly Example[] = [
  {
    kind: "violating",
    says: "AWS: the whole network may call",
    expect: "fail",
    resources: [group({ cidrBlocks: ["10.1.0.0/16"] }), database],
    path: "ingress[0].cidrBlocks[0]",
    witness: "10.1.0.0/16",
  },
  {
    kind: "violating",
    says: "AWS: a standalone rule",
    expect: "fail",
    resources: [
      {
        type: awsRuleTypes.ingress,
        name: "rule",
        props: { securityGroupId: unknownHere, ipProtocol: "-1", cidrIpv4: "10.1.0.7/32" },
        dependsOn: { securityGroupId: ["data"] },
      },
      group({ securityGroups: ["sg-2"] }),
      database,
    ],
    path: "cidrIpv4",
  },
  {
    kind: "violating",
    says: "Azure: a range of addresses",
    expect: "fail",
    resources: alone("azure-native:sql:FirewallRule", office),
    path: "startIpAddress",
  },
  {
    kind: "violating",
    says: "Google Cloud: a named network",
    expect: "fail",
    resources: cloudSql([{ name: "office", value: "198.51.100.0/24" }]),
    path: "settings.ipConfiguration.authorizedNetworks[0].value",
  },
  {
    kind: "clean",
    says: "AWS: the callers' group",
    expect: "pass",
    resources: [group({ securityGroups: ["sg-2"] }), database],
  },
  {
    kind: "clean",
    says: "AWS: addresses may call a machine",
    expect: "pass",
    resources: [group({ cidrBlocks: ["10.1.0.0/16"] }), carrier("aws:ec2/instance:Instance")],
  },
  {
    kind: "unknown",
    says: "AWS: which group the database carries is not known",
    expect: "unknown",
    resources: [group({ cidrBlocks: ["10.1.0.0/16"] }), carrier("aws:rds/instance:Instance", [])],
    path: "vpcSecurityGroupIds[0]",
  },
  { kind: "absent", says: "Google Cloud: nobody named", expect: "pass", resources: cloudSql([]) },
];

function cloudSql(authorizedNetworks: readonly Props[]) {
  return alone(databaseTypes.cloudSql, {
    settings: { tier: "db-g1-small", ipConfiguration: { authorizedNetworks } },
  });
}
