/**
 * AWS Prescriptive Guidance, "Security reference architecture, log archive account"; Amazon S3 User
 * Guide, "Locking objects with Object Lock" (governance mode can be lifted, compliance mode cannot);
 * Google Cloud, "Bucket Lock"; Microsoft Learn, "Store business-critical blob data with immutable
 * storage": azure-native plans such policies and cannot lock them, so having one is what counts.
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { referring, storeTypes } from "../shared/log-stores.ts";
import { quietly, refersTo, tellDoubts } from "../shared/refers-to.ts";

const { bucket, account, gcpBucket } = storeTypes;
const flowLog = "aws:ec2/flowLog:FlowLog";
const diagnostics = "azure-native:monitor:DiagnosticSetting";
const sink = "gcp:logging/projectSink:ProjectSink";

/** The property by which a log names its archive, and the archive's type. */
const archives: Readonly<Record<string, readonly [property: string, store: string]>> = {
  [storeTypes.trail]: ["s3BucketName", bucket],
  [flowLog]: ["logDestination", bucket],
  [diagnostics]: ["storageAccountId", account],
  "azure-native:monitor:SubscriptionDiagnosticSetting": ["storageAccountId", account],
  "azure-native:network:FlowLog": ["storageId", account],
  [sink]: ["destination", gcpBucket],
};

export const X08: Rule = {
  id: "X08",
  sentence: "A log's archive is in another account than what it records, or nobody can empty it.",
  why: "Whoever becomes administrator of the account deletes the record of how.",
  severity: "high",
  tenets: ["T7"],
  controls: ["AU-9(2)", "AU-9", "AU-11"],
  fix: "Send the log to an account that only holds logs, by a provider of its own, or lock the archive: Object Lock in COMPLIANCE mode, a BlobContainerImmutabilityPolicy, a retentionPolicy with isLocked.",
  subjects: Object.keys(archives),
  needs: "plan",
  check: (subject, judge, plan) => {
    const [property, type] = archives[subject.type] ?? ["", ""];
    const at = subject.inputs.at(property);
    const target = plan.follow(at, type);
    if (target.state !== "resource") return judge.notApplicable("no archive is planned here");
    const store = target.resource;
    if (isElsewhere(subject, store)) return;
    const locks = [
      store,
      ...plan.ofType(storeTypes.objectLock),
      ...plan.ofType(storeTypes.immutability),
    ];
    const locked = quietly(judge, locks, (one) => locksStore(plan, one, store));
    if (locked.is === "open") tellDoubts(judge, locked);
    if (locked.is === "no") judge.fail(at, "an administrator of this account empties the archive");
  },
  examples: [
    {
      kind: "violating",
      says: "a trail beside what it records",
      expect: "fail",
      resources: [
        referring(storeTypes.trail, "trail", "s3BucketName", "logs"),
        { type: bucket, name: "logs", props: { bucket: "logs" } },
      ],
      path: "s3BucketName",
    },
    {
      kind: "violating",
      says: "a lock that some may lift",
      expect: "fail",
      resources: [...flows(), lock("GOVERNANCE")],
    },
    {
      kind: "violating",
      says: "an account of Azure that can be emptied",
      expect: "fail",
      resources: [
        referring(diagnostics, "vault", "storageAccountId", "logs"),
        { type: account, name: "logs", props: { kind: "StorageV2" } },
      ],
    },
    {
      kind: "violating",
      says: "a bucket of Google Cloud whose retention can be taken away",
      expect: "fail",
      resources: gcpSink({ retentionPeriod: "86400", isLocked: false }),
    },
    {
      kind: "clean",
      says: "another account",
      expect: "pass",
      resources: [
        { ...referring(flowLog, "flows", "logDestination", "logs"), provider: "network" },
        { type: bucket, name: "logs", props: {}, provider: "archive" },
        { type: "pulumi:providers:aws", name: "network", props: {} },
        { type: "pulumi:providers:aws", name: "archive", props: {} },
      ],
    },
    { kind: "clean", says: "locked", expect: "pass", resources: [...flows(), lock("COMPLIANCE")] },
    {
      kind: "clean",
      says: "locked in Azure",
      expect: "pass",
      resources: [
        referring(diagnostics, "vault", "storageAccountId", "logs"),
        { type: account, name: "logs", props: {} },
        referring(storeTypes.immutability, "lock", "accountName", "logs"),
      ],
    },
    {
      kind: "clean",
      says: "locked in Google Cloud",
      expect: "pass",
      resources: gcpSink({ retentionPeriod: "86400", isLocked: true }),
    },
    {
      kind: "unknown",
      says: "the mode of the lock is not known",
      expect: "unknown",
      resources: [...flows(), lock(unknownHere)],
      path: "rule.defaultRetention.mode",
    },
    {
      kind: "absent",
      says: "a log group, which is no archive",
      expect: "not-applicable",
      resources: [
        { type: flowLog, name: "flows", props: { logDestinationType: "cloud-watch-logs" } },
      ],
    },
  ],
};

/** One provider works in one account, subscription or project, unless a resource says another. */
function isElsewhere(log: PlannedResource, store: PlannedResource): boolean {
  if (log.provider !== store.provider) return true;
  const [one, other] = [log, store].map(({ inputs }) => inputs.at("project").text());
  return one !== undefined && other !== undefined && one !== other;
}

function locksStore(plan: Plan, lock: PlannedResource, store: PlannedResource): boolean {
  const { inputs } = lock;
  const names = (property: View) => refersTo(plan, property, store);
  switch (lock.type) {
    case storeTypes.objectLock:
      return (
        names(inputs.at("bucket")) &&
        inputs.at("rule", "defaultRetention", "mode").text() === "COMPLIANCE"
      );
    case storeTypes.immutability:
      return store.type === account && names(inputs.at("accountName"));
    case gcpBucket:
      return inputs.at("retentionPolicy", "isLocked").flag() === true;
    default:
      return false;
  }
}

function flows(): readonly [ExampleResource, ExampleResource] {
  return [
    referring(flowLog, "flows", "logDestination", "logs", { logDestinationType: "s3" }),
    { type: bucket, name: "logs", props: {} },
  ];
}

function lock(mode: string): ExampleResource {
  return referring(storeTypes.objectLock, "lock", "bucket", "logs", {
    rule: { defaultRetention: { mode, days: 400 } },
  });
}

function gcpSink(
  retentionPolicy: ExampleResource["props"],
): readonly [ExampleResource, ExampleResource] {
  return [
    referring(sink, "all", "destination", "logs", { project: "shop" }),
    { type: gcpBucket, name: "logs", props: { project: "shop", retentionPolicy } },
  ];
}
