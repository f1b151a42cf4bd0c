/**
 * Compute Engine, "Encrypt disks with customer-supplied encryption keys": a key that is written out
 * in the request, which Google forgets and everything else on the way keeps.
 */
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

function noKeyAt(...path: readonly [string, ...string[]]): Demand {
  return {
    path,
    holds: (value) => (value ?? "") === "",
    witness: "the key itself stands in the program's state and logs",
    good: "",
    bad: "SGVsbG8gZnJvbSBHb29nbGUgQ2xvdWQgUGxhdGZvcm0=",
  };
}

export const GD31 = demandRule({
  id: "GD31",
  sentence: "No key of a disk, image or snapshot is written out.",
  why: "Whoever reads the program's state, or a log of the request, has the key to every copy of the disk.",
  severity: "high",
  tenets: ["T2", "T6"],
  controls: ["SC-12", "IA-5(7)", "SC-28"],
  fix: "Name a key of Cloud KMS (kmsKeySelfLink, kmsKeyName) instead of the raw key.",
  demands: {
    "gcp:compute/disk:Disk": [
      noKeyAt("diskEncryptionKey", "rawKey"),
      noKeyAt("sourceImageEncryptionKey", "rawKey"),
      noKeyAt("sourceSnapshotEncryptionKey", "rawKey"),
    ],
    "gcp:compute/image:Image": [noKeyAt("imageEncryptionKey", "rawKey")],
    "gcp:compute/instance:Instance": [
      noKeyAt("bootDisk", "diskEncryptionKeyRaw"),
      noKeyAt("attachedDisks", "*", "diskEncryptionKeyRaw"),
    ],
    "gcp:compute/regionDisk:RegionDisk": [noKeyAt("diskEncryptionKey", "rawKey")],
    "gcp:compute/snapshot:Snapshot": [
      noKeyAt("snapshotEncryptionKey", "rawKey"),
      noKeyAt("sourceDiskEncryptionKey", "rawKey"),
    ],
  },
});
