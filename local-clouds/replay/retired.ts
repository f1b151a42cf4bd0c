/** Inputs that older majors of a provider called otherwise, as their recordings still do. */

import { isList, isObject, type Json, type JsonObject } from "../protocol/value.ts";
import { type Exchange, objectOf } from "./recording.ts";

/**
 * Old name to new by token, `null` where there is none today (upgrade guides of the AWS provider:
 * Terraform's versions 4 to 6 are Pulumi's 5 to 7).
 */
const retired: Readonly<Record<string, Names>> = {
  "aws:apigateway/deployment:Deployment": {
    canarySettings: null,
    executionArn: null,
    invokeUrl: null,
    stageDescription: null,
    stageName: null,
  },
  "aws:autoscaling/group:Group": { ignoreFailedScailingActivities: null },
  "aws:ec2/eip:Eip": { vpc: null },
  "aws:ec2/instance:Instance": { cpuCoreCount: null, cpuThreadsPerCore: null },
  "aws:ec2/launchConfiguration:LaunchConfiguration": {
    vpcClassicLinkId: null,
    vpcClassicLinkSecurityGroups: null,
  },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    elasticGpuSpecifications: null,
    elasticInferenceAccelerator: null,
  },
  "aws:ec2/vpc:Vpc": { enableClassiclink: null, enableClassiclinkDnsSupport: null },
  "aws:ecs/cluster:Cluster": { capacityProviders: null, defaultCapacityProviderStrategies: null },
  "aws:ecs/taskDefinition:TaskDefinition": { inferenceAccelerators: null },
  "aws:eks/addon:Addon": { resolveConflicts: null },
  "aws:eks/cluster:Cluster": { certificateAuthorities: null },
  "aws:iam/role:Role": { roleLastUseds: null },
  "aws:rds/instance:Instance": { name: "dbName", securityGroupNames: null },
  "aws:s3/bucket:Bucket": { loggings: null },
  "aws:secretsmanager/secret:Secret": {
    rotationEnabled: null,
    rotationLambdaArn: null,
    rotationRules: null,
  },
};

/** The exchange in today's words, asked and answered: what was renamed under its new name, without what was removed. */
export function inTodaysWords(exchange: Exchange): Exchange {
  const names = retired[exchange.type];
  if (names === undefined) return exchange;
  const { request, response } = exchange;
  const renamed = (message: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(message).map(([field, value]) => [
        field,
        isObject(value) ? rename(objectOf(value), names) : withoutRemoved(value, names),
      ]),
    );
  return {
    ...exchange,
    request: renamed(request),
    response: response === undefined ? undefined : renamed(response),
  };
}

type Names = Readonly<Record<string, string | null>>;

/** A list of properties, e.g. those that a Diff calls stable. */
function withoutRemoved(value: Json, names: Names): Json {
  return isList(value) ? (value.filter((name) => names[String(name)] !== null) as Json[]) : value;
}

/** What stands under both names, as outputs of the years between do, is told once. */
function rename(properties: JsonObject, names: Names): JsonObject {
  const notes = properties["__defaults"];
  const renamed = Object.entries(properties).flatMap(([key, value]) => {
    const name = names[key] === undefined ? key : names[key];
    return name === null ? [] : [[name, value]];
  });
  return {
    ...Object.fromEntries(renamed),
    ...(notes === undefined ? {} : { __defaults: withoutRemoved(notes, names) }),
  };
}
