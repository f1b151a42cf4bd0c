/**
 * Cloud Storage documentation, "Customer-managed encryption keys"; "Usage logs and storage logs": a bucket
 * into which Google writes those of another one holds no data to lock twice.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { keyRule } from "../shared/key-rule.ts";
import type { Relation } from "../shared/refers-to.ts";
import { isGiven, quietly, referrersOf, refersBy, tellDoubts } from "../shared/refers-to.ts";

const type = "gcp:storage/bucket:Bucket";
const usageLogs: Relation = {
  from: [type],
  to: type,
  properties: ({ inputs }) => [inputs.at("logging", "logBucket")],
};

const keys = keyRule({
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

export const GD01c: Rule = {
  ...keys,
  check: (subject, judge, plan) => {
    const takes = quietly(judge, referrersOf(plan, subject, usageLogs), (one) =>
      refersBy(plan, usageLogs, one, subject),
    );
    if (takes.is === "yes") return judge.notApplicable("it takes another bucket's usage logs");
    const hasKey = isGiven(subject.inputs, "encryption", "defaultKmsKeyName");
    if (takes.is === "open" && !hasKey) tellDoubts(judge, takes);
    else keys.check(subject, judge, plan);
  },
  examples: [
    ...keys.examples,
    {
      kind: "clean",
      says: "it takes another one's usage logs",
      expect: "not-applicable",
      resources: [{ type, name: "usage", props: { location: "EU" } }, logged(["usage"])],
    },
    {
      kind: "unknown",
      says: "where another one's usage logs go is not known",
      expect: "unknown",
      resources: [{ type, name: "usage", props: { location: "EU" } }, logged([])],
      path: "logging.logBucket",
    },
  ],
};

function logged(logging: readonly string[]) {
  const encryption = { defaultKmsKeyName: "projects/p/locations/eu/keyRings/r/cryptoKeys/k" };
  const props = { location: "EU", encryption, logging: { logBucket: unknownHere } };
  return { type, name: "data", props, dependsOn: { logging } };
}
