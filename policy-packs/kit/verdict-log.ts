/**
 * Writes every verdict, passes included, as a JSON line to the file named by `BULKHEAD_VERDICTS`.
 *
 * A run starts with a `start` line and ends with an `end` line, so a pack that never ran and one
 * that was killed are both told from one that passed. Lines carry the run, because the preview and
 * the update of one command are two processes that append to the same file.
 */

import { randomUUID } from "node:crypto";
import { openSync, writeSync } from "node:fs";
import type { Exempted, Exemption } from "../../model/policy/exemption.ts";
import { exemptionField } from "../../model/policy/exemption.ts";
import { cleanText, formatFinding } from "../../model/policy/finding.ts";
import type { Severity } from "../../model/policy/rule.ts";
import type { Verdict, VerdictState } from "../../model/policy/verdict.ts";

/** The environment variable that names the file. */
export const verdictsVariable = "BULKHEAD_VERDICTS";

/** Which operation of the engine a run belongs to; undefined where the engine did not say. */
export type Phase = "preview" | "update" | undefined;

/** First line of a run. */
export interface StartLine {
  readonly kind: "start";
  readonly run: string;
  readonly pack: string;
  readonly version: string;
  readonly stack: string;
  readonly phase: Phase;
  readonly rules: readonly string[];
}

/** One rule's verdict on one resource. */
export interface VerdictLine {
  readonly kind: "verdict";
  readonly run: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly verdict: VerdictState;
  readonly level: "mandatory" | "advisory";
  /** URN of the resource judged. */
  readonly resource: string;
  readonly findings?: readonly FindingLine[];
  readonly open?: readonly OpenLine[];
  /** Why the rule does not apply. */
  readonly reason?: string;
}

/** A finding; its resource is another than the judged one where a plan of several breaks a rule. */
export interface FindingLine {
  readonly resource: string;
  readonly path: string;
  /** What must hold. */
  readonly sentence: string;
  readonly witness: string;
  readonly fix: string;
  /** The whole line as people read it. */
  readonly message: string;
  /** The reviewed exception that covers it. */
  readonly exemption?: Exemption;
}

/** A value that keeps the verdict open, and the resources whose outputs it waits for. */
export interface OpenLine {
  readonly resource: string;
  readonly path: string;
  readonly waitsFor: readonly string[];
}

/** One rule's change of one resource's inputs. */
export interface MendedLine {
  readonly kind: "mended";
  readonly run: string;
  readonly rule: string;
  readonly resource: string;
  /** Property paths. */
  readonly paths: readonly string[];
}

/** Last line of a run. */
export interface EndLine {
  readonly kind: "end";
  readonly run: string;
  readonly resources: number;
  /** Verdict lines of the run. */
  readonly verdicts: number;
  readonly counts: Readonly<Record<VerdictState, number>>;
}

/** Where verdicts go. */
export interface VerdictLog {
  start(line: Omit<StartLine, "kind" | "run">): void;
  verdict(line: Omit<VerdictLine, "kind" | "run">): void;
  mended(line: Omit<MendedLine, "kind" | "run">): void;
  /** The planned network as JSON, where there is one; asked for only by a log that keeps it. */
  network(json: () => string | undefined): void;
  /** Hands all lines so far to the operating system in one write. */
  flush(): void;
  end(resources: number): void;
}

/** A log that appends to `path`; without a path, one that keeps nothing. */
export function openVerdictLog(path: string | undefined): VerdictLog {
  if (path === undefined || path === "") return silentLog;
  const file = openSync(path, "a");
  const run = randomUUID();
  const counts: Record<VerdictState, number> = {
    pass: 0,
    fail: 0,
    unknown: 0,
    "not-applicable": 0,
  };
  let pending = "";
  const write = (line: object) => {
    pending += `${JSON.stringify(line)}\n`;
  };
  const flush = () => {
    if (pending !== "") writeSync(file, pending);
    pending = "";
  };
  return {
    start: (line) => {
      write({ kind: "start", run, ...line });
      flush();
    },
    verdict: (line) => {
      counts[line.verdict]++;
      write({ kind: "verdict", run, ...line });
    },
    mended: (line) => write({ kind: "mended", run, ...line }),
    network: (json) => {
      const text = json();
      if (text !== undefined) pending += `{"kind":"network","run":"${run}","network":${text}}\n`;
    },
    flush,
    end: (resources) => {
      const verdicts = Object.values(counts).reduce((sum, count) => sum + count, 0);
      write({ kind: "end", run, resources, verdicts, counts });
      flush();
    },
  };
}

const silentLog: VerdictLog = {
  start: () => {},
  verdict: () => {},
  mended: () => {},
  network: () => {},
  flush: () => {},
  end: () => {},
};

/** What the log keeps of a verdict. */
export function verdictDetails(
  verdict: Verdict,
  exempted: readonly Exempted[],
): Pick<VerdictLine, "verdict" | "findings" | "open" | "reason"> {
  switch (verdict.state) {
    case "pass":
      return { verdict: "pass" };
    case "fail":
      return {
        verdict: "fail",
        findings: verdict.findings.map((finding) => ({
          ...exemptionField(finding, exempted),
          resource: finding.urn,
          path: finding.path,
          sentence: finding.sentence,
          witness: cleanText(finding.witness),
          fix: finding.fix,
          message: formatFinding(finding),
        })),
      };
    case "unknown":
      return {
        verdict: "unknown",
        open: verdict.open.map(({ urn, path, waitsFor }) => ({ resource: urn, path, waitsFor })),
      };
    case "not-applicable":
      return { verdict: "not-applicable", reason: verdict.reason };
  }
}
