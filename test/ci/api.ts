/** What the jobs of docs/ci talk to, on this machine. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** One request that an API was asked. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** GitHub's and GitLab's API as far as the jobs use them, on this machine. */
export class Api {
  readonly #server: Server;
  readonly asked: Asked[] = [];
  /** Answers by path without query; a Buffer goes out as it is. */
  answers: Readonly<Record<string, unknown>> = {};

  constructor() {
    this.#server = createServer((request, response) => {
      void bodyOf(request).then((body) => {
        const path = decodeURIComponent((request.url ?? "").replace(/^\//, ""));
        this.asked.push({ method: request.method ?? "", path, body });
        const answer = this.answers[path.split("?")[0] ?? ""];
        if (answer === undefined && request.method === "GET") response.statusCode = 404;
        response.end(Buffer.isBuffer(answer) ? answer : JSON.stringify(answer ?? {}));
      });
    }).listen(0, "127.0.0.1");
  }

  static async start(): Promise<Api> {
    const api = new Api();
    await once(api.#server, "listening");
    return api;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  written(): readonly Asked[] {
    return this.asked.filter(({ method }) => method !== "GET");
  }

  close(): void {
    this.#server.close();
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request) text += String(part);
  return text;
}

/** Runs a program without stopping this process, which serves its requests. */
export function finished(
  file: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly code: number | null; readonly said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, said }));
  });
}
