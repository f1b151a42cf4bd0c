/**
 * The command line. It answers `--version` without loading anything; each command's own code is
 * loaded only when it runs.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const args = process.argv.slice(2);
if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
  const file = join(import.meta.dirname, "..", "..", "package.json");
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
  process.stdout.write(`${version}\n`);
} else {
  const { runProgram } = await import("./program.ts");
  process.exitCode = await runProgram(args);
}
