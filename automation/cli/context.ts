/** What every command is given. */
import { join } from "node:path";
import type { Variables } from "../engine/environment.ts";
import { type Folders, foldersOf } from "../engine/folders.ts";
import type { ProcessInterrupts } from "./interrupts.ts";
import type { Output } from "./output.ts";

/** The checkout a command works in, and its connections to the outside. */
export interface Context {
  readonly root: string;
  readonly folders: Folders;
  readonly variables: Variables;
  readonly output: Output;
  readonly interrupts: ProcessInterrupts;
}

/** The checkout this file belongs to. */
export const ownRoot = join(import.meta.dirname, "..", "..");

/** Packs that judge every operation: those of the checkout that the tool belongs to. */
export function packFolders(): string[] {
  return [join(ownRoot, "policy-packs", "zero-trust")];
}

/** A context for a checkout. */
export function makeContext(
  root: string,
  variables: Variables,
  output: Output,
  interrupts: ProcessInterrupts,
): Context {
  return { root, folders: foldersOf(root), variables, output, interrupts };
}
