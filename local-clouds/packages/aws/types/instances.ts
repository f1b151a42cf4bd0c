/** EC2 instances and launch templates (EC2 API reference). */

import type { Neighbour, Resource } from "../../../types/resource.ts";
import type { Reference, ServiceError, TypeEntry } from "../../../types/type.ts";
import {
  arn,
  dnsSuffix,
  ec2Reference,
  freeAddress,
  others,
  regionAndTags,
  textOf,
} from "./common.ts";
import { defaultSubnet } from "./default-network.ts";
import { toGroup, toSubnet } from "./ec2-references.ts";

const toTemplate: Reference = ec2Reference(
  "launchTemplate.id",
  "aws:ec2/launchTemplate:LaunchTemplate",
  "InvalidLaunchTemplateId.NotFound",
  "launch template ID",
);

const instance: TypeEntry = {
  token: "aws:ec2/instance:Instance",
  keep: (r) =>
    r.flag("disableApiTermination") && !r.flag("forceDestroy")
      ? {
          code: "OperationNotPermitted",
          says: `The instance '${r.id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
        }
      : undefined,
  defaults: {
    forceDestroy: false,
    getPasswordData: false,
    sourceDestCheck: true,
    userDataReplaceOnChange: false,
  },
  forceNew: [
    "ami",
    "associatePublicIpAddress",
    "availabilityZone",
    "ebsBlockDevices[*]",
    "ebsOptimized",
    "ephemeralBlockDevices",
    "hibernation",
    "hostId",
    "ipv6AddressCount",
    "ipv6Addresses",
    "keyName",
    "launchTemplate",
    "networkInterfaces[*]",
    "placementGroup",
    "placementPartitionNumber",
    "privateDnsNameOptions",
    "privateIp",
    "securityGroups",
    "subnetId",
    "tenancy",
    "region",
  ],
  check: (r) =>
    r.given("ami") === undefined && r.given("launchTemplate") === undefined
      ? [{ property: "ami", reason: "one of `ami,launch_template` must be specified" }]
      : [],
  id: (r) => `i-0${r.hex("id", 16)}`,
  planned: regionAndTags,
  outputs: {
    arn: (r) => arn(r, "ec2", `instance/${r.id}`),
    instanceLifecycle: "",
    instanceMarketOptions: null,
    instanceState: "running",
    instanceType: (r) => r.target("launchTemplate.id")?.properties["instanceType"],
    ami: (r) => r.target("launchTemplate.id")?.properties["imageId"],
    subnetId: (r) => subnetOf(r)?.id,
    availabilityZone: (r) => subnetOf(r)?.properties["availabilityZone"],
    privateIp: privateAddress,
    privateDns: (r) => `ip-${privateAddress(r).replaceAll(".", "-")}.${r.region}.compute.internal`,
    publicIp: (r) => (isPublic(r) ? publicAddress(r) : ""),
    publicDns: (r) =>
      isPublic(r)
        ? `ec2-${publicAddress(r).replaceAll(".", "-")}.${r.region}.compute.${dnsSuffix(r.region)}`
        : "",
    associatePublicIpAddress: isPublic,
    primaryNetworkInterfaceId: (r) => `eni-0${r.hex("interface", 16)}`,
    vpcSecurityGroupIds: (r) =>
      r.target("launchTemplate.id")?.properties["vpcSecurityGroupIds"] ?? defaultGroups(r),
    securityGroups: [],
    ipv6AddressCount: 0,
    ipv6Addresses: [],
    tenancy: "default",
    capacityReservationSpecification: {
      capacityReservationPreference: "open",
      capacityReservationTarget: null,
    },
    // The virtual CPUs of T2 are no hyper-threads (EC2 user guide, "CPU options").
    cpuOptions: (r) => ({
      amdSevSnp: "",
      coreCount: 1,
      threadsPerCore: r.text("instanceType", "").startsWith("t2.") ? 1 : 2,
    }),
    creditSpecification: (r) =>
      /^t[2-4]/.test(r.text("instanceType", "")) ? { cpuCredits: usualCredits(r) } : null,
    ebsBlockDevices: [],
    enclaveOptions: { enabled: false },
    ephemeralBlockDevices: [],
    hibernation: false,
    hostId: "",
    iamInstanceProfile: "",
    keyName: "",
    launchTemplate: null,
    maintenanceOptions: { autoRecovery: "default" },
    networkInterfaces: [],
    outpostArn: "",
    passwordData: "",
    placementGroup: "",
    placementPartitionNumber: 0,
    privateDnsNameOptions: {
      enableResourceNameDnsAaaaRecord: false,
      enableResourceNameDnsARecord: false,
      hostnameType: "ip-name",
    },
    secondaryPrivateIps: [],
    spotInstanceRequestId: "",
    monitoring: false,
    ebsOptimized: false,
    disableApiStop: false,
    disableApiTermination: false,
    instanceInitiatedShutdownBehavior: "stop",
    metadataOptions: {
      httpEndpoint: "enabled",
      httpProtocolIpv6: "disabled",
      httpPutResponseHopLimit: 2,
      httpTokens: "required",
      instanceMetadataTags: "disabled",
    },
    rootBlockDevice: (r) => ({
      deleteOnTermination: true,
      deviceName: "/dev/xvda",
      encrypted: false,
      iops: 3000,
      throughput: 125,
      volumeId: `vol-0${r.hex("volume", 16)}`,
      volumeSize: 8,
      volumeType: "gp3",
    }),
  },
  keys: ["arn"],
  references: [
    toSubnet("subnetId"),
    toGroup("vpcSecurityGroupIds[*]"),
    { ...toTemplate, holds: false },
    {
      at: "iamInstanceProfile",
      to: "aws:iam/instanceProfile:InstanceProfile",
      by: ["id", "arn"],
      missing: {
        code: "InvalidParameterValue",
        says: "Value ({value}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name",
      },
    },
  ],
  admit: refuseInstance,
  timeouts: { create: 600, read: 900, update: 600, delete: 1200 },
  schemaVersion: 2,
};

/** T2 instances begin with standard credits, later ones with unlimited (EC2 user guide, "Burstable performance"). */
function usualCredits(r: Resource): string {
  return r.text("instanceType").startsWith("t2") ? "standard" : "unlimited";
}

/** The subnet that is named, or the default one of the zone. */
function subnetOf(r: Resource): Neighbour | undefined {
  if (r.given("subnetId") !== undefined) return r.target("subnetId");
  return defaultSubnet(r, r.text("availabilityZone", "") || undefined);
}

/** A machine without groups is in its network's default one (EC2 API, RunInstances). */
function defaultGroups(r: Resource): readonly string[] {
  const vpc = r.find("aws:ec2/vpc:Vpc", textOf(subnetOf(r)?.properties ?? {}, "vpcId") ?? "");
  const group = textOf(vpc?.properties ?? {}, "defaultSecurityGroupId");
  return group === undefined ? [] : [group];
}

function isPublic(r: Resource): boolean {
  const subnet = subnetOf(r);
  return r.given("associatePublicIpAddress") === undefined
    ? subnet?.properties["mapPublicIpOnLaunch"] === true
    : r.flag("associatePublicIpAddress");
}

function publicAddress(r: Resource): string {
  const bytes = r.hex("public", 6).match(/../g) ?? [];
  return ["3", ...bytes.map((byte) => String(Number.parseInt(byte, 16)))].join(".");
}

/** An address of the instance's subnet. */
function privateAddress(r: Resource): string {
  return freeAddress(r, subnetOf(r)?.properties["cidrBlock"], "private");
}

/** Groups and subnet of an instance are of one network. */
function refuseInstance(r: Resource): ServiceError | undefined {
  const subnet = subnetOf(r);
  const vpc = subnet?.properties["vpcId"];
  const strangers = r.list("vpcSecurityGroupIds").filter((id) => {
    const group = r.find("aws:ec2/securityGroup:SecurityGroup", String(id));
    return vpc !== undefined && group !== undefined && group.properties["vpcId"] !== vpc;
  });
  return strangers.length === 0
    ? undefined
    : {
        code: "InvalidParameter",
        says: `Security group ${String(strangers[0])} and subnet ${subnet?.id ?? ""} belong to different networks.`,
      };
}

const launchTemplate: TypeEntry = {
  token: "aws:ec2/launchTemplate:LaunchTemplate",
  autoname: { property: "name", charactersMax: 125 },
  forceNew: ["name", "namePrefix", "region"],
  id: (r) => `lt-0${r.hex("id", 16)}`,
  planned: regionAndTags,
  outputs: {
    arn: (r) => arn(r, "ec2", `launch-template/${r.id}`),
    namePrefix: "",
    defaultVersion: (r) => (r.flag("updateDefaultVersion") ? versionOf(r) : 1),
    latestVersion: versionOf,
  },
  keys: ["arn", "name"],
  references: [toGroup("vpcSecurityGroupIds[*]")],
  admit: (r) =>
    others(r).some(({ properties }) => properties["name"] === r.given("name"))
      ? {
          code: "InvalidLaunchTemplateName.AlreadyExistsException",
          says: `Launch template name already in use.`,
        }
      : undefined,
};

/** Each update makes a version (CreateLaunchTemplateVersion); the template's own record counts them. */
function versionOf(r: Resource): number {
  const existing = r.before === undefined ? undefined : r.find(r.token, r.id);
  return Number(existing?.properties["latestVersion"] ?? 0) + 1;
}

/** The entries of instances. */
export const instanceTypes: readonly TypeEntry[] = [instance, launchTemplate];
