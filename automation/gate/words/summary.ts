/** The gate as a person reads it on a terminal. */
import { exemptionText } from "../../../model/policy/exemption.ts";
import { cleanText, shortUrn } from "../../../model/policy/finding.ts";
import { changeMarks, changePorts, changeSides } from "../../report/reach/change-words.ts";
import type { AgedFinding, ExplainedChange } from "../compare.ts";
import { isBlocking } from "../decide.ts";
import type { Edit } from "../edits.ts";
import type { GateResult, StackResult } from "../result.ts";
import type { Way } from "../ways.ts";

/** Several lines, the decision last. */
export function summaryOf({ stacks, touched, faults, notes, decision }: GateResult): string {
  return [
    ...faults,
    ...notes,
    ...stacks.flatMap(stackLines),
    ...(touched.length === 0 ? [] : [`This change touches what judges it: ${touched.join(", ")}`]),
    `gate: ${decision}`,
  ]
    .map((line) => cleanLine(line))
    .join("\n");
}

function cleanLine(line: string): string {
  return line.replace(/^( *)(.*)$/s, (_, space: string, rest: string) => space + cleanText(rest));
}

function stackLines({ comparison, verdict }: StackResult): string[] {
  const { stack, findings, flows, ways, edits } = comparison;
  return [
    `Stack ${stack}: ${verdict.decision}`,
    ...verdict.reasons.map((reason) => `  ${reason}`),
    ...ways.flatMap(wayLines),
    ...findings.flatMap(findingLines),
    ...flows.flatMap(flowLines),
    `  ${edits.length} edits of planned resources`,
  ];
}

function wayLines({ to, hops }: Way): string[] {
  return [
    `  internet comes to ${to}, step by step:`,
    ...hops.flatMap(({ from, to: next, packet, edits }) => [
      `    ${from} => ${next} ${packet === "" ? "(open before)" : packet}`,
      ...edits.map((edit) => `      ${editText(edit)}`),
    ]),
  ];
}

function findingLines(finding: AgedFinding): string[] {
  const { age, rule, severity, level, urn, path, sentence, witness, exemption } = finding;
  if (age === "fixed") return [`  fixed ${rule} ${shortUrn(urn)} ${path}`];
  const mark = isBlocking(finding) ? "✗" : exemption === undefined ? "!" : "○";
  return [
    `  ${mark} ${age} ${rule}, ${severity}, ${level}: ${sentence}`,
    `      ${shortUrn(urn)} ${path}: ${witness}`,
    ...(exemption === undefined ? [] : [`      exempted ${exemptionText(exemption)}`]),
  ];
}

function flowLines(change: ExplainedChange): string[] {
  const [from, to] = changeSides(change);
  const { packet } = change.witness;
  const against = change.violation ? ", not as declared" : "";
  return [
    `  ${changeMarks[change.kind]} ${change.kind} ${from} => ${to} : ${changePorts(change)}${against}`,
    `      ${packet}`,
    ...change.edits.map((edit) => `      ${editText(edit)}`),
  ];
}

function editText({ urn, path, kind, before, after }: Edit): string {
  const values =
    before === "" && after === "" ? kind : `${before || "nothing"} → ${after || "nothing"}`;
  return `by ${shortUrn(urn)}${path === "" ? "" : ` ${path}`}: ${values}`;
}
