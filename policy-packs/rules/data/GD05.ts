/** Secret Manager documentation, "Enable customer-managed encryption keys" and "Rotation schedules". */
import type { Rule } from "../../../model/policy/rule.ts";
import { alone } from "../shared/alone.ts";
import { keyRule } from "../shared/key-rule.ts";
import { isGiven } from "../shared/refers-to.ts";

const secret = "gcp:secretmanager/secret:Secret";
const regional = "gcp:secretmanager/regionalSecret:RegionalSecret";
const witness = "secretmanager.versions.access alone reads it";
const rotation = { rotationPeriod: "7776000s", nextRotationTime: "2027-01-01T00:00:00Z" };
const encrypted = { customerManagedEncryption: { kmsKeyName: "projects/shop/…/cryptoKeys/data" } };

const keys = keyRule({
  id: "GD05",
  sentence: "A secret is rotated, and encrypted under a key of one's own.",
  why: "A secret that was copied once works for as long as nobody changes it; and under Google's key, leave to read it is all that reading takes.",
  severity: "medium",
  tenets: ["T3", "T6"],
  controls: ["IA-5", "SC-12", "SC-28"],
  fix: "Set rotation with topics, or expireTime or ttl, and customerManagedEncryption.kmsKeyName of every replica.",
  cloud: "gcp",
  places: {
    [regional]: [{ path: ["customerManagedEncryption", "kmsKeyName"], witness }],
    [secret]: [
      {
        path: ["replication", "auto", "customerManagedEncryption", "kmsKeyName"],
        when: (inputs) => inputs.at("replication", "userManaged", "replicas").items().length === 0,
        witness,
      },
      {
        path: [
          "replication",
          "userManaged",
          "replicas",
          "*",
          "customerManagedEncryption",
          "kmsKeyName",
        ],
        apart: {
          rotation,
          replication: { userManaged: { replicas: [{ location: "europe-west3" }] } },
        },
        witness,
      },
    ],
  },
  base: { [regional]: { rotation }, [secret]: { rotation } },
});

export const GD05: Rule = {
  ...keys,
  check: (subject, judge, plan) => {
    keys.check(subject, judge, plan);
    judge.part(() => {
      const { inputs } = subject;
      const ends = isGiven(inputs, "expireTime") || isGiven(inputs, "ttl");
      if (ends || isGiven(inputs, "rotation", "nextRotationTime")) return;
      judge.fail(inputs.at("rotation"), "a copy from years ago still works");
    });
  },
  examples: [
    ...keys.examples,
    {
      kind: "violating",
      says: "never rotated",
      expect: "fail",
      resources: alone(regional, encrypted),
      path: "rotation",
    },
  ],
};
