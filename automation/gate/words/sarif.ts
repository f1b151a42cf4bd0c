/** The gate's findings as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"). */
import { createHash } from "node:crypto";
import { exemptionText } from "../../../model/policy/exemption.ts";
import { cleanText, shortUrn } from "../../../model/policy/finding.ts";
import type { Rule } from "../../../model/policy/rule.ts";
import type { AgedFinding, Comparison } from "../compare.ts";
import type { GateResult } from "../result.ts";

/** The log as an object; `rules` is the catalogue, for what a rule says of itself. */
export function sarifOf(result: GateResult, rules: readonly Rule[], version: string): object {
  const findings = result.stacks.flatMap(({ comparison }) =>
    comparison.findings.map((finding) => ({ finding, comparison })),
  );
  const ids = [...new Set(findings.map(({ finding }) => finding.rule))].sort();
  const driver = { name: "bulkhead", semanticVersion: version, rules: ids.map(descriptor(rules)) };
  const executionSuccessful = result.decision !== "undecided";
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver },
        columnKind: "utf16CodeUnits",
        invocations: [{ executionSuccessful, toolExecutionNotifications: notes(result) }],
        results: findings.map(({ finding, comparison }) => resultOf(finding, comparison, ids)),
      },
    ],
  };
}

const scores = { critical: "9.5", high: "8.0", medium: "5.5", low: "3.0" } as const;

function descriptor(rules: readonly Rule[]) {
  return (id: string): object => {
    const rule = rules.find((one) => one.id === id);
    if (rule === undefined) return { id };
    const { sentence, why, fix, severity, tenets, controls } = rule;
    return {
      id,
      shortDescription: { text: sentence },
      fullDescription: { text: why },
      help: { text: fix },
      properties: {
        "security-severity": scores[severity],
        tags: ["security", ...tenets, ...controls],
      },
    };
  };
}

function notes({ stacks, faults }: GateResult): object[] {
  const errors = stacks.flatMap(({ comparison: { stack, errors } }) =>
    errors.map((error) => `${stack}: ${error}`),
  );
  return [...faults, ...errors].map((text) => ({
    level: "error",
    message: { text: cleanText(text) },
  }));
}

function resultOf(finding: AgedFinding, { stack }: Comparison, ids: readonly string[]): object {
  const { rule, urn, path, sentence, witness, fix, exemption } = finding;
  return {
    ruleId: rule,
    ruleIndex: ids.indexOf(rule),
    level: finding.level === "mandatory" ? "error" : "warning",
    baselineState: finding.age === "fixed" ? "absent" : finding.age,
    message: {
      text: cleanText(`${sentence} ${shortUrn(urn)} ${path}: ${witness} Fix: ${fix}`),
    },
    locations: [
      {
        // A planned resource has no line; the stack's settings are the nearest file there is.
        physicalLocation: {
          artifactLocation: {
            uri: `stacks/Pulumi.${encodeURIComponent(stack.toWellFormed())}.yaml`,
          },
          region: { startLine: 1 },
        },
        logicalLocations: [{ fullyQualifiedName: cleanText(urn), kind: "resource" }],
      },
    ],
    partialFingerprints: { "ruleResourcePath/v1": digest([rule, urn, path].join("\n")) },
    ...(exemption === undefined
      ? {}
      : {
          suppressions: [
            {
              kind: "external",
              status: "accepted",
              justification: cleanText(exemptionText(exemption)),
            },
          ],
        }),
  };
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
