/** Virtual machines and scale sets (Compute REST API). */

import type { Json, JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import { refuseAdministrator } from "./administrators.ts";
import { type ArmEntry, armArea, nested } from "./arm.ts";
import {
  eachOf,
  invalid,
  objectOf,
  refuseChange,
  succeeded,
  toLinked,
  toResource,
} from "./common.ts";
import { networkTokens } from "./network-area.ts";

const compute = armArea({
  module: "compute",
  provider: "Microsoft.Compute",
  apiVersion: "2024-11-01",
});

/** Tokens of compute that others refer to. */
export const computeTokens = {
  machine: "azure-native:compute:VirtualMachine",
  availabilitySet: "azure-native:compute:AvailabilitySet",
  proximityGroup: "azure-native:compute:ProximityPlacementGroup",
  disk: "azure-native:compute:Disk",
  diskEncryptionSet: "azure-native:compute:DiskEncryptionSet",
  image: "azure-native:compute:Image",
  snapshot: "azure-native:compute:Snapshot",
} as const;

/** The host name of a Windows machine is a NetBIOS name. */
const charactersMax = { machine: 64, windowsHost: 15 };

const machine = compute("VirtualMachine", "virtualMachines", {
  name: { input: "vmName", charactersMax: charactersMax.machine },
  location: "own",
  acts: true,
  hidden: ["osProfile.adminPassword", "osProfile.customData", "userData"],
  outputs: {
    ...succeeded,
    ...nested("osProfile", {
      allowExtensionOperations: true,
      requireGuestProvisionSignal: true,
      secrets: [],
      computerName: (r) => r.text("vmName"),
      linuxConfiguration: (r) => (isWindows(r) ? undefined : linuxDefaults),
    }),
    "osProfile.linuxConfiguration.provisionVMAgent": true,
    ...nested("storageProfile", { dataDisks: [], osDisk: (r) => systemDisk(r, {}) }),
    timeCreated: (r) => r.createdAt,
    etag: (r) => `"${Number.parseInt(r.hex(r.content(), 4), 16)}"`,
    vmId: (r) => r.uuid("vm"),
  },
  normalised: { storageProfile: (r, given) => shownStorage(r, given) },
  references: [
    toLinked("networkProfile.networkInterfaces[*].id", networkTokens.networkInterface),
    toLinked("availabilitySet.id", computeTokens.availabilitySet),
    toLinked("proximityPlacementGroup.id", computeTokens.proximityGroup),
    toLinked("storageProfile.imageReference.id", computeTokens.image),
    toLinked("storageProfile.osDisk.managedDisk.id", computeTokens.disk),
    toLinked("storageProfile.dataDisks[*].managedDisk.id", computeTokens.disk),
  ].map((reference) => ({ ...reference, holds: !reference.at.includes("imageReference") })),
  admit: refuseMachine,
  inUse: { code: "OperationNotAllowed", says: "Virtual machine {id} is in use by {value}." },
});

const linuxDefaults = {
  disablePasswordAuthentication: false,
  patchSettings: { assessmentMode: "ImageDefault", patchMode: "ImageDefault" },
  provisionVMAgent: true,
};

function isWindows(r: Resource): boolean {
  if (r.given("osProfile.windowsConfiguration") !== undefined) return true;
  return r.text("storageProfile.imageReference.publisher", "").startsWith("MicrosoftWindows");
}

function shownStorage(r: Resource, given: Json): JsonObject {
  const storage = objectOf(given);
  const image = objectOf(storage["imageReference"]);
  return {
    ...storage,
    ...(image["version"] === "latest"
      ? { imageReference: { ...image, exactVersion: exactVersion(r) } }
      : {}),
    osDisk: systemDisk(r, objectOf(storage["osDisk"])),
  };
}

/** Images are numbered by the day on which they were made. */
function exactVersion(r: Resource): string {
  return `1.0.${r.createdAt.slice(0, 10).replaceAll("-", "")}`;
}

/** The disk that a machine starts from: the service makes and names it. */
function systemDisk(r: Resource, given: JsonObject): JsonObject {
  const name = String(given["name"] ?? `${r.text("vmName")}_OsDisk_1_${r.hex("disk", 32)}`);
  const path = r.id.split("/").slice(0, -2).join("/");
  return {
    caching: "ReadWrite",
    createOption: "FromImage",
    deleteOption: "Detach",
    osType: isWindows(r) ? "Windows" : "Linux",
    diskSizeGB: isWindows(r) ? 127 : 30,
    ...given,
    name,
    managedDisk: {
      id: `${path}/disks/${name}`,
      storageAccountType: "Standard_LRS",
      ...objectOf(given["managedDisk"]),
    },
  };
}

function refuseMachine(r: Resource): ServiceError | undefined {
  const host = r.text("osProfile.computerName", r.text("vmName"));
  if (
    r.list("networkProfile.networkInterfaces").length === 0 &&
    r.list("networkProfile.networkInterfaceConfigurations").length === 0
  ) {
    return invalid("InvalidParameter", "Required parameter 'networkProfile' is missing (null).");
  }
  if (isWindows(r) && host.length > charactersMax.windowsHost) {
    return invalid(
      "InvalidParameter",
      `Windows computer name cannot be more than ${charactersMax.windowsHost} characters long, be entirely numeric, or contain the following characters: \` ~ ! @ # $ % ^ & * ( ) = + _ [ ] { } \\ | ; : . ' " , < > / ?.`,
    );
  }
  return refuseAdministrator(r) ?? refuseFixed(r) ?? refuseTaken(r);
}

/** An interface belongs to one machine. */
function refuseTaken(r: Resource): ServiceError | undefined {
  const own = r
    .every("networkProfile.networkInterfaces[*].id")
    .map((id) => String(id).toLowerCase());
  for (const other of r.all(r.token).filter(({ id }) => id !== r.id)) {
    const theirs = eachOf(
      objectOf(other.properties["networkProfile"])["networkInterfaces"],
      (one) => one,
    );
    const shared = theirs.find(({ id }) => own.includes(String(id).toLowerCase()));
    if (shared !== undefined) {
      return invalid(
        "NicInUse",
        `Network Interface ${String(shared["id"])} is used by existing resource ${other.id}. In order to delete the network interface, it must be dissociated from the resource. To learn more, see aka.ms/deletenic.`,
      );
    }
  }
  return undefined;
}

const fixed = [
  "osProfile.adminUsername",
  "osProfile.computerName",
  "availabilitySet.id",
  "storageProfile.imageReference",
];

function refuseFixed(r: Resource): ServiceError | undefined {
  return (
    refuseChange(r, ["zones"], () =>
      invalid(
        "ResourceAvailabilityZonesCannotBeModified",
        `Resource '${r.id}' has an existing availability zone constraint and it cannot be modified.`,
      ),
    ) ??
    refuseChange(r, fixed, (path) =>
      invalid("PropertyChangeNotAllowed", `Changing property '${path}' is not allowed.`),
    )
  );
}

const scaleSet = compute("VirtualMachineScaleSet", "virtualMachineScaleSets", {
  name: { input: "vmScaleSetName", charactersMax: 64 },
  location: "own",
  acts: true,
  hidden: [
    "virtualMachineProfile.osProfile.adminPassword",
    "virtualMachineProfile.osProfile.customData",
  ],
  outputs: {
    ...succeeded,
    orchestrationMode: "Uniform",
    overprovision: true,
    singlePlacementGroup: true,
    doNotRunExtensionsOnOverprovisionedVMs: false,
    platformFaultDomainCount: 5,
    "sku.tier": "Standard",
    ...nested("upgradePolicy", { mode: "Manual" }),
    etag: (r) => `"${Number.parseInt(r.hex(r.content(), 4), 16)}"`,
    timeCreated: (r) => r.createdAt,
    uniqueId: (r) => r.uuid("unique"),
  },
  references: [
    toResource(
      "virtualMachineProfile.networkProfile.networkInterfaceConfigurations[*].ipConfigurations[*].subnet.id",
      networkTokens.subnet,
    ),
    toResource(
      "virtualMachineProfile.networkProfile.networkInterfaceConfigurations[*].networkSecurityGroup.id",
      networkTokens.securityGroup,
    ),
    toLinked("proximityPlacementGroup.id", computeTokens.proximityGroup),
  ],
  admit: (r) =>
    refuseChange(r, ["orchestrationMode", "zones", "singlePlacementGroup"], (path) =>
      invalid("PropertyChangeNotAllowed", `Changing property '${path}' is not allowed.`),
    ),
});

const availabilitySet = compute("AvailabilitySet", "availabilitySets", {
  name: { input: "availabilitySetName", charactersMax: 80 },
  location: "own",
  outputs: {
    platformFaultDomainCount: 2,
    platformUpdateDomainCount: 5,
    ...nested("sku", { name: "Classic" }),
    virtualMachines: [],
  },
  admit: (r) =>
    refuseChange(r, ["platformFaultDomainCount", "platformUpdateDomainCount"], (path) =>
      invalid("PropertyChangeNotAllowed", `Changing property '${path}' is not allowed.`),
    ),
  inUse: {
    code: "OperationNotAllowed",
    says: "Availability Set '{leaf}' cannot be deleted. Before deleting an Availability Set please ensure that it does not contain any VM: {value}.",
  },
});

const extension = compute("VirtualMachineExtension", "virtualMachines/extensions", {
  name: { input: "vmExtensionName", charactersMax: 80 },
  parents: [{ input: "vmName", token: computeTokens.machine }],
  location: "own",
  hidden: ["protectedSettings", "type"],
  outputs: { ...succeeded, autoUpgradeMinorVersion: false },
  admit: (r) =>
    refuseChange(r, ["publisher", "type"], (path) =>
      invalid("PropertyChangeNotAllowed", `Changing property '${path}' is not allowed.`),
    ),
});

const proximityGroup = compute("ProximityPlacementGroup", "proximityPlacementGroups", {
  name: { input: "proximityPlacementGroupName", charactersMax: 80 },
  location: "own",
  outputs: {
    proximityPlacementGroupType: "Standard",
    availabilitySets: [],
    virtualMachineScaleSets: [],
    virtualMachines: [],
  },
  inUse: {
    code: "OperationNotAllowed",
    says: "Proximity placement group {id} is in use by {value}.",
  },
});

const sshKey = compute("SshPublicKey", "sshPublicKeys", {
  name: { input: "sshPublicKeyName", charactersMax: 80 },
  location: "own",
});

/** The entries of machines. */
export const computeTypes: readonly ArmEntry[] = [
  machine,
  scaleSet,
  availabilitySet,
  extension,
  proximityGroup,
  sshKey,
];
