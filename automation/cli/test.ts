/** `test`: every check of the checkout, with one sum at the end. */
import { availableParallelism } from "node:os";
import { ProblemError } from "../../model/base/problem.ts";
import { unknownName } from "../engine/stack-place.ts";
import type { Context } from "./context.ts";
import { type ExitCode, exitCodes } from "./exit.ts";
import { duration } from "./output.ts";
import { runStep, type StepResult, type StepSettings } from "./testing/run-step.ts";
import { type Step, stepsOf } from "./testing/steps.ts";

/** Runs all steps, or the one named. */
export async function test(context: Context, scope: string | undefined): Promise<ExitCode> {
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
  const settings: StepSettings = {
    root: context.root,
    requireAll: context.variables["BULKHEAD_REQUIRE"] === "all",
    onInterrupt: (listener) => context.interrupts.onInterrupt(listener),
  };
  const results = await runAll(steps, async (step) => {
    context.interrupts.check();
    const result = await runStep(step, settings);
    context.interrupts.check();
    context.output.note(resultLine(result));
    return result;
  });
  for (const result of results.filter((one) => one.details !== "")) {
    context.output.result(`\n── ${result.name}\n${result.details}`);
  }
  context.output.result(`\n${sumLine(results)}`);
  return results.some((result) => result.failed > 0) ? exitCodes.findings : exitCodes.done;
}

/** Steps side by side on all cores but those that must run alone, which come last. */
async function runAll(
  steps: readonly Step[],
  run: (step: Step) => Promise<StepResult>,
): Promise<StepResult[]> {
  const isAlone = (step: Step) => step.kind === "mocha" && step.alone;
  const waiting = steps.filter((step) => !isAlone(step));
  const results: StepResult[] = [];
  const worker = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      results.push(await run(step));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  for (const step of steps.filter(isAlone)) results.push(await run(step));
  return results;
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
