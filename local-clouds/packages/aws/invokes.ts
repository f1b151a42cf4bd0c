/** The provider functions of aws that the local clouds answer. */

import type { JsonObject } from "../../protocol/value.ts";
import type { InvokeCall, InvokeEntry } from "../../types/invoke.ts";
import { awsLookups } from "./lookups.ts";
import { getPolicyDocument } from "./policy-document.ts";
import { hexFrom, identityCenterOf } from "./stable.ts";
import { dnsSuffix, objectsIn, partition, textsIn } from "./types/common.ts";
import { zonesOf } from "./types/zones.ts";

function regionOf({ args, scope }: InvokeCall): string {
  return typeof args["region"] === "string" && args["region"] !== ""
    ? args["region"]
    : scope.region;
}

/** Names that AWS gives to regions (AWS General Reference). */
const regionNames: Readonly<Record<string, string>> = {
  "eu-central-1": "Europe (Frankfurt)",
  "eu-central-2": "Europe (Zurich)",
  "eu-north-1": "Europe (Stockholm)",
  "eu-west-1": "Europe (Ireland)",
  "eu-west-2": "Europe (London)",
  "eu-west-3": "Europe (Paris)",
  "us-east-1": "US East (N. Virginia)",
  "us-east-2": "US East (Ohio)",
  "us-west-1": "US West (N. California)",
  "us-west-2": "US West (Oregon)",
};

function callerIdentity({ scope }: InvokeCall): JsonObject {
  const userId = `AIDA${hexFrom(`caller ${scope.account}`, 17).toUpperCase()}`;
  return {
    accountId: scope.account,
    arn: `arn:${partition(scope.region)}:iam::${scope.account}:user/bulkhead`,
    id: scope.account,
    userId,
  };
}

function region(call: InvokeCall): JsonObject {
  const name = regionOf(call);
  return {
    id: name,
    name,
    region: name,
    description: regionNames[name] ?? name,
    endpoint: `ec2.${name}.${dnsSuffix(name)}`,
  };
}

function partitionOf({ scope }: InvokeCall): JsonObject {
  const suffix = dnsSuffix(scope.region);
  const name = partition(scope.region);
  return {
    id: name,
    partition: name,
    dnsSuffix: suffix,
    reverseDnsPrefix: suffix.split(".").reverse().join("."),
  };
}

function availabilityZones(call: InvokeCall): JsonObject {
  const name = regionOf(call);
  const withoutNames = new Set(textsIn(call.args["excludeNames"]));
  const withoutIds = new Set(textsIn(call.args["excludeZoneIds"]));
  const wanted = call.args["state"] ?? "available";
  const zones = wanted === "available" ? zonesOf(name) : [];
  const left = zones.filter((zone) => !withoutNames.has(zone.name) && !withoutIds.has(zone.id));
  return {
    ...call.args,
    id: name,
    region: name,
    groupNames: left.length === 0 ? [] : [name],
    names: left.map((zone) => zone.name),
    zoneIds: left.map((zone) => zone.id),
  };
}

function identityCenters(call: InvokeCall): JsonObject {
  const { instanceArn, identityStoreId } = identityCenterOf(call.scope.account);
  const name = regionOf(call);
  return { id: name, region: name, arns: [instanceArn], identityStoreIds: [identityStoreId] };
}

/** The account alone is its organisation's management account. */
function organization({ scope }: InvokeCall): JsonObject {
  const id = `o-${hexFrom(`organization ${scope.account}`, 10)}`;
  const prefix = `arn:aws:organizations::${scope.account}`;
  const account: JsonObject = {
    arn: `${prefix}:account/${id}/${scope.account}`,
    email: `aws+${scope.account}@example.com`,
    id: scope.account,
    joinedMethod: "INVITED",
    joinedTimestamp: "2025-01-01T00:00:00Z",
    name: "management",
    state: "ACTIVE",
    status: "ACTIVE",
  };
  const rootId = `r-${hexFrom(`root ${scope.account}`, 4)}`;
  return {
    id,
    arn: `${prefix}:organization/${id}`,
    accounts: [account],
    nonMasterAccounts: [],
    awsServiceAccessPrincipals: ["cloudtrail.amazonaws.com", "sso.amazonaws.com"],
    enabledPolicyTypes: [],
    featureSet: "ALL",
    masterAccountArn: account["arn"] ?? "",
    masterAccountEmail: account["email"] ?? "",
    masterAccountId: scope.account,
    masterAccountName: "management",
    roots: [{ arn: `${prefix}:root/${id}/${rootId}`, id: rootId, name: "Root", policyTypes: [] }],
  };
}

/** A token in the form of `aws eks get-token`: a signed request to STS, here with no signature in it. */
function clusterAuth(call: InvokeCall): JsonObject {
  const name = String(call.args["name"]);
  const request = `https://sts.${regionOf(call)}.${dnsSuffix(regionOf(call))}/?Action=GetCallerIdentity&Version=2011-06-15&X-K8s-Aws-Id=${name}`;
  return {
    ...call.args,
    id: name,
    region: regionOf(call),
    token: `k8s-aws-v1.${Buffer.from(request).toString("base64url")}`,
  };
}

function cluster(call: InvokeCall): JsonObject {
  const name = String(call.args["name"]);
  const found = call.find("aws:eks/cluster:Cluster", name);
  if (found === undefined) {
    return call.refuse({
      code: "ResourceNotFoundException",
      says: `No cluster found for name: ${name}.`,
    });
  }
  const { properties } = found;
  const listed = Object.fromEntries(
    clusterParts.map((part) => [
      `${part}s`.replace("Authoritys", "Authorities"),
      objectsIn([properties[part] ?? null]),
    ]),
  );
  const plain = Object.entries(properties).filter(([key]) => !clusterParts.includes(key));
  return { ...Object.fromEntries(plain), ...listed, name, region: regionOf(call) };
}

/** Parts of a cluster that the function gives as lists of one. */
const clusterParts = [
  "accessConfig",
  "certificateAuthority",
  "computeConfig",
  "kubernetesNetworkConfig",
  "outpostConfig",
  "remoteNetworkConfig",
  "storageConfig",
  "upgradePolicy",
  "zonalShiftConfig",
];

/** Every function of aws. */
export const awsInvokes: readonly InvokeEntry[] = [
  getPolicyDocument,
  { token: "aws:index/getCallerIdentity:getCallerIdentity", run: callerIdentity },
  { token: "aws:index/getRegion:getRegion", run: region },
  { token: "aws:index/getPartition:getPartition", run: partitionOf },
  { token: "aws:index/getAvailabilityZones:getAvailabilityZones", run: availabilityZones },
  { token: "aws:ssoadmin/getInstances:getInstances", run: identityCenters },
  { token: "aws:organizations/getOrganization:getOrganization", run: organization },
  { token: "aws:eks/getClusterAuth:getClusterAuth", run: clusterAuth },
  { token: "aws:eks/getCluster:getCluster", run: cluster },
  ...awsLookups,
];
