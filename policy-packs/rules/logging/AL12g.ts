/** Amazon OpenSearch Service Developer Guide, "Monitoring audit logs": published only where it is asked for. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { alone } from "../shared/alone.ts";
import { iso } from "../shared/benchmarks.ts";

const types = ["aws:elasticsearch/domain:Domain", "aws:opensearch/domain:Domain"];
const cloudwatchLogGroupArn = "arn:aws:logs:eu-central-1:111122223333:log-group:search";

export const AL12g: Rule = {
  id: "AL12g",
  sentence: "A search domain publishes its audit log.",
  why: "Nobody can tell who searched for what, and what was changed.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-2", "AU-12"],
  frameworks: [iso("aws", "A.8.15", "opensearch_service_domains_audit_logging_enabled")],
  fix: "Add to logPublishingOptions one with logType AUDIT_LOGS; it needs fine-grained access control.",
  subjects: types,
  needs: "resource",
  check: ({ inputs }, judge) => {
    const options = inputs.at("logPublishingOptions");
    const audits = entriesOf(options).some(
      (option) =>
        option.at("logType").text() === "AUDIT_LOGS" && option.at("enabled").flag() !== false,
    );
    if (!audits) judge.fail(options, "a search that leaves no record");
  },
  examples: [
    {
      kind: "violating",
      says: "slow searches only",
      expect: "fail",
      resources: domain([{ logType: "SEARCH_SLOW_LOGS", cloudwatchLogGroupArn }]),
      path: "logPublishingOptions",
    },
    {
      kind: "violating",
      says: "switched off",
      expect: "fail",
      resources: domain([{ logType: "AUDIT_LOGS", cloudwatchLogGroupArn, enabled: false }]),
    },
    {
      kind: "clean",
      says: "published",
      expect: "pass",
      resources: domain([{ logType: "AUDIT_LOGS", cloudwatchLogGroupArn }]),
    },
    {
      kind: "unknown",
      says: "not known",
      expect: "unknown",
      resources: domain(unknownHere),
      path: "logPublishingOptions",
    },
    { kind: "absent", says: "none", expect: "fail", resources: alone(types[0] ?? "", {}) },
  ],
};

function domain(logPublishingOptions: Json) {
  return alone(types[1] ?? "", { logPublishingOptions });
}
