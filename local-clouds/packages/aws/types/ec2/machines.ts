/** What stands around EC2 instances: keys, interfaces, addresses, placement, older templates (EC2 API reference). */

import { createHash } from "node:crypto";
import { cidrInterval, formatAddress, tryParseCidr } from "../../../../../model/base/address.ts";
import type { Resource } from "../../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../../types/type.ts";
import { ec2InUse, ec2Reference, oneOf, others, textOf } from "../common.ts";
import { toGroup, toSubnet } from "../ec2-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";

/** Groups of one interface (VPC quotas, adjustable up to 16). */
const groupsPerInterfaceMax = 5;

const keyPair = ordinary("aws:ec2/keyPair:KeyPair", {
  id: "{keyName}",
  arn: "ec2:key-pair/{keyName}",
  autoname: { property: "keyName", charactersMax: 255 },
  forceNew: ["keyName", "keyNamePrefix", "publicKey"],
  outputs: {
    keyNamePrefix: "",
    keyPairId: form("key-0{hex16}"),
    keyType: (r) => (r.text("publicKey").startsWith("ssh-ed25519") ? "ed25519" : "rsa"),
    fingerprint: (r) => fingerprint(r.text("publicKey")),
  },
  keys: ["keyName", "keyPairId"],
  taken: error("InvalidKeyPair.Duplicate", "The keypair '{id}' already exists."),
  admit: (r) =>
    refuseIf(
      !/^(ssh-(rsa|ed25519)\s+\S+|-----BEGIN|---- BEGIN)/.test(r.text("publicKey").trim()),
      "InvalidKey.Format",
      "Key is not in valid OpenSSH public key format",
    ),
  schemaVersion: 1,
});

/** EC2 shows MD5 of RSA keys that were brought in, colons between bytes (DescribeKeyPairs). */
function fingerprint(publicKey: string): string {
  const body = Buffer.from(publicKey.trim().split(/\s+/)[1] ?? publicKey, "base64");
  const hex = createHash("md5").update(body).digest("hex");
  return (hex.match(/../g) ?? []).join(":");
}

const toInterface = (at: string) =>
  ec2Reference(
    at,
    "aws:ec2/networkInterface:NetworkInterface",
    "InvalidNetworkInterfaceID.NotFound",
    "networkInterface ID",
  );
const toInstance = (at: string) =>
  ec2Reference(at, "aws:ec2/instance:Instance", "InvalidInstanceID.NotFound", "instance ID");

const networkInterface = ordinary("aws:ec2/networkInterface:NetworkInterface", {
  id: "eni-0{hex16}",
  arn: "ec2:network-interface/{id}",
  defaults: {
    ipv6AddressListEnabled: false,
    privateIpListEnabled: false,
    sourceDestCheck: true,
  },
  forceNew: ["interfaceType", "subnetId"],
  outputs: {
    ownerId: (r) => r.account,
    interfaceType: "interface",
    outpostArn: "",
    macAddress: (r) => (`02${r.hex("mac", 10)}`.match(/../g) ?? []).join(":"),
    privateIp: addressIn,
    privateIps: (r) => [addressIn(r)],
    privateIpLists: (r) => [addressIn(r)],
    privateIpsCount: 0,
    privateDnsName: (r) => `ip-${addressIn(r).replaceAll(".", "-")}.${r.region}.compute.internal`,
    ipv4PrefixCount: 0,
    ipv4Prefixes: [],
    ipv6AddressCount: 0,
    ipv6Addresses: [],
    ipv6AddressLists: [],
    ipv6PrefixCount: 0,
    ipv6Prefixes: [],
    securityGroups: (r) => defaultGroups(r),
  },
  references: [toSubnet("subnetId"), toGroup("securityGroups[*]")],
  admit: refuseInterface,
  inUse: error("InvalidNetworkInterface.InUse", "Interface: {id} is currently in use."),
});

/** A free-looking address of the subnet, behind the four that AWS keeps (VPC user guide). */
function addressIn(r: Resource): string {
  const given = r.given("privateIp") ?? r.list("privateIps")[0];
  if (typeof given === "string") return given;
  const range = tryParseCidr(textOf(r.target("subnetId")?.properties ?? {}, "cidrBlock") ?? "");
  const { from, to } = range === undefined ? { from: 0n, to: 255n } : cidrInterval(range);
  return formatAddress(from + 4n + (BigInt(`0x${r.hex("address", 8)}`) % (to - from - 4n)));
}

