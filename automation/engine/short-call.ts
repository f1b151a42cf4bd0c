/** A short question to the engine, answered on its standard output. */
import { execFile } from "node:child_process";
import { engineEnvironment, type Variables } from "./environment.ts";
import type { Folders } from "./folders.ts";
import type { StackPlace } from "./stack-place.ts";

/** What every call of the engine needs. */
export interface EngineCall {
  readonly engine: EngineFiles;
  readonly folders: Folders;
  readonly variables: Variables;
}

/** The engine that is used. */
export interface EngineFiles {
  /** Path of the `pulumi` executable. */
  readonly pulumi: string;
  /** Folder that holds it and its language host. */
  readonly binDir: string;
}

/** What the engine answered. */
export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const answerMsMax = 120_000;
/** A state export of ten thousand resources is some 50 MB. */
const answerBytesMax = 512 * 1024 * 1024;

/** Runs one short command of the engine; an exit code other than 0 is an answer, not an error. */
export function runShort(
  call: EngineCall,
  stack: StackPlace,
  args: readonly string[],
): Promise<Answer> {
  const env = engineEnvironment(call.variables, {
    local: stack.local,
    folders: call.folders,
    binDir: call.engine.binDir,
  });
  const options = { cwd: stack.folder, env, timeout: answerMsMax, maxBuffer: answerBytesMax };
  return new Promise((resolve, reject) => {
    execFile(call.engine.pulumi, args, options, (error, stdout, stderr) => {
      if (error === null) resolve({ code: 0, stdout, stderr });
      else if (typeof error.code === "number") resolve({ code: error.code, stdout, stderr });
      else reject(error);
    });
  });
}
