/** Virtual machines and their templates (Compute Engine API v1). */

import type { JsonObject } from "../../../protocol/value.ts";
import type { Neighbour, Resource } from "../../../types/resource.ts";
import type { Computed, ServiceError, TypeEntry } from "../../../types/type.ts";
import {
  absent,
  badRequest,
  block,
  fingerprintOf,
  labels,
  outsideAddress,
  regionOf,
  selfLink,
  toCompute,
  toNetwork,
  toSubnet,
  within,
} from "./common.ts";
import { grants } from "./iam-grants.ts";
import { ofProvider } from "./protection.ts";
import { computeShaped, zoneOf } from "./shaped.ts";

export const instanceToken = "gcp:compute/instance:Instance";

export const templateTokens = [
  "gcp:compute/instanceTemplate:InstanceTemplate",
  "gcp:compute/regionInstanceTemplate:RegionInstanceTemplate",
];

/** What a machine is where nobody said: shielded since 2018, migrated at maintenance, restarted after a crash. */
const scheduling: Readonly<Record<string, Computed>> = block("scheduling", {
  automaticRestart: (r) => !r.flag("scheduling.preemptible"),
  instanceTerminationAction: "",
  minNodeCpus: 0,
  nodeAffinities: [],
  onHostMaintenance: (r) => (r.flag("scheduling.preemptible") ? "TERMINATE" : "MIGRATE"),
  preemptible: false,
  provisioningModel: "STANDARD",
});

const shielded: Readonly<Record<string, Computed>> = block("shieldedInstanceConfig", {
  enableIntegrityMonitoring: true,
  enableSecureBoot: false,
  enableVtpm: true,
});

const instance: TypeEntry = computeShaped({
  token: instanceToken,
  form: "projects/{project}/zones/{zone}/instances/{name}",
  keep: (r) =>
    r.flag("deletionProtection")
      ? ofProvider(
          `Cannot delete instance ${r.text("name")}: instance Deletion Protection is enabled. Set deletion_protection to false for this resource and run "terraform apply" before attempting to delete it.`,
        )
      : undefined,
  defaults: {
    canIpForward: false,
    deletionProtection: false,
    "bootDisk.autoDelete": true,
    "bootDisk.mode": "READ_WRITE",
    "attachedDisks[*].mode": "READ_WRITE",
    "scheduling.automaticRestart": true,
    "scheduling.preemptible": false,
    "shieldedInstanceConfig.enableIntegrityMonitoring": true,
    "shieldedInstanceConfig.enableSecureBoot": false,
    "shieldedInstanceConfig.enableVtpm": true,
  },
  maps: [
    "metadata",
    "bootDisk.initializeParams.labels",
    "bootDisk.initializeParams.resourceManagerTags",
  ],
  forceNew: [
    "bootDisk",
    "canIpForward",
    "description",
    "guestAccelerators",
    "hostname",
    "metadataStartupScript",
  ],
  planned: labels,
  normalised: {
    machineType: (_, given) => String(given).slice(String(given).lastIndexOf("/") + 1),
  },
  outputs: {
    cpuPlatform: "Intel Broadwell",
    currentStatus: "RUNNING",
    guestAccelerators: [],
    hostname: "",
    instanceId: (r) => r.digits("number", 19),
    keyRevocationActionType: "",
    labelFingerprint: fingerprintOf("labels"),
    metadataFingerprint: fingerprintOf("metadata", "metadataStartupScript"),
    tagsFingerprint: fingerprintOf("tags"),
    minCpuPlatform: "",
    resourcePolicies: "",
    ...within("bootDisk", {
      deviceName: "persistent-disk-0",
      diskEncryptionKeySha256: "",
      source: (r) => selfLink(`projects/${r.account}/zones/${zoneOf(r)}/disks/${r.text("name")}`),
    }),
    ...within("bootDisk.initializeParams", { size: 10, type: "pd-standard" }),
    ...within("networkInterfaces[*]", {
      name: "nic0",
      networkIp: insideAddress,
      subnetwork: (r) => autoSubnet(r)?.properties["selfLink"],
      nicType: "",
      stackType: "IPV4_ONLY",
      subnetworkProject: (r) => r.account,
      ipv6AccessType: "",
      queueCount: 0,
    }),
    ...within("networkInterfaces[*].accessConfigs[*]", {
      natIp: outsideAddress,
      networkTier: "PREMIUM",
      publicPtrDomainName: "",
    }),
    ...scheduling,
    ...shielded,
    ...absent("confidentialInstanceConfig", "reservationAffinity", "networkPerformanceConfig"),
  },
  keys: ["instanceId"],
  references: [
    toNetwork("networkInterfaces[*].network"),
    toSubnet("networkInterfaces[*].subnetwork"),
    {
      at: "networkInterfaces[*].accessConfigs[*].natIp",
      to: "gcp:compute/address:Address",
      by: "address",
      holds: true,
      within: "world",
      missing: badRequest(
        "Invalid value for field 'resource.networkInterfaces[0].accessConfigs[0].natIP': '{value}'. The specified external IP address '{value}' was not found.",
      ),
    },
    toCompute("attachedDisks[*].source", "gcp:compute/disk:Disk", "disks", "zone"),
    toCompute("bootDisk.source", "gcp:compute/disk:Disk", "disks", "zone"),
  ],
  admit: refuseInstance,
  schemaVersion: 6,
});

