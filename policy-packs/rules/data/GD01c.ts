/** Cloud Storage documentation, "Customer-managed encryption keys". */
import { keyRule } from "../shared/key-rule.ts";

const type = "gcp:storage/bucket:Bucket";

export const GD01c = keyRule({
  id: "GD01c",
  sentence: "A bucket encrypts what it takes under a key of one's own.",
  why: "Under Google's key, leave to read the bucket is leave to read the data; nobody can withdraw that key, or see it used.",
  // The data is encrypted in any case.
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-12", "SC-28", "SC-28(1)"],
  fix: "Set encryption.defaultKmsKeyName to a key of your own.",
  cloud: "gcp",
  places: {
    [type]: [
      {
        path: ["encryption", "defaultKmsKeyName"],
        witness: "whoever may call storage.objects.get reads the data",
      },
    ],
  },
  base: { [type]: { location: "EUROPE-WEST3" } },
});
