/** Machine images and who may start from them (EC2 API reference). */

import type { Resource } from "../../../../types/resource.ts";
import type { TypeEntry } from "../../../../types/type.ts";
import { ec2InUse } from "../common.ts";
import { error, ordinary, refer, refuseIf } from "../ordinary.ts";
import { toKey } from "../references.ts";
import { imageAccess } from "./settings.ts";
import { snapshot, snapshotCopy } from "./storage.ts";

const image = "aws:ec2/ami:Ami";
const imageParts = {
  ownerId: (r: Resource) => r.account,
  hypervisor: "xen",
  imageOwnerAlias: "",
  imageType: "machine",
  manageEbsSnapshots: false,
  platform: "",
  platformDetails: "Linux/UNIX",
  public: false,
  usageOperation: "RunInstances",
};
const imageArn = "arn:{partition}:ec2:{region}::image/{id}";

const ami = ordinary(image, {
  id: "ami-0{hex16}",
  arn: imageArn,
  name: 128,
  defaults: {
    architecture: "x86_64",
    enaSupport: false,
    sriovNetSupport: "simple",
    virtualizationType: "paravirtual",
  },
  forceNew: [
    "architecture",
    "bootMode",
    "enaSupport",
    "imdsSupport",
    "kernelId",
    "ramdiskId",
    "rootDeviceName",
    "sriovNetSupport",
    "tpmSupport",
    "virtualizationType",
  ],
  outputs: { ...imageParts, imageLocation: (r) => `${r.account}/${r.text("name")}` },
  references: [
    refer(
      "ebsBlockDevices[*].snapshotId",
      [snapshot.token, snapshotCopy.token],
      error("InvalidSnapshot.NotFound", "The snapshot '{value}' does not exist."),
      { holds: true },
    ),
  ],
  inUse: ec2InUse("image"),
  timeouts: { create: 2400, update: 2400, delete: 5400 },
});

const amiCopy = ordinary("aws:ec2/amiCopy:AmiCopy", {
  id: "ami-0{hex16}",
  arn: imageArn,
  name: 128,
  defaults: { encrypted: false },
  forceNew: ["destinationOutpostArn", "encrypted", "kmsKeyId", "sourceAmiId", "sourceAmiRegion"],
  outputs: {
    ...imageParts,
    architecture: "x86_64",
    enaSupport: true,
    rootDeviceName: "/dev/xvda",
    sriovNetSupport: "simple",
    virtualizationType: "hvm",
  },
  references: [toKey("kmsKeyId", "InvalidKMSKey", "The key '{value}' does not exist.")],
});

const launchPermission = ordinary("aws:ec2/amiLaunchPermission:AmiLaunchPermission", {
  id: permissionId,
  untagged: true,
  forceNew: ["accountId", "group", "imageId", "organizationArn", "organizationalUnitArn"],
  check: (r) => {
    const given = grantees.filter((property) => r.given(property) !== undefined);
    return given.length === 1
      ? []
      : [
          {
            property: "accountId",
            reason: `exactly one of \`${grantees.join(",")}\` must be specified`,
          },
        ];
  },
  references: [
    refer(
      "imageId",
      [image, amiCopy.token],
      error("InvalidAMIID.NotFound", "The image id '[{value}]' does not exist"),
      { cascades: true },
    ),
  ],
  admit: (r) =>
    refuseIf(
      r.given("group") === "all" &&
        r
          .all(imageAccess.token)
          .some(({ properties }) => properties["state"] === "block-new-sharing"),
      "OperationNotPermitted",
      "You can't publicly share this image because block public access for AMIs is enabled for this Region.",
    ),
});

const grantees = ["accountId", "group", "organizationArn", "organizationalUnitArn"];

function permissionId(r: Resource): string {
  const group = r.given("group");
  const who = grantees.map((property) => r.given(property)).find((one) => one !== undefined);
  return group === undefined
    ? `${String(who)}-${r.text("imageId")}`
    : `group-${String(group)}-${r.text("imageId")}`;
}

/** The entries of images. */
export const imageTypes: readonly TypeEntry[] = [ami, amiCopy, launchPermission];
