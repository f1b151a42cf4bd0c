/** The workflow files of docs/ci, read as data. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";

const folder = join(import.meta.dirname, "..", "..", "docs", "ci");

/** One step of a GitHub job. */
export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** One GitHub job. */
export interface GitHubJob {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
  readonly env?: Readonly<Record<string, string>>;
}

/** One GitHub workflow. */
export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, GitHubJob>>;
}

/** One GitLab job. */
export interface GitLabJob {
  readonly image?: string;
  readonly extends?: string;
  readonly rules?: readonly { readonly if: string }[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly script?: readonly string[];
}

/** A file's text. */
export function textOf(file: string): string {
  return readFileSync(join(folder, file), "utf8");
}

/** A GitHub workflow. */
export function workflow(name: string): Workflow {
  return load(textOf(`github/${name}`)) as Workflow;
}

/** GitLab's jobs by their names; hidden ones begin with a dot. */
export function gitLabJobs(): Readonly<Record<string, GitLabJob>> {
  return load(textOf("gitlab/gate.yml")) as Readonly<Record<string, GitLabJob>>;
}
