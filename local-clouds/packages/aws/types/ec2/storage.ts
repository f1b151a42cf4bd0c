/** EBS volumes and snapshots, and the region's settings for them (EC2 API reference). */

import type { Resource } from "../../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../../types/type.ts";
import { ec2Reference, oneOf, others, textOf } from "../common.ts";
import { error, ordinary, refer, refuseIf } from "../ordinary.ts";
import { isAccount, toKey } from "../references.ts";
import { zonesOf } from "../zones.ts";

/** IOPS that a volume has when none are asked for (EBS user guide, "Amazon EBS volume types"). */
const gp3 = { iops: 3000, throughputMiBps: 125 };
const volumeTypes = ["standard", "io1", "io2", "gp2", "gp3", "st1", "sc1"];

/** Sizes of volumes in GiB, by type ("Amazon EBS volume types"). */
const sizes: Readonly<Record<string, readonly [min: number, max: number]>> = {
  gp2: [1, 16_384],
  gp3: [1, 65_536],
  io1: [4, 16_384],
  io2: [4, 65_536],
  sc1: [125, 16_384],
  st1: [125, 16_384],
  standard: [1, 1024],
};

function refuseSize(r: Resource): ServiceError | undefined {
  const type = r.text("type", "gp2");
  const size = r.number("size", 0);
  const [min, max] = sizes[type] ?? [1, 65_536];
  if (size !== 0 && (size < min || size > max)) {
    const [how, bound] =
      size < min ? ["small", `minimum is ${min}`] : ["large", `maximum is ${max}`];
    return error(
      "InvalidParameterValue",
      `Volume of ${size}GiB is too ${how} for volume type ${type}; ${bound}GiB.`,
    );
  }
  const before = Number(r.before?.["size"] ?? 0);
  return refuseIf(
    before !== 0 && size < before,
    "InvalidParameterValue",
    `New size cannot be smaller than existing size`,
  );
}

const volume = ordinary("aws:ebs/volume:Volume", {
  id: "vol-0{hex16}",
  arn: "ec2:volume/{id}",
  defaults: { finalSnapshot: false },
  forceNew: [
    "availabilityZone",
    "encrypted",
    "kmsKeyId",
    "multiAttachEnabled",
    "outpostArn",
    "snapshotId",
    "volumeInitializationRate",
  ],
  check: (r) => [
    ...oneOf(r.text("type", "gp2"), "type", volumeTypes),
    ...(r.given("size") === undefined && r.given("snapshotId") === undefined
      ? [{ property: "size", reason: "one of `size,snapshot_id` must be specified" }]
      : []),
  ],
  outputs: {
    type: "gp2",
    encrypted: false,
    kmsKeyId: "",
    size: (r) => r.target("snapshotId")?.properties["volumeSize"],
    iops: (r) => (r.text("type", "gp2") === "gp3" ? gp3.iops : usualIops(r)),
    throughput: (r) => (r.text("type", "gp2") === "gp3" ? gp3.throughputMiBps : 0),
    multiAttachEnabled: false,
    outpostArn: "",
    snapshotId: "",
    createTime: (r) => r.createdAt,
  },
  references: [
    toKey("kmsKeyId", "InvalidVolume.NotFound", "The volume's key '{value}' does not exist."),
    refer(
      "snapshotId",
      ["aws:ebs/snapshot:Snapshot", "aws:ebs/snapshotCopy:SnapshotCopy"],
      error("InvalidSnapshot.NotFound", "The snapshot '{value}' does not exist."),
    ),
  ],
  admit: refuseVolume,
  inUse: error("VolumeInUse", "Volume {id} is currently attached to {value}"),
  timeouts: { create: 300, update: 300, delete: 600 },
});

function usualIops(r: Resource): number {
  return r.text("type", "gp2") === "gp2" ? Math.max(100, r.number("size", 0) * 3) : 0;
}

function refuseVolume(r: Resource): ServiceError | undefined {
  const zone = r.text("availabilityZone");
  if (!zonesOf(r.region).some(({ name }) => name === zone)) {
    return error("InvalidZone.NotFound", `The zone '${zone}' does not exist.`);
  }
  const size = refuseSize(r);
  if (size !== undefined) return size;
  const encrypts = r.given("kmsKeyId") !== undefined && !r.flag("encrypted");
  return refuseIf(
    encrypts,
    "InvalidParameterDependency",
    "The parameter KmsKeyId requires the parameter Encrypted to be set.",
  );
}

