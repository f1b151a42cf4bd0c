/**
 * What a presented token comes to at each target, and why.
 *
 * A check answers yes, no, or unclear: where a document leaves something open, or a value is not in
 * the world, nothing is guessed.
 */

import type { SessionTags } from "./aws/session-tags.ts";

/** What decided. */
export interface Reason {
  /** The vendor's step, e.g. `audience`, `trust policy`, `attribute condition`. */
  readonly stage: string;
  /** The setting or condition that decided, as it stands in the world. */
  readonly rule: string;
  readonly got: string;
  readonly wanted: string;
  /** Title and section of the vendor's document. */
  readonly source: string;
}

/** The answer of one check; a yes may carry what it rests on. */
export type Check =
  | { readonly says: "yes"; readonly reason?: Reason }
  | { readonly says: "no" | "unclear"; readonly reason: Reason };

export const yes: Check = { says: "yes" };

/** A yes that names what admitted. */
export function because(reason: Reason): Check {
  return { says: "yes", reason };
}

/** A refusal. */
export function no(reason: Reason): Check {
  return { says: "no", reason };
}

/** What cannot be told. */
export function unclear(reason: Reason): Check {
  return { says: "unclear", reason };
}

/**
 * All must hold. The first no decides, and what follows it is not asked; an unclear one decides
 * where no other says no. The last reason given for a yes is kept.
 */
export function every(checks: Iterable<() => Check>): Check {
  let open: Check | undefined;
  let held: Check = yes;
  for (const check of checks) {
    const answer = check();
    if (answer.says === "no") return answer;
    if (answer.says === "unclear") open ??= answer;
    else if (answer.reason !== undefined) held = answer;
  }
  return open ?? held;
}

/** Something that a token may become. */
export interface Target {
  readonly cloud: "aws" | "azure" | "gcp" | "kubernetes";
  /** E.g. `IAM role`, `managed identity`, `workload identity provider`. */
  readonly kind: string;
  /** ARN, ARM id, resource name, cluster and so on; `--to` names it by its end. */
  readonly id: string;
}

/** Somebody that can act on, for chains. */
export interface Identity {
  readonly kind:
    | "aws-role"
    | "azure-identity"
    | "azure-application"
    | "azure-user"
    | "gcp-principal"
    | "gcp-service-account"
    | "kubernetes-user";
  /** Role ARN, object id, principal, service account's address, `CLUSTER NAME`. */
  readonly id: string;
  /** Groups, further principals under which it is known. */
  readonly also: readonly string[];
  /** Tags and source identity of a role's session. */
  readonly session?: SessionTags;
}

/** What a token comes to at a target. */
export interface Verdict extends Target {
  readonly outcome: "becomes" | "refused" | "unclear";
  /** The principal it becomes, as the cloud writes it. */
  readonly as?: string;
  readonly reason: Reason;
  /** What the principal holds, one line each. */
  readonly holds: readonly string[];
  readonly identity?: Identity;
  /** What the identity can become next, where that was asked for. */
  readonly next?: readonly Verdict[];
}

/** The verdict of a check. What a yes rests on is its reason, else `admitted`. */
export function verdictOf(
  target: Target,
  check: Check,
  admitted: () => {
    readonly as: string;
    readonly reason: Reason;
    readonly holds: readonly string[];
    readonly identity?: Identity;
  },
): Verdict {
  if (check.says !== "yes") {
    const outcome = check.says === "no" ? "refused" : "unclear";
    return { ...target, outcome, reason: check.reason, holds: [] };
  }
  const won = admitted();
  return { ...target, outcome: "becomes", ...won, reason: check.reason ?? won.reason };
}
