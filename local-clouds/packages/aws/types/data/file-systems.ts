/** EFS file systems (Amazon EFS API reference). */

import type { TypeEntry } from "../../../../types/type.ts";
import { oneOf, others } from "../common.ts";
import { toGroup, toSubnet } from "../ec2-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { asDocument, documentFault } from "../policy-documents.ts";
import { toKey } from "../references.ts";

const fileSystem = ordinary("aws:efs/fileSystem:FileSystem", {
  id: "fs-0{hex16}",
  arn: "elasticfilesystem:file-system/{id}",
  defaults: { throughputMode: "bursting" },
  forceNew: ["availabilityZoneName", "creationToken", "encrypted", "kmsKeyId", "performanceMode"],
  check: (r) =>
    oneOf(r.text("throughputMode", "bursting"), "throughputMode", [
      "bursting",
      "provisioned",
      "elastic",
    ]),
  outputs: {
    availabilityZoneId: "",
    availabilityZoneName: "",
    creationToken: (r) => `terraform-${r.digits("token", 26)}`,
    dnsName: form("{id}.efs.{region}.{suffix}"),
    encrypted: false,
    kmsKeyId: "",
    name: (r) => String(r.object("tags")["Name"] ?? ""),
    numberOfMountTargets: 0,
    ownerId: (r) => r.account,
    performanceMode: "generalPurpose",
    protection: { replicationOverwrite: "ENABLED" },
    provisionedThroughputInMibps: 0,
    sizeInBytes: [{ value: 6144, valueInIa: 0, valueInStandard: 6144 }],
  },
  references: [toKey("kmsKeyId", "KmsKeyNotFound", "The KMS key {value} does not exist")],
  admit: (r) =>
    refuseIf(
      r.given("kmsKeyId") !== undefined && !r.flag("encrypted"),
      "BadRequest",
      "Invalid input: KmsKeyId is specified, but Encrypted is not true",
    ),
  inUse: error("FileSystemInUse", "File system '{id}' is in use by {value}"),
});

const noSystem = error("FileSystemNotFound", "File system '{value}' does not exist.");

const toSystem = (how: object) => refer("fileSystemId", fileSystem.token, noSystem, how);

/** Groups of one mount target (Amazon EFS quotas). */
const groupsPerTargetMax = 5;

const mountTarget = ordinary("aws:efs/mountTarget:MountTarget", {
  id: "fsmt-0{hex16}",
  untagged: true,
  forceNew: ["fileSystemId", "ipAddress", "ipAddressType", "ipv6Address", "subnetId"],
  outputs: {
    availabilityZoneId: (r) => r.target("subnetId")?.properties["availabilityZoneId"],
    availabilityZoneName: (r) => r.target("subnetId")?.properties["availabilityZone"],
    dnsName: form("{fileSystemId}.efs.{region}.{suffix}"),
    fileSystemArn: (r) => r.target("fileSystemId")?.properties["arn"],
    ipAddressType: "IPV4_ONLY",
    mountTargetDnsName: (r) =>
      form(
        `${String(r.target("subnetId")?.properties["availabilityZone"])}.{fileSystemId}.efs.{region}.{suffix}`,
      )(r),
    networkInterfaceId: form("eni-0{hex16:eni}"),
    ownerId: (r) => r.account,
    securityGroups: (r) => {
      const vpc = r.find("aws:ec2/vpc:Vpc", String(r.target("subnetId")?.properties["vpcId"]));
      return [String(vpc?.properties["defaultSecurityGroupId"])];
    },
  },
  references: [toSystem({ holds: true }), toSubnet("subnetId"), toGroup("securityGroups[*]")],
  admit: (r) => {
    if (r.list("securityGroups").length > groupsPerTargetMax) {
      return error(
        "SecurityGroupLimitExceeded",
        `The maximum number of security groups per mount target is ${groupsPerTargetMax}.`,
      );
    }
    const zone = r.target("subnetId")?.properties["availabilityZone"];
    return refuseIf(
      others(r).some(
        ({ properties }) =>
          properties["fileSystemId"] === r.given("fileSystemId") &&
          properties["availabilityZoneName"] === zone,
      ),
      "MountTargetConflict",
      "mount target already exists in this AZ",
    );
  },
  timeouts: { create: 1800, delete: 600 },
});

const accessPoint = ordinary("aws:efs/accessPoint:AccessPoint", {
  id: "fsap-0{hex16}",
  arn: "elasticfilesystem:access-point/{id}",
  forceNew: ["fileSystemId", "posixUser", "rootDirectory"],
  outputs: {
    fileSystemArn: (r) => r.target("fileSystemId")?.properties["arn"],
    ownerId: (r) => r.account,
    rootDirectory: { path: "/" },
  },
  references: [toSystem({ cascades: true })],
});

const systemPolicy = ordinary("aws:efs/fileSystemPolicy:FileSystemPolicy", {
  id: "{fileSystemId}",
  untagged: true,
  forceNew: ["fileSystemId"],
  check: (r) => documentFault(r, "policy"),
  defaults: { bypassPolicyLockoutSafetyCheck: false },
  normalised: { policy: asDocument },
  references: [toSystem({ cascades: true })],
});

const backupPolicy = ordinary("aws:efs/backupPolicy:BackupPolicy", {
  id: "{fileSystemId}",
  untagged: true,
  forceNew: ["fileSystemId"],
  check: (r) =>
    oneOf(r.text("backupPolicy.status", "ENABLED"), "backupPolicy.status", ["ENABLED", "DISABLED"]),
  references: [toSystem({ cascades: true })],
});

/** The entries of file systems. */
export const fileSystemTypes: readonly TypeEntry[] = [
  fileSystem,
  mountTarget,
  accessPoint,
  systemPolicy,
  backupPolicy,
];
