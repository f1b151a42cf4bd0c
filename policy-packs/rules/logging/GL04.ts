/** Cloud Logging, "Configure CMEK for log buckets": without a key of one's own, Google's encrypts. */
import { keyRule } from "../shared/key-rule.ts";

const place = {
  path: ["cmekSettings", "kmsKeyName"],
  witness: "whoever may view logs reads all of them",
} as const;
const project = "gcp:logging/projectBucketConfig:ProjectBucketConfig";
const folder = "gcp:logging/folderBucketConfig:FolderBucketConfig";
const organisation = "gcp:logging/organizationBucketConfig:OrganizationBucketConfig";

export const GL04 = keyRule({
  id: "GL04",
  sentence: "A log bucket is encrypted under a key of one's own.",
  why: "Under Google's key, leave to read the service is leave to read the logs; nobody can withdraw that key, or see it used.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-9", "SC-28"],
  fix: "Set cmekSettings.kmsKeyName to a key that Cloud Logging's service account may use.",
  cloud: "gcp",
  places: { [folder]: [place], [organisation]: [place], [project]: [place] },
  base: Object.fromEntries(
    [folder, organisation, project].map((type) => [type, { bucketId: "audit" }]),
  ),
});
