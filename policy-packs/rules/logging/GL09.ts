/**
 * Cloud Storage, "Usage logs and storage logs", and "Cloud Audit Logs with Cloud Storage", which
 * Google prefers: who reads a bucket is recorded by the one or the other. A bucket that takes logs
 * is left out.
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, PlannedResource, View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { isNamed } from "../shared/given-rule.ts";
import { referring, storeTypes } from "../shared/log-stores.ts";
import type { Relation } from "../shared/refers-to.ts";
import { quietly, referrersOf, refersBy, tellDoubts } from "../shared/refers-to.ts";

const bucket = storeTypes.gcpBucket;
const audit = "gcp:projects/iAMAuditConfig:IAMAuditConfig";
const audits = [
  audit,
  "gcp:folder/iamAuditConfig:IamAuditConfig",
  "gcp:organizations/iamAuditConfig:IamAuditConfig",
];
const takers: Relation = {
  from: [
    bucket,
    "gcp:logging/billingAccountSink:BillingAccountSink",
    "gcp:logging/folderSink:FolderSink",
    "gcp:logging/organizationSink:OrganizationSink",
    "gcp:logging/projectSink:ProjectSink",
  ],
  to: bucket,
  properties: ({ inputs }) => [inputs.at("destination"), inputs.at("logging", "logBucket")],
};

export const GL09: Rule = {
  id: "GL09",
  sentence: "Who reads a bucket is recorded, in another place.",
  why: "Nobody can tell afterwards which data an attacker took, or he deletes the record with it.",
  severity: "low",
  tenets: ["T7"],
  controls: ["AU-2", "AU-9"],
  fix: "Plan an IAMAuditConfig for storage.googleapis.com with DATA_READ and DATA_WRITE, or set logging.logBucket to another bucket.",
  subjects: [bucket],
  needs: "plan",
  check: (subject, judge, plan) => {
    const own = subject.inputs.at("logging", "logBucket");
    if (own.state === "known" && own.text() === subject.inputs.at("name").text()) {
      return judge.fail(own, "whoever deletes the objects deletes the record too");
    }
    const logs = quietly(judge, [subject], () => own.state !== "absent" && isNamed(own, plan));
    const audited = quietly(
      judge,
      audits.flatMap((type) => plan.ofType(type)),
      auditsStorage,
    );
    if (logs.is === "yes" || audited.is === "yes") return;
    const takes = quietly(
      judge,
      referrersOf(plan, subject, takers).filter((one) => one !== subject),
      (one) => refersBy(plan, takers, one, subject),
    );
    if (takes.is === "yes") return judge.notApplicable("it takes logs itself");
    if ([logs, audited, takes].some(({ is }) => is === "open")) {
      return tellDoubts(judge, logs, audited, takes);
    }
    judge.fail(own, "storage.objects.get leaves no record");
  },
  examples: [
    {
      kind: "violating",
      says: "into itself",
      expect: "fail",
      resources: [data({ logging: { logBucket: "data" } })],
      path: "logging.logBucket",
    },
    {
      kind: "violating",
      says: "writing only is audited",
      expect: "fail",
      resources: [data({}), auditing([{ logType: "DATA_WRITE" }])],
      path: "logging.logBucket",
    },
    {
      kind: "clean",
      says: "into another bucket",
      expect: "pass",
      resources: [data({ logging: { logBucket: "logs" } })],
    },
    {
      kind: "clean",
      says: "audited",
      expect: "pass",
      resources: [data({}), auditing([{ logType: "DATA_READ" }, { logType: "DATA_WRITE" }])],
    },
    {
      kind: "clean",
      says: "a sink's bucket",
      expect: "not-applicable",
      resources: [data({}), referring(takers.from[4] ?? "", "sink", "destination", "data")],
    },
    {
      kind: "unknown",
      says: "where it logs to is not known",
      expect: "unknown",
      resources: [data({ logging: unknownHere })],
      path: "logging",
    },
    { kind: "absent", says: "not recorded", expect: "fail", resources: [data({})] },
  ],
};

function auditsStorage({ inputs }: PlannedResource): boolean {
  const service = inputs.at("service").text() ?? "";
  if (!["allServices", "storage.googleapis.com"].includes(service)) return false;
  const kinds = entriesOf(inputs.at("auditLogConfigs")).map((one: View) =>
    one.at("logType").text(),
  );
  return kinds.includes("DATA_READ") && kinds.includes("DATA_WRITE");
}

function data(more: { readonly [key: string]: Json }): ExampleResource {
  return { type: bucket, name: "data", props: { name: "data", ...more } };
}

function auditing(auditLogConfigs: Json): ExampleResource {
  return { type: audit, name: "audit", props: { service: "allServices", auditLogConfigs } };
}
