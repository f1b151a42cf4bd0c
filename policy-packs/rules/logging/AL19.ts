/**
 * Amazon MSK Developer Guide, "Amazon MSK logging"; Amazon EMR Management Guide, "Configure cluster
 * logging"; AWS CodeBuild User Guide, "View build logs": of a build CloudWatch takes them unless told not to.
 */
import type { Example, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Plan, View } from "../../../model/policy/view.ts";
import type { Props } from "../shared/alone.ts";
import { alone } from "../shared/alone.ts";
import { iso } from "../shared/benchmarks.ts";
import { isNamed } from "../shared/given-rule.ts";

const [build, emr, kafka] = [
  "aws:codebuild/project:Project",
  "aws:emr/cluster:Cluster",
  "aws:msk/cluster:Cluster",
] as const;

/** By type where its logs are asked for, and whether they are written somewhere. */
const kinds: Readonly<
  Record<string, { readonly at: string; readonly isOn: (at: View, plan: Plan) => boolean }>
> = {
  [build]: {
    at: "logsConfig",
    isOn: (config) =>
      config.at("cloudwatchLogs", "status").text() !== "DISABLED" ||
      config.at("s3Logs", "status").text() === "ENABLED",
  },
  [emr]: { at: "logUri", isOn: isNamed },
  [kafka]: {
    at: "loggingInfo",
    isOn: (info) =>
      ["cloudwatchLogs", "firehose", "s3"].some(
        (place) => info.at("brokerLogs", place, "enabled").flag() === true,
      ),
  },
};

export const AL19: Rule = {
  id: "AL19",
  sentence: "Brokers of Kafka, clusters of EMR and builds hand on their logs.",
  why: "Nobody can tell afterwards who came in, and the machine that knew is gone.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-2", "AU-9", "AU-12"],
  frameworks: [iso("aws", "A.8.15", "codebuild_project_logging_enabled")],
  fix: "Enable a destination in loggingInfo.brokerLogs, set logUri, or leave logsConfig.cloudwatchLogs on.",
  subjects: Object.keys(kinds),
  needs: "plan",
  check: ({ type, inputs }, judge, plan) => {
    const kind = kinds[type];
    const at = inputs.at(kind?.at ?? "");
    if (kind?.isOn(at, plan) === false)
      judge.fail(at, "what was done there is gone with the machine");
  },
  examples: [
    ...examplesOf(
      build,
      { logsConfig: { cloudwatchLogs: { status: "DISABLED" } } },
      { logsConfig: { s3Logs: { status: "ENABLED", location: "logs" } } },
      "pass",
    ),
    ...examplesOf(emr, { logUri: "" }, { logUri: "s3://logs/" }, "fail"),
    ...examplesOf(
      kafka,
      { loggingInfo: { brokerLogs: { s3: { enabled: false } } } },
      { loggingInfo: { brokerLogs: { s3: { enabled: true, bucket: "logs" } } } },
      "fail",
    ),
  ],
};

function examplesOf(type: string, bad: Props, good: Props, absent: "pass" | "fail"): Example[] {
  const [path = ""] = Object.keys(bad);
  return [
    { kind: "violating", says: "none", expect: "fail", resources: alone(type, bad), path },
    { kind: "clean", says: "handed on", expect: "pass", resources: alone(type, good) },
    {
      kind: "unknown",
      says: "not known",
      expect: "unknown",
      resources: alone(type, { [path]: unknownHere }),
      path,
    },
    { kind: "absent", says: "not said", expect: absent, resources: alone(type, {}) },
  ];
}
