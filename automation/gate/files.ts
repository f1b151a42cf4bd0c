/** The gate's outputs as files of one folder. */
import { join } from "node:path";
import { rules } from "../../policy-packs/rules/index.ts";
import { makeFolder, writeOwnFile } from "../engine/folders.ts";
import type { GateResult } from "./result.ts";
import { junitOf } from "./words/junit.ts";
import { commentOf } from "./words/markdown.ts";
import { sarifOf } from "./words/sarif.ts";

/** Writes comment, SARIF, JUnit and JSON; returns their paths. */
export function writeGateFiles(folder: string, result: GateResult, version: string): string[] {
  makeFolder(folder);
  const files = {
    "comment.md": commentOf(result),
    "gate.sarif": JSON.stringify(sarifOf(result, rules, version), null, 2),
    "junit.xml": junitOf(result),
    "gate.json": JSON.stringify(result, null, 2),
  };
  return Object.entries(files).map(([name, text]) => {
    const path = join(folder, name);
    writeOwnFile(path, text);
    return path;
  });
}
