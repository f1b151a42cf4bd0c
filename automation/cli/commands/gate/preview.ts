/** Previews stacks of one tree of files, apart from whatever else runs in the checkout. */
import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { formatProblem, type Problem, ProblemError } from "../../../../model/base/problem.ts";
import { foldersOf } from "../../../engine/folders.ts";
import { runFolderAt } from "../../../engine/run-folder.ts";
import { ToldError } from "../../../engine/told-error.ts";
import { emptySide, readSide, type Side } from "../../../gate/side.ts";
import type { Reviewed } from "../../../policy/reviewed.ts";
import { type Context, ownRoot } from "../../context.ts";
import { exitCodeOf, exitCodes } from "../../exit.ts";
import { phaseView } from "../../view/view.ts";
import { carryOutIn } from "../operate.ts";

/** One tree: its files, and a folder for what its previews leave. */
export interface Tree {
  readonly root: string;
  /** Folder of its own, which is empty at first. */
  readonly scratch: string;
  readonly commit: string;
}

/** The side of each stack, in order. */
export async function previewTree(
  context: Context,
  tree: Tree,
  stacks: readonly string[],
  reviewed: Reviewed,
): Promise<Side[]> {
  const folders = { ...foldersOf(tree.scratch), root: tree.root };
  const there: Context = { ...context, root: tree.root, folders };
  const sides: Side[] = [];
  for (const stack of stacks) {
    context.output.note(`── ${stack} at ${tree.commit}`);
    sides.push(await sideOf(there, tree.commit, stack, reviewed));
    context.interrupts.check();
  }
  return sides;
}

async function sideOf(
  there: Context,
  commit: string,
  stack: string,
  reviewed: Reviewed,
): Promise<Side> {
  const settings = { reviewed, view: phaseView(there.output), bringOrganisation: true };
  const options = { operation: "preview", stack, json: true, expectNoChanges: false } as const;
  try {
    const { project, status, errors, run, findings } = await carryOutIn(there, options, settings);
    // Where the organisation does not come about, nobody knows what would be built on it.
    if (project !== "bulkhead") {
      const why = [...errors, ...findings.map(({ rule, sentence }) => `${rule} ${sentence}`)];
      return emptySide(commit, stack, [`${project} ${status}`, ...why]);
    }
    const { events, verdicts } = runFolderAt(run);
    return readSide({ commit, stack, status, errors, events, verdicts });
  } catch (error) {
    return emptySide(commit, stack, reasonsOf(error));
  }
}

/** What settings, intent or program have wrong with them; what the machine lacks is thrown on. */
function reasonsOf(error: unknown): string[] {
  const toldByProgram = error instanceof ProblemError || error instanceof ToldError;
  if (!toldByProgram || exitCodeOf(error) === exitCodes.environmentBroken) throw error;
  return error instanceof ProblemError ? error.problems.map(formatProblem) : [error.message];
}

/** Gives another tree the packages of this checkout, which its lockfile must ask for too. */
export function lendPackages(root: string): void {
  const [theirs, ours] = [root, ownRoot].map((folder) => lockOf(folder));
  if (theirs !== ours) throw new ProblemError([otherPackages()]);
  const target = join(root, "node_modules");
  if (!existsSync(target)) symlinkSync(join(ownRoot, "node_modules"), target);
}

function lockOf(root: string): string {
  const file = join(root, "package-lock.json");
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

function otherPackages(): Problem {
  return {
    code: "environment-broken",
    place: "package-lock.json",
    got: "other packages at the base",
    allowed: "the same on both sides, or the base as a file",
    next: "On the base branch run ./bulkhead gate --save base.json; give it here as --base-from base.json.",
  };
}
