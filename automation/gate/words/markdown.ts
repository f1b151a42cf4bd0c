/** The comment on a pull request: what a reviewer must know, what blocks first. */
import { exemptionText } from "../../../model/policy/exemption.ts";
import { shortUrn } from "../../../model/policy/finding.ts";
import {
  changeDoubt,
  changeMarks,
  changePorts,
  changeSides,
} from "../../report/reach/change-words.ts";
import type { AgedFinding, Comparison, ExplainedChange } from "../compare.ts";
import { isBlocking, type Verdict } from "../decide.ts";
import type { Edit } from "../edits.ts";
import type { GateResult } from "../result.ts";
import type { Way } from "../ways.ts";
import { mermaidOf } from "./mermaid.ts";
import { code } from "./safe.ts";

/** Longest comment that GitHub takes, in characters. */
export const commentCharactersMax = 65_536;

/** Left free for what whoever posts it writes above. */
const posterCharactersMax = 600;

/** Most notices of a kind that are listed; the JSON has all. */
const noticesMax = 20;

/** By this a later run finds its own comment. */
export const commentMark = "<!-- bulkhead-gate -->";

const headings = {
  passed: "✅ Zero trust gate: passed",
  blocked: "⛔ Zero trust gate: blocked",
  undecided: "⚠️ Zero trust gate: could not decide, which is no pass",
} as const;

/** The whole comment; what does not fit is counted, the least important first. */
export function commentOf(result: GateResult): string {
  const blocks = [
    `${commentMark}\n## ${headings[result.decision]}`,
    ...noticeLines(result),
    ...result.stacks.flatMap(stackBlocks),
    `Base ${code(result.base)}, head ${code(result.head)}.`,
  ];
  return fitted(blocks);
}

/** Leaves blocks out from the end, but for the last, and says how many. */
function fitted(blocks: readonly string[]): string {
  const all = blocks.join("\n\n");
  const fitting = commentCharactersMax - posterCharactersMax;
  if (all.length <= fitting) return `${all}\n`;
  const last = blocks.at(-1) ?? "";
  const kept: string[] = [];
  const note = (left: number) => `*${left} more parts do not fit here; the JSON has all of them.*`;
  let room = fitting - last.length - note(blocks.length).length - 10;
  for (const block of blocks.slice(0, -1)) {
    // One that is too long by itself hides none of those behind it.
    if (block.length + 2 > room) continue;
    room -= block.length + 2;
    kept.push(block);
  }
  return `${[...kept, note(blocks.length - 1 - kept.length), last].join("\n\n")}\n`;
}

function noticeLines({ touched, faults, notes }: GateResult): string[] {
  const lists = [faults, notes].filter((lines) => lines.length > 0);
  const texts = lists.map((lines) =>
    shortened(
      lines.map((line) => `- ${code(line)}`),
      "\n",
    ),
  );
  if (touched.length === 0) return texts;
  const files = shortened(touched.map(code), ", ");
  return [
    `**This change touches what judges it**: ${files}. Its owners should look at that first.`,
    ...texts,
  ];
}

/** A notice must fit, however much there is to notice. */
function shortened(items: readonly string[], between: string): string {
  const shown = items.slice(0, noticesMax);
  const left = items.length - shown.length;
  return [...shown, ...(left === 0 ? [] : [`${left} more`])].join(between);
}

function stackBlocks({ comparison, verdict }: GateResult["stacks"][number]): string[] {
  const { findings, open, flows, ways, edits } = comparison;
  const standing = findings.filter(({ age }) => age !== "fixed");
  const of = (test: (finding: AgedFinding) => boolean) => standing.filter(test).map(findingBlock);
  const blocking = of(isBlocking);
  const advice = of((one) => !isBlocking(one) && one.exemption === undefined);
  const exempted = of((one) => one.exemption !== undefined);
  return [
    `### Stack ${code(comparison.stack)}: ${verdict.decision}`,
    summaryLine(comparison, verdict),
    ...ways.map(wayBlock),
    ...blocking,
    ...flowBlocks(flows),
    ...openBlock(open),
    ...advice,
    ...exempted,
    ...fixedBlock(findings.filter(({ age }) => age === "fixed")),
    ...editsBlock(edits),
  ];
}

