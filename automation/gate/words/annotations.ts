/** Findings as GitHub's workflow commands, which show beside the change. */
import { shortUrn } from "../../../model/policy/finding.ts";
import type { AgedFinding } from "../compare.ts";
import { isBlocking } from "../decide.ts";
import type { GateResult } from "../result.ts";
import { commandProperty, commandText } from "./safe.ts";

/** One line for each standing finding that no exemption covers. */
export function annotationsOf({ stacks }: GateResult): string[] {
  return stacks.flatMap(({ comparison: { stack, findings } }) =>
    findings
      .filter(({ age, exemption }) => age !== "fixed" && exemption === undefined)
      .map((finding) => annotation(stack, finding)),
  );
}

function annotation(stack: string, finding: AgedFinding): string {
  const { rule, urn, path, sentence, witness } = finding;
  const kind = isBlocking(finding) ? "error" : "warning";
  const title = commandProperty(`${rule} ${stack}`);
  const text = commandText(`${sentence} ${shortUrn(urn)} ${path}: ${witness}`);
  return `::${kind} title=${title}::${text}`;
}
