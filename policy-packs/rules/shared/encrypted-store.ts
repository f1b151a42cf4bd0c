/** Databases that are encrypted when they are made, or never. */
import type { View } from "../../../model/policy/view.ts";
import type { Demand } from "./flag-rule.ts";

const sources = [
  "snapshotIdentifier",
  "replicateSourceDb",
  "replicationSourceIdentifier",
  "restoreToPointInTime",
  "sourceDbClusterIdentifier",
];

/** What is restored from, or follows, another store is encrypted as that one is. */
export function startsEmpty(inputs: View): boolean {
  return sources.every((name) => inputs.at(name).state === "absent");
}

/** `storageEncrypted`, which is false where nothing is said. */
export const storageEncrypted: Demand = {
  path: ["storageEncrypted"],
  holds: (value) => value === "true",
  when: startsEmpty,
  witness: "a snapshot shared with another account is restored there in plaintext",
  good: true,
  bad: false,
};
