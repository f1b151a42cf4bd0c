/** Search and warehouses (Amazon OpenSearch Service and Amazon Redshift API references). */

import type { Resource } from "../../../../types/resource.ts";
import type { TypeEntry } from "../../../../types/type.ts";
import { toGroup, toSubnet } from "../ec2-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { asDocument, documentFault } from "../policy-documents.ts";
import { withoutSnapshot } from "../protection.ts";
import { toKey } from "../references.ts";
import { parameterGroup, subnetGroup } from "./named-groups.ts";

const warehouseSubnets = subnetGroup(
  "aws:redshift/subnetGroup:SubnetGroup",
  "redshift:subnetgroup:{name}",
  {
    taken: "ClusterSubnetGroupAlreadyExists",
    inUse: "InvalidClusterSubnetGroupStateFault",
  },
);

const warehouseParameters = parameterGroup("redshift", {
  taken: "ClusterParameterGroupAlreadyExists",
  inUse: "InvalidClusterParameterGroupState",
});

const searchDomain = ordinary("aws:opensearch/domain:Domain", {
  id: (r) => form("arn:{partition}:es:{region}:{account}:domain/{domainName}")(r),
  autoname: { property: "domainName", charactersMax: 28, lowerCase: true },
  defaults: {
    "clusterConfig.dedicatedMasterEnabled": false,
    "clusterConfig.instanceCount": 1,
    "clusterConfig.instanceType": "m3.medium.search",
    "logPublishingOptions[*].enabled": true,
    "domainEndpointOptions.enforceHttps": true,
  },
  forceNew: ["domainName", "vpcOptions", "encryptAtRest.kmsKeyId"],
  check: (r) =>
    /^[a-z][0-9a-z-]{2,27}$/.test(r.text("domainName"))
      ? documentFault(r, "accessPolicies")
      : [
          {
            property: "domainName",
            reason: `must start with a lowercase alphabet and be at least 3 and no more than 28 characters long: ${r.text("domainName")}`,
          },
        ],
  outputs: {
    arn: (r) => r.id,
    accessPolicies: "",
    advancedOptions: {
      override_main_response_version: "false",
      "rest.action.multi.allow_explicit_index": "true",
    },
    clusterConfig: {
      dedicatedMasterEnabled: false,
      instanceCount: 1,
      instanceType: "m3.medium.search",
      warmEnabled: false,
      zoneAwarenessEnabled: false,
    },
    domainId: form("{account}/{domainName}"),
    domainEndpointOptions: {
      customEndpointEnabled: false,
      enforceHttps: true,
      tlsSecurityPolicy: "Policy-Min-TLS-1-2-2019-07",
    },
    domainEndpointV2HostedZoneId: "Z02100151L6CK5G3VXJ1B",
    encryptAtRest: { enabled: false, kmsKeyId: "" },
    endpoint: searchHost,
    dashboardEndpoint: (r) => `${searchHost(r)}/_dashboards`,
    engineVersion: "OpenSearch_3.1",
    ipAddressType: "ipv4",
    nodeToNodeEncryption: { enabled: false },
    snapshotOptions: { automatedSnapshotStartHour: 0 },
    "vpcOptions.vpcId": (r) =>
      r.find("aws:ec2/subnet:Subnet", String(r.every("vpcOptions.subnetIds[*]")[0]))?.properties[
        "vpcId"
      ],
  },
  normalised: { accessPolicies: asDocument },
  keys: ["arn", "domainName"],
  references: [
    toSubnet("vpcOptions.subnetIds[*]"),
    toGroup("vpcOptions.securityGroupIds[*]"),
    toKey("encryptAtRest.kmsKeyId", "ValidationException", "The KMS key {value} does not exist"),
    refer(
      "logPublishingOptions[*].cloudwatchLogGroupArn",
      "aws:cloudwatch/logGroup:LogGroup",
      error(
        "ValidationException",
        "The Resource Access Policy specified for the CloudWatch Logs log group {value} does not grant sufficient permissions for Amazon OpenSearch Service to create a log stream.",
      ),
      { by: "arn", key: (_r, value) => value.replace(/:\*$/, "") },
    ),
  ],
  taken: error(
    "ResourceAlreadyExistsException",
    "A domain with the specified name already exists: {id}",
  ),
  admit: (r) => {
    const fine = r.flag("advancedSecurityOptions.enabled");
    const ready =
      r.flag("encryptAtRest.enabled") &&
      r.flag("nodeToNodeEncryption.enabled") &&
      r.given("domainEndpointOptions.enforceHttps") !== false;
    return refuseIf(
      fine && !ready,
      "ValidationException",
      "You must enable encryption at rest, node-to-node encryption and HTTPS to use advanced security options.",
    );
  },
  timeouts: { create: 3600, update: 10_800, delete: 5400 },
});

