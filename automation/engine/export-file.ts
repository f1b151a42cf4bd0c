/** Files that people hand over: state exports, lists of resources. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { ProblemError } from "../../model/base/problem.ts";

/** Size of a file that is read: every resource of it is held in memory. */
export const stateBytesMax = 256 * 1024 * 1024;

/** The text of the file, or of standard input for `-`. Throws a {@link ProblemError}. */
export function readExportFile(file: string): string {
  try {
    const descriptor = file === "-" ? 0 : openSync(file, "r");
    try {
      return textOf(descriptor, file);
    } finally {
      if (descriptor !== 0) closeSync(descriptor);
    }
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new ProblemError([
      {
        code: "input-missing",
        place: file,
        got: String(error.code),
        allowed: "a file that can be read, or - for standard input",
        next:
          error.code === "EISDIR"
            ? "A directory of manifests goes with --kubernetes."
            : "Write one with pulumi stack export --file FILE.",
      },
    ]);
  }
}

/** Some tools of Windows begin a text with this mark. */
const byteOrderMark = "\uFEFF";

function textOf(descriptor: number, file: string): string {
  const { size } = fstatSync(descriptor);
  if (size > stateBytesMax) throw tooLarge(file, `${size} bytes`);
  const text = bytesOf(descriptor, file).toString("utf8");
  return text.startsWith(byteOrderMark) ? text.slice(byteOrderMark.length) : text;
}

const chunkBytes = 1024 * 1024;

/** A pipe or a device does not tell its size, and may never end. */
function bytesOf(descriptor: number, file: string): Buffer {
  const chunks: Buffer[] = [];
  for (let total = 0; total <= stateBytesMax; ) {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    const count = readSome(descriptor, chunk);
    if (count === 0) return Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, count));
    total += count;
  }
  throw tooLarge(file, "more");
}

const pauseMs = 10;
const pause = new Int32Array(new SharedArrayBuffer(4));

/** A pipe whose writer is slow may have nothing yet. */
function readSome(descriptor: number, into: Buffer): number {
  for (;;) {
    try {
      return readSync(descriptor, into);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) throw error;
      Atomics.wait(pause, 0, 0, pauseMs);
    }
  }
}

function tooLarge(file: string, got: string): ProblemError {
  const allowed = `at most ${stateBytesMax} bytes`;
  const next = "Give one stack at a time.";
  return new ProblemError([{ code: "input-too-large", place: file, got, allowed, next }]);
}
