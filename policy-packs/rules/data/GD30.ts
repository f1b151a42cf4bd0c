/**
 * Google Cloud, "Default encryption at rest": everything is encrypted, under a key of Google's unless
 * another one is named. GD01c, GD03, GD05 and GD07 speak of the stores they name.
 */
import { gcpKeys, gcpUntagged } from "../shared/gcp-keys.ts";
import { keyRule } from "../shared/key-rule.ts";
import { forMarked } from "../shared/sensitive-data.ts";

export const GD30 = forMarked(
  keyRule({
    id: "GD30",
    sentence: "What is marked as sensitive in Google Cloud is encrypted under a key of one's own.",
    why: "Under Google's key, leave to use the service is leave to read the data; nobody can withdraw that key, or see it used.",
    severity: "medium",
    tenets: ["T2"],
    controls: ["SC-12", "SC-28", "SC-28(1)"],
    fix: "Name a key of Cloud KMS at the place of the finding, or take the mark away where the data is not sensitive.",
    cloud: "gcp",
    places: gcpKeys,
  }),
  gcpUntagged,
);
