/** One operation of the real engine: one start of its command line, supervised from end to end. */
import { hostname } from "node:os";
import type { Reviewed } from "../policy/reviewed.ts";
import { isJudged, type Operation, operationArguments } from "./arguments.ts";
import { engineEnvironment, type Variables } from "./environment.ts";
import type { EngineEvent } from "./event.ts";
import type { Folders } from "./folders.ts";
import { clearDeadLocks } from "./locks.ts";
import { writePackConfig } from "./pack-config.ts";
import { Progress } from "./progress.ts";
import { makeRunFolder, type RunFolder, readRunRecords, writeRunRecord } from "./run-folder.ts";
import type { EngineFiles } from "./short-call.ts";
import type { StackPlace } from "./stack-place.ts";
import { type Ending, supervise } from "./supervisor.ts";
import { readVerdictFile, type VerdictFile } from "./verdicts.ts";

/** One operation on one stack. */
export interface OperationRequest {
  readonly operation: Operation;
  readonly stack: StackPlace;
  readonly engine: EngineFiles;
  readonly folders: Folders;
  readonly variables: Variables;
  /** `name:port,…` of providers that already run. */
  readonly attach?: string | undefined;
  readonly packs: readonly string[];
  readonly reviewed: Reviewed;
  readonly interrupts: Interrupts;
  /** Called after each event has been taken. */
  readonly onEvent?: (event: EngineEvent, progress: Progress) => void;
}

/** Tells a running operation to stop; more than once means "sooner". */
interface Interrupts {
  onInterrupt(listener: () => void): () => void;
}

/** How an operation went. */
export type OperationStatus = "done" | "refused" | "failed" | "interrupted";

/** What an operation left. */
export interface OperationResult {
  readonly status: OperationStatus;
  readonly operation: Operation;
  readonly stack: StackPlace;
  readonly folder: RunFolder;
  readonly progress: Progress;
  /** Absent where no pack judges the operation. */
  readonly verdicts?: VerdictFile;
  readonly ending: Ending;
  readonly elapsedMs: number;
}

/** Runs an operation to its end. A {@link ProblemError} where somebody else holds the stack. */
export async function runOperation(request: OperationRequest): Promise<OperationResult> {
  const { serveEvents } = await import("./event-server.ts");
  const { stack, operation, folders } = request;
  const started = Date.now();
  if (stack.local) clearDeadLocks(folders.state, stack, readRunRecords(folders.runs));
  const folder = makeRunFolder(folders.runs, `${stack.name}-${operation}`, new Date(started));
  const progress = new Progress();
  const events = await serveEvents(folder.events, (event) => {
    progress.take(event);
    request.onEvent?.(event, progress);
  });
  try {
    const ending = await runEngine(request, folder, events.address);
    await events.close();
    const verdicts = judged(request, folder, progress);
    return {
      status: statusOf(ending, progress, verdicts),
      operation,
      stack,
      folder,
      progress,
      ...(verdicts === undefined ? {} : { verdicts }),
      ending,
      elapsedMs: Date.now() - started,
    };
  } finally {
    await events.close();
  }
}

async function runEngine(
  request: OperationRequest,
  folder: RunFolder,
  eventLog: string,
): Promise<Ending> {
  const { operation, stack, engine, packs } = request;
  const packConfigs = writePackConfig(folder.packConfig, packs, stack.name, request.reviewed);
  const engineProcess = supervise({
    file: engine.pulumi,
    args: operationArguments(operation, stack, { eventLog, packs, packConfigs }),
    cwd: stack.folder,
    env: engineEnvironment(request.variables, {
      local: stack.local,
      folders: request.folders,
      binDir: engine.binDir,
      attach: request.attach,
      verdicts: isJudged(operation) && packs.length > 0 ? folder.verdicts : undefined,
    }),
    stdout: folder.stdout,
    stderr: folder.stderr,
  });
  const silence = request.interrupts.onInterrupt(() => engineProcess.stop());
  writeRunRecord(folder, {
    stack: stack.name,
    project: stack.project,
    operation,
    startedAt: new Date().toISOString(),
    host: hostname(),
    enginePid: engineProcess.pid,
  });
  try {
    return await engineProcess.done;
  } finally {
    silence();
    // Killed engines leave their lock; it names the process that is now dead.
    if (stack.local)
      clearDeadLocks(request.folders.state, stack, readRunRecords(request.folders.runs));
  }
}

function judged(
  request: OperationRequest,
  folder: RunFolder,
  progress: Progress,
): VerdictFile | undefined {
  if (!isJudged(request.operation) || request.packs.length === 0) return undefined;
  return readVerdictFile(folder.verdicts, progress.summaries.length * request.packs.length);
}

function statusOf(
  ending: Ending,
  progress: Progress,
  verdicts: VerdictFile | undefined,
): OperationStatus {
  if (ending.ended !== undefined) return "interrupted";
  const refused = progress.policies.some((policy) => policy.level === "mandatory");
  if (refused) return "refused";
  if (ending.code !== 0) return "failed";
  // A pack that did not run has passed nothing.
  return verdicts !== undefined && verdicts.faults.length > 0 ? "failed" : "done";
}
