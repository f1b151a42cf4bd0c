/** Runs one step and counts what passed, failed and was left out. */
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MochaStep, Step, ToolStep } from "./steps.ts";

/** What a step came to. */
export interface StepResult {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What a person needs to see of it; empty where all is well. */
  readonly details: string;
  readonly elapsedMs: number;
}

/** How a step is run. */
export interface StepSettings {
  readonly root: string;
  /** Set for the tests besides what the process has. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Whether what is left out counts as failed. */
  readonly requireAll: boolean;
  /** Tells when the processes are to be ended. */
  readonly onInterrupt: (listener: () => void) => () => void;
}

/** Last part of a tool's output that is shown where it fails. */
const detailLinesMax = 80;

/** Runs a step to its end; never rejects because of what the step finds. */
export async function runStep(step: Step, settings: StepSettings): Promise<StepResult> {
  const started = Date.now();
  const counted = await (step.kind === "tool" ? runTool(step, settings) : runMocha(step, settings));
  return { name: step.name, ...counted, elapsedMs: Date.now() - started };
}

type Counted = Omit<StepResult, "name" | "elapsedMs">;

async function runTool(step: ToolStep, settings: StepSettings): Promise<Counted> {
  const file =
    step.tool === "node"
      ? process.execPath
      : join(settings.root, "node_modules", ".bin", step.tool);
  if (!existsSync(file)) {
    const details = `${step.tool} is not installed: run npm ci in ${settings.root}.`;
    return { passed: 0, failed: 1, skipped: 0, details };
  }
  const { code, output } = await run(file, step.args, settings);
  if (code === 0) return { passed: 1, failed: 0, skipped: 0, details: "" };
  return { passed: 0, failed: 1, skipped: 0, details: lastLines(output) };
}

async function runMocha(step: MochaStep, settings: StepSettings): Promise<Counted> {
  if (step.files.length === 0) return { passed: 0, failed: 0, skipped: 0, details: "" };
  const report = join(tmpdir(), `bulkhead-${randomUUID()}.json`);
  const file = join(settings.root, "node_modules", ".bin", "mocha");
  const args = ["--reporter", "json", "--reporter-option", `output=${report}`, ...step.files];
  try {
    const { code, output } = await run(file, args, settings);
    const text = existsSync(report) ? readFileSync(report, "utf8") : "";
    return countMocha(text, code, output, settings.requireAll);
  } finally {
    rmSync(report, { force: true });
  }
}

/** The parts of mocha's JSON report that are read. */
interface MochaReport {
  readonly stats: { readonly passes: number; readonly failures: number; readonly pending: number };
  readonly failures: readonly {
    readonly fullTitle: string;
    readonly err: { readonly message?: string; readonly stack?: string };
  }[];
  readonly pending: readonly { readonly fullTitle: string }[];
}

/**
 * Counts from mocha's report. Without a report, or where mocha failed although no test did, the
 * step itself has failed: a suite that cannot be loaded must not look like an empty one.
 */
export function countMocha(
  text: string,
  code: number | null,
  output: string,
  requireAll: boolean,
): Counted {
  const report = parse(text);
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0, details: lastLines(output) };
  const { passes, failures, pending } = report.stats;
  const broken = code !== 0 && failures === 0 ? 1 : 0;
  const required = requireAll ? pending : 0;
  return {
    passed: passes,
    failed: failures + broken + required,
    skipped: pending - required,
    details: [
      ...report.failures.map(
        (one) => `✗ ${one.fullTitle}\n${one.err.stack ?? one.err.message ?? ""}`,
      ),
      ...(broken === 1 ? [lastLines(output)] : []),
      ...report.pending.map(
        (one) => `${requireAll ? "✗ required, but skipped" : "- skipped"}: ${one.fullTitle}`,
      ),
    ].join("\n"),
  };
}

function parse(text: string): MochaReport | undefined {
  try {
    return JSON.parse(text) as MochaReport;
  } catch {
    return undefined;
  }
}

function run(
  file: string,
  args: readonly string[],
  settings: StepSettings,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: settings.root,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...settings.variables, NO_COLOR: "1", FORCE_COLOR: "0" },
    });
    const silence = settings.onInterrupt(() => child.kill("SIGTERM"));
    let output = "";
    const take = (chunk: string) => {
      output += chunk;
    };
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    child.once("error", (error) => {
      silence();
      resolve({ code: 1, output: error.message });
    });
    child.once("close", (code) => {
      silence();
      resolve({ code, output });
    });
  });
}

function lastLines(output: string): string {
  const lines = output.trimEnd().split("\n");
  if (lines.length <= detailLinesMax) return lines.join("\n");
  return [`… ${lines.length - detailLinesMax} lines above`, ...lines.slice(-detailLinesMax)].join(
    "\n",
  );
}
