/** The end of an operation as a person reads it. */
import { exemptionText } from "../../model/policy/exemption.ts";
import type { Operation } from "../engine/arguments.ts";
import { packageTitles } from "../engine/inventory.ts";
import type { Finding } from "../engine/verdicts.ts";
import type { OperationChange } from "../reach/operation.ts";
import type { PlaceReach } from "../reach/place-reach.ts";
import type { Fate } from "../reach/witness-text.ts";
import { flowChangeText } from "./change-text.ts";
import { type Change, type OperationOutcome, shortUrn } from "./outcome.ts";
import { counted, duration, paint, table } from "./output.ts";
import { wordFor } from "./view/operation-status.ts";

/** Changes that are listed; the report has all. */
const changesListedMax = 25;
const openListedMax = 10;
const flowsListedMax = 6;

/** Everything about an outcome, several lines. */
export function outcomeText(outcome: OperationOutcome, colour: boolean): string {
  return [
    headline(outcome, colour),
    ...section(
      "Errors",
      outcome.errors.map((error) => indent(error)),
    ),
    ...section(
      "Findings",
      outcome.findings.map((finding) => findingText(finding, colour)),
    ),
    ...section("Reach", reachLines(outcome, colour)),
    ...section(changesTitle(outcome), changeLines(outcome)),
    ...section(existsTitle(outcome), inventoryLines(outcome)),
    ...section("Rules", ruleLines(outcome)),
    ...(outcome.run === "" ? [] : ["", `Report   ${outcome.report}`, `Run      ${outcome.run}`]),
  ].join("\n");
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", title, ...lines];
}

const statusWords = {
  done: "done",
  refused: "REFUSED by the policy pack",
  failed: "FAILED",
  interrupted: "stopped as asked; the next run continues",
} as const;

function headline(outcome: OperationOutcome, colour: boolean): string {
  const style = outcome.status === "done" ? "green" : "red";
  const words = paint(colour, style, statusWords[outcome.status]);
  const changes = counted(outcome.changes.length, "change");
  const time = duration(outcome.elapsedMs);
  return `${outcome.operation} ${outcome.project} ${outcome.stack}: ${words}, ${changes}, ${time}`;
}

/** Rule, resource, property path, witness and fix of one finding. */
export function findingText(finding: Finding, colour: boolean): string {
  const { exemption } = finding;
  const blocks = finding.level === "mandatory" && exemption === undefined;
  const mark = exemption !== undefined ? "○" : blocks ? "✗" : "!";
  const head = [finding.rule, finding.severity, finding.level, exemption ? "exempted" : ""];
  const style = blocks ? "red" : "yellow";
  const fields = [
    ["resource", finding.urn === "" ? "the stack as a whole" : finding.urn],
    ["property", finding.path],
    ["says", finding.sentence],
    ["witness", finding.witness],
    ["fix", finding.fix],
    ["exempted", exemption === undefined ? "" : exemptionText(exemption)],
  ].filter(([, value]) => value !== "");
  return [
    `  ${paint(colour, style, `${mark} ${head.filter((part) => part !== "").join(", ")}`)}`,
    ...fields.map(([name, value]) => `      ${name?.padEnd(9)} ${indentRest(value ?? "")}`),
  ].join("\n");
}

function indentRest(text: string): string {
  return text.split("\n").join(`\n${" ".repeat(16)}`);
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}

/** What was proved of each place, and the flows that come, go or change. */
function reachLines({ reach }: OperationOutcome, colour: boolean): string[] {
  if (reach === undefined) return [];
  const listed = reach.changes.slice(0, flowsListedMax);
  const rest = reach.changes.length - listed.length;
  return [
    ...reach.places.map(placeLine),
    ...(reach.changes.length === 0 ? ["  no flow is added, removed or changed"] : []),
    ...listed.flatMap((change) => [
      `  ${flowChangeText(change, colour)}${change.violation ? paint(colour, "red", " (violation)") : ""}`,
      ...(change.violation ? witnessLines(change) : []),
    ]),
    ...(rest > 0 ? [`  and ${rest} more, see the report`] : []),
  ];
}

function placeLine({ place, verdict, pairs, unknowns, unseen }: PlaceReach): string {
  const open = unknowns.length === 0 ? "" : `, ${counted(unknowns.length, "unknown value")}`;
  const blind = unseen.length === 0 ? "" : `, nothing guards ${unseen.join(", ")}`;
  return `  ${place}: ${verdict}, ${counted(pairs, "pair")} compared${open}${blind}`;
}

function witnessLines({ witness }: OperationChange): string[] {
  const { packet, before, after } = witness;
  const fate = ({ arrives, by }: Fate) =>
    `${arrives ? "let through" : "stopped"} by ${by.join("; ")}`;
  return [`      packet ${packet}`, `      before ${fate(before)}`, `      now    ${fate(after)}`];
}

function changesTitle(outcome: OperationOutcome): string {
  if (outcome.operation === "refresh") return "Changed outside of this program";
  return outcome.operation === "preview" || outcome.status === "refused"
    ? "Would change"
    : "Changed";
}

function changeLines(outcome: OperationOutcome): string[] {
  const listed = outcome.changes
    .slice(0, changesListedMax)
    .map((change) => changeLine(change, outcome.operation));
  const rest = outcome.changes.length - listed.length;
  return rest > 0 ? [...listed, `  and ${rest} more, see the report`] : listed;
}

function changeLine(change: Change, operation: Operation): string {
  const paths = change.paths.length === 0 ? "" : ` (${change.paths.join(", ")})`;
  return `  ${wordFor(change.op, operation)} ${shortUrn(change.urn)}${paths}`;
}

function existsTitle(outcome: OperationOutcome): string {
  const whole = outcome.status === "done" || outcome.status === "refused";
  if (outcome.operation === "preview" || outcome.status === "refused") return "Would exist";
  return whole ? "Exists now" : "Seen before it ended";
}

function inventoryLines(outcome: OperationOutcome): string[] {
  const entries = Object.entries(outcome.resources);
  if (entries.length === 0) return outcome.operation === "destroy" ? ["  nothing"] : [];
  const total = entries.reduce((sum, [, count]) => sum + count, 0);
  const rows = entries.map(([name, count]) => [`  ${packageTitles[name] ?? name}`, `${count}`]);
  return table([...rows, ["  together", `${total}`]]).split("\n");
}

function ruleLines(outcome: OperationOutcome): string[] {
  if (outcome.rules.length === 0) return [];
  const { pass, fail, unknown } = outcome.verdicts;
  const counts = `${pass} passed, ${fail} failed, ${unknown} unknown`;
  const exempt = outcome.verdicts["not-applicable"];
  return [
    `  ${counted(outcome.rules.length, "rule")}: ${counts}, ${exempt} not applicable`,
    ...openLines(outcome),
  ];
}

function openLines(outcome: OperationOutcome): string[] {
  const lines = outcome.open.slice(0, openListedMax).map((open) => {
    const waits = open.waitsFor.map(shortUrn).join(", ");
    return `  ? ${open.rule} ${shortUrn(open.urn)} ${open.path}${waits === "" ? "" : ` waits for ${waits}`}`;
  });
  const rest = outcome.open.length - lines.length;
  return rest > 0 ? [...lines, `  and ${rest} more, see the report`] : lines;
}
