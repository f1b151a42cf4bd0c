/** AWS WAF Developer Guide, "Logging AWS WAF web ACL traffic": a configuration of its own. */
import { iso } from "../shared/benchmarks.ts";
import { companionRule } from "../shared/companion-rule.ts";

const type = "aws:wafv2/webAcl:WebAcl";
const logging = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration";

export const AL12f = companionRule({
  id: "AL12f",
  sentence: "A web application firewall records what it decided.",
  why: "Nobody sees an attacker try his way past the rules until one attempt gets through.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-2", "AU-12", "SI-4"],
  frameworks: [iso("aws", "A.8.15", "wafv2_webacl_logging_enabled")],
  fix: "Plan a WebAclLoggingConfiguration with the web ACL's ARN.",
  about: { [type]: { scope: "REGIONAL" } },
  relation: { from: [logging], to: type, properties: ({ inputs }) => [inputs.at("resourceArn")] },
  witness: "a request that is refused, or let through, without a record",
  companion: {
    type: logging,
    property: "resourceArn",
    props: { logDestinationConfigs: ["arn:aws:s3:::aws-waf-logs-shop"] },
  },
});
