/** How AWS names the calls of the engine (API reference of each service; Service Authorization Reference for their prefixes). */

import { textAt } from "../../probe/token/live.ts";
import type { JsonObject } from "../../protocol/value.ts";
import { awsApplicationCalls } from "./aws-application-calls.ts";
import { awsIdentityCalls } from "./aws-identity-calls.ts";
import { awsNetworkCalls } from "./aws-network-calls.ts";
import { awsStorageCalls } from "./aws-storage-calls.ts";
import type { Operation } from "./deed.ts";

const calls: Readonly<Record<string, string>> = {
  ...awsApplicationCalls,
  ...awsIdentityCalls,
  ...awsNetworkCalls,
  ...awsStorageCalls,
};

/** Modules of the SDK that are not the service's prefix. */
const services: Readonly<Record<string, string>> = {
  accessanalyzer: "access-analyzer",
  acmpca: "acm-pca",
  alb: "elasticloadbalancing",
  apigatewayv2: "apigateway",
  appautoscaling: "application-autoscaling",
  cfg: "config",
  cloudwatch: "logs",
  cognito: "cognito-idp",
  docdb: "rds",
  ebs: "ec2",
  ec2clientvpn: "ec2",
  ec2transitgateway: "ec2",
  efs: "elasticfilesystem",
  elb: "elasticloadbalancing",
  lb: "elasticloadbalancing",
  msk: "kafka",
  neptune: "rds",
  networkfirewall: "network-firewall",
  opensearch: "es",
  sfn: "states",
  ssoadmin: "sso",
  verifiedaccess: "ec2",
  vpc: "ec2",
  vpclattice: "vpc-lattice",
};

const places: Readonly<Record<Operation, number>> = { create: 0, update: 1, delete: 2 };
const verbs: Readonly<Record<Operation, string>> = {
  create: "Create",
  update: "Update",
  delete: "Delete",
};

/** `SERVICE:CALL`; `undefined` where the API has no call for it. Most are named by the kind. */
export function awsCallOf(token: string, operation: Operation): string | undefined {
  const [, module = "", kind = ""] = /^aws:([^/]+)\/\w+:(\w+)$/.exec(token) ?? [];
  const row = calls[`${module}:${kind}`];
  const call = row?.split(" ")[places[operation]] ?? `${verbs[operation]}${kind}`;
  if (call === "-") return undefined;
  const service = services[module] ?? module;
  return call.includes("/") ? call.replace("/", ":") : `${service}:${call}`;
}

/** Parameters by which services name what they make, as records write them; others call it `name`. */
const nameParameters: Readonly<Record<string, string>> = {
  "aws:cloudwatch/logGroup:LogGroup": "logGroupName",
  "aws:dynamodb/table:Table": "tableName",
  "aws:ecr/repository:Repository": "repositoryName",
  "aws:ecs/cluster:Cluster": "clusterName",
  "aws:iam/group:Group": "groupName",
  "aws:iam/instanceProfile:InstanceProfile": "instanceProfileName",
  "aws:iam/policy:Policy": "policyName",
  "aws:iam/role:Role": "roleName",
  "aws:iam/user:User": "userName",
  "aws:kinesis/stream:Stream": "streamName",
  "aws:lambda/function:Function": "functionName",
  "aws:sqs/queue:Queue": "queueName",
};

/** Parameters of the call, as far as a record of the engine tells them: the name of the thing. */
export function awsRequestOf(token: string, id: string, outputs: JsonObject): JsonObject {
  if (token.startsWith("aws:s3/")) return { bucketName: textAt(outputs, "bucket") || id };
  const attached = ["role", "user", "group"]
    .map((holder) => [`${holder}Name`, textAt(outputs, holder)] as const)
    .filter(([, name]) => name !== "");
  if (token.startsWith("aws:iam/") && attached.length > 0) {
    const policyArn = textAt(outputs, "policyArn");
    return { ...Object.fromEntries(attached), ...(policyArn === "" ? {} : { policyArn }) };
  }
  const name = textAt(outputs, "name");
  return name === "" ? {} : { [nameParameters[token] ?? "name"]: name };
}
