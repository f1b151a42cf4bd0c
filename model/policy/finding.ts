/** What a rule found, with the evidence a person needs to judge and mend it. */
import type { Severity } from "./rule.ts";

/** One thing wrong with one resource. */
export interface Finding {
  /** Rule id. */
  readonly rule: string;
  readonly severity: Severity;
  /** What must hold. */
  readonly sentence: string;
  readonly urn: string;
  /** Property path in the resource; empty where the resource as a whole is meant. */
  readonly path: string;
  /** Evidence anyone can replay: a packet, a token, a caller. Never a secret. */
  readonly witness: string;
  /** What to do about it. */
  readonly fix: string;
}

/** Longest part of a message, so that a huge property cannot flood a terminal. */
export const partCharactersMax = 400;

/** One line as a person reads it: `[AN02] sentence · resource · property.path · witness · fix`. */
export function formatFinding(finding: Finding): string {
  return [
    `[${finding.rule}] ${finding.sentence}`,
    shortUrn(finding.urn),
    finding.path === "" ? "(the resource as a whole)" : finding.path,
    `witness: ${finding.witness}`,
    `fix: ${finding.fix}`,
  ]
    .map(cleanText)
    .join(" · ");
}

/** Type and name out of a URN: `aws:ec2/vpc:Vpc network-aws-vpc`. */
export function shortUrn(urn: string): string {
  const parts = urn.split("::");
  if (parts.length < 4) return urn;
  const type = parts[2]?.split("$").at(-1) ?? "";
  return `${type} ${parts.slice(3).join("::")}`;
}

/** Without control characters and line breaks, and cut where longer than a part may be. */
export function cleanText(text: string): string {
  const flat = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ");
  return flat.length <= partCharactersMax ? flat : `${flat.slice(0, partCharactersMax)}…`;
}
