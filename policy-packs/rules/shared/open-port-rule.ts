/** "Nobody outside may reach these ports", as a rule for each of three clouds. */
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import type { Example, Rule } from "../../../model/policy/rule.ts";
import type { PlannedResource } from "../../../model/policy/view.ts";
import { awsIngressWriters, awsRulesOf } from "../../lift/aws-rules.ts";
import { azureRulesOf, azureRuleTypes } from "../../lift/azure-rules.ts";
import type { WrittenRule } from "../../lift/edge-rule.ts";
import { gcpRulesOf, gcpRuleWriters } from "../../lift/gcp-rules.ts";
import { judgeOpenPorts } from "./open-port.ts";
import { awsPortExamples, azurePortExamples, gcpPortExamples } from "./open-port-examples.ts";

interface Cloud {
  readonly subjects: readonly string[];
  readonly rulesOf: (subject: PlannedResource) => readonly WrittenRule[];
  readonly examples: (port: number) => readonly Example[];
}

const clouds = {
  aws: {
    subjects: awsIngressWriters,
    rulesOf: awsRulesOf,
    examples: awsPortExamples,
  },
  azure: {
    subjects: [azureRuleTypes.group, azureRuleTypes.rule],
    rulesOf: azureRulesOf,
    examples: azurePortExamples,
  },
  gcp: { subjects: gcpRuleWriters, rulesOf: gcpRulesOf, examples: gcpPortExamples },
} as const satisfies Record<string, Cloud>;

/** A rule by its words, its cloud and its ports. */
export interface OpenPortRule
  extends Omit<Rule, "subjects" | "needs" | "check" | "examples" | "remedy"> {
  readonly cloud: keyof typeof clouds;
  readonly ports: IntervalSet;
  /** One of the ports, of TCP, that its examples open. */
  readonly example: number;
}

/** The whole rule. */
export function openPortRule({ cloud, ports, example, ...words }: OpenPortRule): Rule {
  const { subjects, rulesOf, examples }: Cloud = clouds[cloud];
  return {
    ...words,
    subjects,
    needs: "resource",
    check: (subject, judge) => judgeOpenPorts(judge, rulesOf(subject), ports),
    examples: examples(example),
  };
}
