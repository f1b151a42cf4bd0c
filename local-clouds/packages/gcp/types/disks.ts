/** Disks, images, snapshots and their schedules (Compute Engine API v1). */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../types/type.ts";
import {
  absent,
  badRequest,
  fingerprintOf,
  labels,
  selfLink,
  toCompute,
  toCryptoKey,
} from "./common.ts";
import { computeShaped, ownPlaces, shaped, zoneOf } from "./shaped.ts";

const diskToken = "gcp:compute/disk:Disk";
const imageToken = "gcp:compute/image:Image";
const snapshotToken = "gcp:compute/snapshot:Snapshot";

/** Images of other projects (`debian-cloud/debian-12`, families) are always there. */
const foreignImage = (value: string, r: Resource): boolean =>
  value.includes("/")
    ? !value.includes(`projects/${r.account}/`)
    : /^[a-z]+-(cloud|\d+)/.test(value);

function disk(token: string, form: string, regional: boolean): TypeEntry {
  return computeShaped({
    token,
    form,
    required: regional ? ["replicaZones"] : [],
    defaults: { type: "pd-standard" },
    forceNew: [
      "image",
      "snapshot",
      "sourceDisk",
      "type",
      "diskEncryptionKey",
      ...(regional ? ["replicaZones"] : []),
    ],
    planned: labels,
    outputs: {
      diskId: (r) => r.digits("number", 19),
      labelFingerprint: fingerprintOf("labels"),
      lastAttachTimestamp: "",
      lastDetachTimestamp: "",
      licenses: [],
      physicalBlockSizeBytes: 4096,
      size: (r) => (r.given("image") === undefined ? (regional ? 200 : 500) : 10),
      sourceDiskId: "",
      sourceImageId: "",
      sourceSnapshotId: "",
      users: [],
      ...absent("diskEncryptionKey", "asyncPrimaryDisk"),
    },
    keys: ["diskId"],
    references: [
      {
        ...toCompute("image", imageToken, "images", "global"),
        unless: foreignImage,
        holds: false,
      },
      { ...toCompute("snapshot", snapshotToken, "snapshots", "global"), holds: false },
      toCryptoKey(regional ? "diskEncryptionKey.kmsKeyName" : "diskEncryptionKey.kmsKeySelfLink"),
    ],
    admit: refuseShrinking,
    inUse: {
      code: "400",
      says: "The disk resource '{id}' is already being used by '{value}', resourceInUseByAnotherResource",
    },
  });
}

/** Disks only grow (Compute Engine, "Resize a disk"). */
function refuseShrinking(r: Resource): ServiceError | undefined {
  const before = Number(r.before?.["size"] ?? 0);
  return r.given("size") !== undefined && r.number("size") < before
    ? badRequest("Invalid value for field 'sizeGb': a disk cannot be made smaller")
    : undefined;
}

const image: TypeEntry = computeShaped({
  token: imageToken,
  form: "projects/{project}/global/images/{name}",
  forceNew: [
    "description",
    "diskSizeGb",
    "family",
    "rawDisk",
    "sourceDisk",
    "sourceImage",
    "sourceSnapshot",
  ],
  planned: labels,
  outputs: {
    archiveSizeBytes: 0,
    diskSizeGb: 10,
    family: "",
    labelFingerprint: fingerprintOf("labels"),
    licenses: [],
    storageLocations: (r) => [r.region || "us"],
  },
  references: [
    { ...toCompute("sourceDisk", diskToken, "disks", "zone"), holds: false },
    { ...toCompute("sourceSnapshot", snapshotToken, "snapshots", "global"), holds: false },
    toCryptoKey("imageEncryptionKey.kmsKeySelfLink"),
  ],
  admit: (r) =>
    ["rawDisk", "sourceDisk", "sourceImage", "sourceSnapshot"].some(
      (key) => r.given(key) !== undefined,
    )
      ? undefined
      : badRequest("Invalid value for field 'resource': the image has no source, required"),
});

const snapshot: TypeEntry = computeShaped({
  token: snapshotToken,
  form: "projects/{project}/global/snapshots/{name}",
  forceNew: ["description", "sourceDisk", "storageLocations", "zone", "snapshotEncryptionKey"],
  planned: { ...labels, ...ownPlaces(["zone"]) },
  normalised: {
    sourceDisk: (r, given) =>
      String(given).includes("/")
        ? given
        : selfLink(`projects/${r.account}/zones/${zoneOf(r)}/disks/${String(given)}`),
  },
  outputs: {
    diskSizeGb: (r) => r.target("sourceDisk")?.properties["size"] ?? 10,
    labelFingerprint: fingerprintOf("labels"),
    licenses: [],
    snapshotId: (r) => Number(r.digits("number", 15)),
    snapshotType: "STANDARD",
    storageBytes: 0,
    storageLocations: (r) => [r.region || "us"],
  },
  references: [
    { ...toCompute("sourceDisk", [diskToken, regionDiskToken()], "disks", "zone"), holds: false },
    toCryptoKey("snapshotEncryptionKey.kmsKeySelfLink"),
  ],
});

function regionDiskToken(): string {
  return "gcp:compute/regionDisk:RegionDisk";
}

const resourcePolicy: TypeEntry = shaped({
  token: "gcp:compute/resourcePolicy:ResourcePolicy",
  form: "projects/{project}/regions/{region}/resourcePolicies/{name}",
  forceNew: ["description", "groupPlacementPolicy", "instanceSchedulePolicy"],
  outputs: {
    selfLink: (r) => selfLink(r.id),
    ...absent(
      "diskConsistencyGroupPolicy",
      "groupPlacementPolicy",
      "instanceSchedulePolicy",
      "snapshotSchedulePolicy",
    ),
  },
  keys: ["selfLink"],
});

/** Metadata of all machines of a project: the id is the project's. */
const projectMetadata: TypeEntry = shaped({
  token: "gcp:compute/projectMetadata:ProjectMetadata",
  form: "{project}",
  maps: ["metadata"],
  timeouts: { create: 240, delete: 240 },
});

const projectMetadataItem: TypeEntry = shaped({
  token: "gcp:compute/projectMetadataItem:ProjectMetadataItem",
  form: "{key}",
  forceNew: ["project"],
  planned: ownPlaces(["project"]),
  taken: {
    code: "409",
    says: 'key "{leaf}" already present in metadata for project, alreadyExists',
  },
  timeouts: { create: 300, update: 300, delete: 300 },
});

/** The entries of disks and what is made of them. */
export const diskTypes: readonly TypeEntry[] = [
  disk(diskToken, "projects/{project}/zones/{zone}/disks/{name}", false),
  disk(regionDiskToken(), "projects/{project}/regions/{region}/disks/{name}", true),
  image,
  snapshot,
  resourcePolicy,
  projectMetadata,
  projectMetadataItem,
];