function summaryLine({ findings, flows, edits, rules }: Comparison, { reasons }: Verdict): string {
  const count = (age: AgedFinding["age"]) => findings.filter((one) => one.age === age).length;
  const flowCount = (kind: ExplainedChange["kind"]) =>
    flows.filter((one) => one.kind === kind).length;
  return [
    ...(reasons.length === 0
      ? []
      : [
          shortened(
            reasons.map((reason) => `- ${code(reason)}`),
            "\n",
          ),
        ]),
    `- Findings: ${count("new")} new, ${count("fixed")} fixed, ${count("unchanged")} unchanged, of ${rules.length} rules`,
    `- Flows: ${flowCount("added")} added, ${flowCount("removed")} removed, ${flowCount("changed")} changed`,
    `- Properties of planned resources that differ: ${edits.length}`,
  ].join("\n");
}

function findingBlock(finding: AgedFinding): string {
  const { rule, severity, level, age, exemption } = finding;
  return [
    `**${code(rule)}** ${severity}, ${level}, ${exemption === undefined ? age : "exempted"}: ${code(finding.sentence)}`,
    `- at ${code(shortUrn(finding.urn))}${finding.path === "" ? "" : ` ${code(finding.path)}`}`,
    `- witness: ${code(finding.witness)}`,
    exemption === undefined
      ? `- fix: ${code(finding.fix)}`
      : `- exempted ${code(exemptionText(exemption))}`,
  ].join("\n");
}

function wayBlock({ to, hops }: Way): string {
  const lines = hops.flatMap(({ from, to: next, packet, edits }) => [
    `1. ${code(from)} → ${code(next)}${packet === "" ? ", open before" : `: ${code(packet)}`}`,
    ...edits.map((edit) => `   - opened by ${editText(edit)}`),
  ]);
  return [`**The internet comes to ${code(to)}, step by step:**`, ...lines].join("\n");
}

function flowBlocks(flows: readonly ExplainedChange[]): string[] {
  const diagram = mermaidOf(flows);
  return [
    ...(diagram === "" ? [] : [`\`\`\`mermaid\n${diagram}\n\`\`\``]),
    ...flows.map(flowBlock),
  ];
}

function flowBlock(change: ExplainedChange): string {
  const [from, to] = changeSides(change);
  const doubt = changeDoubt(change);
  const ports = [doubt, changePorts(change)].filter((part) => part !== "").join(" ");
  const { packet, after, before } = change.witness;
  const against = change.violation ? " **not as declared**" : "";
  const fate = after.arrives ? after : before;
  return [
    `**${change.kind}** ${changeMarks[change.kind]} ${code(from)} → ${code(to)} ${code(ports)}${against}`,
    `- packet: ${code(packet)} ${after.arrives ? "arrives" : "no longer arrives"}`,
    ...fate.by.map((by) => `- decided by ${code(by)}`),
    ...change.edits.map((edit) => `- edit: ${editText(edit)}`),
  ].join("\n");
}

function openBlock(open: Comparison["open"]): string[] {
  if (open.length === 0) return [];
  const lines = open.map(({ rule, level, urn, path, waitsFor }) => {
    const waits =
      waitsFor.length === 0 ? "" : ` waits for ${waitsFor.map(shortUrn).map(code).join(", ")}`;
    return `- ${code(rule)} (${level}) ${code(shortUrn(urn))} ${code(path)}${waits}`;
  });
  return [folded(`${open.length} cannot be decided yet`, lines)];
}

function fixedBlock(fixed: readonly AgedFinding[]): string[] {
  if (fixed.length === 0) return [];
  const lines = fixed.map(
    ({ rule, urn, path }) => `- ${code(rule)} ${code(shortUrn(urn))} ${code(path)}`,
  );
  return [folded(`${fixed.length} fixed`, lines)];
}

function editsBlock(edits: readonly Edit[]): string[] {
  if (edits.length === 0) return [];
  return [
    folded(
      `${edits.length} edits of planned resources`,
      edits.map((edit) => `- ${editText(edit)}`),
    ),
  ];
}

function editText({ urn, path, kind, before, after }: Edit): string {
  const place = `${code(shortUrn(urn))}${path === "" ? "" : ` ${code(path)}`}`;
  if (before === "" && after === "") return `${place} ${kind}`;
  return `${place}: ${before === "" ? "nothing" : code(before)} → ${after === "" ? "nothing" : code(after)}`;
}

function folded(title: string, lines: readonly string[]): string {
  return `<details><summary>${title}</summary>\n\n${lines.join("\n")}\n\n</details>`;
}
