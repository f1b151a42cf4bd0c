/** `gate`: what a change does to the rules and to who can reach whom. */
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ProblemError } from "../../../../model/base/problem.ts";
import type { Exemption } from "../../../../model/policy/exemption.ts";
import { findStack } from "../../../engine/stack-place.ts";
import { compareSides } from "../../../gate/compare.ts";
import { writeGateFiles } from "../../../gate/files.ts";
import { Git } from "../../../gate/git.ts";
import { type GateResult, gateResult } from "../../../gate/result.ts";
import { loadSides, type Side, saveSides } from "../../../gate/side.ts";
import { annotationsOf } from "../../../gate/words/annotations.ts";
import { summaryOf } from "../../../gate/words/summary.ts";
import {
  exemptionFile,
  readExemptionFile,
  readExemptions,
} from "../../../policy/exemption-file.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit.ts";
import { ownVersion } from "../../version.ts";
import { lendPackages, previewTree } from "./preview.ts";

/** What a person asked for. */
export interface GateOptions {
  readonly base: string;
  readonly stack: readonly string[];
  readonly output?: string;
  readonly save?: string;
  readonly baseFrom?: string;
  readonly json: boolean;
}

/** Runs the gate; whatever is not a pass ends with 1. */
export async function gate(context: Context, options: GateOptions): Promise<ExitCode> {
  const stacks = [...new Set(options.stack)];
  for (const stack of stacks) findStack(context.root, stack);
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), "bulkhead-gate-")));
  try {
    const git = new Git(context.root);
    const stated = readExemptionFile(context.root);
    if (options.save !== undefined) return await save(context, git, options.save, stacks, scratch);
    const commit = await git.parting(options.base);
    const reviewed = await reviewedExemptions(git, commit);
    const base = await baseSides(context, git, { options, commit, stacks, scratch, reviewed });
    const tree = { root: context.root, scratch: join(scratch, "head"), commit: await git.head() };
    const head = await previewTree(context, tree, stacks, { stated, reviewed });
    const changed = await git.changedFiles(commit);
    const pairs = head.map((side, index) => compareSides(sideAt(base, index), side));
    const result = gateResult(commit, tree.commit, changed, pairs);
    tell(context, options, result);
    return result.decision === "passed" ? exitCodes.done : exitCodes.findings;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The base branch's exemptions: what a change adds counts for critical rules once it is merged. */
async function reviewedExemptions(git: Git, commit: string): Promise<readonly Exemption[]> {
  const text = await git.textAt(commit, exemptionFile);
  return text === undefined
    ? []
    : readExemptions(text, `${exemptionFile} at ${commit.slice(0, 12)}`);
}

async function save(
  context: Context,
  git: Git,
  file: string,
  stacks: readonly string[],
  scratch: string,
): Promise<ExitCode> {
  const stated = readExemptionFile(context.root);
  const tree = { root: context.root, scratch: join(scratch, "head"), commit: await git.head() };
  const sides = await previewTree(context, tree, stacks, { stated, reviewed: stated });
  saveSides(resolve(file), sides);
  context.output.note(`Kept ${stacks.join(", ")} at ${tree.commit} in ${file}`);
  return sides.every(({ previewed }) => previewed) ? exitCodes.done : exitCodes.findings;
}

interface BaseRequest {
  readonly options: GateOptions;
  readonly commit: string;
  readonly stacks: readonly string[];
  readonly scratch: string;
  readonly reviewed: readonly Exemption[];
}

async function baseSides(
  context: Context,
  git: Git,
  request: BaseRequest,
): Promise<readonly Side[]> {
  const { options, commit, stacks, scratch, reviewed } = request;
  if (options.baseFrom !== undefined) {
    const sides = loadSides(resolve(options.baseFrom));
    return stacks.map((stack) => keptSide(sides, stack, commit, options.baseFrom ?? ""));
  }
  const root = join(scratch, "base-files");
  await git.checkOut(commit, root);
  try {
    lendPackages(root);
    const tree = { root, scratch: join(scratch, "base"), commit };
    return await previewTree(context, tree, stacks, { stated: reviewed, reviewed });
  } finally {
    await git.remove(root);
  }
}

/** A kept side of another commit would compare the change with something else. */
function keptSide(sides: readonly Side[], stack: string, commit: string, file: string): Side {
  const side = sides.find((one) => one.stack === stack);
  if (side?.commit === commit) return side;
  throw new ProblemError([
    {
      code: "input-type",
      place: "--base-from",
      got: side === undefined ? `no stack ${stack}` : `commit ${side.commit}`,
      allowed: `stack ${stack} at commit ${commit}`,
      next: `Make ${file} again on the base branch, or leave --base-from out.`,
    },
  ]);
}

function sideAt(sides: readonly Side[], index: number): Side {
  const side = sides[index];
  if (side === undefined) throw new Error("the base has fewer stacks than the head");
  return side;
}

function tell(context: Context, options: GateOptions, result: GateResult): void {
  const { output, variables } = context;
  if (options.output !== undefined) {
    const files = writeGateFiles(resolve(options.output), result, ownVersion());
    for (const file of files) output.note(`Wrote ${file}`);
  }
  if (variables["GITHUB_ACTIONS"] === "true") {
    for (const line of annotationsOf(result)) output.note(line);
  }
  output.result(options.json ? JSON.stringify(result, null, 2) : summaryOf(result));
}
