import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  type CallOptions,
  type Client,
  credentials,
  Metadata,
  type ServiceError,
} from "@grpc/grpc-js";
import { LanguageRuntimeClient } from "@pulumi/pulumi/proto/language_grpc_pb.js";

export const repository = join(import.meta.dirname, "..", "..", "..");

/** A running language host and a client of it. */
export class Host {
  readonly process: ChildProcess;
  readonly client: LanguageRuntimeClient;

  private constructor(process: ChildProcess, port: number) {
    this.process = process;
    this.client = new LanguageRuntimeClient(`127.0.0.1:${port}`, credentials.createInsecure());
  }

  static async start(environment: Record<string, string> = {}): Promise<Host> {
    const main = join(repository, "tools", "language-host", "main.ts");
    const child = spawn(process.execPath, [main, "127.0.0.1:1"], {
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const port = await firstLine(child);
    return new Host(child, Number(port));
  }

  /** Ends the host as the engine does, and waits until it is gone. */
  async stop(): Promise<void> {
    this.client.close();
    if (this.process.exitCode !== null) return;
    const gone = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGINT");
    await gone;
  }
}

/** The first line a process prints. */
export function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let seen = "";
    child.stdout?.on("data", (chunk) => {
      seen += chunk;
      if (seen.includes("\n")) resolve(seen.slice(0, seen.indexOf("\n")));
    });
    child.once("exit", (code) => reject(new Error(`ended with ${code} before it printed a line`)));
  });
}

type Method<Request, Response> = (
  request: Request,
  metadata: Metadata,
  options: Partial<CallOptions>,
  callback: (error: ServiceError | null, response: Response) => void,
) => unknown;

/** Calls a unary method and waits for its answer. */
export function ask<Request, Response>(
  client: Client,
  method: Method<Request, Response>,
  request: Request,
): Promise<Response> {
  return new Promise((resolve, reject) =>
    method.call(client, request, new Metadata(), {}, (error, response) =>
      error ? reject(error) : resolve(response),
    ),
  );
}

/** A JSON file that another process writes; undefined while it is not whole. */
export function jsonOf(file: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
