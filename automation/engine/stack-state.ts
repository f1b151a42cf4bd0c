/** Whether a stack is there, and its making; everything else about state is the engine's business. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Problem, ProblemError } from "../../model/base/problem.ts";
import type { Folders } from "./folders.ts";
import { type EngineCall, runShort } from "./short-call.ts";
import type { StackPlace } from "./stack-place.ts";

/** How far a stack has come: `complete` where its last update went well to the end. */
export type StackState = "missing" | "incomplete" | "complete";

/** One entry of a stack's history, as the engine writes it. */
interface HistoryEntry {
  readonly kind: string;
  readonly result: string;
}

/** Entries that are asked for: refreshes may lie above the last update. */
const historyEntriesMax = 20;

/**
 * How far the stack has come. Outputs alone would not tell: the engine stores them even where a
 * resource failed. Local stacks are read from their files, others by asking the engine.
 */
export async function stackState(call: EngineCall, stack: StackPlace): Promise<StackState> {
  if (stack.local) return localState(call.folders.state, stack);
  const args = ["stack", "history", "--json", "--page-size", `${historyEntriesMax}`];
  const answer = await runShort(call, stack, [...args, "--stack", stack.name]);
  if (answer.code === 0) return stateOf(JSON.parse(answer.stdout) as HistoryEntry[]);
  if (/no stack named/.test(answer.stderr)) return "missing";
  throw new ProblemError([engineRefused(stack, answer.stderr)]);
}

/**
 * The text of the stack's state: a checkpoint or an export. A local stack's is read from its file,
 * for others the engine is asked. Throws a {@link ProblemError} where there is none.
 */
export async function exportStack(
  stack: StackPlace,
  folders: Folders,
  engine: () => Promise<EngineCall>,
): Promise<string> {
  if (stack.local) {
    const file = checkpointOf(folders.state, stack);
    if (file === undefined) throw new ProblemError([notThere(stack)]);
    const bytes = readFileSync(file);
    return (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  }
  const answer = await runShort(await engine(), stack, ["stack", "export", "--stack", stack.name]);
  if (answer.code === 0) return answer.stdout;
  throw new ProblemError([
    /no stack named/.test(answer.stderr) ? notThere(stack) : engineRefused(stack, answer.stderr),
  ]);
}

/** The file in which the local backend keeps a stack; undefined where there is none. */
function checkpointOf(state: string, { project, name }: StackPlace): string | undefined {
  const file = join(state, ".pulumi", "stacks", project, `${name}.json`);
  return [file, `${file}.gz`].find((path) => existsSync(path));
}

function notThere({ name, project }: StackPlace): Problem {
  return {
    code: "input-missing",
    place: `stack ${name} of ${project}`,
    got: "no state",
    allowed: "a stack that was brought up",
    next: `Bring it up first: ./bulkhead up ${name}.`,
  };
}

function localState(state: string, stack: StackPlace): StackState {
  if (checkpointOf(state, stack) === undefined) return "missing";
  const folder = join(state, ".pulumi", "history", stack.project, stack.name);
  if (!existsSync(folder)) return "incomplete";
  const newestFirst = readdirSync(folder)
    .filter((name) => name.endsWith(".history.json"))
    .sort()
    .reverse()
    .slice(0, historyEntriesMax);
  return stateOf(
    newestFirst.map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as HistoryEntry),
  );
}

function stateOf(newestFirst: readonly HistoryEntry[]): StackState {
  const last = newestFirst.find((entry) => entry.kind === "update" || entry.kind === "destroy");
  return last?.kind === "update" && last.result === "succeeded" ? "complete" : "incomplete";
}

/**
 * Makes a stack. The engine writes the salt of a passphrase into the stack's file where there is
 * none; the file is a tracked one, so what was there before is put back.
 */
export async function makeStack(call: EngineCall, stack: StackPlace): Promise<void> {
  if (stack.local) mkdirSync(call.folders.state, { recursive: true, mode: 0o700 });
  const before = existsSync(stack.configFile) ? readFileSync(stack.configFile) : undefined;
  const args = ["stack", "init", stack.name, "--non-interactive", "--no-select"];
  const answer = await runShort(call, stack, args);
  if (before !== undefined && !readFileSync(stack.configFile).equals(before) && stack.local) {
    writeFileSync(stack.configFile, before);
  }
  if (answer.code === 0 || /already exists/.test(answer.stderr)) return;
  throw new ProblemError([engineRefused(stack, answer.stderr)]);
}

function engineRefused(stack: StackPlace, said: string): Problem {
  return {
    code: "operation-failed",
    place: `stack ${stack.name} of ${stack.project}`,
    got: said.trim().split("\n").at(-1) ?? "no word from the engine",
    allowed: "a stack that the engine can make or read",
    next: `Log in to the backend (pulumi login), or see ./bulkhead doctor --stack ${stack.name}.`,
  };
}
