/** Tokens of everybody but the intended identity, as GitHub would really issue them. */
import type { GithubRun } from "./github.ts";
import { githubToken, parseGithubSubject } from "./github.ts";
import type { Hints } from "./hints.ts";
import type { RepositoryIntent } from "./intent.ts";
import { stranger } from "./stranger.ts";
import type { Token } from "./token.ts";

/**
 * Who gets in, worst first: any GitHub user; one who registers a look-alike name; our own
 * organisation beyond the named jobs; whoever registers our name after us; a service that was
 * handed one of our tokens and replays it.
 */
export const exposures = ["public", "prefix", "organisation", "reuse", "replay"] as const;
export type Exposure = (typeof exposures)[number];

/** The identity a trust is meant for: jobs of one repository, asking for one audience. */
export interface Intended {
  /** At least one; all of the same repository. */
  readonly runs: readonly GithubRun[];
  readonly audience: string;
}

/** Somebody else, with the token GitHub would give them. */
export interface Adversary {
  readonly exposure: Exposure;
  /** Who it is, for the report. */
  readonly who: string;
  readonly token: Token;
}

/** The tokens the intended jobs get, in both forms of the subject only if the run says so. */
export function intendedTokens(intended: Intended): readonly Token[] {
  return intended.runs.map((run) => githubToken(run, intended.audience));
}

/** Everybody worth trying, worst first, made as they are asked for. */
export function* adversariesOf(intended: Intended, hints: Hints): Generator<Adversary> {
  const own = intended.runs[0];
  if (own === undefined) return;
  const contexts = contextsFor(intended, hints);
  const audiences = [...new Set([intended.audience, ...hints.audiences])];
  const called = [undefined, ...hints.words.filter((word) => word.includes("/.github/workflows/"))];
  const all = holders(own, hints);
  for (const exposure of exposures) {
    for (const holder of all.filter((one) => one.exposure === exposure)) {
      for (const context of contexts) {
        if (isIntended(intended, holder, context)) continue;
        for (const workflow of called) yield* mint(holder, context, workflow, audiences);
      }
    }
  }
  yield* replays(intended, hints);
}

interface Holder {
  readonly exposure: Exposure;
  readonly who: string;
  readonly repository: RepositoryIntent;
}

/** Where in a repository a job runs. */
export type Context = Pick<GithubRun, "environment" | "event" | "ref">;

function mint(
  holder: Holder,
  context: Context,
  calledWorkflow: string | undefined,
  audiences: readonly string[],
): readonly Adversary[] {
  const called = calledWorkflow === undefined ? {} : { calledWorkflow };
  return (["names", "immutable"] as const).flatMap((subjectForm) =>
    audiences.map((audience) => ({
      exposure: holder.exposure,
      who: `${holder.who}, ${describeContext(context)}`,
      token: githubToken({ ...holder.repository, ...context, ...called, subjectForm }, audience),
    })),
  );
}

function describeContext(context: Context): string {
  if (context.environment !== undefined) return `environment ${context.environment}`;
  return context.event === "pull_request"
    ? "a pull request"
    : `without environment, ${context.ref}`;
}

function holders(own: GithubRun, hints: Hints): readonly Holder[] {
  const { owner, ownerId, repository, repositoryId } = own;
  const lookAlike = { ...stranger, owner: `${owner}-evil` };
  const elsewhere = {
    ...own,
    repository: `${repository}-other`,
    repositoryId: stranger.repositoryId,
  };
  const recreated = { ...own, repositoryId: stranger.repositoryId };
  const fixed: readonly Holder[] = [
    { exposure: "public", who: "any GitHub user", repository: stranger },
    {
      exposure: "public",
      who: "any GitHub user, repository named like ours",
      repository: { ...stranger, repository },
    },
    { exposure: "prefix", who: `${owner}-evil, a look-alike`, repository: lookAlike },
    {
      exposure: "prefix",
      who: `${owner}-evil, a look-alike, repository named like ours`,
      repository: { ...lookAlike, repository },
    },
    { exposure: "organisation", who: "another repository of ours", repository: pick(elsewhere) },
    {
      exposure: "organisation",
      who: "our repository",
      repository: { owner, ownerId, repository, repositoryId },
    },
    { exposure: "reuse", who: "our repository's name, made anew", repository: pick(recreated) },
    {
      exposure: "reuse",
      who: "whoever registers our names after us",
      repository: { ...stranger, owner, repository },
    },
  ];
  const owners = hints.literals.filter((word) => /^[A-Za-z][\w.-]*$/.test(word));
  const ownersNamed = owners.map((owner) => `${owner}/${stranger.repository}`);
  const theirs = [...hints.words, ...ownersNamed].flatMap((word) => hinted(own, word));
  const unique = new Map(theirs.map((holder) => [JSON.stringify(holder.repository), holder]));
  return [...fixed, ...unique.values()];
}

