/** Tokens that GitHub Actions issues (GitHub Docs, "OpenID Connect reference"). */
import type { RepositoryIntent } from "./intent.ts";
import type { Claim, Token } from "./token.ts";

export const githubIssuer = "https://token.actions.githubusercontent.com";

/** What GitHub knows about a running job; a token says nothing else. */
export interface GithubRun extends RepositoryIntent {
  readonly event: "push" | "pull_request" | "workflow_dispatch";
  /** e.g. `refs/heads/main`, `refs/pull/7/merge`. */
  readonly ref: string;
  /** The GitHub environment of the job, if it names one. */
  readonly environment?: string;
  /** Path of the workflow file inside the repository. */
  readonly workflowFile?: string;
  /** A reusable workflow of another repository that the job calls, as `job_workflow_ref` has it. */
  readonly calledWorkflow?: string;
  /**
   * How `sub` names the repository. `immutable` carries the ids and is what repositories made since
   * July 2026 get; `names` is what older ones have until their owner changes it.
   */
  readonly subjectForm?: "immutable" | "names";
}

/** The job of a repository in one of its GitHub environments, started from the main branch. */
export function environmentRun(repository: RepositoryIntent, environment: string): GithubRun {
  return { ...repository, event: "push", ref: "refs/heads/main", environment };
}

/** The default `sub` of a run; GitHub writes a `:` inside a value as `%3A`. */
export function githubSubject(run: GithubRun): string {
  const repository =
    run.subjectForm === "names"
      ? `${run.owner}/${run.repository}`
      : `${run.owner}@${run.ownerId}/${run.repository}@${run.repositoryId}`;
  return `repo:${repository}:${subjectContext(run)}`;
}

function subjectContext(run: GithubRun): string {
  if (run.environment !== undefined) return `environment:${escapeValue(run.environment)}`;
  return run.event === "pull_request" ? "pull_request" : `ref:${escapeValue(run.ref)}`;
}

function escapeValue(value: string): string {
  return value.replaceAll(":", "%3A");
}

/** The token that GitHub gives to a run which asks for `audience`. */
export function githubToken(run: GithubRun, audience: string): Token {
  const name = `${run.owner}/${run.repository}`;
  const file = run.workflowFile ?? ".github/workflows/deploy.yml";
  const claims: Record<string, Claim> = {
    repository: name,
    repository_id: run.repositoryId,
    repository_owner: run.owner,
    repository_owner_id: run.ownerId,
    ref: run.ref,
    ref_type: run.ref.startsWith("refs/tags/") ? "tag" : "branch",
    event_name: run.event,
    workflow: "deploy",
    workflow_ref: `${name}/${file}@${run.ref}`,
    job_workflow_ref: run.calledWorkflow ?? `${name}/${file}@${run.ref}`,
    actor: run.owner,
    actor_id: run.ownerId,
    runner_environment: "github-hosted",
  };
  if (run.environment !== undefined) claims.environment = run.environment;
  return { issuer: githubIssuer, audience, subject: githubSubject(run), claims };
}

/** The run that a default subject speaks of, ids only where the subject carries them. */
export interface SubjectParts {
  readonly owner: string;
  readonly ownerId?: string;
  readonly repository: string;
  readonly repositoryId?: string;
  readonly context: Pick<GithubRun, "environment" | "event" | "ref">;
}

const nameForm = "[A-Za-z0-9][A-Za-z0-9_.-]*";
const subjectForm = new RegExp(
  `^repo:(${nameForm})(?:@([0-9]+))?/(${nameForm})(?:@([0-9]+))?:(pull_request|ref:.+|environment:.+)$`,
);

/** Reads a default subject; undefined if GitHub could not have written it. */
export function parseGithubSubject(subject: string): SubjectParts | undefined {
  const match = subjectForm.exec(subject);
  const [, owner, ownerId, repository, repositoryId, context] = match ?? [];
  if (owner === undefined || repository === undefined || context === undefined) return undefined;
  if ((ownerId === undefined) !== (repositoryId === undefined)) return undefined;
  const ids =
    ownerId === undefined || repositoryId === undefined ? undefined : { ownerId, repositoryId };
  return { owner, repository, ...ids, context: parseContext(context) };
}

function parseContext(context: string): SubjectParts["context"] {
  if (context === "pull_request") return { event: "pull_request", ref: "refs/pull/7/merge" };
  const at = context.indexOf(":");
  const value = context.slice(at + 1).replaceAll("%3A", ":");
  if (context.startsWith("ref:")) return { event: "push", ref: value };
  return { event: "push", ref: "refs/heads/main", environment: value };
}
