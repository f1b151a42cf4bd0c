/** Starts the provider that does nothing. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** The stub as a process of its own, as the clouds are one. */
export async function startStub(): Promise<{ port: number; stop: () => void }> {
  const file = join(import.meta.dirname, "stub-provider.ts");
  const child = spawn(process.execPath, [file], { stdio: ["pipe", "pipe", "inherit"] });
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  return { port: Number(line), stop: () => child.stdin.end() };
}
