/** Cloud Audit Logs: data access is recorded only where it is switched on. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { alone } from "../shared/alone.ts";
import { cis, iso } from "../shared/benchmarks.ts";

const types = [
  "gcp:projects/iAMAuditConfig:IAMAuditConfig",
  "gcp:folder/iamAuditConfig:IamAuditConfig",
  "gcp:organizations/iamAuditConfig:IamAuditConfig",
];
const demanded = ["DATA_READ", "DATA_WRITE"];

export const GL01: Rule = {
  id: "GL01",
  sentence: "An audit configuration records reading and writing of data, by everybody.",
  why: "Whoever is exempt, or only reads, leaves no trace of what was taken.",
  severity: "high",
  tenets: ["T7"],
  controls: ["AU-2", "AU-12"],
  frameworks: [cis("cis-gcp-3.0.0", "2.1"), iso("gcp", "A.8.16", "iam_audit_logs_enabled")],
  fix: "List DATA_READ and DATA_WRITE without exemptedMembers.",
  subjects: types,
  needs: "resource",
  check: (subject, judge) => {
    const list = subject.inputs.at("auditLogConfigs");
    const entries = entriesOf(list);
    judge.part(() => {
      const kinds = entries.map((entry) => entry.at("logType").text());
      for (const kind of demanded.filter((one) => !kinds.includes(one))) {
        judge.fail(list, `a ${kind === "DATA_READ" ? "read" : "write"} that leaves no record`);
      }
    });
    for (const entry of entries) {
      judge.part(() => {
        for (const member of entriesOf(entry.at("exemptedMembers"))) {
          judge.fail(member, `whatever ${member.text() ?? "somebody"} does leaves no record`);
        }
      });
    }
  },
  examples: [
    {
      kind: "violating",
      says: "writes only",
      expect: "fail",
      resources: config([{ logType: "DATA_WRITE" }]),
      path: "auditLogConfigs",
      witness: "a read",
    },
    {
      kind: "violating",
      says: "somebody is exempt",
      expect: "fail",
      resources: config([
        { logType: "DATA_READ", exemptedMembers: ["user:mallory@example.com"] },
        { logType: "DATA_WRITE" },
      ]),
      path: "auditLogConfigs[0].exemptedMembers[0]",
    },
    {
      kind: "clean",
      says: "both, for all",
      expect: "pass",
      resources: config([{ logType: "DATA_READ" }, { logType: "DATA_WRITE" }]),
    },
    {
      kind: "unknown",
      says: "the list is not known",
      expect: "unknown",
      resources: config(unknownHere),
      path: "auditLogConfigs",
    },
    { kind: "absent", says: "no list", expect: "fail", resources: alone(types[0] ?? "", {}) },
  ],
};

function config(auditLogConfigs: Json) {
  return alone(types[0] ?? "", { service: "allServices", auditLogConfigs });
}
