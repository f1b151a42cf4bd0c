/** IAM documentation, "Best practices for managing service account keys": do not have any. */
import type { Rule } from "../../../model/policy/rule.ts";
import { cis } from "../shared/benchmarks.ts";
import { checkKey, keyExamples } from "../shared/long-lived-key.ts";

const type = "gcp:serviceaccount/key:Key";
const publicHalf = "publicKeyData";

export const GI06: Rule = {
  id: "GI06",
  sentence: "No service account has a key that Google makes.",
  why: "Such a key is valid until somebody remembers to delete it, for whoever holds the file, from anywhere.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["IA-5", "AC-2"],
  frameworks: [cis("cis-gcp-3.0.0", "1.4")],
  fix: "Use workload identity federation, or attach the service account to what runs in Google Cloud.",
  subjects: [type],
  needs: "resource",
  check: checkKey("a token for the account, minted by whoever copied the key file", publicHalf),
  examples: keyExamples(type, publicHalf),
};
