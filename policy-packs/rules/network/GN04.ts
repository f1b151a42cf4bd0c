/** Ports of databases open to every address in GCP. */
import type { Rule } from "../../../model/policy/rule.ts";
import { gcpRulesOf, gcpRuleWriters } from "../../lift/gcp-rules.ts";
import { judgeOpenPorts } from "../shared/open-port.ts";
import { gcpPortExamples } from "../shared/open-port-examples.ts";
import { databasePorts } from "../shared/service-ports.ts";

export const GN04: Rule = {
  id: "GN04",
  sentence: "No port of a database, cache or search engine is open to everybody.",
  why: "Anybody on the internet may try passwords and flaws of the store; many have been emptied within hours.",
  severity: "critical",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Name the service account or the secure tag of those that read and write the data.",
  subjects: gcpRuleWriters,
  needs: "resource",
  check: (subject, judge) => judgeOpenPorts(judge, gcpRulesOf(subject), databasePorts),
  examples: gcpPortExamples(5432),
};