function defaultGroups(r: Resource): string[] {
  const vpc = r.target("subnetId")?.properties["vpcId"];
  const found = r.find("aws:ec2/vpc:Vpc", String(vpc))?.properties["defaultSecurityGroupId"];
  return typeof found === "string" ? [found] : [];
}

function refuseInterface(r: Resource): ServiceError | undefined {
  const groups = r.list("securityGroups");
  if (groups.length > groupsPerInterfaceMax) {
    return error(
      "SecurityGroupsPerInterfaceLimitExceeded",
      `You have exceeded the maximum number of security groups allowed per network interface (${groupsPerInterfaceMax}).`,
    );
  }
  const subnet = r.target("subnetId")?.properties ?? {};
  const range = tryParseCidr(textOf(subnet, "cidrBlock") ?? "");
  const address = tryParseCidr(`${addressIn(r)}/32`);
  if (range === undefined || address === undefined) return undefined;
  const [outer, inner] = [cidrInterval(range), cidrInterval(address)];
  const outside = inner.from < outer.from || inner.to > outer.to;
  if (outside) {
    return error(
      "InvalidParameterValue",
      "Address does not fall within the subnet's address range",
    );
  }
  const taken = others(r).some(
    ({ properties }) =>
      properties["subnetId"] === r.given("subnetId") && properties["privateIp"] === addressIn(r),
  );
  return refuseIf(taken, "InvalidIPAddress.InUse", "Address is in use.");
}

const interfaceAttachment = ordinary(
  "aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment",
  {
    id: "eni-attach-0{hex16}",
    untagged: true,
    defaults: { networkCardIndex: 0 },
    forceNew: ["deviceIndex", "instanceId", "networkCardIndex", "networkInterfaceId"],
    outputs: { attachmentId: (r) => r.id, status: "attached" },
    references: [toInstance("instanceId"), toInterface("networkInterfaceId")],
    admit: (r) =>
      refuseIf(
        others(r).some(
          ({ properties }) => properties["networkInterfaceId"] === r.given("networkInterfaceId"),
        ),
        "InvalidNetworkInterface.InUse",
        `Interface: ${r.text("networkInterfaceId")} is currently in use.`,
      ),
  },
);

const interfaceGroup = ordinary(
  "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment",
  {
    id: "{securityGroupId}_{networkInterfaceId}",
    untagged: true,
    forceNew: ["networkInterfaceId", "securityGroupId"],
    references: [
      refer(
        "networkInterfaceId",
        "aws:ec2/networkInterface:NetworkInterface",
        error(
          "InvalidNetworkInterfaceID.NotFound",
          "The networkInterface ID '{value}' does not exist",
        ),
        // The first interface of an instance is known by the instance alone.
        { unless: (value, r) => instanceHas(r, value) },
      ),
      toGroup("securityGroupId"),
    ],
    timeouts: { create: 180, read: 180, delete: 180 },
  },
);

function instanceHas(r: Resource, id: string): boolean {
  return r
    .all("aws:ec2/instance:Instance")
    .some(({ properties }) => properties["primaryNetworkInterfaceId"] === id);
}

const addressAssociation = ordinary("aws:ec2/eipAssociation:EipAssociation", {
  id: "eipassoc-0{hex16}",
  untagged: true,
  forceNew: [
    "allocationId",
    "allowReassociation",
    "instanceId",
    "networkInterfaceId",
    "privateIpAddress",
    "publicIp",
  ],
  outputs: {
    publicIp: (r) => r.target("allocationId")?.properties["publicIp"],
    privateIpAddress: (r) => r.target("instanceId")?.properties["privateIp"],
    networkInterfaceId: (r) => r.target("instanceId")?.properties["primaryNetworkInterfaceId"],
    instanceId: "",
  },
  references: [
    ec2Reference(
      "allocationId",
      "aws:ec2/eip:Eip",
      "InvalidAllocationID.NotFound",
      "allocation ID",
    ),
    toInstance("instanceId"),
    toInterface("networkInterfaceId"),
  ],
  admit: (r) =>
    refuseIf(
      !r.flag("allowReassociation") &&
        others(r).some(({ properties }) => properties["allocationId"] === r.given("allocationId")),
      "Resource.AlreadyAssociated",
      `resource ${r.text("allocationId", "")} is already associated`,
    ),
});

const strategies = ["cluster", "partition", "spread"];

