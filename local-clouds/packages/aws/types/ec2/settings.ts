/** A region's settings for volumes, images and machines (EC2 API reference). */

import type { Resource } from "../../../../types/resource.ts";
import type { InputFault, TypeEntry } from "../../../../types/type.ts";
import { oneOf } from "../common.ts";
import { ordinary } from "../ordinary.ts";
import { toKey } from "../references.ts";

/** A setting of the account in a region: there is one, known by the region. */
function setting(token: string, said: Partial<TypeEntry>): TypeEntry {
  return ordinary(token, { id: (r) => r.region, untagged: true, sharedId: true, ...said });
}

function stateOf(r: Resource, allowed: readonly string[]): InputFault[] {
  return oneOf(r.text("state"), "state", allowed);
}

const encryptionByDefault = setting("aws:ebs/encryptionByDefault:EncryptionByDefault", {
  defaults: { enabled: true },
});

const defaultKey = setting("aws:ebs/defaultKmsKey:DefaultKmsKey", {
  forceNew: ["keyArn", "region"],
  id: (r) => r.text("keyArn"),
  references: [toKey("keyArn", "InvalidParameterValue", "Invalid KMS key '{value}'")],
});

const snapshotAccess = setting("aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess", {
  check: (r) => stateOf(r, ["block-all-sharing", "block-new-sharing", "unblocked"]),
});

export const imageAccess = setting("aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess", {
  check: (r) => stateOf(r, ["unblocked", "block-new-sharing"]),
});

const metadataDefaults = setting("aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults", {
  defaults: {
    httpEndpoint: "no-preference",
    httpPutResponseHopLimit: -1,
    httpTokens: "no-preference",
    instanceMetadataTags: "no-preference",
  },
});

const consoleAccess = setting("aws:ec2/serialConsoleAccess:SerialConsoleAccess", {
  defaults: { enabled: true },
});

/** The entries of settings. */
export const settingTypes: readonly TypeEntry[] = [
  encryptionByDefault,
  defaultKey,
  snapshotAccess,
  imageAccess,
  metadataDefaults,
  consoleAccess,
];
