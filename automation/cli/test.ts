/** `test`: every check of the checkout, with one sum at the end. */
import { availableParallelism } from "node:os";
import { ProblemError } from "../../model/base/problem.ts";
import { unknownName } from "../engine/stack-place.ts";
import type { Context } from "./context.ts";
import { getEngine } from "./engine-phase.ts";
import { type ExitCode, exitCodes } from "./exit.ts";
import { duration } from "./output.ts";
import { runStep, type StepResult, type StepSettings } from "./testing/run-step.ts";
import { fullAreas, seedOf } from "./testing/seed.ts";
import { type Step, stepsOf } from "./testing/steps.ts";
import { plainView } from "./view/view.ts";

/** What is run besides the usual. */
export interface TestOptions {
  /** Area of which everything is run instead of a sample. */
  readonly full?: string;
}

/** Runs all steps, or the one named. */
export async function test(
  context: Context,
  scope: string | undefined,
  { full }: TestOptions = {},
): Promise<ExitCode> {
  if (full !== undefined && !fullAreas.includes(full)) {
    throw new ProblemError([unknownName("area", full, fullAreas)]);
  }
  const all = stepsOf(context.root);
  const steps = scope === undefined ? all : all.filter((step) => step.name === scope);
  if (steps.length === 0) {
    throw new ProblemError([
      unknownName(
        "scope",
        scope ?? "",
        all.map((step) => step.name),
      ),
    ]);
  }
  const seed = seedOf(context.root, context.variables);
  context.output.note(`Samples are drawn by the seed ${seed} (BULKHEAD_SEED).`);
  const settings: StepSettings = {
    root: context.root,
    variables: { BULKHEAD_SEED: seed, ...(full === undefined ? {} : { BULKHEAD_FULL: full }) },
    requireAll: context.variables["BULKHEAD_REQUIRE"] === "all",
    onInterrupt: (listener) => context.interrupts.onInterrupt(listener),
  };
  const run = async (step: Step) => {
    context.interrupts.check();
    const result = await runStep(step, settings);
    context.interrupts.check();
    context.output.note(resultLine(result));
    return result;
  };
  const results = await runTogether(
    steps.filter((step) => !isAlone(step)),
    run,
  );
  const alone = steps.filter(isAlone);
  const lacking = alone.length > 0 ? await lackingEngine(context) : undefined;
  for (const step of alone) {
    results.push(lacking === undefined ? await run(step) : leftOut(step, lacking, settings));
  }
  for (const result of results.filter((one) => one.details !== "")) {
    context.output.result(`\n── ${result.name}\n${result.details}`);
  }
  context.output.result(`\n${sumLine(results)}`);
  return results.some((result) => result.failed > 0) ? exitCodes.findings : exitCodes.done;
}

/** Steps side by side on all cores. */
async function runTogether(
  steps: readonly Step[],
  run: (step: Step) => Promise<StepResult>,
): Promise<StepResult[]> {
  const waiting = [...steps];
  const results: StepResult[] = [];
  const worker = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      results.push(await run(step));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results;
}

/** Steps that start engines must not share the machine with others. */
function isAlone(step: Step): boolean {
  return step.kind === "mocha" && step.alone;
}

/** Sets the engine up before a test needs it; returns why there is none. */
async function lackingEngine(context: Context): Promise<string | undefined> {
  try {
    await plainView(context.output).phase("Engine", (tell) => getEngine(context, tell));
    return undefined;
  } catch (error) {
    if (error instanceof ProblemError) return error.message;
    throw error;
  }
}

/** A step that this machine cannot run: skipped on a user's, failed where everything is required. */
function leftOut(step: Step, details: string, { requireAll }: StepSettings): StepResult {
  const [failed, skipped] = requireAll ? [1, 0] : [0, 1];
  return { name: step.name, passed: 0, failed, skipped, details, elapsedMs: 0 };
}

function resultLine(result: StepResult): string {
  const mark = result.failed > 0 ? "✗" : "✓";
  return `${mark} ${result.name}: ${countsOf([result])} (${duration(result.elapsedMs)})`;
}

/** The sum, alone on its line: what pipelines read. */
export function sumLine(results: readonly StepResult[]): string {
  return countsOf(results);
}

function countsOf(results: readonly StepResult[]): string {
  const sum = (count: (result: StepResult) => number) =>
    results.reduce((total, result) => total + count(result), 0);
  const passed = sum((result) => result.passed);
  const failed = sum((result) => result.failed);
  const skipped = sum((result) => result.skipped);
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
