/** `gate`: what a change does to the rules and to who can reach whom. */
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ProblemError } from "../../../../model/base/problem.ts";
import { makeFolder } from "../../../engine/folders.ts";
import { findStack, listStacks } from "../../../engine/stack-place.ts";
import { compareSides } from "../../../gate/compare.ts";
import { gateExemptions } from "../../../gate/exemptions.ts";
import { writeGateFiles } from "../../../gate/files.ts";
import { Git } from "../../../gate/git.ts";
import { type GateResult, gateResult } from "../../../gate/result.ts";
import { gateSettings } from "../../../gate/settings.ts";
import { emptySide, loadSides, type Side, saveSides } from "../../../gate/side.ts";
import { annotationsOf } from "../../../gate/words/annotations.ts";
import { summaryOf } from "../../../gate/words/summary.ts";
import {
  exemptionFile,
  readExemptionFile,
  textOfExemptions,
} from "../../../policy/exemption-file.ts";
import type { Reviewed } from "../../../policy/reviewed.ts";
import { readSettingsFile, settingsFile, textOfSettings } from "../../../policy/rule-settings.ts";
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
  context.interrupts.stopped = "Stopped. Nothing is decided, and nothing was kept.";
  const stacks = [...new Set(options.stack)];
  for (const stack of stacks) findStack(context.root, stack);
  // Minutes of previews are not worth a result that cannot be kept.
  if (options.output !== undefined) makeFolder(resolve(options.output));
  const git = new Git(context.root);
  if (options.save !== undefined) return save(context, git, options.save, stacks);
  const result = await judge(context, git, options, stacks);
  tell(context, options, result);
  return result.decision === "passed" ? exitCodes.done : exitCodes.findings;
}

async function judge(
  context: Context,
  git: Git,
  options: GateOptions,
  stacks: readonly string[],
): Promise<GateResult> {
  const parting = await git.parting(options.base);
  const { commit, tip } = parting;
  const reviewed = await git.textAt(tip, exemptionFile);
  const exemptions = gateExemptions(textOfExemptions(context.root), reviewed, tip);
  const known = listStacks(context.root);
  const decided = await git.textAt(tip, settingsFile);
  const { settings, ...said } = gateSettings(textOfSettings(context.root), decided, tip, known);
  const [base, head] = await inScratch(async (scratch) => {
    const request = {
      options,
      commit,
      stacks,
      scratch,
      reviewed: { exemptions: exemptions.base, settings },
    };
    const before = await baseSides(context, git, request);
    const tree = { root: context.root, scratch: join(scratch, "head"), commit: await git.head() };
    const ours = { exemptions: exemptions.head, settings };
    return [before, await previewTree(context, tree, stacks, ours)];
  });
  // From here on nothing needs tidying, and whoever wants to stop it may.
  context.interrupts.letGo();
  const about = {
    base: commit,
    head: await git.head(),
    changedFiles: await git.changedFiles(commit),
    faults: [...exemptions.faults, ...said.faults],
    notes: [
      ...(parting.shared ? [] : [unshared(options.base)]),
      ...exemptions.notes,
      ...said.notes,
    ],
  };
  return gateResult(
    about,
    head.map((side, index) => compareSides(sideAt(base, index), side)),
  );
}

function unshared(name: string): string {
  return `git knows no commit that ${name} and this have in common (a shallow clone?): what ${name} got meanwhile shows as taken back`;
}

/** Lends work a folder that is gone afterwards. */
async function inScratch<T>(work: (scratch: string) => Promise<T>): Promise<T> {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), "bulkhead-gate-")));
  try {
    return await work(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function save(
  context: Context,
  git: Git,
  file: string,
  stacks: readonly string[],
): Promise<ExitCode> {
  const stated = readExemptionFile(context.root);
  const settings = readSettingsFile(context.root, listStacks(context.root));
  const commit = await git.head();
  const sides = await inScratch((scratch) => {
    const tree = { root: context.root, scratch, commit };
    return previewTree(context, tree, stacks, {
      exemptions: { stated, reviewed: stated },
      settings,
    });
  });
  saveSides(resolve(file), sides);
  context.output.note(`Kept ${stacks.join(", ")} at ${commit} in ${file}`);
  const failed = sides.filter(({ previewed }) => !previewed);
  for (const { stack, errors } of failed) context.output.note(`✗ ${stack}: ${errors.join("; ")}`);
  return failed.length === 0 ? exitCodes.done : exitCodes.findings;
}

interface BaseRequest {
  readonly options: GateOptions;
  readonly commit: string;
  readonly stacks: readonly string[];
  readonly scratch: string;
  readonly reviewed: Reviewed;
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
  try {
    await git.checkOut(commit, root);
    lendPackages(root);
    const there = listStacks(root);
    const tree = { root, scratch: join(scratch, "base"), commit };
    const known = stacks.filter((stack) => there.includes(stack));
    const sides = await previewTree(context, tree, known, reviewed);
    // A stack that the change brings held nothing before.
    return stacks.map(
      (stack) => sides.find((side) => side.stack === stack) ?? emptySide(commit, stack, []),
    );
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
