/**
 * Amazon CloudFront Developer Guide, "Access logs (standard logs)": the older ones stand in the
 * distribution, the newer are a delivery source of CloudWatch Logs; "Use real-time access logs".
 */
import type { View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { alone } from "../shared/alone.ts";
import { iso } from "../shared/benchmarks.ts";
import { companionRule } from "../shared/companion-rule.ts";
import { isGiven } from "../shared/refers-to.ts";

const type = "aws:cloudfront/distribution:Distribution";
const source = "aws:cloudwatch/logDeliverySource:LogDeliverySource";

export const AL12c = companionRule({
  id: "AL12c",
  sentence: "A distribution records every request.",
  why: "Nobody can tell afterwards from where an attack came, and what it asked for.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-2", "AU-12"],
  frameworks: [iso("aws", "A.8.15", "cloudfront_distributions_logging_enabled")],
  fix: "Set loggingConfig with a bucket, or plan a LogDeliverySource with the distribution's ARN and logType ACCESS_LOGS.",
  about: { [type]: { enabled: true } },
  inside: (inputs) => {
    const behaviours = [
      inputs.at("defaultCacheBehavior"),
      ...entriesOf(inputs.at("orderedCacheBehaviors")),
    ];
    return isGiven(inputs, "loggingConfig", "bucket") || behaviours.every((one) => isRecorded(one));
  },
  relation: { from: [source], to: type, properties: ({ inputs }) => [inputs.at("resourceArn")] },
  does: (inputs) => inputs.at("logType").text() === "ACCESS_LOGS",
  witness: "a request that leaves no record",
  companion: { type: source, property: "resourceArn", props: { logType: "ACCESS_LOGS" } },
  more: [
    {
      kind: "clean",
      says: "a bucket takes them",
      expect: "pass",
      resources: alone(type, { loggingConfig: { bucket: "logs.s3.amazonaws.com" } }),
    },
  ],
});

function isRecorded(behaviour: View): boolean {
  return isGiven(behaviour, "realtimeLogConfigArn");
}
