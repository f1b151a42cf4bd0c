/** What a bucket says inside itself, in its present and its older type, or in a resource beside it. */
import type { View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";

/** A part of a bucket that its older type has as a list under another name. */
export function partsOf(bucket: View, now: string, before: string): readonly View[] {
  return [bucket.at(now), ...entriesOf(bucket.at(before))].filter(
    ({ state }) => state !== "absent",
  );
}

/** Rules of a configuration of its own, and of one inside the bucket. */
export function encryptionRules(inputs: View): readonly View[] {
  const inside = partsOf(
    inputs,
    "serverSideEncryptionConfiguration",
    "serverSideEncryptionConfigurations",
  );
  const lists = [inputs, ...inside].flatMap((one) => entriesOf(one.at("rules")));
  return [...lists, ...inside.map((one) => one.at("rule"))];
}

/** Buckets to which the resource has its access logs written. */
export function logTargets(inputs: View): readonly View[] {
  const inside = partsOf(inputs, "logging", "loggings").map((one) => one.at("targetBucket"));
  return [inputs.at("targetBucket"), inputs.at("accessLogs", "bucket"), ...inside];
}