const placementGroup = ordinary("aws:ec2/placementGroup:PlacementGroup", {
  id: "{name}",
  arn: "ec2:placement-group/{name}",
  name: 255,
  forceNew: ["partitionCount", "spreadLevel", "strategy"],
  check: (r) => oneOf(r.text("strategy"), "strategy", strategies),
  outputs: {
    partitionCount: (r) => (r.text("strategy") === "partition" ? 2 : 0),
    placementGroupId: form("pg-0{hex16}"),
    spreadLevel: (r) => (r.text("strategy") === "spread" ? "rack" : ""),
  },
  taken: error("InvalidPlacementGroup.Duplicate", "The Placement Group '{id}' already exists."),
  inUse: error("InvalidPlacementGroup.InUse", "The placement group {id} is in use"),
});

const launchConfiguration = ordinary("aws:ec2/launchConfiguration:LaunchConfiguration", {
  id: "{name}",
  arn: "autoscaling:launchConfiguration:{uuid}:launchConfigurationName/{name}",
  name: 255,
  prefixed: true,
  untagged: true,
  defaults: {
    enableMonitoring: true,
    "ebsBlockDevices[*].deleteOnTermination": true,
    "rootBlockDevice.deleteOnTermination": true,
  },
  // The state holds what tells one script from another, not the script.
  normalised: { userData: (_r, given) => scriptDigest(String(given)) },
  forceNew: [
    "associatePublicIpAddress",
    "ebsBlockDevices[*]",
    "ebsOptimized",
    "enableMonitoring",
    "ephemeralBlockDevices",
    "iamInstanceProfile",
    "imageId",
    "instanceType",
    "keyName",
    "metadataOptions",
    "placementTenancy",
    "rootBlockDevice.*",
    "securityGroups",
    "spotPrice",
    "userData",
    "userDataBase64",
  ],
  outputs: { ebsOptimized: false },
  references: [{ ...toGroup("securityGroups[*]"), holds: false }],
  taken: error("AlreadyExists", "Launch Configuration by this name already exists"),
  inUse: error(
    "ResourceInUse",
    "Cannot delete launch configuration {id} because it is attached to AutoScalingGroup {value}",
  ),
});

/** The SHA-1 of a script; one in base64 counts as what it stands for (`hashicorp/terraform-provider-aws`: userDataHashSum). */
function scriptDigest(script: string): string {
  const bytes = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(script)
    ? Buffer.from(script, "base64")
    : Buffer.from(script);
  return createHash("sha1").update(bytes).digest("hex");
}

const prefixList = ordinary("aws:ec2/managedPrefixList:ManagedPrefixList", {
  id: "pl-0{hex16}",
  arn: "ec2:prefix-list/{id}",
  autoname: { property: "name", charactersMax: 255 },
  forceNew: ["addressFamily"],
  check: (r) => oneOf(r.text("addressFamily"), "addressFamily", ["IPv4", "IPv6"]),
  outputs: {
    ownerId: (r) => r.account,
    entries: [],
    "entries[*].description": "",
    version: (r) => Number(r.before === undefined ? 0 : versionOf(r)) + 1,
  },
  admit: (r) =>
    refuseIf(
      r.list("entries").length > r.number("maxEntries"),
      "PrefixListMaxEntriesExceeded",
      "You've reached the maximum number of entries for the prefix list.",
    ),
  inUse: ec2InUse("prefix list"),
});

function versionOf(r: Resource): number {
  const version = r.find(r.token, r.id)?.properties["version"];
  return typeof version === "number" ? version : 0;
}

const prefixListEntry = ordinary("aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry", {
  id: "{prefixListId},{cidr}",
  untagged: true,
  forceNew: ["cidr", "description", "prefixListId"],
  references: [
    refer(
      "prefixListId",
      prefixList.token,
      error("InvalidPrefixListID.NotFound", "The prefix list ID '{value}' does not exist."),
      { cascades: true },
    ),
  ],
  taken: error("InvalidParameterValue", "The entry {id} is in the prefix list already."),
  admit: (r) => {
    const list = r.target("prefixListId")?.properties ?? {};
    const mine = others(r).filter(
      ({ properties }) => properties["prefixListId"] === r.given("prefixListId"),
    );
    return refuseIf(
      mine.length >= Number(list["maxEntries"] ?? Number.POSITIVE_INFINITY),
      "PrefixListMaxEntriesExceeded",
      "You've reached the maximum number of entries for the prefix list.",
    );
  },
});

/** The entries of keys, interfaces, placement and prefix lists. */
export const machineTypes: readonly TypeEntry[] = [
  keyPair,
  networkInterface,
  interfaceAttachment,
  interfaceGroup,
  addressAssociation,
  placementGroup,
  launchConfiguration,
  prefixList,
  prefixListEntry,
];