/** "If the network is in auto mode", an interface that names no subnet lies in the one of its region. */
function autoSubnet(r: Resource): Neighbour | undefined {
  const network = r.target("networkInterfaces[*].network");
  if (network?.properties["autoCreateSubnetworks"] !== true) return undefined;
  const name = String(network.properties["name"]);
  const id = `projects/${network.account}/regions/${regionOf(zoneOf(r))}/subnetworks/${name}`;
  return r.find("gcp:compute/subnetwork:Subnetwork", id);
}

/** A host address of the first subnet, never its gateway. */
function insideAddress(r: Resource): string {
  const home = r.target("networkInterfaces[*].subnetwork") ?? autoSubnet(r);
  const subnet = home?.properties["ipCidrRange"];
  const base = typeof subnet === "string" ? subnet.split("/")[0] : "10.128.0.0";
  const host = (Number.parseInt(r.hex("nic", 4), 16) % 250) + 2;
  return String(base).replace(/\d+$/, String(host));
}

function refuseInstance(r: Resource): ServiceError | undefined {
  const first = r.list("networkInterfaces")[0] as JsonObject | undefined;
  if (first !== undefined && first["network"] === undefined && first["subnetwork"] === undefined) {
    return badRequest("exactly one of network or subnetwork must be provided");
  }
  // A running machine changes its type only when it may be stopped for it (provider, `allowStoppingForUpdate`).
  const changed = r.before !== undefined && r.before["machineType"] !== r.given("machineType");
  return changed && !r.flag("allowStoppingForUpdate")
    ? badRequest(
        "Changing the machine_type, min_cpu_platform, service_account, enable_display, shielded_instance_config, scheduling.node_affinities or network_interface.[#d].(network/subnetwork/subnetwork_project) or advanced_machine_features on a started instance requires stopping it. To acknowledge this, please set allow_stopping_for_update = true in your config",
      )
    : undefined;
}

function template(token: string, form: string): TypeEntry {
  const templated = computeShaped({
    token,
    form,
    defaults: {
      canIpForward: false,
      "disks[*].autoDelete": true,
      "scheduling.automaticRestart": true,
      "scheduling.preemptible": false,
      "shieldedInstanceConfig.enableIntegrityMonitoring": true,
      "shieldedInstanceConfig.enableSecureBoot": false,
      "shieldedInstanceConfig.enableVtpm": true,
    },
    maps: ["metadata", "disks[*].labels", "disks[*].resourceManagerTags", "resourceManagerTags"],
    // A template never changes: every input but the labels' own bookkeeping replaces it.
    forceNew: [
      "canIpForward",
      "description",
      "disks",
      "labels",
      "machineType",
      "metadata",
      "metadataStartupScript",
      "namePrefix",
      "networkInterfaces",
      "region",
      "scheduling",
      "serviceAccount",
      "shieldedInstanceConfig",
      "tags",
    ],
    planned: labels,
    outputs: {
      metadataFingerprint: fingerprintOf("metadata", "metadataStartupScript"),
      tagsFingerprint: "",
      numericId: (r) => r.digits("number", 19),
      ...within("disks[*]", {
        boot: (r) => r.list("disks").length === 1,
        deviceName: "persistent-disk-0",
        interface: "SCSI",
        mode: "READ_WRITE",
        type: "PERSISTENT",
      }),
      ...scheduling,
    },
    references: [
      toNetwork("networkInterfaces[*].network"),
      toSubnet("networkInterfaces[*].subnetwork"),
    ],
    schemaVersion: 1,
  });
  return {
    ...templated,
    autoname: { property: "name", instead: "namePrefix", charactersMax: 63, lowerCase: true },
  };
}

/** The entries of virtual machines. */
export const instanceTypes: readonly TypeEntry[] = [
  instance,
  template(templateTokens[0] ?? "", "projects/{project}/global/instanceTemplates/{name}"),
  template(templateTokens[1] ?? "", "projects/{project}/regions/{region}/instanceTemplates/{name}"),
  ...grants({
    family: "gcp:compute/instanceIAM",
    input: "instanceName",
    to: instanceToken,
    form: "projects/{project}/zones/{zone}/instances/{instanceName}",
    fullName: true,
  }),
];
