/** Two sides of a stack held against each other: what is new, what is gone, what opens. */
import type { Topology } from "../../model/network/topology.ts";
import type { Finding, OpenQuestion } from "../engine/verdicts.ts";
import { type OperationChange, operationReach } from "../reach/operation.ts";
import { type Edit, editsBetween } from "./edits.ts";
import { explainer } from "./explain.ts";
import type { Side } from "./side.ts";
import { type Way, waysFromOutside } from "./ways.ts";

/** How a finding stands to the base. */
export type Age = "new" | "unchanged" | "fixed";

/** A finding with its age. */
export interface AgedFinding extends Finding {
  readonly age: Age;
}

/** A flow that opens or closes, with the edits that did it. */
export interface ExplainedChange extends OperationChange {
  readonly edits: readonly Edit[];
}

/** What a change does to one stack. */
export interface Comparison {
  readonly stack: string;
  readonly base: string;
  readonly head: string;
  /** Whether both sides could be previewed. */
  readonly complete: boolean;
  /** Of the base and of the head, each with the side's name. */
  readonly errors: readonly string[];
  readonly rules: readonly string[];
  readonly findings: readonly AgedFinding[];
  /** What cannot be decided yet on the head's side. */
  readonly open: readonly OpenQuestion[];
  readonly edits: readonly Edit[];
  readonly flows: readonly ExplainedChange[];
  /** What the internet comes to by several steps, and did not before. */
  readonly ways: readonly Way[];
}

const noNetwork: Topology = { endpoints: [], stages: [], residuals: [], unknowns: [] };

/** Compares; throws as `operationReach` does. */
export function compareSides(base: Side, head: Side): Comparison {
  const edits = editsBetween(base.resources, head.resources);
  const before = base.network?.topology ?? noNetwork;
  const record = head.network ?? { topology: noNetwork, segmentations: [] };
  const explained = explainer(edits);
  return {
    stack: head.stack,
    base: base.commit,
    head: head.commit,
    complete: base.previewed && head.previewed,
    errors: [
      ...base.errors.map((error) => `base: ${error}`),
      ...head.errors.map((error) => `head: ${error}`),
    ],
    rules: head.rules,
    findings: agedFindings(base.findings, head.findings),
    open: head.open,
    edits,
    flows: operationReach(record, before).changes.map(explained),
    ways: waysFromOutside(before, record.topology, explained),
  };
}

function agedFindings(base: readonly Finding[], head: readonly Finding[]): AgedFinding[] {
  const [olds, news] = [base, head].map((findings) => new Set(findings.map(keyOf)));
  const age = (finding: Finding): Age => (olds?.has(keyOf(finding)) ? "unchanged" : "new");
  const all: AgedFinding[] = [
    ...head.map((finding) => ({ ...finding, age: age(finding) })),
    ...base
      .filter((finding) => !news?.has(keyOf(finding)))
      .map((finding) => ({ ...finding, age: "fixed" as const })),
  ];
  return all.sort(byWeight);
}

const severities = ["critical", "high", "medium", "low"];
const ages: readonly Age[] = ["new", "unchanged", "fixed"];

/** The gravest first; packs judge in whatever order resources come, which is no order for a reader. */
function byWeight(one: AgedFinding, other: AgedFinding): number {
  return (
    severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
    ages.indexOf(one.age) - ages.indexOf(other.age) ||
    (keyOf(one) < keyOf(other) ? -1 : 1)
  );
}

/** The same rule at the same place is the same finding, whatever its witness says. */
function keyOf({ rule, urn, path }: Finding): string {
  return [rule, urn, path].join("\n");
}
