/** AWS Secrets Manager User Guide, "Rotate AWS Secrets Manager secrets" and "Secret encryption". */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, PlannedResource } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { namesOwnKey } from "../shared/key-rule.ts";
import { referring } from "../shared/log-stores.ts";
import type { Relation } from "../shared/refers-to.ts";
import { referrersOf, refersTo } from "../shared/refers-to.ts";
import { someOf } from "../shared/some-of.ts";

const secret = "aws:secretsmanager/secret:Secret";
const rotation = "aws:secretsmanager/secretRotation:SecretRotation";
const key = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const rotations: Relation = {
  from: [rotation],
  to: secret,
  properties: ({ inputs }) => [inputs.at("secretId")],
};

export const AD11: Rule = {
  id: "AD11",
  sentence: "A secret is rotated, and encrypted under a key of one's own.",
  why: "A secret that was copied once works for as long as nobody changes it; and under AWS's key, leave to read it is all that reading takes.",
  severity: "medium",
  tenets: ["T3", "T6"],
  controls: ["IA-5", "SC-12", "SC-28"],
  fix: "Plan a SecretRotation for the secret, and set its kmsKeyId to a key of your own.",
  subjects: [secret],
  needs: "plan",
  check: (subject, judge, plan) => {
    judge.part(() => {
      const kmsKeyId = subject.inputs.at("kmsKeyId");
      if (!namesOwnKey(kmsKeyId, plan, "aws")) {
        judge.fail(kmsKeyId, "secretsmanager:GetSecretValue alone reads it");
      }
    });
    const rotates = ({ inputs }: PlannedResource) =>
      refersTo(plan, inputs.at("secretId"), subject) &&
      inputs.at("rotationEnabled").flag() !== false;
    if (someOf(judge, referrersOf(plan, subject, rotations), rotates) === "no") {
      judge.fail({ urn: subject.urn, path: "" }, "a copy from years ago still works");
    }
  },
  examples: [
    {
      kind: "violating",
      says: "never rotated",
      expect: "fail",
      resources: [planned(key)],
      witness: "years ago",
    },
    {
      kind: "violating",
      says: "under AWS's key",
      expect: "fail",
      resources: [planned("alias/aws/secretsmanager"), rotated()],
      path: "kmsKeyId",
    },
    { kind: "clean", says: "both", expect: "pass", resources: [planned(key), rotated()] },
    {
      kind: "unknown",
      says: "the key is not known",
      expect: "unknown",
      resources: [planned(unknownHere), rotated()],
      path: "kmsKeyId",
    },
    {
      kind: "absent",
      says: "neither",
      expect: "fail",
      resources: alone(secret, {}),
      path: "kmsKeyId",
    },
  ],
};

function planned(kmsKeyId: Json): ExampleResource {
  return { type: secret, name: "database", props: { kmsKeyId } };
}

function rotated(): ExampleResource {
  const rotationRules = { automaticallyAfterDays: 30 };
  return referring(rotation, "rotation", "secretId", "database", { rotationRules });
}
