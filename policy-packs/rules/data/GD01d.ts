/**
 * Cloud Storage documentation, "Object Versioning": a bucket with a retention policy cannot have it,
 * and needs none, for nothing in it can be overwritten.
 */
import { alone } from "../shared/alone.ts";
import { demandRule } from "../shared/flag-rule.ts";
import { isGiven } from "../shared/refers-to.ts";

const type = "gcp:storage/bucket:Bucket";

export const GD01d = demandRule({
  id: "GD01d",
  sentence: "A bucket keeps former versions of its objects.",
  why: "Whoever gets in overwrites or deletes the data, and nothing brings it back for long.",
  // Soft delete brings back a week by itself.
  severity: "medium",
  tenets: ["T5"],
  controls: ["CP-9", "SI-7"],
  fix: "Set versioning.enabled to true.",
  demands: {
    [type]: [
      {
        path: ["versioning", "enabled"],
        holds: (value) => value === "true",
        when: (inputs) => !isGiven(inputs, "retentionPolicy", "retentionPeriod"),
        witness: "storage.objects.create over an object destroys what it was",
        good: true,
        bad: false,
      },
    ],
  },
  more: [
    {
      kind: "clean",
      says: "kept by a retention policy",
      expect: "not-applicable",
      resources: alone(type, { retentionPolicy: { retentionPeriod: "86400" } }),
    },
  ],
  // Former versions cost as much as present ones.
  remedy: "opt-in",
});
