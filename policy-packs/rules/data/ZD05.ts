/**
 * Microsoft Learn, "Overview of managed disk encryption options": disks are encrypted under
 * Microsoft's key by themselves; caches and temporary disks only with encryption at host.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import { namesOwnKey } from "../shared/key-rule.ts";

const disk = "azure-native:compute:Disk";
const machine = "azure-native:compute:VirtualMachine";
const set = "azure-native:compute:VirtualMachineScaleSet";

export const ZD05: Rule = {
  id: "ZD05",
  sentence: "Machines encrypt at their host, and disks under a key of one's own.",
  why: "What a machine swaps and caches lies in plaintext on its host; and a copied disk opens under a key that nobody can withdraw.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-12", "SC-28", "SC-28(1)"],
  frameworks: [
    cis("cis-azure-2.1.0", "7.3"),
    cis("cis-azure-2.1.0", "7.4"),
    iso("azure", "A.8.24", "vm_ensure_attached_disks_encrypted_with_cmk"),
  ],
  fix: "Set securityProfile.encryptionAtHost to true; of disks encryption.diskEncryptionSetId to a DiskEncryptionSet with your key.",
  subjects: [disk, machine, set],
  needs: "plan",
  check: ({ type, inputs }, judge, plan) => {
    if (type === disk) {
      const places = diskKeys(inputs).filter((one) => one.state !== "absent");
      if (places.some((one) => namesOwnKey(one, plan, "azure"))) return;
      judge.fail(inputs.at("encryption", "diskEncryptionSetId"), "Microsoft's key opens a copy");
      return;
    }
    const profile = type === set ? inputs.at("virtualMachineProfile") : inputs;
    const atHost = profile.at("securityProfile", "encryptionAtHost");
    if (atHost.flag() !== true)
      judge.fail(atHost, "the temporary disk is in plaintext at the host");
  },
  examples: [
    {
      kind: "violating",
      says: "a machine in plaintext at its host",
      expect: "fail",
      resources: vm(false),
      path: "securityProfile.encryptionAtHost",
    },
    { kind: "clean", says: "encrypted at its host", expect: "pass", resources: vm(true) },
    { kind: "unknown", says: "not known", expect: "unknown", resources: vm(unknownHere) },
    {
      kind: "violating",
      says: "a disk under Microsoft's key",
      expect: "fail",
      resources: alone(disk, { diskSizeGB: 8 }),
      path: "encryption.diskEncryptionSetId",
    },
    {
      kind: "clean",
      says: "a disk under a key of one's own",
      expect: "pass",
      resources: alone(disk, { encryption: { diskEncryptionSetId: "/subscriptions/s/des" } }),
    },
    { kind: "absent", says: "a scale set as it is", expect: "fail", resources: alone(set, {}) },
  ],
};

/** Of confidential machines the disk is encrypted together with their state. */
function diskKeys(inputs: View): View[] {
  return [
    inputs.at("encryption", "diskEncryptionSetId"),
    inputs.at("securityProfile", "secureVMDiskEncryptionSetId"),
  ];
}

function vm(encryptionAtHost: Json) {
  return alone(machine, { securityProfile: { encryptionAtHost } });
}
