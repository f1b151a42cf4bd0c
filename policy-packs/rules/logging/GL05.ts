/**
 * Cloud Logging, "Exclusion filters". What is matched never reaches the sink's destination; a filter
 * that names no log, or nothing else than a severity, matches audit logs as well.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { alone } from "../shared/alone.ts";
import { matchesAuditLogs } from "../shared/log-filter.ts";

const exclusions = [
  "gcp:logging/billingAccountExclusion:BillingAccountExclusion",
  "gcp:logging/folderExclusion:FolderExclusion",
  "gcp:logging/organizationExclusion:OrganizationExclusion",
  "gcp:logging/projectExclusion:ProjectExclusion",
];
const sinks = [
  "gcp:logging/billingAccountSink:BillingAccountSink",
  "gcp:logging/folderSink:FolderSink",
  "gcp:logging/organizationSink:OrganizationSink",
  "gcp:logging/projectSink:ProjectSink",
];
const [projectExclusion, projectSink] = [exclusions[3] ?? "", sinks[3] ?? ""];

export const GL05: Rule = {
  id: "GL05",
  sentence: "No exclusion drops audit logs.",
  why: "What an attacker does is filtered out before anybody can keep it.",
  severity: "high",
  tenets: ["T7"],
  controls: ["AU-2", "AU-9", "AU-12"],
  fix: 'Keep exclusions to named logs, or add NOT logName:"cloudaudit.googleapis.com" to the filter.',
  subjects: [...exclusions, ...sinks],
  needs: "resource",
  check: ({ type, inputs }, judge) => {
    const all = exclusions.includes(type) ? [inputs] : entriesOf(inputs.at("exclusions"));
    for (const exclusion of all) judge.part(() => checkExclusion(exclusion, judge));
  },
  examples: [
    {
      kind: "violating",
      says: "audit logs by name",
      expect: "fail",
      resources: alone(projectExclusion, {
        filter: 'log_id("cloudaudit.googleapis.com/activity")',
      }),
      path: "filter",
    },
    {
      kind: "violating",
      says: "everything that is no error",
      expect: "fail",
      resources: sink([{ name: "quiet", filter: "severity<ERROR" }]),
      path: "exclusions[0].filter",
    },
    {
      kind: "clean",
      says: "a log of its own",
      expect: "pass",
      resources: sink([{ name: "health", filter: 'log_id("nginx") AND httpRequest.status=200' }]),
    },
    {
      kind: "clean",
      says: "all but audit logs",
      expect: "pass",
      resources: sink([{ filter: 'severity<ERROR AND NOT logName:"cloudaudit.googleapis.com"' }]),
    },
    {
      kind: "clean",
      says: "one that is off",
      expect: "pass",
      resources: alone(projectExclusion, { filter: "severity<ERROR", disabled: true }),
    },
    {
      kind: "unknown",
      says: "the filter is not known",
      expect: "unknown",
      resources: sink([{ filter: unknownHere }]),
      path: "exclusions[0].filter",
    },
    {
      kind: "absent",
      says: "no exclusions",
      expect: "pass",
      resources: alone(projectSink, { filter: "" }),
    },
  ],
};

function checkExclusion(exclusion: View, judge: Parameters<Rule["check"]>[1]): void {
  if (exclusion.at("disabled").flag() === true) return;
  const filter = exclusion.at("filter");
  if (matchesAuditLogs(filter.text() ?? "")) {
    judge.fail(filter, "an entry of cloudaudit.googleapis.com/activity that is dropped");
  }
}

function sink(list: Json) {
  return alone(projectSink, { destination: "storage.googleapis.com/logs", exclusions: list });
}