function searchHost(r: Resource): string {
  const where = r.given("vpcOptions") === undefined ? "search" : "vpc";
  return form(`${where}-{domainName}-{lower26:host}.{region}.es.{suffix}`)(r);
}

const searchPolicy = ordinary("aws:opensearch/domainPolicy:DomainPolicy", {
  id: "esd-policy-{domainName}",
  untagged: true,
  forceNew: ["domainName"],
  check: (r) => documentFault(r, "accessPolicies"),
  normalised: { accessPolicies: asDocument },
  references: [
    refer(
      "domainName",
      searchDomain.token,
      error("ResourceNotFoundException", "Domain not found: {value}"),
      { by: "domainName", cascades: true },
    ),
  ],
});

const warehouse = ordinary("aws:redshift/cluster:Cluster", {
  id: "{clusterIdentifier}",
  arn: "redshift:cluster:{clusterIdentifier}",
  defaults: {
    allowVersionUpgrade: true,
    applyImmediately: false,
    automatedSnapshotRetentionPeriod: 1,
    availabilityZoneRelocationEnabled: false,
    clusterVersion: "1.0",
    encrypted: "true",
    maintenanceTrackName: "current",
    manualSnapshotRetentionPeriod: -1,
    multiAz: false,
    numberOfNodes: 1,
    port: 5439,
    publiclyAccessible: false,
    skipFinalSnapshot: false,
  },
  keep: (r) =>
    withoutSnapshot(
      r,
      "Redshift Cluster Instance FinalSnapshotIdentifier is required when a final snapshot is required",
    ),
  forceNew: [
    "clusterIdentifier",
    "clusterSubnetGroupName",
    "masterUsername",
    "ownerAccount",
    "snapshotArn",
    "snapshotClusterIdentifier",
    "snapshotIdentifier",
  ],
  outputs: {
    availabilityZone: (r) => `${r.region}a`,
    clusterNamespaceArn: form("arn:{partition}:redshift:{region}:{account}:namespace:{uuid}"),
    clusterNodes: [],
    clusterParameterGroupName: "default.redshift-2.0",
    clusterPublicKey: "",
    clusterRevisionNumber: "1",
    clusterSubnetGroupName: "default",
    clusterType: (r) => (r.number("numberOfNodes", 1) > 1 ? "multi-node" : "single-node"),
    databaseName: "dev",
    dnsName: (r) => redshiftHost(r),
    endpoint: (r) => `${redshiftHost(r)}:${r.number("port")}`,
    enhancedVpcRouting: false,
    iamRoles: [],
    kmsKeyId: "",
    preferredMaintenanceWindow: "sun:05:00-sun:05:30",
    vpcSecurityGroupIds: [],
  },
  hidden: ["masterPasswordWo"],
  references: [
    refer(
      "clusterSubnetGroupName",
      warehouseSubnets.token,
      error("ClusterSubnetGroupNotFoundFault", "The cluster subnet group {value} doesn't exist."),
      { holds: true, unless: (value) => value === "default" },
    ),
    refer(
      "clusterParameterGroupName",
      warehouseParameters.token,
      error("ClusterParameterGroupNotFound", "The cluster parameter group {value} doesn't exist."),
      { holds: true, unless: (value) => value.startsWith("default.") },
    ),
    toGroup("vpcSecurityGroupIds[*]"),
    toKey("kmsKeyId", "DependentServiceRequestThrottlingFault", "KMS key {value} does not exist"),
  ],
  taken: error("ClusterAlreadyExists", "Cluster already exists: {id}"),
  admit: (r) => {
    const copied = ["snapshotIdentifier", "snapshotArn"].some((key) => r.given(key) !== undefined);
    const secret =
      ["masterPassword", "masterPasswordWo"].some((key) => r.given(key) !== undefined) ||
      r.flag("manageMasterPassword");
    return refuseIf(
      !copied && (r.given("masterUsername") === undefined || !secret),
      "InvalidParameterValue",
      "The parameter MasterUserPassword must be provided and must not be blank.",
    );
  },
  timeouts: { create: 4500, update: 4500, delete: 2400 },
});

function redshiftHost(r: Resource): string {
  return form("{clusterIdentifier}.c{lower11:host}.{region}.redshift.{suffix}")(r);
}

/** The entries of search and warehouses. */
export const searchTypes: readonly TypeEntry[] = [
  searchDomain,
  searchPolicy,
  warehouse,
  warehouseSubnets,
  warehouseParameters,
];
