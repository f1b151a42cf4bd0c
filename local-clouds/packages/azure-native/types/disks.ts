/** Disks, snapshots, images and what encrypts them (Compute REST API). */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import { type ArmEntry, armArea, nested } from "./arm.ts";
import { invalid, member, refuseChange, succeeded, toLinked } from "./common.ts";
import { computeTokens } from "./compute.ts";

const disks = armArea({
  module: "compute",
  provider: "Microsoft.Compute",
  apiVersion: "2024-03-02",
  outputs: { ...succeeded },
});
const images = armArea({
  module: "compute",
  provider: "Microsoft.Compute",
  apiVersion: "2024-11-01",
  outputs: { ...succeeded },
});
const galleries = armArea({
  module: "compute",
  provider: "Microsoft.Compute",
  apiVersion: "2024-03-03",
  outputs: { ...succeeded },
});

const bytesPerGb = 1_073_741_824;

const sources = [
  "Empty",
  "Attach",
  "FromImage",
  "Import",
  "Copy",
  "Restore",
  "Upload",
  "CopyStart",
  "ImportSecure",
  "UploadPreparedSecure",
  "CopyFromSanSnapshot",
];

const common = {
  diskSizeBytes: (r: Resource) =>
    r.given("diskSizeGB") === undefined ? undefined : r.number("diskSizeGB") * bytesPerGb,
  diskState: "Unattached",
  networkAccessPolicy: "AllowAll",
  publicNetworkAccess: "Enabled",
  timeCreated: (r: Resource) => r.createdAt,
  uniqueId: (r: Resource) => r.uuid("unique"),
  ...nested("encryption", { type: "EncryptionAtRestWithPlatformKey" }),
};

const disk = disks("Disk", "disks", {
  name: { input: "diskName", charactersMax: 80 },
  location: "own",
  check: (r) => member(r, "creationData.createOption", sources),
  outputs: {
    ...common,
    ...nested("sku", { name: "Standard_LRS" }),
    "sku.tier": (r) =>
      r.text("sku.name", "Standard_LRS").startsWith("Premium") ? "Premium" : "Standard",
    diskIOPSReadWrite: 500,
    diskMBpsReadWrite: 60,
  },
  references: [
    toLinked("encryption.diskEncryptionSetId", computeTokens.diskEncryptionSet),
    toLinked("creationData.sourceResourceId", [computeTokens.disk, computeTokens.snapshot]),
  ].map((one) => ({ ...one, holds: one.at.startsWith("encryption") })),
  admit: refuseDisk,
  inUse: {
    code: "OperationNotAllowed",
    says: "Disk {id} is attached to VM {value}.",
  },
});

/** A disk grows, and never shrinks ("Expand virtual hard disks"). */
function refuseDisk(r: Resource): ServiceError | undefined {
  const before = r.before?.["diskSizeGB"];
  if (typeof before === "number" && r.number("diskSizeGB", before) < before) {
    return invalid("OperationNotAllowed", `Disk cannot be resized to a smaller size: ${r.id}.`);
  }
  if (r.text("creationData.createOption") === "Empty" && r.given("diskSizeGB") === undefined) {
    return invalid("InvalidParameter", "Required parameter 'diskSizeGB' is missing (null).");
  }
  return refuseChange(r, ["creationData.createOption", "zones"], (path) =>
    invalid("PropertyChangeNotAllowed", `Changing property '${path}' is not allowed.`),
  );
}

const snapshot = disks("Snapshot", "snapshots", {
  name: { input: "snapshotName", charactersMax: 80 },
  location: "own",
  check: (r) => member(r, "creationData.createOption", sources),
  outputs: {
    ...common,
    incremental: false,
    ...nested("sku", { name: "Standard_LRS", tier: "Standard" }),
  },
  references: [
    toLinked("creationData.sourceResourceId", [computeTokens.disk, computeTokens.snapshot]),
    { ...toLinked("encryption.diskEncryptionSetId", computeTokens.diskEncryptionSet), holds: true },
  ],
});

const encryptionSet = disks("DiskEncryptionSet", "diskEncryptionSets", {
  name: { input: "diskEncryptionSetName", charactersMax: 80 },
  location: "own",
  acts: true,
  outputs: {
    encryptionType: "EncryptionAtRestWithCustomerKey",
    previousKeys: [],
    rotationToLatestKeyVersionEnabled: false,
  },
  references: [toLinked("activeKey.sourceVault.id", "azure-native:keyvault:Vault")],
  inUse: {
    code: "OperationNotAllowed",
    says: "Disk encryption set {id} is in use by {value}.",
  },
});

const image = images("Image", "images", {
  name: { input: "imageName", charactersMax: 80 },
  location: "own",
  outputs: { hyperVGeneration: "V1" },
  references: [toLinked("sourceVirtualMachine.id", computeTokens.machine)],
  admit: (r) =>
    r.given("sourceVirtualMachine") === undefined && r.given("storageProfile") === undefined
      ? invalid("InvalidParameter", "An image needs a source virtual machine or a storage profile.")
      : undefined,
});

const gallery = galleries("Gallery", "galleries", {
  name: { input: "galleryName", charactersMax: 80, form: /^[\w.]+$/ },
  location: "own",
  acts: true,
  outputs: {
    identifier: (r) => ({ uniqueName: `${r.account}-${r.text("galleryName").toUpperCase()}` }),
  },
});

/** The entries of disks and images. */
export const diskTypes: readonly ArmEntry[] = [disk, snapshot, encryptionSet, image, gallery];
