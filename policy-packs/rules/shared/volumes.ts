/** Block devices of machines, and whether they are encrypted. */
import type { PlannedResource } from "../../../model/policy/view.ts";
import type { PlaceOf } from "./flag-rule.ts";
import { placesOf } from "./flag-rule.ts";
import { isGiven } from "./refers-to.ts";

/** Canonical types that make EBS volumes, or say how those of an image are made. */
export const volumeTypes = {
  image: "aws:ec2/ami:Ami",
  imageCopy: "aws:ec2/amiCopy:AmiCopy",
  volume: "aws:ebs/volume:Volume",
  instance: "aws:ec2/instance:Instance",
  configuration: "aws:ec2/launchConfiguration:LaunchConfiguration",
  template: "aws:ec2/launchTemplate:LaunchTemplate",
} as const;

/**
 * The properties that say for each volume the resource makes whether it is encrypted. Volumes
 * from a snapshot are as the snapshot is, and devices without EBS are none.
 */
export function encryptionFlags({ type, inputs }: PlannedResource): readonly PlaceOf[] {
  const at = (...path: readonly string[]) => placesOf(inputs, path);
  switch (type) {
    case volumeTypes.volume:
      return flagsOf(at());
    case volumeTypes.image:
      return flagsOf(at("ebsBlockDevices", "*"));
    case volumeTypes.imageCopy:
      return at("encrypted");
    case volumeTypes.template: {
      const devices = at("blockDeviceMappings", "*", "ebs");
      // Without a mapping the root device is as the image has it.
      if (devices.length === 0) return at("blockDeviceMappings");
      return flagsOf(devices.filter(({ view }) => view.state !== "absent"));
    }
    default: {
      const root = at("rootBlockDevice");
      // What a template says of the root device counts unless it is said again here.
      const fromTemplate = inputs.at("launchTemplate").state !== "absent";
      const own = root.filter(({ view }) => view.state !== "absent" || !fromTemplate);
      return flagsOf([...own, ...at("ebsBlockDevices", "*")]);
    }
  }
}

function flagsOf(devices: readonly PlaceOf[]): PlaceOf[] {
  return devices
    .map(({ view, keys }) => ({
      device: view,
      view: view.at("encrypted"),
      keys: [...keys, "encrypted"],
    }))
    .filter(({ device, view }) => view.state !== "absent" || !isGiven(device, "snapshotId"));
}
