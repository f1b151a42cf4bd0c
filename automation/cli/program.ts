/** The commands and their arguments. */
import { Command, CommanderError } from "commander";
import { ProblemError } from "../../model/base/problem.ts";
import { operations } from "../engine/arguments.ts";
import { localStack, unknownName } from "../engine/stack-place.ts";
import { ToldError } from "../engine/told-error.ts";
import { addClouds } from "./arguments/clouds.ts";
import { addGate } from "./arguments/gate.ts";
import { addPolicy } from "./arguments/policy.ts";
import { addReach } from "./arguments/reach.ts";
import type { Run } from "./arguments/run.ts";
import { makeContext, ownRoot } from "./context.ts";
import { type ExitCode, exitCodeOf, exitCodes, Interrupted } from "./exit.ts";
import { ProcessInterrupts } from "./interrupts.ts";
import { makeOutput, noteProblems, type Output } from "./output.ts";

/** Runs the command that the arguments name and returns its exit code. */
export async function runProgram(args: readonly string[]): Promise<ExitCode> {
  process.stdout.on("error", endQuietly);
  const output = makeOutput(process.stdout, process.stderr, process.env);
  const interrupts = new ProcessInterrupts();
  interrupts.watch((count) =>
    output.note(count === 1 ? "Stopping. What is under way may finish." : "Stopping sooner."),
  );
  try {
    const run = parse(args, output);
    if (typeof run === "number") return run;
    return await run(makeContext(ownRoot, process.env, output, interrupts));
  } catch (error) {
    // Whatever broke after a person asked to stop, broke because of it.
    return interrupts.requested ? tellStopped(output, interrupts) : tellError(output, error);
  } finally {
    interrupts.letGo();
  }
}

/** Whoever reads may have seen enough: `| head` is no error. */
function endQuietly(error: Error): never {
  if ("code" in error && error.code === "EPIPE") process.exit(exitCodes.done);
  throw error;
}

function parse(args: readonly string[], output: Output): Run | ExitCode {
  const chosen: { run?: Run } = {};
  const program = describe((run) => {
    chosen.run = run;
  });
  program.configureOutput({
    writeOut: (text) => output.result(text.trimEnd()),
    writeErr: (text) => output.note(text.trimEnd()),
  });
  try {
    if (args.length === 0) {
      program.outputHelp({ error: true });
      return exitCodes.wrongUse;
    }
    throwIfUnknown(program, args);
    program.parse([...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUse;
  }
  return chosen.run ?? exitCodes.wrongUse;
}

/** Commander suggests too, but does not list what exists. */
function throwIfUnknown(program: Command, args: readonly string[]): void {
  let command = program;
  for (const name of args) {
    if (name.startsWith("-") || command.commands.length === 0) return;
    // What has arguments of its own takes any word for one.
    if (command.registeredArguments.length > 0) return;
    const known = command.commands.map((one) => one.name());
    const next = command.commands.find((one) => one.name() === name);
    if (next === undefined && name !== "help") {
      throw new ProblemError([unknownName("command", name, known)]);
    }
    if (next === undefined) return;
    command = next;
  }
}

function describe(choose: (run: Run) => void): Command {
  const program = new Command("bulkhead")
    .description("Zero trust in AWS, Azure and GCP from one intent, as code that can be proven.")
    .option("-V, --version", "print the version")
    .exitOverride()
    .showHelpAfterError("See --help.")
    .addHelpText("after", exitCodeHelp);
  addOperations(program, choose);
  addPolicy(program, choose);
  addGate(program, choose);
  addReach(program, choose);
  addClouds(program, choose);
  addDoctor(program, choose);
  addTest(program, choose);
  addBench(program, choose);
  // Only now: commands below would inherit it, and `clouds state import --world` rests on another way.
  // Options after a command are that command's, so that `reach diff` has a --kubernetes of its own.
  program.enablePositionalOptions();
  for (const command of program.commands) {
    command.exitOverride();
    for (const inner of command.commands) inner.exitOverride();
  }
  return program;
}

const exitCodeHelp = `
Exit codes: 0 done, 1 findings, refused or failed, 2 wrong use, 3 environment broken, 4 internal error.`;

const summaries: Readonly<Record<(typeof operations)[number], string>> = {
  up: "make the stack what the program says; the policy packs judge it first",
  preview: "show what up would do, and what the policy packs say to it",
  refresh: "compare the stack's state with what really exists, and take that over",
  destroy: "remove everything that the stack holds; its settings stay",
};

function addOperations(program: Command, choose: (run: Run) => void): void {
  for (const operation of operations) {
    program
      .command(operation)
      .summary(summaries[operation])
      .description(summaries[operation])
      .argument("[stack]", "a stack with a file stacks/Pulumi.STACK.yaml", localStack)
      .option("--json", "the outcome as JSON on standard output", false)
      .option("--expect-no-changes", "end with 1 where there is any change", false)
      .action((stack: string, options: { json: boolean; expectNoChanges: boolean }) =>
        choose(async (context) => {
          const { operate } = await import("./commands/operate.ts");
          return operate(context, { operation, stack, ...options });
        }),
      );
  }
}

function addDoctor(program: Command, choose: (run: Run) => void): void {
  program
    .command("doctor")
    .summary("which runtime, packages and engine are used and why; what is missing")
    .description(
      "Tells which runtime, packages and engine are used and why, and what is missing with the ways to get it.",
    )
    .option("--stack <name>", "also what this stack lacks")
    .option("--json", "the findings as JSON on standard output", false)
    .action((options: { stack?: string; json: boolean }) =>
      choose(async (context) => {
        const { doctor } = await import("./commands/doctor.ts");
        return doctor(context, options);
      }),
    );
}

function addTest(program: Command, choose: (run: Run) => void): void {
  program
    .command("test")
    .summary("all checks and tests of this checkout")
    .description("Runs format, lint, import rules, types, unused code and the tests.")
    .argument("[scope]", "a single step or scope of tests")
    .option("--full <area>", "everything of an area of which else a sample is taken, e.g. faults")
    .action((scope: string | undefined, options: { full?: string }) =>
      choose(async (context) => {
        const { test } = await import("./test.ts");
        return test(context, scope, options);
      }),
    );
}

function addBench(program: Command, choose: (run: Run) => void): void {
  program
    .command("bench")
    .summary("the project's own benchmarks")
    .description("Measures an area and compares each figure with its bar.")
    .argument("[area]", "what to measure", "foundation")
    .option("--json", "one JSON object a line", false)
    .option("--long", "also what takes minutes", false)
    .action((area: string, options: { json: boolean; long: boolean }) =>
      choose(async (context) => {
        const { bench } = await import("./commands/bench.ts");
        return bench(context, area, options);
      }),
    );
}

function tellStopped(output: Output, { stopped }: ProcessInterrupts): ExitCode {
  output.note(stopped);
  return exitCodeOf(new Interrupted());
}

function tellError(output: Output, error: unknown): ExitCode {
  if (error instanceof ProblemError) noteProblems(output, error);
  else if (error instanceof ToldError) output.note(`✗ ${error.message}`);
  else output.note(`Internal error, please report it: ${stackOf(error)}`);
  return exitCodeOf(error);
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
