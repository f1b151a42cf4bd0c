/**
 * Cloud Storage documentation, "Object Versioning": a bucket with a retention policy cannot have it,
 * and needs none, for nothing in it can be overwritten. "Soft delete": unless a bucket's policy says 0,
 * what is deleted or overwritten is kept for seven days at least.
 */
import { unknownHere } from "../../../model/policy/rule.ts";
import { alone } from "../shared/alone.ts";
import { demandRule } from "../shared/flag-rule.ts";
import { isGiven } from "../shared/refers-to.ts";

const type = "gcp:storage/bucket:Bucket";
const softDelete = ["softDeletePolicy", "retentionDurationSeconds"] as const;

export const GD01d = demandRule({
  id: "GD01d",
  sentence: "A bucket keeps what was deleted or overwritten, for a while or by versions.",
  why: "Whoever gets in overwrites or deletes the data, and nothing brings it back for long.",
  severity: "medium",
  tenets: ["T5"],
  controls: ["CP-9", "SI-7"],
  fix: "Set versioning.enabled to true, or softDeletePolicy.retentionDurationSeconds to 604800 or more.",
  demands: {
    [type]: [
      {
        path: ["versioning", "enabled"],
        holds: (value) => value === "true",
        when: (inputs) =>
          !isGiven(inputs, "retentionPolicy", "retentionPeriod") &&
          inputs.at(...softDelete).number() === 0,
        witness: "storage.objects.create over an object destroys what it was",
        good: true,
        bad: false,
      },
    ],
  },
  base: { [type]: { softDeletePolicy: { retentionDurationSeconds: 0 } } },
  more: [
    {
      kind: "clean",
      says: "soft delete, as it is by default",
      expect: "not-applicable",
      resources: alone(type, { location: "EU" }),
    },
    {
      kind: "unknown",
      says: "how long soft delete keeps is not known",
      expect: "unknown",
      resources: alone(type, { softDeletePolicy: { retentionDurationSeconds: unknownHere } }),
      path: "softDeletePolicy.retentionDurationSeconds",
    },
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