function pick(run: RepositoryIntent): RepositoryIntent {
  const { owner, ownerId, repository, repositoryId } = run;
  return { owner, ownerId, repository, repositoryId };
}

/** Somebody who chose names, or happens to have ids, that the trust mentions. */
function hinted(own: GithubRun, hint: string): readonly Holder[] {
  if (/^[0-9]+$/.test(hint)) {
    const theirs = [
      { ...stranger, ownerId: hint },
      { ...stranger, repositoryId: hint },
    ];
    return theirs.filter((one) => !sharesId(own, one)).map((one) => holderOf(own, one));
  }
  const parts = parseGithubSubject(hint) ?? parseName(hint);
  if (parts === undefined) return [];
  const ids = ownIds(own, parts.owner, parts.repository);
  const theirs = {
    owner: parts.owner,
    ownerId: parts.ownerId ?? ids.ownerId,
    repository: parts.repository,
    repositoryId: parts.repositoryId ?? ids.repositoryId,
  };
  return theirs.repositoryId === own.repositoryId ? [] : [holderOf(own, theirs)];
}

interface Names {
  readonly owner: string;
  readonly repository: string;
  readonly ownerId?: string;
  readonly repositoryId?: string;
}

function parseName(hint: string): Names | undefined {
  const [, owner, repository] = /^([\w.-]+)\/([\w.-]+)$/.exec(hint) ?? [];
  return owner === undefined || repository === undefined ? undefined : { owner, repository };
}

function ownIds(own: GithubRun, owner: string, repository: string): typeof stranger {
  if (owner !== own.owner) return stranger;
  const same = repository === own.repository;
  const repositoryId = same ? own.repositoryId : stranger.repositoryId;
  return { ...stranger, ownerId: own.ownerId, repositoryId };
}

function sharesId(own: GithubRun, other: RepositoryIntent): boolean {
  return own.ownerId === other.ownerId || own.repositoryId === other.repositoryId;
}

function holderOf(own: GithubRun, theirs: RepositoryIntent): Holder {
  const name = `${theirs.owner}/${theirs.repository}`;
  if (theirs.ownerId === own.ownerId) {
    return {
      exposure: "organisation",
      who: `${name}, another repository of ours`,
      repository: theirs,
    };
  }
  if (theirs.owner === own.owner) {
    return { exposure: "reuse", who: `${name}, registered after us`, repository: theirs };
  }
  const alike = theirs.owner.includes(own.owner);
  const exposure = alike ? "prefix" : "public";
  const who = alike ? `${name}, a look-alike` : `${name}, any GitHub user`;
  return { exposure, who, repository: theirs };
}

function contextsFor(intended: Intended, hints: Hints): readonly Context[] {
  const contexts: Context[] = [
    ...intended.runs,
    { event: "push", ref: "refs/heads/main" },
    { event: "push", ref: "refs/heads/evil" },
    { event: "push", ref: "refs/tags/v1" },
    { event: "pull_request", ref: "refs/pull/7/merge" },
    { event: "push", ref: "refs/heads/main", environment: "evil" },
    ...hints.words.flatMap(hintedContexts),
  ];
  const unique = new Map(contexts.map((context) => [keyOf(context), bare(context)]));
  return [...unique.values()];
}

function hintedContexts(hint: string): readonly Context[] {
  const parts = parseGithubSubject(hint);
  if (parts !== undefined) return [parts.context];
  if (hint.startsWith("refs/")) return [{ event: "push", ref: hint }];
  // Anybody may call an environment of theirs whatever a trust asks for.
  if (!/^[A-Za-z][\w-]*$/.test(hint)) return [];
  return [{ event: "push", ref: "refs/heads/main", environment: hint }];
}

function keyOf(context: Context): string {
  return JSON.stringify([context.environment, context.event, context.ref]);
}

function bare({ environment, event, ref }: Context): Context {
  return environment === undefined ? { event, ref } : { event, ref, environment };
}

/**
 * Ids decide who somebody is. In which job they are is decided by the environment if the intended
 * job has one (its protection rules guard it), else by the branch.
 */
function isIntended(intended: Intended, holder: Holder, context: Context): boolean {
  return intended.runs.some(
    (run) => run.repositoryId === holder.repository.repositoryId && isSameJob(run, context),
  );
}

/** Whether a context is that of an intended run. */
export function isSameJob(run: GithubRun, context: Context): boolean {
  if (run.environment !== undefined) return run.environment === context.environment;
  return run.event === context.event && run.ref === context.ref;
}

/** Tokens of the intended jobs that were asked for on behalf of another service. */
function replays(intended: Intended, hints: Hints): readonly Adversary[] {
  const elsewhere = ["https://example.com", ...hints.audiences].filter(
    (word) => word !== intended.audience,
  );
  return intended.runs.flatMap((run) =>
    elsewhere.map((audience) => ({
      exposure: "replay" as const,
      who: `a service that our job gave a token for ${audience}`,
      token: githubToken(run, audience),
    })),
  );
}
