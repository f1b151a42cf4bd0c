/** What the arguments of a command come to. */
import type { Context } from "../context.ts";
import type { ExitCode } from "../exit.ts";

/** A command with its arguments; its own code is loaded when it runs. */
export type Run = (context: Context) => Promise<ExitCode>;
