/** RDP open to every address in GCP. */
import { portSet } from "../../../model/base/layer4.ts";
import type { Rule } from "../../../model/policy/rule.ts";
import { gcpRulesOf, gcpRuleWriters } from "../../lift/gcp-rules.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import { judgeOpenPort } from "../shared/open-port.ts";
import { gcpPortExamples } from "../shared/open-port-examples.ts";

const port = 3389;
const selector = portSet({ protocol: "tcp", from: port, to: port })[0]?.from ?? 0n;

export const GN03: Rule = {
  id: "GN03",
  sentence: "Nobody outside may open RDP (tcp/3389).",
  why: "Anybody on the internet may try passwords and flaws of the remote desktop, a common way in for ransomware.",
  severity: "critical",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4", "AC-17"],
  frameworks: [
    cis("cis-gcp-3.0.0", "3.7"),
    iso("gcp", "A.8.20", "compute_firewall_rdp_access_from_the_internet_allowed"),
  ],
  fix: "Delete the rule; reach machines through the cloud's own session service or from a segment that a flow names.",
  subjects: gcpRuleWriters,
  needs: "resource",
  check: (subject, judge) => judgeOpenPort(judge, gcpRulesOf(subject), selector),
  examples: gcpPortExamples(port),
};
