/** Cloud Storage, "Retention policies and Bucket Lock": a locked policy cannot be taken back. */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import { referring, storeTypes } from "../shared/log-stores.ts";

const sinks = [
  "gcp:logging/projectSink:ProjectSink",
  "gcp:logging/folderSink:FolderSink",
  "gcp:logging/organizationSink:OrganizationSink",
];

/** A year, in seconds. */
const retentionSecondsMin = 365 * 24 * 60 * 60;

export const GL03: Rule = {
  id: "GL03",
  sentence: "A bucket that takes logs keeps them for a year, and its retention is locked.",
  why: "Whoever breaks in deletes the record first, or shortens how long it is kept.",
  severity: "high",
  tenets: ["T7"],
  controls: ["AU-9", "AU-11"],
  frameworks: [
    cis("cis-gcp-3.0.0", "2.3"),
    iso("gcp", "A.8.10", "cloudstorage_bucket_log_retention_policy_lock"),
  ],
  fix: "Set retentionPolicy with isLocked true and retentionPeriod of at least 31536000 seconds on the sink's bucket.",
  subjects: sinks,
  needs: "plan",
  check: (subject, judge, plan) => {
    const destination = subject.inputs.at("destination");
    const bucket = plan.follow(destination, storeTypes.gcpBucket);
    if (bucket.state !== "resource") {
      return judge.notApplicable("the sink's destination is no bucket planned here");
    }
    const policy = bucket.resource.inputs.at("retentionPolicy");
    judge.part(() => {
      const locked = policy.at("isLocked");
      if (locked.flag() !== true)
        judge.fail(locked, "the retention is taken back, and the record deleted");
    });
    judge.part(() => {
      const period = policy.at("retentionPeriod");
      const seconds = period.number() ?? 0;
      if (seconds < retentionSecondsMin) {
        judge.fail(period, `a record of ${Math.floor(seconds / 86400)} days ago is gone`);
      }
    });
  },
  examples: [
    {
      kind: "violating",
      says: "a month, not locked",
      expect: "fail",
      resources: [sink(), bucket({ isLocked: false, retentionPeriod: "2592000" })],
      path: "retentionPolicy.isLocked",
      witness: "30 days",
    },
    {
      kind: "clean",
      says: "a locked year",
      expect: "pass",
      resources: [sink(), bucket({ isLocked: true, retentionPeriod: "31536000" })],
    },
    {
      kind: "unknown",
      says: "the policy is not known",
      expect: "unknown",
      resources: [sink(), bucket(unknownHere)],
      path: "retentionPolicy",
    },
    {
      kind: "absent",
      says: "no policy",
      expect: "fail",
      resources: [sink(), { type: storeTypes.gcpBucket, name: "logs", props: {} }],
      path: "retentionPolicy.isLocked",
    },
  ],
};

function sink() {
  return referring(sinks[0] ?? "", "sink", "destination", "logs");
}

function bucket(retentionPolicy: Json): ExampleResource {
  return { type: storeTypes.gcpBucket, name: "logs", props: { retentionPolicy } };
}
