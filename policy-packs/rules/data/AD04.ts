/** Amazon S3 User Guide, "Security best practices": enforce encryption of data in transit. */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { PlannedResource, View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { cis } from "../shared/benchmarks.ts";
import { besideBucket, bucketTypes as types } from "../shared/bucket-parts.ts";
import { referring } from "../shared/log-stores.ts";
import { deniesPlaintext } from "../shared/plaintext-denial.ts";
import { statementsOf, textsOf } from "../shared/policy-document.ts";
import { referrersOf, refersTo } from "../shared/refers-to.ts";
import { someOf } from "../shared/some-of.ts";

const policies = besideBucket(types.policy);

export const AD04: Rule = {
  id: "AD04",
  sentence: "A bucket's policy denies every request that does not come by TLS.",
  why: "Whoever listens on the way reads the data, and a signed URL with it.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-8", "SC-8(1)"],
  frameworks: [cis("cis-aws-3.0.0", "2.1.1")],
  fix: 'Plan a BucketPolicy that denies s3:* to everybody on the bucket and its objects where aws:SecureTransport is "false".',
  subjects: [types.bucket],
  needs: "plan",
  check: (subject, judge, plan) => {
    const denies = (one: PlannedResource) =>
      (one === subject || refersTo(plan, one.inputs.at("bucket"), subject)) &&
      statementsOf(one.inputs.at("policy")).some(deniesAll);
    if (someOf(judge, [subject, ...referrersOf(plan, subject, policies)], denies) === "no") {
      judge.fail({ urn: subject.urn, path: "" }, "a request by http:// is served");
    }
  },
  examples: [
    {
      kind: "violating",
      says: "a policy that speaks of something else",
      expect: "fail",
      resources: [bucket(), policy({ "aws:SecureTransport": "true" })],
      witness: "http://",
    },
    {
      kind: "clean",
      says: "plaintext is denied",
      expect: "pass",
      resources: [bucket(), policy({ "aws:SecureTransport": "false" })],
    },
    {
      kind: "unknown",
      says: "the policy is not known",
      expect: "unknown",
      resources: alone(types.bucket, { policy: unknownHere }),
      path: "policy",
    },
    { kind: "absent", says: "no policy", expect: "fail", resources: alone(types.bucket, {}) },
  ],
};

function deniesAll(statement: View): boolean {
  return (
    deniesPlaintext(statement, "s3") &&
    textsOf(statement.at("Resource")).some((resource) => resource.endsWith("*"))
  );
}

function bucket(): ExampleResource {
  return { type: types.bucket, name: "data", props: {} };
}

function policy(Bool: ExampleResource["props"]): ExampleResource {
  const statement = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };
  const document = JSON.stringify({ Statement: [{ ...statement, Condition: { Bool } }] });
  return referring(types.policy, "policy", "bucket", "data", { policy: document });
}
