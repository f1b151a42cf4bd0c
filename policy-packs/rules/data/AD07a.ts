/**
 * Amazon EBS: volumes of machines and images. Amazon EBS User Guide, "Amazon EBS encryption": where
 * it is on by default in a region, every new volume is encrypted, whatever the request says.
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import { quietly, sameRegion, tellDoubts } from "../shared/refers-to.ts";
import { encryptionFlags, volumeTypes } from "../shared/volumes.ts";

const byDefault = "aws:ebs/encryptionByDefault:EncryptionByDefault";

export const AD07a: Rule = {
  id: "AD07a",
  sentence: "Every EBS volume is encrypted.",
  why: "Whoever gets hold of a volume or a snapshot of it attaches it to a machine of their own and reads it.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-28", "SC-28(1)"],
  frameworks: [cis("cis-aws-3.0.0", "2.2.1"), iso("aws", "A.8.24", "ec2_ebs_volume_encryption")],
  fix: "Set encrypted to true for the root and every other device, or plan an EncryptionByDefault in the region.",
  // A volume that exists is replaced by an encrypted one, and its machine with it.
  remedy: {
    kind: "opt-in",
    edits: (subject) =>
      encryptionFlags(subject)
        .filter(({ view, keys }) => keys.at(-1) === "encrypted" && !isTrue(view))
        // A template takes the flag as a text.
        .map(({ keys }) => ({
          path: keys,
          value: subject.type === volumeTypes.template ? "true" : true,
        })),
  },
  subjects: Object.values(volumeTypes),
  needs: "plan",
  check: (subject, judge, plan) => {
    const defaults = quietly(judge, plan.ofType(byDefault), (one) => {
      return sameRegion(one, subject) && one.inputs.at("enabled").flag() !== false;
    });
    if (defaults.is === "yes") return;
    for (const { view } of encryptionFlags(subject)) {
      judge.part(() => {
        if (isTrue(view)) return;
        if (defaults.is === "open") return tellDoubts(judge, defaults);
        judge.fail(view, "a snapshot of the volume, shared with another account, is read there");
      });
    }
  },
  examples: [
    {
      kind: "violating",
      says: "a volume in plaintext",
      expect: "fail",
      resources: volume(false),
      path: "encrypted",
    },
    { kind: "clean", says: "an encrypted volume", expect: "pass", resources: volume(true) },
    {
      kind: "clean",
      says: "encrypted by default",
      expect: "pass",
      resources: [...alone(volumeTypes.instance, {}), standard()],
    },
    {
      kind: "violating",
      says: "an image with a volume in plaintext",
      expect: "fail",
      resources: alone(volumeTypes.image, { ebsBlockDevices: [{ deviceName: "/dev/sdb" }] }),
      path: "ebsBlockDevices[0].encrypted",
    },
    {
      kind: "clean",
      says: "an image of a snapshot is as that is",
      expect: "pass",
      resources: alone(volumeTypes.image, { ebsBlockDevices: [{ snapshotId: "snap-1" }] }),
    },
    {
      kind: "violating",
      says: "a copy of an image as that is",
      expect: "fail",
      resources: alone(volumeTypes.imageCopy, { sourceAmiId: "ami-1" }),
      path: "encrypted",
    },
    {
      kind: "clean",
      says: "an encrypted copy of an image",
      expect: "pass",
      resources: alone(volumeTypes.imageCopy, { sourceAmiId: "ami-1", encrypted: true }),
    },
    { kind: "unknown", says: "not known", expect: "unknown", resources: volume(unknownHere) },
    {
      kind: "absent",
      says: "a machine as its image is",
      expect: "fail",
      resources: alone(volumeTypes.instance, {}),
      path: "rootBlockDevice.encrypted",
    },
    {
      kind: "absent",
      says: "a template as its image is",
      expect: "fail",
      resources: alone(volumeTypes.template, {}),
      path: "blockDeviceMappings",
    },
  ],
};

/** An empty list of devices stands for those of the image, of which nothing is said. */
function isTrue(flag: View): boolean {
  return flag.state !== "absent" && !flag.path.endsWith("Mappings") && flag.flag() === true;
}

function volume(encrypted: Json) {
  return alone(volumeTypes.volume, { availabilityZone: "eu-central-1a", encrypted });
}

function standard(): ExampleResource {
  return { type: byDefault, name: "default", props: { enabled: true } };
}
