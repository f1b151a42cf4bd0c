/**
 * Words that a trust itself mentions, its wildcards filled in: what somebody would call their
 * organisation, repository, branch or environment in order to be admitted.
 */

import { parseOperator } from "./aws/condition.ts";
import { parseDocument } from "./aws/document.ts";
import type { PatternPart } from "./aws/wildcard.ts";
import { literalOf, parsePattern } from "./aws/wildcard.ts";
import { celLiterals } from "./gcp/cel.ts";
import { stranger } from "./stranger.ts";
import type { AwsTrust, GcpTrust, Trust } from "./trust.ts";

/** Wildcards of one pattern that are varied; further ones stand for nothing. */
export const variedWildcardsMax = 2;

const someone = `${stranger.owner}/${stranger.repository}`;
const someoneWithIds = `${stranger.owner}@${stranger.ownerId}/${stranger.repository}@${stranger.repositoryId}`;

/** What `*` may stand for in a subject, a repository, a branch or an environment. */
const fillers = [
  "",
  "x",
  "-evil",
  stranger.ownerId,
  someone,
  someoneWithIds,
  `repo:${someone}`,
  `-evil/${stranger.repository}`,
  `/${stranger.repository}`,
  "environment:evil",
  "ref:refs/heads/evil",
  "pull_request",
  ...[
    someone,
    someoneWithIds,
    `-evil/${stranger.repository}`,
    `/${stranger.repository}`,
    "-evil",
    "",
  ].map((name) => `${name}:ref:refs/heads/evil`),
  `@${stranger.ownerId}/${stranger.repository}@${stranger.repositoryId}:ref:refs/heads/evil`,
];

/** What a trust mentions, without duplicates. */
export interface Hints {
  /** Its words as they stand. */
  readonly literals: readonly string[];
  /** Its words with every wildcard filled in. */
  readonly words: readonly string[];
  /** Audiences it mentions. */
  readonly audiences: readonly string[];
}

export const noHints: Hints = { literals: [], words: [], audiences: [] };

/** Words worth trying against a trust. */
export function hintsOf(trust: Trust): Hints {
  switch (trust.cloud) {
    case "aws":
      return toHints(awsPatterns(trust), awsAudiences(trust));
    case "azure":
      return toHints([[{ literal: trust.subject }]], trust.audiences);
    case "gcp":
      return toHints(gcpPatterns(trust), trust.allowedAudiences);
  }
}

type Pattern = readonly PatternPart[];

function toHints(patterns: readonly Pattern[], audiences: readonly string[]): Hints {
  return {
    literals: unique(patterns.map(literalOf).filter((word) => word !== undefined)),
    words: unique(patterns.flatMap(words)),
    audiences: unique(audiences),
  };
}

function awsAudiences(trust: AwsTrust): readonly string[] {
  const conditions = (parseDocument(trust.document) ?? []).flatMap(({ conditions }) => conditions);
  return conditions.filter(({ key }) => /:(o?aud)$/i.test(key)).flatMap(({ values }) => values);
}

function awsPatterns(trust: AwsTrust): readonly Pattern[] {
  const conditions = (parseDocument(trust.document) ?? []).flatMap(({ conditions }) => conditions);
  return conditions.flatMap((condition) =>
    condition.values.map((value) => {
      const like = /like/i.test(parseOperator(condition.operator).base);
      return (like ? parsePattern(value) : undefined) ?? [{ literal: value }];
    }),
  );
}

/** A literal of an expression may be meant whole, as a beginning or as an end. */
function gcpPatterns(trust: GcpTrust): readonly Pattern[] {
  const texts = [...celLiterals(trust.attributeCondition ?? ""), ...memberValues(trust.member)];
  return texts.flatMap((text): PatternPart[][] => {
    // Of an id there is no beginning and no end that anybody could choose.
    if (/^[0-9]+$/.test(text)) return [[{ literal: text }]];
    const parts = asRegularWord(text);
    return [[...parts], [...parts, "any"], ["any", ...parts]];
  });
}

function memberValues(member: string): readonly string[] {
  const value = /\/(?:subject|group|attribute\.[^/]+)\/(.+)$/s.exec(member)?.[1];
  return value === undefined ? [] : [value, ...value.split("/")];
}

/** Reads a regular expression as far as it is literals and wildcards; a plain text is itself. */
function asRegularWord(text: string): readonly PatternPart[] {
  return text
    .replaceAll(/^\^|\$$/g, "")
    .split(/(\[\^?[^\]]*\][*+]|\.[*+]|\\.)/)
    .filter((piece) => piece !== "")
    .map((piece) => {
      if (/^\\.$/.test(piece)) return { literal: piece.slice(1) };
      return /[*+]$/.test(piece) && /^[.[]/.test(piece) ? "any" : { literal: piece };
    });
}

function words(parts: readonly PatternPart[]): readonly string[] {
  let varied = 0;
  let made = [""];
  for (const part of parts) {
    const choices =
      typeof part !== "string" ? [part.literal] : part === "one" ? ["x", "9"] : fillers;
    const use = typeof part !== "string" || varied++ < variedWildcardsMax ? choices : [""];
    made = made.flatMap((word) => use.map((choice) => word + choice));
  }
  return made;
}

function unique(items: readonly string[]): readonly string[] {
  return [...new Set(items)];
}
