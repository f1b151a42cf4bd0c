/** The four answers a rule can give about a resource. */
import type { Finding } from "./finding.ts";
import type { UndecidedBecause } from "./view.ts";

/** What keeps a verdict open. */
export interface OpenQuestion {
  readonly urn: string;
  /** Path of the value that could not be read. */
  readonly path: string;
  readonly because: UndecidedBecause;
  /** URNs of the resources whose outputs the value waits for, where the engine recorded them. */
  readonly waitsFor: readonly string[];
}

/** A rule's answer about one resource. A failure stays one, whatever else is still unknown. */
export type Verdict =
  | { readonly state: "pass" }
  | { readonly state: "fail"; readonly findings: readonly Finding[] }
  | { readonly state: "unknown"; readonly open: readonly OpenQuestion[] }
  | { readonly state: "not-applicable"; readonly reason: string };

export type VerdictState = Verdict["state"];

/** The one verdict that findings and open questions add up to. */
export function conclude(
  findings: readonly Finding[],
  open: readonly OpenQuestion[],
  notApplicable: string | undefined,
): Verdict {
  if (findings.length > 0) return { state: "fail", findings };
  if (open.length > 0) return { state: "unknown", open };
  if (notApplicable !== undefined) return { state: "not-applicable", reason: notApplicable };
  return { state: "pass" };
}