const volumeAttachment = ordinary("aws:ec2/volumeAttachment:VolumeAttachment", {
  id: (r) => `vai-${r.digits("attachment", 10)}`,
  untagged: true,
  forceNew: ["deviceName", "instanceId", "volumeId"],
  references: [
    ec2Reference(
      "instanceId",
      "aws:ec2/instance:Instance",
      "InvalidInstanceID.NotFound",
      "instance ID",
    ),
    ec2Reference("volumeId", volume.token, "InvalidVolume.NotFound", "volume"),
  ],
  admit: refuseAttachment,
  timeouts: { create: 300, delete: 300 },
});

/** A volume and its instance are of one zone; a device name and a volume are used once (AttachVolume). */
function refuseAttachment(r: Resource): ServiceError | undefined {
  const [from, to] = [r.target("volumeId"), r.target("instanceId")];
  const zones = [from, to].map((one) => textOf(one?.properties ?? {}, "availabilityZone"));
  if (zones[0] !== zones[1]) {
    return error(
      "InvalidVolume.ZoneMismatch",
      `The volume '${r.text("volumeId")}' is not in the same availability zone as instance '${r.text("instanceId")}'`,
    );
  }
  const taken = others(r).find(({ properties }) => properties["volumeId"] === r.given("volumeId"));
  if (taken !== undefined && from?.properties["multiAttachEnabled"] !== true) {
    return error("VolumeInUse", `${r.text("volumeId")} is already attached to an instance`);
  }
  const device = others(r).some(
    ({ properties }) =>
      properties["instanceId"] === r.given("instanceId") &&
      properties["deviceName"] === r.given("deviceName"),
  );
  return refuseIf(
    device,
    "InvalidParameterValue",
    `Invalid value '${r.text("deviceName")}' for unixDevice. Attachment point ${r.text("deviceName")} is already in use`,
  );
}

const tiers = ["standard", "archive"];

export const snapshot = ordinary("aws:ebs/snapshot:Snapshot", {
  id: "snap-0{hex16}",
  arn: "arn:{partition}:ec2:{region}::snapshot/{id}",
  forceNew: ["description", "outpostArn", "volumeId"],
  check: (r) => oneOf(r.text("storageTier", "standard"), "storageTier", tiers),
  outputs: {
    ownerId: (r) => r.account,
    ownerAlias: "",
    dataEncryptionKeyId: "",
    description: "",
    storageTier: "standard",
    encrypted: (r) => r.target("volumeId")?.properties["encrypted"],
    kmsKeyId: (r) => r.target("volumeId")?.properties["kmsKeyId"],
    volumeSize: (r) => r.target("volumeId")?.properties["size"],
  },
  references: [
    {
      ...ec2Reference("volumeId", volume.token, "InvalidVolume.NotFound", "volume"),
      holds: false,
    },
  ],
  inUse: error("InvalidSnapshot.InUse", "The snapshot {id} is currently in use by {value}"),
  timeouts: { create: 600, delete: 600 },
});

export const snapshotCopy = ordinary("aws:ebs/snapshotCopy:SnapshotCopy", {
  id: "snap-0{hex16}",
  arn: "arn:{partition}:ec2:{region}::snapshot/{id}",
  forceNew: [
    "completionDurationMinutes",
    "description",
    "encrypted",
    "kmsKeyId",
    "sourceRegion",
    "sourceSnapshotId",
  ],
  outputs: {
    ownerId: (r) => r.account,
    ownerAlias: "",
    dataEncryptionKeyId: "",
    encrypted: (r) => r.target("sourceSnapshotId")?.properties["encrypted"],
    storageTier: "standard",
    volumeId: "vol-ffffffff",
    volumeSize: (r) => r.target("sourceSnapshotId")?.properties["volumeSize"],
  },
  references: [
    toKey("kmsKeyId", "InvalidKMSKey", "The key '{value}' does not exist."),
    refer(
      "sourceSnapshotId",
      [snapshot.token, "aws:ebs/snapshotCopy:SnapshotCopy"],
      error("InvalidSnapshot.NotFound", "The snapshot '{value}' does not exist."),
      { within: "world" },
    ),
  ],
});

const createVolumePermission = ordinary(
  "aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission",
  {
    id: "{snapshotId}-{accountId}",
    untagged: true,
    forceNew: ["accountId", "snapshotId"],
    references: [
      refer(
        "snapshotId",
        [snapshot.token, snapshotCopy.token],
        error("InvalidSnapshot.NotFound", "The snapshot '{value}' does not exist."),
        { cascades: true },
      ),
    ],
    admit: (r) =>
      refuseIf(
        !isAccount(r.text("accountId")),
        "InvalidUserID.Malformed",
        `Invalid user id: "${r.text("accountId")}"`,
      ),
  },
);

/** The entries of volumes, snapshots and images. */
export const storageTypes: readonly TypeEntry[] = [
  volume,
  volumeAttachment,
  snapshot,
  snapshotCopy,
  createVolumePermission,
];
